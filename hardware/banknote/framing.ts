/*
 * Cutting a stream into frames that begin with a fixed byte, tell their length and end with a check (a CRC in CCNET, ID-003
 * and eSSP, an XOR in EBDS): what all acceptors have in common. Bytes in, values and leftover out; nothing here knows time or what a payload means.
 */

const nothing = new Uint8Array(0);

export type Found<Reason extends string = string> =
  /** A whole frame whose check is good. */
  | { readonly kind: 'frame'; readonly payload: Uint8Array }
  | { readonly kind: 'noise'; readonly reason: Reason | 'no-sync'; readonly bytes: Uint8Array };

export interface Deframed<Reason extends string> {
  readonly found: readonly Found<Reason>[];
  /** The start of a frame whose end has not come; goes before the next chunk. Shorter than the longest frame. */
  readonly rest: Uint8Array;
}

/** What stands at a place in the stream: `length` bytes of it, from there on. */
export type Head<Reason extends string> =
  | { readonly kind: 'incomplete' }
  /** `payload`: what the bytes stand for, where they do not stand for themselves. */
  | { readonly kind: 'frame'; readonly length: number; readonly payload?: Uint8Array }
  | { readonly kind: 'noise'; readonly length: number; readonly reason: Reason };

export interface FrameForm<Reason extends string> {
  readonly firstByte: number;
  /** Bytes before the payload, and after it. */
  readonly headBytes: number;
  readonly tailBytes: number;
  /** Looks at a place that holds the first byte. */
  readonly readHead: (bytes: Uint8Array, at: number) => Head<Reason>;
}

/**
 * Cuts what has come into frames and noise. After a damaged frame the search goes on one byte later, so that a frame
 * hidden behind noise that looked like a beginning is found as soon as its last byte is there.
 */
export function cutFrames<Reason extends string>(
  form: FrameForm<Reason>,
  rest: Uint8Array,
  chunk: Uint8Array,
): Deframed<Reason> {
  const bytes = concat(rest, chunk);
  const found: Found<Reason>[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] !== form.firstByte) {
      const next = bytes.indexOf(form.firstByte, at);
      const end = next < 0 ? bytes.length : next;
      addNoise(found, 'no-sync', bytes.slice(at, end));
      at = end;
      continue;
    }
    const head = form.readHead(bytes, at);
    if (head.kind === 'incomplete') break;
    const end = at + head.length;
    if (head.kind === 'frame') {
      const payload = head.payload ?? bytes.slice(at + form.headBytes, end - form.tailBytes);
      found.push({ kind: 'frame', payload });
    } else {
      addNoise(found, head.reason, bytes.slice(at, end));
    }
    at = end;
  }
  return { found, rest: at === bytes.length ? nothing : bytes.slice(at) };
}

/** Bytes outside any frame that follow other noise belong to it. */
function addNoise<Reason extends string>(
  found: Found<Reason>[],
  reason: Reason | 'no-sync',
  bytes: Uint8Array,
): void {
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

/** CRC-16/KERMIT: polynomial 1021 reflected, start 0, no final change. Over a frame and its own CRC, low byte first, it is 0. */
export function crc16(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = 0;
  for (let at = from; at < to; at += 1) crc = (crc >> 8) ^ (crcTable[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return crc;
}

/** Puts the CRC of all before it into a frame's last two bytes, low byte first. */
export function sealCrc(frame: Uint8Array): Uint8Array {
  const crc = crc16(frame, 0, frame.length - 2);
  frame[frame.length - 2] = crc & 0xff;
  frame[frame.length - 1] = crc >> 8;
  return frame;
}
