import { minorPerTenge } from '../../../terminal/money.ts';
import { type TaughtNote, tengeNote } from '../acceptor/notes.ts';

/* The notes that this unit knows, and the 18 bytes that tell one of them (EBDS §5). */

/** The first entry is number 1. */
export type NoteTable = readonly TaughtNote[];

/** As data sets are ordered where one was seen, with the newer series of a value behind the older one. */
export const tengeTable: NoteTable = [200, 500, 1_000, 1_000, 2_000, 5_000, 5_000, 10_000, 20_000].map(
  (tenge) => tengeNote(tenge),
);

const baseDigits = 3;
const attributes = [0x00, 0x41, 0x41, 0x42, 0x41, 0x00, 0x00, 0x00];
const blockBytes = 18;

export const blankBlock: readonly number[] = Array.from({ length: blockBytes }, () => 0);

/** `index` 0 stands for the note in hand. */
export function noteBlock(index: number, { valueMinor, currency }: TaughtNote): readonly number[] {
  let base = valueMinor / minorPerTenge;
  let exponent = 0;
  while (base % 10 === 0 && base >= 10) {
    base /= 10;
    exponent += 1;
  }
  const text = `${currency}${String(base).padStart(baseDigits, '0')}+${String(exponent).padStart(2, '0')}`;
  return [index, ...new TextEncoder().encode(text), ...attributes];
}

/** The entries that a note fits, whatever its series. */
export function entriesOf(table: NoteTable, note: TaughtNote): readonly number[] {
  return table.flatMap((entry, at) =>
    entry.currency === note.currency && entry.valueMinor === note.valueMinor ? [at + 1] : [],
  );
}

/** The three bits of a report without a block: which of the values, in the order of the table. */
export function placeOfValue(table: NoteTable, note: TaughtNote): number {
  const values = [...new Set(table.map((entry) => entry.valueMinor))];
  return values.indexOf(note.valueMinor) + 1;
}
