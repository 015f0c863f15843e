import type { Toggle } from './command.ts';
import { decodeNoteBlock, type NoteBlock, noteBlockBytes } from './note-block.ts';

/* EBDS §4 to §6: what an acceptor says. */

/** D0 to D5. A state lasts; an event has happened since the reply before, and may be said more than once. */
export interface Status {
  readonly idling: boolean;
  readonly accepting: boolean;
  readonly escrowed: boolean;
  readonly stacking: boolean;
  /** Event: the note is in the cassette. */
  readonly stacked: boolean;
  readonly returning: boolean;
  /** Event. */
  readonly returned: boolean;
  /** Event. */
  readonly cheated: boolean;
  /** Event. */
  readonly rejected: boolean;
  readonly jammed: boolean;
  readonly cassetteFull: boolean;
  readonly cassettePresent: boolean;
  /** A second note was pushed in. */
  readonly paused: boolean;
  /** Said until the unit has started. */
  readonly powerUp: boolean;
  /** Event: the message was not understood, or not allowed now. */
  readonly invalidCommand: boolean;
  readonly failure: boolean;
  readonly transportOpen: boolean;
  /** 1 to 7 where a note is told without its block; 0: no value. */
  readonly value: number;
  /** The letter that stands for the model. */
  readonly model: number;
  /** Tenths. */
  readonly revision: number;
}

export type Reply =
  /** What only a host says: our own bytes have come back. */
  | { readonly kind: 'echo' }
  | {
      readonly kind: 'status';
      readonly toggle: Toggle;
      readonly status: Status;
      /** The note in escrow or just stacked, or an entry of the note table. */
      readonly note: NoteBlock | undefined;
    }
  /** An answer to an auxiliary question has no status, nor does it say to which one. */
  | { readonly kind: 'auxiliary'; readonly toggle: Toggle; readonly data: Uint8Array };

const hostOmnibus = 1;
const deviceOmnibus = 2;
const auxiliary = 6;
const extended = 7;
const statusBytes = 6;
const noteReport = 0x02;

/** `payload` begins with the control byte. */
export function decodeReply(payload: Uint8Array): Reply | undefined {
  const control = payload[0] ?? 0;
  const toggle: Toggle = (control & 1) === 0 ? 0 : 1;
  switch (control >> 4) {
    case hostOmnibus:
      return { kind: 'echo' };
    case deviceOmnibus: {
      if (payload.length !== 1 + statusBytes) return undefined;
      return { kind: 'status', toggle, status: decodeStatus(payload.subarray(1)), note: undefined };
    }
    case auxiliary:
      return { kind: 'auxiliary', toggle, data: payload.slice(1) };
    case extended:
      return decodeExtended(payload, toggle);
    default:
      return undefined;
  }
}

function decodeExtended(payload: Uint8Array, toggle: Toggle): Reply | undefined {
  const data = payload.subarray(2 + statusBytes);
  if (payload.length < 2 + statusBytes) return undefined;
  const status = decodeStatus(payload.subarray(2));
  if (payload[1] !== noteReport) return { kind: 'status', toggle, status, note: undefined };
  if (data.length !== noteBlockBytes) return undefined;
  return { kind: 'status', toggle, status, note: decodeNoteBlock(data) };
}

function decodeStatus(bytes: Uint8Array): Status {
  const has = (at: number, bit: number): boolean => ((bytes[at] ?? 0) & (1 << bit)) !== 0;
  return {
    idling: has(0, 0),
    accepting: has(0, 1),
    escrowed: has(0, 2),
    stacking: has(0, 3),
    stacked: has(0, 4),
    returning: has(0, 5),
    returned: has(0, 6),
    cheated: has(1, 0),
    rejected: has(1, 1),
    jammed: has(1, 2),
    cassetteFull: has(1, 3),
    cassettePresent: has(1, 4),
    paused: has(1, 5),
    powerUp: has(2, 0),
    invalidCommand: has(2, 1),
    failure: has(2, 2),
    value: ((bytes[2] ?? 0) >> 3) & 7,
    transportOpen: has(2, 6),
    model: bytes[4] ?? 0,
    revision: bytes[5] ?? 0,
  };
}

/** The serial number, or nothing if this is no text. */
export function decodeSerialNumber(data: Uint8Array): string | undefined {
  const isText = data.length > 0 && data.every((byte) => byte === 0 || (byte >= 0x20 && byte < 0x7f));
  if (!isText) return undefined;
  return String.fromCharCode(...data)
    .replaceAll('\0', ' ')
    .trim();
}

/** How often the unit has refused a note for each reason (§6, 0B); the numbers run over. */
export interface RejectCounters {
  readonly recognition: number;
  readonly security: number;
  readonly orientation: number;
  readonly noteDisabled: number;
  readonly fastFeed: number;
  readonly whileDisabled: number;
}

const counterFields = 14;
const nibblesPerField = 4;
const firstReason = 6;

export function decodeCounters(data: Uint8Array): RejectCounters | undefined {
  if (data.length !== counterFields * nibblesPerField) return undefined;
  if (data.some((nibble) => nibble > 0x0f)) return undefined;
  const field = (place: number): number => {
    const from = (firstReason + place) * nibblesPerField;
    return data.subarray(from, from + nibblesPerField).reduce((value, nibble) => (value << 4) | nibble, 0);
  };
  return {
    recognition: field(0),
    security: field(1),
    orientation: field(2),
    noteDisabled: field(3),
    fastFeed: field(4),
    whileDisabled: field(5),
  };
}
