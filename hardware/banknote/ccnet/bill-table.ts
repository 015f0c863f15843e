import type { Denomination } from '../../../terminal/devices.ts';
import { type Minor, minorFromTenge } from '../../../terminal/money.ts';
import type { NoteTable } from '../note-path/state.ts';
import { typeCount } from './message.ts';

/* CCNET §5 (IDENTIFICATION) and §7 (bill table). */

export interface Identification {
  /** Names the model and, in practice, the firmware. */
  readonly partNumber: string;
  readonly serialNumber: string;
  /** In hex. */
  readonly assetNumber: string;
}

const identificationBytes = 34;
const recordBytes = 5;
const tableBytes = typeCount * recordBytes;

/** The validator's name plate, or nothing if this is not what a validator answers. */
export function decodeIdentification(payload: Uint8Array): Identification | undefined {
  if (payload.length !== identificationBytes) return undefined;
  return {
    partNumber: asciiOf(payload.subarray(0, 15)),
    serialNumber: asciiOf(payload.subarray(15, 27)),
    assetNumber: Array.from(payload.subarray(27), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}

export type TableAnswer =
  | { readonly kind: 'table'; readonly table: NoteTable }
  | { readonly kind: 'refused'; readonly why: string };

/** Both forms of the country text are taken, as firmware differs; any other currency is refused by its name. */
const currencyOfCountry: Readonly<Record<string, Denomination['currency']>> = { KAZ: 'KZT', KZT: 'KZT' };

export function decodeBillTable(payload: Uint8Array): TableAnswer {
  if (payload.length !== tableBytes) {
    return { kind: 'refused', why: `a bill table has ${tableBytes} bytes, not ${payload.length}` };
  }
  const table: (Denomination | undefined)[] = [];
  for (let type = 0; type < typeCount; type += 1) {
    const record = payload.subarray(type * recordBytes, (type + 1) * recordBytes);
    const mantissa = record[0] ?? 0;
    if (mantissa === 0) {
      table.push(undefined);
      continue;
    }
    const country = asciiOf(record.subarray(1, 4));
    const currency = currencyOfCountry[country];
    if (currency === undefined) return { kind: 'refused', why: `type ${type} is money of "${country}"` };
    const valueMinor = noteValue(mantissa, record[4] ?? 0);
    if (valueMinor === undefined) return { kind: 'refused', why: `type ${type} has an impossible value` };
    table.push({ valueMinor, currency });
  }
  if (table.every((kind) => kind === undefined)) return { kind: 'refused', why: 'the bill table is empty' };
  return { kind: 'table', table };
}

/** No banknote comes near it; a larger exponent is damage, not money. */
const exponentMax = 9;

/** Bit 7 of the scale divides. A value that is not whole tenge is no banknote. */
function noteValue(mantissa: number, scale: number): Minor | undefined {
  const exponent = scale & 0x7f;
  if (exponent > exponentMax) return undefined;
  const power = 10 ** exponent;
  if ((scale & 0x80) === 0) return minorFromTenge(mantissa * power);
  return mantissa % power === 0 ? minorFromTenge(mantissa / power) : undefined;
}

function asciiOf(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ' ',
  ).join('');
  return text.trim();
}
