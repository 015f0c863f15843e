/*
 * CCNET frames as the device sees them: SYNC ADR LNG payload CRClo CRChi (CCNET §2). Written from the protocol
 * document alone and never shared with the host side, so that neither can hide the other's mistake.
 */

const sync = 0x02;
const frameBytesMin = 6;
/** The longest frame a host may send: a firmware block of 2^8 bytes with its head. */
const frameBytesMax = 300;
const downloadCommand = 0x50;
const nothing = new Uint8Array(0);

export type HostFrame =
  | { readonly kind: 'frame'; readonly address: number; readonly payload: Uint8Array }
  | { readonly kind: 'bad-crc'; readonly address: number };

/** CRC-16/KERMIT: polynomial 1021 reflected (8408), start 0, no final xor. */
export function ccnetCrc(bytes: Uint8Array): number {
  let crc = 0;
  for (let at = 0; at < bytes.length; at += 1)
    crc = (crc >>> 8) ^ (crcOfByte[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return crc;
}

const crcOfByte = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
  return crc;
});

/** A frame from this device; its payload is data only, without the command it answers. */
export function deviceFrame(address: number, payload: Uint8Array): Uint8Array {
  const lengthBytes = payload.length + 5;
  const frame = new Uint8Array(lengthBytes);
  frame[0] = sync;
  frame[1] = address;
  frame[2] = lengthBytes;
  frame.set(payload, 3);
  const crc = ccnetCrc(frame.subarray(0, -2));
  frame[lengthBytes - 2] = crc & 0xff;
  frame[lengthBytes - 1] = crc >>> 8;
  return frame;
}

/** Collects bytes, cut anywhere, into frames from the host. Bytes that cannot begin a frame are skipped. */
export class HostFrameReader {
  #pending: Uint8Array = nothing;

  /** True while a frame has begun and not ended. */
  get isInsideFrame(): boolean {
    return this.#pending.length > 0;
  }

  /** Forgets a frame that stopped half-way (byte gap, CCNET §4). */
  reset(): void {
    this.#pending = nothing;
  }

  push(chunk: Uint8Array): HostFrame[] {
    const frames: HostFrame[] = [];
    this.#pending = this.#pending.length === 0 ? chunk.slice() : Uint8Array.of(...this.#pending, ...chunk);
    for (;;) {
      const start = this.#pending.indexOf(sync);
      this.#skip(start === -1 ? this.#pending.length : start);
      const length = frameLength(this.#pending);
      if (length === 'unknown-yet') return frames;
      if (length === 'impossible') {
        this.#skip(1);
        continue;
      }
      if (this.#pending.length < length) return frames;
      frames.push(decode(this.#pending.subarray(0, length)));
      this.#skip(length);
    }
  }

  #skip(byteCount: number): void {
    this.#pending = byteCount === this.#pending.length ? nothing : this.#pending.subarray(byteCount);
  }
}

/** Total length of the frame that `bytes` begins, from its own length field. */
function frameLength(bytes: Uint8Array): number | 'unknown-yet' | 'impossible' {
  const length = bytes[2];
  const command = bytes[3];
  if (length === undefined) return 'unknown-yet';
  if (length !== 0) return length < frameBytesMin ? 'impossible' : length;
  // Long form: two bytes, high byte first, after the command and its sub-command (CCNET §2).
  if (command === undefined) return 'unknown-yet';
  if (command !== downloadCommand) return 'impossible';
  const high = bytes[5];
  const low = bytes[6];
  if (high === undefined || low === undefined) return 'unknown-yet';
  const longLength = high * 256 + low;
  return longLength < frameBytesMin || longLength > frameBytesMax ? 'impossible' : longLength;
}

function decode(frame: Uint8Array): HostFrame {
  const address = frame[1] ?? 0;
  const crc = ccnetCrc(frame.subarray(0, -2));
  const low = frame.at(-2);
  const high = frame.at(-1);
  if (low !== (crc & 0xff) || high !== crc >>> 8) return { kind: 'bad-crc', address };
  return { kind: 'frame', address, payload: frame.slice(3, -2) };
}
