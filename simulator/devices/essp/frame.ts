/*
 * eSSP frames as the device sees them (eSSP §2): 7F, SEQ/ID, LEN, data, CRC low and high, every later 7F doubled. Written
 * from the protocol document alone and never shared with the host side, so that neither can hide the other's mistake.
 */

const start = 0x7f;

export interface HostFrame {
  readonly sequenceAndId: number;
  readonly data: Uint8Array;
}

/** Bit by bit: polynomial 8005, start FFFF, high bit first. */
export function deviceCrc(bytes: Iterable<number>): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x8005) & 0xffff;
    }
  }
  return crc;
}

/** A frame from this device; it repeats the host's sequence and address. */
export function deviceFrame(sequenceAndId: number, data: Uint8Array): Uint8Array {
  const body = [sequenceAndId, data.length, ...data];
  const crc = deviceCrc(body);
  const wire: number[] = [start];
  for (const byte of [...body, crc & 0xff, crc >>> 8]) {
    wire.push(byte);
    if (byte === start) wire.push(start);
  }
  return Uint8Array.from(wire);
}

/** Byte by byte: a single 7F begins anew, whatever came before. */
export class HostFrameReader {
  #bytes: number[] | undefined;
  #escaped = false;

  reset(): void {
    this.#bytes = undefined;
    this.#escaped = false;
  }

  push(chunk: Uint8Array): HostFrame[] {
    const frames: HostFrame[] = [];
    for (const byte of chunk) {
      const frame = this.#take(byte);
      if (frame !== undefined) frames.push(frame);
    }
    return frames;
  }

  #take(byte: number): HostFrame | undefined {
    if (byte === start && !this.#escaped) {
      this.#escaped = true;
      return undefined;
    }
    // A lone 7F was a beginning, and this is the first byte behind it.
    if (this.#escaped && byte !== start) this.#bytes = [];
    this.#escaped = false;
    if (this.#bytes === undefined) return undefined;
    this.#bytes.push(byte);
    const bytes = this.#bytes;
    const length = bytes[1];
    if (length === undefined || bytes.length < length + 4) return undefined;
    this.#bytes = undefined;
    const crc = deviceCrc(bytes.slice(0, -2));
    const isSound = bytes.at(-2) === (crc & 0xff) && bytes.at(-1) === crc >>> 8;
    if (!isSound || length === 0) return undefined;
    return { sequenceAndId: bytes[0] ?? 0, data: Uint8Array.from(bytes.slice(2, -2)) };
  }
}
