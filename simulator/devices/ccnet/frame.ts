/*
 * CCNET frames as the device sees them: SYNC ADR LNG payload CRClo CRChi (CCNET §2). Written from the protocol
 * document alone and never shared with the host side, so that neither can hide the other's mistake.
 */

const sync = 0x02;
const frameBytesMin = 6;
/** The longest frame a host may send: a firmware block of 2^8 bytes with its head. */
const frameBytesMax = 300;
const downloadCommand = 0x50;

export type HostFrame =
  | { readonly kind: 'frame'; readonly address: number; readonly payload: Uint8Array }
  | { readonly kind: 'bad-crc'; readonly address: number };

/** CRC-16/KERMIT: polynomial 1021 reflected (8408), start 0, no final xor. */
export function ccnetCrc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
  }
  return crc;
}

/** A frame from this device; its payload is data only, without the command it answers. */
export function deviceFrame(address: number, payload: Uint8Array): Uint8Array {
  const lengthBytes = payload.length + 5;
  const body = Uint8Array.of(sync, address, lengthBytes, ...payload);
  const crc = ccnetCrc(body);
  return Uint8Array.of(...body, crc & 0xff, crc >>> 8);
}

/** Collects bytes, cut anywhere, into frames from the host. Bytes that cannot begin a frame are skipped. */
export class HostFrameReader {
  #pending: readonly number[] = [];

  /** True while a frame has begun and not ended. */
  get isInsideFrame(): boolean {
    return this.#pending.length > 0;
  }

  /** Forgets a frame that stopped half-way (byte gap, CCNET §4). */
  reset(): void {
    this.#pending = [];
  }

  push(chunk: Uint8Array): HostFrame[] {
    const frames: HostFrame[] = [];
    this.#pending = [...this.#pending, ...chunk];
    for (;;) {
      const start = this.#pending.indexOf(sync);
      this.#pending = start === -1 ? [] : this.#pending.slice(start);
      const length = frameLength(this.#pending);
      if (length === 'unknown-yet') return frames;
      if (length === 'impossible') {
        this.#pending = this.#pending.slice(1);
        continue;
      }
      if (this.#pending.length < length) return frames;
      frames.push(decode(Uint8Array.from(this.#pending.slice(0, length))));
      this.#pending = this.#pending.slice(length);
    }
  }
}

/** Total length of the frame that `bytes` begins, from its own length field. */
function frameLength(bytes: readonly number[]): number | 'unknown-yet' | 'impossible' {
  const [, , length, command] = bytes;
  if (length === undefined) return 'unknown-yet';
  if (length !== 0) return length < frameBytesMin ? 'impossible' : length;
  // Long form: two bytes, high byte first, after the command and its sub-command (CCNET §2).
  if (command === undefined) return 'unknown-yet';
  if (command !== downloadCommand) return 'impossible';
  const [high, low] = bytes.slice(5, 7);
  if (high === undefined || low === undefined) return 'unknown-yet';
  const longLength = high * 256 + low;
  return longLength < frameBytesMin || longLength > frameBytesMax ? 'impossible' : longLength;
}

function decode(frame: Uint8Array): HostFrame {
  const address = frame[1] ?? 0;
  const crc = ccnetCrc(frame.subarray(0, -2));
  const [low, high] = frame.subarray(-2);
  if (low !== (crc & 0xff) || high !== crc >>> 8) return { kind: 'bad-crc', address };
  return { kind: 'frame', address, payload: frame.slice(3, -2) };
}
