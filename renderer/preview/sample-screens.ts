import type { Offer, Screen, ScreenView } from '../../terminal/contract/messages.ts';

export type Action = Offer['action'];

export interface Sample {
  readonly name: string;
  readonly screen: Screen;
  readonly offers: readonly Action[];
  readonly overlay?: 'help' | 'language';
  readonly question?: ScreenView['question'];
}

type Of<Kind extends Screen['kind']> = Extract<Screen, { kind: Kind }>;

const tenge = (amount: number): number => amount * 100;
const kinds = [500, 1_000, 2_000, 5_000, 10_000, 20_000].map(tenge);
const fitting = (room: number): Of<'cash'>['denominations'] =>
  kinds.map((valueMinor) => ({ valueMinor, fits: valueMinor <= room }));

const number: Of<'number'> = {
  kind: 'number',
  digits: '',
  again: false,
  offline: false,
  swallowedPrefix: false,
};
const typing: readonly Action[] = ['digit', 'delete-digit', 'clear', 'back'];
const typed: readonly Action[] = ['delete-digit', 'clear', 'next', 'back'];

const confirm: Of<'confirm'> = {
  kind: 'confirm',
  wallet: '+77012345667',
  holderMasked: 'Айгүл С.',
  limitMinor: tenge(500_000),
  denominations: kinds,
  offline: false,
};
const confirming: readonly Action[] = ['confirm', 'change-number', 'cancel'];

const cash: Of<'cash'> = {
  kind: 'cash',
  walletMasked: '+7 701 ••• •• 67',
  holderMasked: 'Айгүл С.',
  insertedMinor: 0,
  roomMinor: tenge(500_000),
  countedMinor: [],
  denominations: fitting(tenge(500_000)),
  isAcceptorOpen: true,
  note: 'none',
  comingBackCount: 0,
  nudged: false,
};

function cashWith(notes: readonly number[], limit = 500_000): Of<'cash'> {
  const insertedMinor = tenge(notes.reduce((sum, note) => sum + note, 0));
  const roomMinor = tenge(limit) - insertedMinor;
  return {
    ...cash,
    insertedMinor,
    roomMinor,
    countedMinor: notes.map(tenge),
    denominations: fitting(roomMinor),
  };
}

const some = cashWith([5_000, 2_000]);
const empty: readonly Action[] = ['target', 'cancel'];
const payable: readonly Action[] = ['pay', 'target'];
const many = [20_000, 20_000, 10_000, 5_000, 5_000, 5_000, 2_000, 2_000, 2_000, 2_000, 1_000, 500, 500];

const result: Of<'result'> = {
  kind: 'result',
  result: { kind: 'credited' },
  amountMinor: tenge(7_000),
  operationNumber: '0000000130',
  qr: 'QYZYL:10027344:0000000130',
  walletMasked: '+7 701 ••• •• 67',
  holderMasked: 'Айгүл С.',
  // 22 November 2026, 13:07 in Kazakhstan.
  closedAtMs: Date.UTC(2026, 10, 22, 8, 7),
  notes: [
    { valueMinor: tenge(5_000), state: 'stacked' },
    { valueMinor: tenge(2_000), state: 'stacked' },
  ],
  print: 'printing',
};
const ending: readonly Action[] = ['done', 'top-up-again'];
const inHalfAnHour = Date.UTC(2026, 10, 22, 8, 37);

const lookUp: Of<'find'> = { kind: 'find', field: 'number', digits: '', isLooking: false };
const finding: readonly Action[] = ['digit', 'delete-digit', 'clear', 'other-way', 'back'];
const found: readonly Action[] = ['digit', 'next', 'delete-digit', 'clear', 'other-way', 'back'];
const looked: Of<'found'> = {
  kind: 'found',
  result: { kind: 'credited' },
  amountMinor: tenge(7_000),
  closedAtMs: Date.UTC(2026, 10, 22, 7, 4),
  canPrint: true,
  print: 'none',
};

export const screens: readonly Sample[] = [
  { name: 'one-moment', screen: { kind: 'one-moment' }, offers: [] },
  { name: 'attract', screen: { kind: 'attract', denominations: kinds }, offers: ['start', 'check-payment'] },
  { name: 'out-technical', screen: { kind: 'out-of-service', reason: 'clock' }, offers: ['check-payment'] },
  { name: 'out-cassette', screen: { kind: 'out-of-service', reason: 'cassette' }, offers: ['check-payment'] },
  { name: 'service', screen: { kind: 'service' }, offers: ['choose-top-up', 'back'] },
  { name: 'number-empty', screen: number, offers: typing },
  { name: 'number-part', screen: { ...number, digits: '70123' }, offers: typing },
  { name: 'number-full', screen: { ...number, digits: '7012345667' }, offers: typed },
  { name: 'number-eight', screen: { ...number, swallowedPrefix: true }, offers: typing },
  {
    name: 'number-foreign',
    screen: { ...number, digits: '9261234567', fault: 'number-invalid' },
    offers: typed,
  },
  { name: 'number-again', screen: { ...number, again: true }, offers: typing },
  { name: 'number-differs', screen: { ...number, again: true, fault: 'numbers-differ' }, offers: typing },
  { name: 'number-offline', screen: { ...number, again: true, offline: true }, offers: typing },
  { name: 'checking', screen: { kind: 'checking' }, offers: ['cancel'] },
  {
    name: 'check-failed',
    screen: { kind: 'check-failed', reason: 'check-failed' },
    offers: ['retry', 'change-number', 'cancel'],
  },
  {
    name: 'wallet-unknown',
    screen: { kind: 'check-failed', reason: 'wallet-unknown' },
    offers: ['change-number', 'cancel'],
  },
  {
    name: 'too-many-checks',
    screen: { kind: 'check-failed', reason: 'too-many-checks' },
    offers: ['change-number', 'cancel'],
  },
  { name: 'confirm', screen: confirm, offers: confirming },
  { name: 'confirm-nameless', screen: { ...confirm, holderMasked: undefined }, offers: confirming },
  {
    name: 'confirm-offline',
    screen: { ...confirm, offline: true, limitMinor: tenge(12_000), denominations: kinds.slice(0, 5) },
    offers: confirming,
  },
  { name: 'no-paper', screen: { kind: 'no-paper' }, offers: ['without-paper', 'cancel'] },
  { name: 'cash-empty', screen: cash, offers: empty },
  {
    name: 'cash-first-note',
    screen: { ...cash, note: 'reading', isAcceptorOpen: false },
    offers: ['target'],
  },
  { name: 'cash-some', screen: some, offers: payable },
  { name: 'cash-target', screen: { ...some, targetMinor: tenge(10_000) }, offers: payable },
  { name: 'cash-reached', screen: { ...some, targetMinor: tenge(5_000), nudged: true }, offers: payable },
  { name: 'cash-many', screen: cashWith([...many, ...many]), offers: payable },
  { name: 'cash-hundreds', screen: cashWith(Array<number>(900).fill(500)), offers: payable },
  { name: 'cash-limit', screen: cashWith([10_000, 1_000], 12_500), offers: payable },
  { name: 'cash-full', screen: cashWith([10_000, 2_000], 12_000), offers: payable },
  {
    name: 'cash-unreadable',
    screen: {
      ...some,
      note: 'coming-back',
      isAcceptorOpen: false,
      comingBack: 'unreadable',
      comingBackCount: 1,
    },
    offers: payable,
  },
  {
    name: 'cash-in-mouth',
    screen: {
      ...some,
      note: 'in-mouth',
      isAcceptorOpen: false,
      comingBack: 'unreadable',
      comingBackCount: 2,
    },
    offers: payable,
  },
  {
    name: 'cash-over-limit',
    screen: { ...cashWith([10_000], 12_000), comingBack: 'over-limit', comingBackCount: 1 },
    offers: payable,
  },
  {
    name: 'cash-kind',
    screen: { ...cash, comingBack: 'kind-not-accepted', comingBackCount: 1 },
    offers: empty,
  },
  { name: 'cash-stopped', screen: { ...some, isAcceptorOpen: false, stopped: 'cassette' }, offers: payable },
  {
    name: 'counting',
    screen: { kind: 'counting', insertedMinor: tenge(7_000), note: 'reading' },
    offers: [],
  },
  {
    name: 'counting-in-mouth',
    screen: { kind: 'counting', insertedMinor: tenge(7_000), note: 'in-mouth' },
    offers: [],
  },
  { name: 'paying', screen: { kind: 'paying', amountMinor: tenge(7_000), willPrint: true }, offers: [] },
  {
    name: 'paying-paperless',
    screen: { kind: 'paying', amountMinor: tenge(500_000), willPrint: false },
    offers: [],
  },
  { name: 'credited', screen: result, offers: ending },
  {
    name: 'credited-printed',
    screen: { ...result, print: 'printed', amountMinor: tenge(500_000) },
    offers: ending,
  },
  {
    name: 'accepted-by',
    screen: { ...result, result: { kind: 'accepted', byMs: inHalfAnHour, late: false } },
    offers: ending,
  },
  {
    name: 'accepted-unprinted',
    screen: { ...result, result: { kind: 'accepted', late: false }, print: 'not-printed' },
    offers: ending,
  },
  {
    name: 'accepted-late',
    screen: { ...result, result: { kind: 'accepted', byMs: inHalfAnHour, late: true }, print: 'printed' },
    offers: ending,
  },
  {
    name: 'needs-help',
    screen: {
      ...result,
      result: { kind: 'needs-help', claimNumber: '0000 000 130-1' },
      notes: [...result.notes, { state: 'unknown' }],
      amountMinor: tenge(500_000),
      print: 'none',
    },
    offers: ending,
  },
  { name: 'find-number', screen: { ...lookUp, digits: '00000' }, offers: finding },
  {
    name: 'find-number-wrong',
    screen: { ...lookUp, digits: '0000005712', fault: 'number-wrong' },
    offers: found.slice(1),
  },
  { name: 'find-not-found', screen: { ...lookUp, fault: 'not-found' }, offers: finding },
  { name: 'find-too-many', screen: { ...lookUp, fault: 'too-many' }, offers: finding },
  { name: 'find-last-four', screen: { ...lookUp, field: 'last-four', digits: '00' }, offers: finding },
  {
    name: 'find-looking',
    screen: { ...lookUp, field: 'last-four', digits: '0001', isLooking: true },
    offers: ['back'],
  },
  { name: 'find-phone', screen: { ...lookUp, field: 'phone', digits: '701234' }, offers: finding },
  { name: 'find-amount', screen: { ...lookUp, field: 'amount', digits: '7000' }, offers: found },
  { name: 'find-day', screen: { ...lookUp, field: 'day' }, offers: ['day', 'other-way', 'back'] },
  { name: 'found-credited', screen: looked, offers: ['done', 'print-copy'] },
  {
    name: 'found-waiting',
    screen: { ...looked, result: { kind: 'accepted', late: false } },
    offers: ['done', 'print-copy'],
  },
  {
    name: 'found-late',
    screen: { ...looked, result: { kind: 'accepted', byMs: 0, late: true }, canPrint: false },
    offers: ['done'],
  },
  {
    name: 'found-needs-help',
    screen: { ...looked, result: { kind: 'needs-help', claimNumber: '0000 000 571-1' } },
    offers: ['done', 'print-copy'],
  },
  {
    name: 'found-copy',
    screen: { ...looked, canPrint: false, print: 'printing' },
    offers: ['done'],
  },
];
