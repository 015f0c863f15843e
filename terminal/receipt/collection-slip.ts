import type { ReceiptDocument, ReceiptLine } from '../devices.ts';
import { formatMinor, type Minor, minor } from '../money.ts';
import type { PeriodSummary } from '../service-mode/desk.ts';
import type { StaffId } from '../staff/staff.ts';
import type { DoubtfulNote } from '../store.ts';
import { formatDateTime, formatJournalHead, formatOffset } from './format.ts';
import type { ReceiptData, ReceiptLanguages, ReceiptTerminal, Words } from './receipt-data.ts';
import { type Writer, writerFor } from './writer.ts';

/* What a collector carries away with the cassette: counters, and room for what is found when it is opened. */

export interface CollectionSlip {
  readonly terminal: ReceiptTerminal;
  readonly period: PeriodSummary;
  /** The cassette that is taken out, if its number is known. */
  readonly cassetteNumber: string | undefined;
  readonly collector: StaffId;
  /** When the counters were frozen, wall clock. */
  readonly atMs: number;
  readonly copy: boolean;
  /** When it was printed, if none could be when the counters were frozen. */
  readonly printedLaterAtMs?: number;
  /** The journal's head when the slip was made (money rule M13). */
  readonly journal: ReceiptData['journal'];
}

/** A slip without the chain's head, which is known once the facts are stored. */
export type PrintableSlip = Omit<CollectionSlip, 'journal'>;

const rule: ReceiptLine = { kind: 'rule' };
const space: ReceiptLine = { kind: 'space' };

/** The slip of one cassette period, in one language or in two beneath each other. */
export function collectionSlip(
  slip: CollectionSlip,
  languages: ReceiptLanguages,
  words: Words,
): ReceiptDocument {
  const write = writerFor(languages, words);
  return {
    lines: [
      ...copyBanner(slip, write),
      ...heading(slip, write),
      rule,
      ...about(slip, write),
      rule,
      ...counted(slip, write),
      ...doubtful(slip, write),
      rule,
      ...signatures(write),
      rule,
      ...act(write),
      rule,
      centred(
        `${write.together('receipt.journal')} ${formatJournalHead(slip.journal.sequence, slip.journal.head)}`,
      ),
      ...copyBanner(slip, write),
      space,
    ],
  };
}

/** What is certain, together: the sum that the opened cassette is compared with. */
export function certainSum({ counts }: PeriodSummary): Minor {
  return minor(counts.reduce((sum, { valueMinor, count }) => sum + valueMinor * count, 0));
}

function copyBanner({ copy }: CollectionSlip, write: Writer): ReceiptLine[] {
  return copy ? [{ kind: 'banner', text: write.together('receipt.copy') }] : [];
}

function heading({ terminal, period }: CollectionSlip, write: Writer): ReceiptLine[] {
  const titles = write.each('slip.collection', { n: String(period.periodNumber) });
  const [first = '', ...others] = [...new Set(titles)];
  return [
    { kind: 'text', text: terminal.operatorName, style: 'strong', align: 'centre' },
    centred(write.together('receipt.bin', { bin: terminal.operatorBin })),
    centred(write.together('label.terminal', { n: terminal.number })),
    centred(terminal.address),
    space,
    { kind: 'text', text: first, style: 'large', align: 'centre' },
    ...others.map((text): ReceiptLine => ({ kind: 'text', text, style: 'normal', align: 'centre' })),
  ];
}

function about(
  { terminal, period, cassetteNumber, collector, atMs, printedLaterAtMs }: CollectionSlip,
  write: Writer,
): ReceiptLine[] {
  const time = (ms: number): string => formatDateTime(ms, terminal.utcOffsetMinutes);
  return [
    write.pair('slip.from', time(period.openedAtMs)),
    write.pair('slip.until', `${time(period.closedAtMs ?? atMs)} ${formatOffset(terminal.utcOffsetMinutes)}`),
    write.pair('slip.cassette', cassetteNumber ?? '—'),
    write.pair('slip.collector', collector, 'strong'),
    ...(printedLaterAtMs === undefined
      ? []
      : [write.pair('slip.printedLater', time(printedLaterAtMs), 'strong')]),
  ];
}

function counted({ period }: CollectionSlip, write: Writer): ReceiptLine[] {
  const notes = period.counts.reduce((sum, { count }) => sum + count, 0);
  return [
    ...period.counts.map(
      ({ valueMinor, count }): ReceiptLine => ({
        kind: 'pair',
        label: `${formatMinor(valueMinor)} × ${count}`,
        value: formatMinor(minor(valueMinor * count)),
        style: 'normal',
      }),
    ),
    write.pair('slip.notes', String(notes)),
    write.pair('slip.total', formatMinor(certainSum(period)), 'large'),
  ];
}

/** Each by itself, outside the sum (money rule M11). */
function doubtful({ period }: CollectionSlip, write: Writer): ReceiptLine[] {
  if (period.inDoubt.length === 0) return [];
  return [
    space,
    ...write.sentence('slip.inDoubt'),
    ...period.inDoubt.map((note): ReceiptLine => doubtfulLine(note, write)),
  ];
}

function doubtfulLine({ noteId, valueMinor }: DoubtfulNote, write: Writer): ReceiptLine {
  const label =
    valueMinor === undefined ? write.together('receipt.noteUnknownValue') : formatMinor(valueMinor);
  return { kind: 'pair', label, value: noteId.slice(-8), style: 'normal' };
}

/** Who gave, who watched, who received. */
function signatures(write: Writer): ReceiptLine[] {
  return ['slip.collector', 'slip.controller', 'slip.received'].flatMap((key) => toFillIn(key, write));
}

/** What is found when the cassette is opened under control. */
function act(write: Writer): ReceiptLine[] {
  return [
    ...write.sentence('slip.act'),
    ...['slip.found', 'slip.shortage', 'slip.surplus', 'slip.nonPayable', 'slip.doubtful'].flatMap((key) =>
      toFillIn(key, write),
    ),
  ];
}

function toFillIn(key: string, write: Writer): ReceiptLine[] {
  return [space, write.pair(key, '________________')];
}

function centred(text: string): ReceiptLine {
  return { kind: 'text', text, style: 'small', align: 'centre' };
}
