/*
 * ID-003 frames as the device sees them: SYNC LNG CODE data CRClo CRChi (ID-003 §2). Written from the protocol document
 * alone and never shared with the host side, so that neither can hide the other's mistake.
 */

const sync = 0xfc;
const frameBytesMin = 5;
const nothing = new Uint8Array(0);

export type HostFrame =
  | { readonly kind: 'frame'; readonly payload: Uint8Array }
  | { readonly kind: 'bad-crc' };

/** CRC-16/KERMIT, bit by bit: polynomial 8408, start 0. */
export function id003Crc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
  }
  return crc;
}

/** A frame from this device. */
export function deviceFrame(payload: Uint8Array): Uint8Array {
  const body = Uint8Array.of(sync, payload.length + 4, ...payload);
  const crc = id003Crc(body);
  return Uint8Array.of(...body, crc & 0xff, crc >>> 8);
}

/** Collects bytes, cut anywhere, into frames from the host. Bytes that cannot begin a frame are skipped. */
export class HostFrameReader {
  #pending: Uint8Array = nothing;

  /** True while a frame has begun and not ended. */
  get isInsideFrame(): boolean {
    return this.#pending.length > 0;
  }

  /** Forgets a frame that stopped half-way. */
  reset(): void {
    this.#pending = nothing;
  }

  push(chunk: Uint8Array): HostFrame[] {
    const frames: HostFrame[] = [];
    this.#pending = Uint8Array.of(...this.#pending, ...chunk);
    for (;;) {
      const start = this.#pending.indexOf(sync);
      this.#pending = start === -1 ? nothing : this.#pending.subarray(start);
      const length = this.#pending[1];
      if (length === undefined) return frames;
      if (length < frameBytesMin) {
        this.#pending = this.#pending.subarray(1);
        continue;
      }
      if (this.#pending.length < length) return frames;
      const frame = this.#pending.subarray(0, length);
      const crc = id003Crc(frame.subarray(0, -2));
      const isSound = frame.at(-2) === (crc & 0xff) && frame.at(-1) === crc >>> 8;
      frames.push(isSound ? { kind: 'frame', payload: frame.slice(2, -2) } : { kind: 'bad-crc' });
      // After a bad frame a good one may hide in what it seemed to hold (§2).
      this.#pending = this.#pending.subarray(isSound ? length : 1);
    }
  }
}
