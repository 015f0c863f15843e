/*
 * CCNET §2, frames: SYNC, address, length, payload, CRC. Bytes in, values and leftover out; nothing here knows time or
 * what a payload means.
 */

const syncByte = 0x02;
/** The bill validator's address on the bus. */
const validatorAddress = 0x03;
/** SYNC, address, length, two bytes of CRC; a payload has at least one byte more. */
const overheadBytes = 5;
const frameBytesMin = overheadBytes + 1;
/** The bill table's reply: the longest frame a validator sends to what we ask. */
const frameBytesMax = 125;
const nothing = new Uint8Array(0);

export type Found =
  /** A whole frame from the validator with a good CRC. */
  | { readonly kind: 'frame'; readonly payload: Uint8Array }
  | { readonly kind: 'noise'; readonly reason: NoiseReason; readonly bytes: Uint8Array };

export type NoiseReason =
  | 'no-sync' // bytes outside any frame
  | 'other-address' // a SYNC followed by an address that is not the validator's
  | 'long-form' // length 0: only firmware download needs it, and we never start one
  | 'bad-length' // shorter than any frame, or longer than any we ask for
  | 'bad-crc'
  | 'gap'; // the rest of a frame did not come in time

export interface Deframed {
  readonly found: readonly Found[];
  /** The start of a frame whose end has not come; goes before the next chunk. Shorter than the longest frame. */
  readonly rest: Uint8Array;
}

/** One frame of the host to the validator. */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  const length = payload.length + overheadBytes;
  const frame = new Uint8Array(length);
  frame[0] = syncByte;
  frame[1] = validatorAddress;
  frame[2] = length;
  frame.set(payload, 3);
  const crc = crc16(frame, 0, length - 2);
  frame[length - 2] = crc & 0xff;
  frame[length - 1] = crc >> 8;
  return frame;
}

/**
 * Cuts what has come into frames and noise. After a damaged frame the search goes on one byte later, so that a frame
 * hidden behind noise that looked like a beginning is found as soon as its last byte is there.
 */
export function deframe(rest: Uint8Array, chunk: Uint8Array): Deframed {
  const bytes = concat(rest, chunk);
  const found: Found[] = [];
  let at = 0;
  while (at < bytes.length) {
    const head = readHead(bytes, at);
    if (head.kind === 'incomplete') break;
    if (head.kind === 'frame')
      found.push({ kind: 'frame', payload: bytes.slice(at + 3, at + head.length - 2) });
    else addNoise(found, head.reason, bytes.slice(at, at + head.length));
    at += head.length;
  }
  return { found, rest: at === bytes.length ? nothing : bytes.slice(at) };
}

type Head =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'frame'; readonly length: number }
  | { readonly kind: 'noise'; readonly length: number; readonly reason: NoiseReason };

function readHead(bytes: Uint8Array, at: number): Head {
  if (bytes[at] !== syncByte) {
    const sync = bytes.indexOf(syncByte, at);
    return { kind: 'noise', reason: 'no-sync', length: (sync < 0 ? bytes.length : sync) - at };
  }
  const address = bytes[at + 1];
  if (address === undefined) return { kind: 'incomplete' };
  if (address !== validatorAddress) return { kind: 'noise', reason: 'other-address', length: 1 };
  const length = bytes[at + 2];
  if (length === undefined) return { kind: 'incomplete' };
  if (length === 0) return { kind: 'noise', reason: 'long-form', length: 1 };
  if (length < frameBytesMin || length > frameBytesMax) {
    return { kind: 'noise', reason: 'bad-length', length: 1 };
  }
  if (at + length > bytes.length) return { kind: 'incomplete' };
  // The CRC over a frame and its own CRC, low byte first, is 0.
  const sound = crc16(bytes, at, at + length) === 0;
  return sound ? { kind: 'frame', length } : { kind: 'noise', reason: 'bad-crc', length: 1 };
}

/** Bytes outside any frame that follow other noise belong to it. */
function addNoise(found: Found[], reason: NoiseReason, bytes: Uint8Array): void {
  const last = found.at(-1);
  if (reason === 'no-sync' && last?.kind === 'noise') {
    found[found.length - 1] = { ...last, bytes: concat(last.bytes, bytes) };
  } else {
    found.push({ kind: 'noise', reason, bytes });
  }
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1;
  return crc;
});

/** CRC-16/KERMIT: polynomial 1021 reflected, start 0, no final change. */
export function crc16(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = 0;
  for (let at = from; at < to; at += 1) crc = (crc >> 8) ^ (crcTable[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return crc;
}
