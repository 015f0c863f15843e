import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { esspCrc } from './frame.ts';

/* eSSP §7: how host and unit agree on a key, and what an encrypted packet holds. */

/** What makes a packet an encrypted one. */
export const sealedMark = 0x7e;

/** The upper half of every key, unless a unit was told another (§7). */
const fixedKey = 0x0123456701234567n;
const blockBytes = 16;
/** Length, count and CRC around the data. */
const overheadBytes = 7;

/**
 * The host's half of one key exchange. It follows from a secret of this run and from how many exchanges came before, so
 * that the dialog stays a pure machine.
 */
export function hostSecret(seed: string, exchangesMade: number): bigint {
  const digest = createHash('sha256').update(`${seed} ${exchangesMade}`).digest();
  return digest.readBigUInt64LE(0);
}

export function powerModulo(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result % modulus;
}

/** AES-128: the fixed half, then the agreed one, each as it goes over the wire. */
export function sessionKey(agreed: bigint): Uint8Array {
  const key = new Uint8Array(blockBytes);
  const view = new DataView(key.buffer);
  view.setBigUint64(0, fixedKey, true);
  view.setBigUint64(8, agreed, true);
  return key;
}

/** Bytes that nobody can foretell, to fill up the packet of that count. */
export function paddingOf(seed: string, count: number, byteCount: number): Uint8Array {
  return createHash('sha256').update(`${seed} padding ${count}`).digest().subarray(0, byteCount);
}

/** `padding` fills up the last block; a unit ignores it. */
export function seal(
  key: Uint8Array,
  count: number,
  data: Uint8Array,
  padding: (byteCount: number) => Uint8Array,
): Uint8Array {
  const packBytes = (blockBytes - ((data.length + overheadBytes) % blockBytes)) % blockBytes;
  const head = new Uint8Array(5);
  head[0] = data.length;
  new DataView(head.buffer).setUint32(1, count, true);
  const body = Uint8Array.of(...head, ...data, ...padding(packBytes));
  const crc = esspCrc(body);
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  const sealed = cipher.update(Uint8Array.of(...body, crc & 0xff, crc >> 8));
  return Uint8Array.of(sealedMark, ...sealed);
}

export interface Unsealed {
  readonly count: number;
  readonly data: Uint8Array;
}

/** Nothing if it was sealed with another key, or damaged before it was. */
export function unseal(key: Uint8Array, packet: Uint8Array): Unsealed | undefined {
  const sealed = packet.subarray(1);
  if (packet[0] !== sealedMark || sealed.length === 0 || sealed.length % blockBytes !== 0) return undefined;
  const cipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  const plain = cipher.update(sealed);
  const length = plain.readUInt8(0);
  if (length === 0 || length + overheadBytes > plain.length) return undefined;
  if (plain.readUInt16LE(plain.length - 2) !== esspCrc(plain.subarray(0, -2))) return undefined;
  return { count: plain.readUInt32LE(1), data: Uint8Array.from(plain.subarray(5, 5 + length)) };
}
