import { type Minor, minorFromTenge } from '../../../terminal/money.ts';

/* EBDS §5: the 18 bytes that say which note it is. */

export const noteBlockBytes = 18;

export type NoteBlock =
  /** Past the end of the note table, or a report that names no note. */
  | { readonly kind: 'blank' }
  | {
      readonly kind: 'note';
      /** Its place in the note table; 0 for a note in escrow or stacked. */
      readonly index: number;
      /** ISO 4217, as the unit spells it. */
      readonly currency: string;
      /** In tenge; absent if it is no amount, or the unit itself does not hold the note for money. */
      readonly valueMinor: Minor | undefined;
    };

/** Classes that are no money: unknown, suspect, of zero value. 0: the unit does not classify; 4: genuine. */
const worthlessClasses: readonly number[] = [1, 2, 3];
/** No banknote comes near it; a larger exponent is damage, not money. */
const exponentMax = 9;

export function decodeNoteBlock(data: Uint8Array): NoteBlock {
  if (data.every((byte) => byte === 0)) return { kind: 'blank' };
  const text = (from: number, to: number): string => String.fromCharCode(...data.subarray(from, to));
  const isMoney = !worthlessClasses.includes(data[15] ?? 0);
  return {
    kind: 'note',
    index: data[0] ?? 0,
    currency: text(1, 4),
    valueMinor: isMoney ? noteValue(text(4, 7), text(7, 8), text(8, 10)) : undefined,
  };
}

/** Base times ten to the exponent, in whole tenge: `005 + 03` and `050 + 02` are both 5 000. */
function noteValue(base: string, sign: string, exponent: string): Minor | undefined {
  if (!/^\d{3}$/.test(base) || !/^[+-]$/.test(sign) || !/^\d{2}$/.test(exponent)) return undefined;
  const power = Number(exponent);
  if (power > exponentMax) return undefined;
  const scale = 10 ** power;
  if (sign === '-' && Number(base) % scale !== 0) return undefined;
  const tenge = sign === '-' ? Number(base) / scale : Number(base) * scale;
  return tenge === 0 ? undefined : minorFromTenge(tenge);
}
