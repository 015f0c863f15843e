import type { StatusDialect } from './profile.ts';

/*
 * What a printer says, taken out of its bytes. Nothing marks a reply's beginning but its fixed bits (ESC/POS status
 * reference): XON and XOFF may fall between any two bytes and are lifted out first.
 */

export type PrinterReply =
  /** XON and XOFF: the printer's buffer has room, or has none. */
  | { readonly kind: 'flow'; readonly hasRoom: boolean }
  /** Answer to `DLE EOT n`; which `n` it answers only the asker knows. */
  | { readonly kind: 'real-time-status'; readonly bits: number }
  /** Automatic status, four bytes, sent at a change. */
  | { readonly kind: 'automatic-status'; readonly bytes: Uint8Array }
  /** Answer to `GS r`, or one byte of `GS I`. */
  | { readonly kind: 'queued-status'; readonly bits: number }
  /** Answer to `GS ( H`: everything before that command has been printed. */
  | { readonly kind: 'process-id'; readonly id: string }
  /** Answer to `DLE DC4 8`: both buffers are empty. */
  | { readonly kind: 'buffers-cleared' }
  /** Answer to `GS I` with a text. */
  | { readonly kind: 'text'; readonly text: string }
  /** Custom's `DLE EOT 20`: paper, user, recoverable and fatal bits. */
  | {
      readonly kind: 'full-status';
      readonly paper: number;
      readonly user: number;
      readonly recoverable: number;
      readonly fatal: number;
    }
  | { readonly kind: 'noise'; readonly bytes: Uint8Array };

export interface ParsedReplies {
  readonly replies: readonly PrinterReply[];
  /** The beginning of a reply whose end has not come yet. */
  readonly rest: Uint8Array;
}

const xon = 0x11;
const xoff = 0x13;
const dle = 0x10;
const fullStatusMark = 0x0f;
const blockHeads = new Set([0x35, 0x37, 0x3b, 0x3d, 0x5f]);
const processIdMark = 0x22;
const buffersClearedMark = 0x25;
const modelTextHead = 0x5f;
/** Longer than any reply a printer is asked for. */
const blockBytesMax = 96;

/** `rest` is what the last call left over; drop it when the line has been silent for longer than bytes of one reply can be. */
export function parseReplies(rest: Uint8Array, chunk: Uint8Array, dialect: StatusDialect): ParsedReplies {
  const replies: PrinterReply[] = [];
  const bytes = withoutFlow(rest, chunk, replies);
  let at = 0;
  while (at < bytes.length) {
    const length = replyLength(bytes.subarray(at, at + blockBytesMax), dialect);
    if (length === 'unfinished') break;
    replies.push(readReply(bytes.slice(at, at + length), dialect));
    at += length;
  }
  return { replies, rest: bytes.slice(at) };
}

/** What came, one after the other, without XON and XOFF: those are told at once. */
function withoutFlow(rest: Uint8Array, chunk: Uint8Array, replies: PrinterReply[]): Uint8Array {
  const bytes = new Uint8Array(rest.length + chunk.length);
  bytes.set(rest);
  let length = rest.length;
  for (const byte of chunk) {
    if (byte === xon || byte === xoff) replies.push({ kind: 'flow', hasRoom: byte === xon });
    else {
      bytes[length] = byte;
      length += 1;
    }
  }
  return bytes.subarray(0, length);
}

/** How many of these bytes are one reply. They are no more than the longest reply has, however much came at once. */
function replyLength(bytes: Uint8Array, dialect: StatusDialect): number | 'unfinished' {
  const [first = 0, second] = bytes;
  if (dialect === 'full' && first === dle) {
    if (second === undefined) return 'unfinished';
    if (second === fullStatusMark) return bytes.length < 6 ? 'unfinished' : 6;
  }
  if (blockHeads.has(first)) {
    const end = bytes.indexOf(0x00);
    if (end >= 0) return end + 1;
    return bytes.length < blockBytesMax ? 'unfinished' : 1;
  }
  if (isAutomaticStatusStart(first)) {
    const others = bytes.subarray(1, 4);
    if (!others.every(isQueuedStatus)) return 1;
    return others.length < 3 ? 'unfinished' : 4;
  }
  return 1;
}

function readReply(bytes: Uint8Array, dialect: StatusDialect): PrinterReply {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0] = bytes;
  if (dialect === 'full' && bytes.length === 6 && first === dle) {
    return { kind: 'full-status', paper: third, user: fourth, recoverable: fifth, fatal: sixth };
  }
  if (blockHeads.has(first) && bytes.length > 1) return readBlock(bytes, second);
  if (isAutomaticStatusStart(first) && bytes.length === 4) return { kind: 'automatic-status', bytes };
  if ((first & 0x93) === 0x12) return { kind: 'real-time-status', bits: first };
  if (isQueuedStatus(first)) return { kind: 'queued-status', bits: first };
  return { kind: 'noise', bytes };
}

function readBlock(bytes: Uint8Array, second: number): PrinterReply {
  const inner = bytes.subarray(1, -1);
  if (bytes[0] === 0x37 && second === processIdMark && inner.length === 5) {
    return { kind: 'process-id', id: latin(inner.subarray(1)) };
  }
  if (bytes[0] === 0x37 && second === buffersClearedMark) return { kind: 'buffers-cleared' };
  if (bytes[0] === modelTextHead) return { kind: 'text', text: latin(inner) };
  return { kind: 'noise', bytes };
}

function isAutomaticStatusStart(byte: number): boolean {
  return (byte & 0x93) === 0x10;
}

function isQueuedStatus(byte: number): boolean {
  return (byte & 0x90) === 0;
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
