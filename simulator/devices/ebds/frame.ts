/*
 * EBDS frames as the device sees them: STX LEN CTL data ETX CHK (EBDS §2). Written from the protocol document alone and
 * never shared with the host side, so that neither can hide the other's mistake.
 */

const stx = 0x02;
const etx = 0x03;
const frameBytesMin = 6;
const nothing = new Uint8Array(0);

/** The XOR of what lies between STX and ETX. */
function exclusiveOr(bytes: Iterable<number>): number {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum;
}

/** A frame from this device. */
export function deviceFrame(payload: readonly number[]): Uint8Array {
  const body = [payload.length + 4, ...payload];
  return Uint8Array.of(stx, ...body, etx, exclusiveOr(body));
}

/** Collects bytes, cut anywhere, into payloads of sound frames from the host; all else is skipped without a word. */
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

  push(chunk: Uint8Array): (readonly number[])[] {
    const payloads: (readonly number[])[] = [];
    this.#pending = Uint8Array.of(...this.#pending, ...chunk);
    for (;;) {
      const start = this.#pending.indexOf(stx);
      this.#pending = start === -1 ? nothing : this.#pending.subarray(start);
      const length = this.#pending[1];
      if (length === undefined) return payloads;
      if (length >= frameBytesMin && this.#pending.length < length) return payloads;
      const frame = [...this.#pending.subarray(0, length)];
      const isSound =
        length >= frameBytesMin &&
        frame.at(-2) === etx &&
        frame.at(-1) === exclusiveOr(frame.slice(1, -2)) &&
        frame.every((byte) => byte < 0x80);
      if (isSound) payloads.push(frame.slice(2, -2));
      this.#pending = this.#pending.subarray(isSound ? length : 1);
    }
  }
}
