import type { Random } from '../../terminal/ports.ts';

/** Bytes that mean something to a protocol or a text: edges of ranges, line ends, marks of frames, quotes, braces. */
const tellingBytes = [
  ...[0x00, 0x01, 0x02, 0x03, 0x06, 0x0a, 0x0d, 0x10, 0x11, 0x13, 0x15, 0x1b, 0x20, 0x22, 0x2c, 0x2d, 0x30],
  ...[
    0x35, 0x37, 0x39, 0x3a, 0x3d, 0x5b, 0x5c, 0x5f, 0x7b, 0x7d, 0x7f, 0x80, 0x81, 0xc2, 0xef, 0xfc, 0xfe,
    0xff,
  ],
];

/** Longer than what one read of a socket or a serial port brings. */
export const inputBytesMax = 65_536;

const changesMax = 6;

/** A sample with a few things wrong, or nothing but noise. */
export function bentBytes(samples: readonly Uint8Array[], random: Random): Uint8Array {
  if (random.nextInt(12) === 0) return noise(random);
  let bytes: Uint8Array = pick(samples, random);
  for (let changes = 1 + random.nextInt(changesMax); changes > 0; changes -= 1) {
    bytes = changed(bytes, samples, random);
  }
  return bytes.subarray(0, inputBytesMax);
}

/** A change in one place. */
function changed(bytes: Uint8Array, samples: readonly Uint8Array[], random: Random): Uint8Array {
  const at = random.nextInt(bytes.length + 1);
  const length = random.nextInt(Math.min(bytes.length - at, 1 + random.nextInt(40)) + 1);
  switch (random.nextInt(8)) {
    case 0:
      return spliced(bytes, at, 0, noise(random));
    case 1:
      return spliced(bytes, at, length, new Uint8Array(0));
    case 2:
      return spliced(bytes, at, 0, bytes.subarray(at, at + length));
    case 3:
      return spliced(bytes, at, length, pick(samples, random));
    case 4:
      return bytes.subarray(0, at);
    case 5:
      return random.nextInt(2_000) === 0
        ? repeated(bytes.subarray(at, at + length))
        : withByte(bytes, at, telling(random));
    case 6:
      return withByte(bytes, at, (bytes[at] ?? 0) ^ (1 << random.nextInt(8)));
    default:
      return withByte(bytes, at, random.nextInt(256));
  }
}

export function noise(random: Random): Uint8Array {
  const lengthMax = random.nextInt(400) === 0 ? 4_096 : 48;
  const bytes = new Uint8Array(random.nextInt(lengthMax));
  const isTelling = random.nextInt(2) === 0;
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = isTelling ? telling(random) : random.nextInt(256);
  return bytes;
}

export function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[random.nextInt(items.length)] as Item;
}

function telling(random: Random): number {
  return pick(tellingBytes, random);
}

function withByte(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const copy = bytes.slice();
  if (at < copy.length) copy[at] = byte;
  return copy;
}

/** The same again and again, as from a line that is stuck. */
function repeated(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return bytes;
  const whole = new Uint8Array(inputBytesMax);
  for (let at = 0; at < whole.length; at += bytes.length) {
    whole.set(bytes.subarray(0, Math.min(bytes.length, whole.length - at)), at);
  }
  return whole;
}

function spliced(bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array {
  const whole = new Uint8Array(bytes.length - removed + added.length);
  whole.set(bytes.subarray(0, at));
  whole.set(added, at);
  whole.set(bytes.subarray(at + removed), at + added.length);
  return whole;
}
