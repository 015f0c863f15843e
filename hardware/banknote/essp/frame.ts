import { cutFrames, type Deframed, type FrameForm, type Head } from '../framing.ts';

/*
 * eSSP §2, frames: STX, sequence and address, length of the data, data, CRC. Every 7F behind the first is doubled, so
 * that a single one is always a beginning. A payload here is sequence and address with the data behind them.
 */

const stx = 0x7f;
const crcBytes = 2;

/** Beside bytes outside any frame. `broken-off`: another frame began inside. */
type NoiseReason = 'bad-length' | 'bad-crc' | 'broken-off';

const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1;
  return crc;
});

/** Polynomial 8005, start FFFF, high bit first, no final change. */
export function esspCrc(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ (crcTable[(crc >> 8) ^ byte] ?? 0);
  return crc;
}

export function encodeFrame(payload: Uint8Array): Uint8Array {
  const [sequence = 0, ...data] = payload;
  const body = Uint8Array.of(sequence, data.length, ...data);
  const crc = esspCrc(body);
  const stuffed = [...body, crc & 0xff, crc >> 8].flatMap((byte) => (byte === stx ? [stx, stx] : [byte]));
  return Uint8Array.of(stx, ...stuffed);
}

const form: FrameForm<NoiseReason> = { firstByte: stx, headBytes: 1, tailBytes: crcBytes, readHead };

export function deframe(rest: Uint8Array, chunk: Uint8Array): Deframed<NoiseReason> {
  return cutFrames(form, rest, chunk);
}

function readHead(bytes: Uint8Array, at: number): Head<NoiseReason> {
  const plain: number[] = [];
  let next = at + 1;
  while (next < bytes.length) {
    const byte = bytes[next] ?? 0;
    if (byte === stx) {
      const second = bytes[next + 1];
      if (second === undefined) return { kind: 'incomplete' };
      // No address is 7F (§2): two at the beginning are one too many.
      if (second !== stx || plain.length === 0)
        return { kind: 'noise', reason: 'broken-off', length: next - at };
      next += 1;
    }
    plain.push(byte);
    next += 1;
    const dataBytes = plain[1];
    if (dataBytes === 0) return { kind: 'noise', reason: 'bad-length', length: 1 };
    if (dataBytes !== undefined && plain.length === 2 + dataBytes + crcBytes) {
      return readWhole(Uint8Array.from(plain), next - at);
    }
  }
  return { kind: 'incomplete' };
}

function readWhole(plain: Uint8Array, length: number): Head<NoiseReason> {
  const body = plain.subarray(0, -crcBytes);
  const crc = esspCrc(body);
  const isSound = plain.at(-2) === (crc & 0xff) && plain.at(-1) === crc >> 8;
  if (!isSound) return { kind: 'noise', reason: 'bad-crc', length: 1 };
  return { kind: 'frame', length, payload: Uint8Array.of(body[0] ?? 0, ...body.subarray(2)) };
}
