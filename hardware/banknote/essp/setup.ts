import type { Denomination } from '../../../terminal/devices.ts';
import { minorFromTenge } from '../../../terminal/money.ts';
import type { NoteTable } from '../note-path/state.ts';
import { channelsMax } from './message.ts';

/* eSSP §5: who the unit is, and what its channels are. */

export type SetupAnswer =
  | {
      readonly kind: 'setup';
      readonly model: string;
      readonly firmware: string;
      readonly dataset: string;
      /** By the number of the channel; there is no channel 0. */
      readonly table: NoteTable;
    }
  | { readonly kind: 'refused'; readonly why: string; readonly isWrongMoney: boolean };

const unitTypes: ReadonlyMap<number, string> = new Map([
  [0x00, 'banknote validator'],
  [0x06, 'SMART Payout'],
  [0x07, 'Note Float'],
  [0x0d, 'TEBS'],
]);

const fixedBytes = 16;
const expandedFrom = 6;

/** `data` is what follows OK. Only the expanded layout of protocol 6 and later is read: it names each channel's money. */
export function decodeSetup(data: Uint8Array): SetupAnswer {
  const channels = data[11] ?? 0;
  const wrong = (why: string): SetupAnswer => ({ kind: 'refused', why, isWrongMoney: false });
  if (channels < 1 || channels > channelsMax) return wrong(`no unit has ${channels} channels`);
  const versionAt = fixedBytes - 1 + 2 * channels;
  if ((data[versionAt] ?? 0) < expandedFrom) return wrong('the setup is of an old protocol');
  if (data.length !== fixedBytes + 9 * channels) return wrong(`no setup has ${data.length} bytes`);
  const countriesAt = versionAt + 1;
  const valuesAt = countriesAt + 3 * channels;
  const table: (Denomination | undefined)[] = [undefined];
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let index = 0; index < channels; index += 1) {
    const currency = ascii(data.subarray(countriesAt + 3 * index, countriesAt + 3 * index + 3));
    const tenge = view.getUint32(valuesAt + 4 * index, true);
    table.push(tenge === 0 ? undefined : { valueMinor: minorFromTenge(tenge), currency: 'KZT' });
    if (tenge !== 0 && currency !== 'KZT') {
      const why = `channel ${index + 1} is money of "${currency}"`;
      return { kind: 'refused', why, isWrongMoney: true };
    }
  }
  if (table.every((kind) => kind === undefined)) {
    return { kind: 'refused', why: 'the setup holds no note', isWrongMoney: true };
  }
  return {
    kind: 'setup',
    model: unitTypes.get(data[0] ?? 0) ?? `unit of type ${data[0]}`,
    firmware: ascii(data.subarray(1, 5)),
    dataset: ascii(data.subarray(5, 8)),
    table,
  };
}

/** Four bytes, the high one first, as decimal digits. */
export function decodeSerialNumber(data: Uint8Array): string | undefined {
  if (data.length !== 4) return undefined;
  return String(new DataView(data.buffer, data.byteOffset, 4).getUint32(0, false));
}

function ascii(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '?')).join(
    '',
  );
}
