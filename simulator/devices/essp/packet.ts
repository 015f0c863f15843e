import { createCipheriv, createDecipheriv } from 'node:crypto';
import { deviceCrc } from './frame.ts';

/* Encrypted packets and the key exchange as the device does them (eSSP §7), written apart from the host's. */

export const encryptedPacket = 0x7e;

/** 0x0123456701234567, the low byte first. */
const defaultFixedKey = [0x67, 0x45, 0x23, 0x01, 0x67, 0x45, 0x23, 0x01];

export function toEightBytes(value: bigint): number[] {
  return Array.from({ length: 8 }, (_, index) => Number(BigInt.asUintN(8, value >> BigInt(index * 8))));
}

export function fromEightBytes(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

export function raise(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (exponent === 0n) return 1n % modulus;
  const half = raise(base, exponent / 2n, modulus);
  const square = (half * half) % modulus;
  return exponent % 2n === 0n ? square : (square * base) % modulus;
}

/** Fermat's test with some small bases: enough to refuse what a host should not send. */
export function looksPrime(value: bigint): boolean {
  if (value < 2n) return false;
  return [2n, 3n, 5n, 7n, 11n].every(
    (base) => value === base || (value % base !== 0n && raise(base, value - 1n, value) === 1n),
  );
}

/** Encrypts and decrypts with the key that an exchange has ended in. */
export class PacketCipher {
  readonly #key: Uint8Array;

  constructor(agreed: bigint) {
    this.#key = Uint8Array.from([...defaultFixedKey, ...toEightBytes(agreed)]);
  }

  encrypt(count: number, data: Uint8Array): Uint8Array {
    const counted = [data.length, count & 0xff, (count >>> 8) & 0xff, (count >>> 16) & 0xff, count >>> 24];
    const plain = [...counted, ...data];
    while ((plain.length + 2) % 16 !== 0) plain.push(0);
    const crc = deviceCrc(plain);
    const aes = createCipheriv('aes-128-ecb', this.#key, null);
    aes.setAutoPadding(false);
    return Uint8Array.from([
      encryptedPacket,
      ...aes.update(Uint8Array.from([...plain, crc & 0xff, crc >>> 8])),
    ]);
  }

  /** `bad-crc`: another key, or no packet. */
  decrypt(packet: Uint8Array): { readonly count: number; readonly data: Uint8Array } | 'bad-crc' {
    const body = packet.slice(1);
    if (body.length === 0 || body.length % 16 !== 0) return 'bad-crc';
    const aes = createDecipheriv('aes-128-ecb', this.#key, null);
    aes.setAutoPadding(false);
    const plain = Uint8Array.from(aes.update(body));
    const crc = deviceCrc(plain.slice(0, -2));
    const length = plain[0] ?? 0;
    const isSound = plain.at(-2) === (crc & 0xff) && plain.at(-1) === crc >>> 8;
    if (!isSound || length === 0 || length > plain.length - 7) return 'bad-crc';
    const [, a = 0, b = 0, c = 0, d = 0] = plain;
    return { count: a + b * 0x100 + c * 0x10000 + d * 0x1000000, data: plain.slice(5, 5 + length) };
  }
}
