import type { ClaimId, OperationId, PeriodId, WalletPhone } from '../../terminal/ids.ts';
import { minorFromTenge } from '../../terminal/money.ts';
import {
  checkCall,
  claimCall,
  collectionCall,
  eventsCall,
  profileCall,
  registerCall,
  registerDayCall,
} from '../../terminal/wallet/codec-terminal.ts';
import { batchCall, statusCall, topUpCall, voidCall } from '../../terminal/wallet/codec-top-up.ts';
import type { ClaimRequest, CollectionRequest, TopUpRequest } from '../../terminal/wallet/messages.ts';
import { pairCall } from '../../terminal/wallet/pairing.ts';
import { problemType, refusalReasons, troubleProblems } from '../../terminal/wallet/problem.ts';
import type { SignedAnswer, WalletHttpRequest } from '../../terminal/wallet/transport.ts';
import { promise } from './target.ts';

/* One request of each kind, and answers that fit them. */

const operationId = '019d0000-0000-7000-8000-000000000001' as OperationId;
const other = { terminalNumber: '10000001', currency: 'KZT' } as const;
const anchor = { sequence: 41, head: 'a'.repeat(64) };
const at = '2026-11-22T07:01:31.500Z';

const topUp: TopUpRequest = {
  ...other,
  operationId,
  wallet: '+77010000001' as WalletPhone,
  amountMinor: minorFromTenge(7_000),
  operationNumber: '0000000018',
  openedAtMs: Date.UTC(2026, 10, 22, 7, 0, 0),
  closedAtMs: Date.UTC(2026, 10, 22, 7, 1, 30),
  notes: [
    { denominationMinor: minorFromTenge(5_000), count: 1 },
    { denominationMinor: minorFromTenge(1_000), count: 2 },
  ],
};

const wallet = topUp.wallet;
const day = { ...other, day: '2026-11-22' };
const events = { terminalNumber: '10000001', sentAtMs: topUp.openedAtMs, anchor, events: [] };
const collection: CollectionRequest = {
  ...other,
  periodId: '019d0000-0000-7000-8000-000000000002' as PeriodId,
  periodNumber: 7,
  openedAtMs: topUp.openedAtMs,
  closedAtMs: topUp.closedAtMs,
  closing: 'collected',
  notes: topUp.notes,
  sumMinor: topUp.amountMinor,
  doubtfulNotes: [],
  anchor,
};
const claim: ClaimRequest = {
  ...other,
  claimId: '019d0000-0000-7000-8000-000000000003' as ClaimId,
  claimNumber: '0000000018-1',
  operationId,
  operationNumber: '0000000018',
  wallet,
  certainMinor: topUp.amountMinor,
  doubtfulNotes: [],
  openedAtMs: topUp.openedAtMs,
};
const pairing = {
  terminalNumber: '10000001',
  publicKey: 'A'.repeat(43),
  right: { kind: 'code', code: '123-456' },
} as const;

export const goodRequests: readonly WalletHttpRequest[] = [
  topUpCall.encode(topUp),
  batchCall.encode({ items: [topUp, topUp] }),
  statusCall.encode(topUp),
  voidCall.encode({ ...topUp, reason: 'settled by hand' }),
  checkCall.encode({ wallet }),
  profileCall.encode({ terminalNumber: '10000001' }),
  eventsCall.encode(events),
  collectionCall.encode(collection),
  claimCall.encode(claim),
  registerCall.encode({ ...day, items: [{ operationId, amountMinor: topUp.amountMinor }] }),
  registerDayCall.encode(day),
  pairCall.encode(pairing),
];

const echo = { operationId, wallet, amountMinor: topUp.amountMinor, currency: 'KZT' };
const credited = { outcome: 'credited', ...echo, creditedAt: at };

export const goodAnswers: readonly unknown[] = [
  credited,
  { outcome: 'accepted', ...echo, promisedAt: at },
  { outcome: 'voided', ...echo, voidedAt: at },
  { items: [credited, { type: problemType('wallet-closed'), ...echo, retryable: false }] },
  {
    wallet,
    holderName: 'Айгүл С.',
    allowanceMinor: 5_000_000,
    currency: 'KZT',
    hold: { holdId: 'h1', until: at },
  },
  { anchor },
  { stored: operationId },
  {
    ...{ day: day.day, currency: 'KZT', missingAtBackend: [operationId], missingAtTerminal: [] },
    otherAmounts: [{ operationId, amountMinor: 5 }],
  },
  {
    day: day.day,
    currency: 'KZT',
    count: 1,
    sumMinor: 700_000,
    items: [{ operationId, amountMinor: 700_000 }],
  },
  { terminalNumber: '10000001', keyId: 'k1', olderKeysValidUntil: at },
  {
    ...{ terminalNumber: '10000001', address: 'Алматы', operatorName: 'Qyzyl', operatorBin: '180440000002' },
    ...{
      supportPhone: '8 800 080 00 27',
      catalogue: [{ serviceId: 'wallet', commissionMinor: 0 }],
      backendTime: at,
    },
    limits: {
      currency: 'KZT',
      topUpMinMinor: 50_000,
      topUpMaxMinor: 50_000_000,
      unidentifiedMaxMinor: 1_200_000,
    },
    denominations: [{ denominationMinor: 50_000, currency: 'KZT', series: '2017', lastDay: '2030-01-01' }],
    anchor,
  },
  ...[...refusalReasons, ...troubleProblems].map((name) => ({
    type: problemType(name),
    ...echo,
    retryable: true,
    anchor,
  })),
];

/** Every call reads the same answer; each tells the kind it took it for. */
export const answerReaders: readonly ((answer: SignedAnswer) => string)[] = [
  (answer) => {
    const { kind } = topUpCall.decode(topUp, answer);
    promise(
      kind !== 'credited' || echoes(answer.body),
      'credited without its own id, wallet, amount and currency',
    );
    return kind;
  },
  (answer) => {
    const { items } = batchCall.decode({ items: [topUp] }, answer);
    promise(items.length === 1, 'an item of a batch was lost or added');
    return items[0]?.answer.kind ?? 'unknown';
  },
  (answer) => statusCall.decode(topUp, answer).kind,
  (answer) => voidCall.decode({ ...topUp, reason: '' }, answer).kind,
  (answer) => checkCall.decode({ wallet }, answer).kind,
  (answer) => profileCall.decode({ terminalNumber: '10000001' }, answer).kind,
  (answer) => eventsCall.decode(events, answer).kind,
  (answer) => collectionCall.decode(collection, answer).kind,
  (answer) => claimCall.decode(claim, answer).kind,
  (answer) => registerCall.decode({ ...day, items: [] }, answer).kind,
  (answer) => registerDayCall.decode(day, answer).kind,
  (answer) => pairCall.decode(pairing, answer).kind,
];

function echoes(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const said = new Map<string, unknown>(Object.entries(body));
  return Object.entries(echo).every(([field, value]) => said.get(field) === value);
}
