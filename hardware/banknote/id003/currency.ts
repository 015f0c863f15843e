import type { Denomination } from '../../../terminal/devices.ts';
import { type Minor, minorFromTenge } from '../../../terminal/money.ts';
import type { NoteTable } from '../note-path/state.ts';
import { denominationCount, firstDenominationCode } from './message.ts';

/* ID-003 §5 (VERSION) and §7 (currency assign). */

/** What a unit says of itself: the model with its country, then the firmware. A serial number is not part of it. */
export interface Version {
  readonly model: string;
  readonly firmware: string;
}

const versionCode = 0x88;

/** The version text, or nothing if this is not what an acceptor answers: our own question has no text. */
export function decodeVersion(payload: Uint8Array): Version | undefined {
  if (payload[0] !== versionCode || payload.length < 2) return undefined;
  const text = Array.from(payload.subarray(1), (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ' ',
  ).join('');
  const [model = '', ...rest] = text.trim().split(/\s+/);
  return model === '' ? undefined : { model, firmware: rest.join(' ') };
}

export type TableAnswer =
  | { readonly kind: 'table'; readonly table: NoteTable }
  | { readonly kind: 'refused'; readonly why: string };

const currencyAssignCode = 0x8a;
const recordBytes = 4;
const unusedCountry = 0x00;
const tengeCountry = 0x51;

/** For people: only tenge is taken. */
const otherCountries: ReadonlyMap<number, string> = new Map([
  [0x01, 'USD'],
  [0x08, 'CAD'],
  [0x0e, 'ARS'],
  [0x16, 'CHF'],
  [0x27, 'RUB'],
  [0x2d, 'CNY'],
  [0x5c, 'UAH'],
  [0x7e, 'MDL'],
  [0x86, 'UZS'],
  [0xe0, 'EUR'],
]);

/** The kinds of note by their escrow code less 61. */
export function decodeCurrencyAssign(payload: Uint8Array): TableAnswer {
  const records = payload.subarray(1);
  if (payload[0] !== currencyAssignCode || records.length === 0 || records.length % recordBytes !== 0) {
    return { kind: 'refused', why: `no table has ${payload.length} bytes` };
  }
  const table: (Denomination | undefined)[] = [];
  for (let at = 0; at < records.length; at += recordBytes) {
    const [code = 0, country = 0, mantissa = 0, exponent = 0] = records.subarray(at, at + recordBytes);
    if (country === unusedCountry) continue;
    const type = code - firstDenominationCode;
    const name = `code ${hex(code)}`;
    if (type < 0 || type >= denominationCount) return { kind: 'refused', why: `${name} is no denomination` };
    if (table[type] !== undefined) return { kind: 'refused', why: `${name} stands for two kinds of note` };
    if (country !== tengeCountry) {
      const currency = otherCountries.get(country) ?? 'not listed';
      return { kind: 'refused', why: `${name} is money of country ${hex(country)} (${currency})` };
    }
    const valueMinor = noteValue(mantissa, exponent);
    if (valueMinor === undefined) return { kind: 'refused', why: `${name} has an impossible value` };
    table[type] = { valueMinor, currency: 'KZT' };
  }
  if (table.length === 0) return { kind: 'refused', why: 'the table holds no note' };
  return { kind: 'table', table: Array.from(table) };
}

/** No banknote comes near it; a larger exponent is damage, not money. */
const exponentMax = 9;

function noteValue(mantissa: number, exponent: number): Minor | undefined {
  if (mantissa === 0 || exponent > exponentMax) return undefined;
  return minorFromTenge(mantissa * 10 ** exponent);
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
