import { type Minor, minorFromTenge } from '../../../terminal/money.ts';
import type { TaughtNote } from '../acceptor/notes.ts';

/** One of the 24 records of the bill table (CCNET §7). */
export interface BillTableRecord {
  readonly mantissa: number;
  /** Three letters as the firmware spells them: the country (KAZ) or the currency (KZT). */
  readonly country: string;
  /** Bit 7 clear: value = mantissa × 10^scale; bit 7 set: divided instead. */
  readonly scale: number;
  /** What the reader takes for this type. */
  readonly currency: string;
  readonly valueMinor: Minor;
}

/** Index = bill type; `undefined` is an unused slot. At most 24. */
export type BillTable = readonly (BillTableRecord | undefined)[];

const billTypesMax = 24;
/** The slot that stands for barcode coupons; no note is ever this type. */
export const couponType = 23;

const tengeValues = [200, 500, 1000, 2000, 5000, 10000, 20000] as const;

/** 200 to 20 000 ₸ with one-digit mantissas, the country spelt as in CCNET §7. */
export const tengeTable: BillTable = tengeValues.map((tenge) =>
  tengeRecord(tenge, Math.floor(Math.log10(tenge))),
);

/** The same notes with scale 2 throughout, as another firmware might split them. */
export const tengeTableInHundreds: BillTable = tengeValues.map((tenge) => tengeRecord(tenge, 2));

export function tengeRecord(tenge: number, scale: number, country = 'KAZ'): BillTableRecord {
  return {
    mantissa: tenge / 10 ** scale,
    country,
    scale,
    currency: 'KZT',
    valueMinor: minorFromTenge(tenge),
  };
}

/** The country as CCNET §7 spells it. */
const countryOfCurrency: Readonly<Record<string, string>> = { KZT: 'KAZ', RUB: 'RUS', USD: 'USA' };

/** Any note's record with a one-digit mantissa. */
export function recordOf({ valueMinor, currency }: TaughtNote): BillTableRecord {
  const major = valueMinor / 100;
  const scale = Math.floor(Math.log10(major));
  const country = countryOfCurrency[currency] ?? currency;
  return { mantissa: major / 10 ** scale, country, scale, currency, valueMinor };
}

/** The 120 bytes of the answer to GET BILL TABLE. */
export function encodeBillTable(table: BillTable): Uint8Array {
  const bytes = new Uint8Array(billTypesMax * 5);
  for (const [type, record] of table.entries()) {
    if (record === undefined) continue;
    bytes[type * 5] = record.mantissa;
    for (let letter = 0; letter < 3; letter += 1)
      bytes[type * 5 + 1 + letter] = record.country.charCodeAt(letter);
    bytes[type * 5 + 4] = record.scale;
  }
  return bytes;
}

/** The type a note is recognised as, if the table holds it. */
export function billTypeOf(
  table: BillTable,
  note: { valueMinor: Minor; currency: string },
): number | undefined {
  const type = table.findIndex(
    (record) => record?.valueMinor === note.valueMinor && record.currency === note.currency,
  );
  return type === -1 ? undefined : type;
}

/** The mask of the types that the table holds. */
export function typesInTable(table: BillTable): number {
  return table.reduce((mask, record, type) => (record === undefined ? mask : mask | (1 << type)), 0);
}
