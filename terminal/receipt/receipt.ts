import { assert, unreachable } from '../assert.ts';
import type { ReceiptDocument, ReceiptLine, TextStyle } from '../devices.ts';
import { addMinor, formatMinor, type Minor, zeroMinor } from '../money.ts';
import { formatOperationNumber } from '../operation-number.ts';
import { formatDateTime, formatJournalHead, formatOffset, formatTimeFrom } from './format.ts';
import { receiptQr } from './qr.ts';
import type { ReceiptData, ReceiptLanguages, ReceiptNote, Words } from './receipt-data.ts';
import { type Writer, writerFor } from './writer.ts';

/*
 * Receipt data -> lines. What a slip says is decided here; how a printer sets it is the driver's business. The
 * protected word "credited" stands on paper only for an operation the backend has credited.
 */

const space: ReceiptLine = { kind: 'space' };
const rule: ReceiptLine = { kind: 'rule' };

/** The slip for one operation in one language, or in two beneath each other. */
export function receiptDocument(
  data: ReceiptData,
  languages: ReceiptLanguages,
  words: Words,
): ReceiptDocument {
  const write = writerFor(languages, words);
  const lines = [
    ...heading(data, write),
    ...headline(data, write),
    rule,
    write.pair('label.operation', formatOperationNumber(data.operationNumber), 'strong'),
    write.pair('label.time', time(data)),
    write.pair('label.wallet', data.walletMasked),
    ...(data.holderMasked === undefined ? [] : [write.pair('label.holder', data.holderMasked)]),
    rule,
    ...(data.result.kind === 'needs-help' ? notesOneByOne(data, write) : notesByValue(data, write)),
    rule,
    ...whatNext(data, write),
    ...fiscalBlock(data, write),
    ...ending(data, write),
  ];
  return { lines };
}

function heading(data: ReceiptData, write: Writer): ReceiptLine[] {
  const { terminal } = data;
  const banner: ReceiptLine[] = data.copy ? [{ kind: 'banner', text: write.together('receipt.copy') }] : [];
  return [
    ...banner,
    { kind: 'text', text: terminal.operatorName, style: 'strong', align: 'centre' },
    centred(write.together('receipt.bin', { bin: terminal.operatorBin }), 'small'),
    centred(write.together('label.terminal', { n: terminal.number }), 'small'),
    centred(terminal.address, 'small'),
    rule,
    ...write.each('title.topUp').map((text) => centred(text, 'normal')),
    space,
  ];
}

function headline(data: ReceiptData, write: Writer): ReceiptLine[] {
  const { result } = data;
  const amount = formatMinor(insertedMinor(data.notes));
  switch (result.kind) {
    case 'credited':
      return [
        { kind: 'headline', sign: 'credited', text: amount, below: write.each('label.credited') },
        space,
      ];
    case 'accepted':
      return [
        { kind: 'headline', sign: 'accepted', text: amount, below: write.each('receipt.accepted') },
        space,
        ...(result.byMs === undefined
          ? write.sentence('receipt.usually')
          : write.sentence('hint.creditedBy', {
              time: formatTimeFrom(result.byMs, data.closedAtMs, data.terminal.utcOffsetMinutes),
            })),
      ];
    case 'needs-help': {
      const [first = '', ...others] = write.each('title.needsHelp');
      return [{ kind: 'headline', sign: 'needs-help', text: first, below: others }, space];
    }
    default:
      return unreachable(result);
  }
}

/** Nothing in doubt: so many of each kind, and the sums. */
function notesByValue(data: ReceiptData, write: Writer): ReceiptLine[] {
  assert(
    data.notes.every((note) => note.state !== 'unknown'),
    'a note in doubt makes it a needs-help slip',
  );
  const inserted = insertedMinor(data.notes);
  return [
    ...countByValue(data.notes).map(
      ({ valueMinor, count }): ReceiptLine => ({
        kind: 'pair',
        label: `${formatMinor(valueMinor)} × ${count}`,
        value: formatMinor(addMinor(...new Array<Minor>(count).fill(valueMinor))),
        style: 'small',
      }),
    ),
    write.pair('label.inserted', formatMinor(inserted)),
    write.pair('label.commission', formatMinor(zeroMinor)),
    write.pair(
      data.result.kind === 'credited' ? 'label.credited' : 'label.toBeCredited',
      formatMinor(inserted),
      'strong',
    ),
  ];
}

/** A note in doubt: each one by itself with its state, the certain sum apart from the rest. */
function notesOneByOne(data: ReceiptData, write: Writer): ReceiptLine[] {
  const doubtful = data.notes.filter((note) => note.state === 'unknown');
  return [
    ...data.notes.map((note) => noteLine(note, write)),
    write.pair('receipt.recorded', formatMinor(insertedMinor(data.notes)), 'strong'),
    ...(doubtful.length === 0 ? [] : [write.pair('receipt.inDoubt', doubtfulSum(doubtful), 'strong')]),
    write.pair('label.commission', formatMinor(zeroMinor)),
  ];
}

/** What is known of the notes in doubt; a question mark stands for those whose value nobody knows. */
function doubtfulSum(doubtful: readonly ReceiptNote[]): string {
  const known = doubtful.flatMap((note) => (note.valueMinor === undefined ? [] : [note.valueMinor]));
  return [
    ...(known.length > 0 ? [formatMinor(addMinor(...known))] : []),
    ...(known.length < doubtful.length ? ['?'] : []),
  ].join(' + ');
}

const noteStateKeys = {
  stacked: 'receipt.noteStacked',
  returned: 'receipt.noteReturned',
  unknown: 'receipt.noteUnknown',
} as const satisfies Record<ReceiptNote['state'], string>;

function noteLine(note: ReceiptNote, write: Writer): ReceiptLine {
  return {
    kind: 'pair',
    label:
      note.valueMinor === undefined
        ? write.together('receipt.noteUnknownValue')
        : formatMinor(note.valueMinor),
    value: write.together(noteStateKeys[note.state]),
    style: 'small',
  };
}

function whatNext(data: ReceiptData, write: Writer): ReceiptLine[] {
  const support = write.pair('label.support', data.terminal.supportPhone, 'strong');
  switch (data.result.kind) {
    case 'credited':
      return [support];
    case 'accepted':
      return [...write.sentence('hint.keepReceipt'), space, support];
    case 'needs-help':
      return [
        write.pair('receipt.claim', data.result.claimNumber, 'strong'),
        support,
        space,
        ...write.sentence('hint.callSupport'),
        space,
        ...write.sentence('hint.keepReceipt'),
      ];
    default:
      return unreachable(data.result);
  }
}

function fiscalBlock(data: ReceiptData, write: Writer): ReceiptLine[] {
  const { fiscal } = data;
  if (fiscal === undefined) return [];
  return [
    rule,
    centred(write.together('receipt.fiscal'), 'normal'),
    space,
    write.pair('receipt.fiscalRegistration', fiscal.registrationNumber, 'small'),
    write.pair('receipt.fiscalFactory', fiscal.factoryNumber, 'small'),
    write.pair('receipt.fiscalSign', fiscal.fiscalSign, 'small'),
    write.pair('receipt.fiscalOperator', fiscal.fiscalDataOperator, 'small'),
    { kind: 'qr', data: fiscal.checkUrl },
  ];
}

function ending(data: ReceiptData, write: Writer): ReceiptLine[] {
  const head = formatJournalHead(data.journal.sequence, data.journal.head);
  const banner: ReceiptLine[] = data.copy ? [{ kind: 'banner', text: write.together('receipt.copy') }] : [];
  return [
    rule,
    { kind: 'qr', data: receiptQr(data.terminal.number, data.operationNumber) },
    centred(`${write.together('receipt.journal')} ${head}`, 'small'),
    space,
    ...banner,
    space,
  ];
}

function countByValue(notes: readonly ReceiptNote[]): { valueMinor: Minor; count: number }[] {
  const counts = new Map<Minor, number>();
  for (const { valueMinor, state } of notes) {
    if (state !== 'stacked' || valueMinor === undefined) continue;
    counts.set(valueMinor, (counts.get(valueMinor) ?? 0) + 1);
  }
  return [...counts]
    .map(([valueMinor, count]) => ({ valueMinor, count }))
    .sort((one, other) => other.valueMinor - one.valueMinor);
}

/** The certain sum: what is in the cassette and counted. */
function insertedMinor(notes: readonly ReceiptNote[]): Minor {
  const stacked = notes.filter((note) => note.state === 'stacked');
  return addMinor(
    ...stacked.map((note) => {
      assert(note.valueMinor !== undefined, 'a counted note has a value');
      return note.valueMinor;
    }),
  );
}

function time(data: ReceiptData): string {
  const { utcOffsetMinutes } = data.terminal;
  return `${formatDateTime(data.closedAtMs, utcOffsetMinutes)} ${formatOffset(utcOffsetMinutes)}`;
}

function centred(text: string, style: TextStyle): ReceiptLine {
  return { kind: 'text', text, style, align: 'centre' };
}
