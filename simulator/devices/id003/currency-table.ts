import { type Minor, minorFromTenge } from '../../../terminal/money.ts';
import type { TaughtNote } from '../acceptor/notes.ts';

/** One of the records of CURRENCY ASSIGN (ID-003 §7). */
export interface CurrencyRecord {
  readonly country: number;
  readonly mantissa: number;
  readonly exponent: number;
  /** What the reader takes for this code. */
  readonly currency: string;
  readonly valueMinor: Minor;
}

/** Index = escrow code less 61; `undefined` is an unused code. */
export type CurrencyTable = readonly (CurrencyRecord | undefined)[];

export const firstCode = 0x61;

const countries: Readonly<Record<string, number>> = { KZT: 0x51, RUB: 0x27, USD: 0x01, EUR: 0xe0 };

/** Any note's record, with the shortest mantissa. */
export function recordOf({ valueMinor, currency }: TaughtNote): CurrencyRecord {
  const digits = String(valueMinor / 100);
  const mantissa = digits.replace(/0+$/, '');
  const exponent = digits.length - mantissa.length;
  return { country: countries[currency] ?? 0xff, mantissa: Number(mantissa), exponent, currency, valueMinor };
}

function tenge(mantissa: number, exponent: number): CurrencyRecord {
  const valueMinor = minorFromTenge(mantissa * 10 ** exponent);
  return { country: 0x51, mantissa, exponent, currency: 'KZT', valueMinor };
}

/** §7: 61 is not used, 62 to 68 are 200 to 20 000 ₸. */
export const tengeTable: CurrencyTable = [
  undefined,
  tenge(2, 2),
  tenge(5, 2),
  tenge(10, 2),
  tenge(20, 2),
  tenge(50, 2),
  tenge(10, 3),
  tenge(20, 3),
];

/** The data of the answer to CURRENCY ASSIGN, eight records at least. */
export function encodeCurrencyTable(table: CurrencyTable): readonly number[] {
  const codes = Array.from({ length: Math.max(8, table.length) }, (_, index) => index);
  return codes.flatMap((index) => {
    const { country = 0, mantissa = 0, exponent = 0 } = table[index] ?? {};
    return [firstCode + index, country, mantissa, exponent];
  });
}

/** The escrow code less 61 of a note that the reader knows. */
export function kindOf(table: CurrencyTable, note: TaughtNote): number | undefined {
  const kind = table.findIndex(
    (record) => record?.valueMinor === note.valueMinor && record.currency === note.currency,
  );
  return kind === -1 ? undefined : kind;
}
