import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/essp.json' with { type: 'json' };
import { formatHex, parseHex } from '../../link/tap.ts';
import { hostSecret, powerModulo, seal, sessionKey, unseal } from './cipher.ts';
import { commandData } from './message.ts';

const { keys, packets } = vectors;
const key = parseHex(keys.aes);
const zeros = (byteCount: number): Uint8Array => new Uint8Array(byteCount);

describe('eSSP keys', () => {
  it('agrees on the key of the document from either side', () => {
    const [generator, modulus] = [BigInt(keys.generator), BigInt(keys.modulus)];
    expect(powerModulo(generator, BigInt(keys.hostSecret), modulus)).toBe(BigInt(keys.hostKey));
    expect(powerModulo(generator, BigInt(keys.unitSecret), modulus)).toBe(BigInt(keys.unitKey));
    expect(powerModulo(BigInt(keys.unitKey), BigInt(keys.hostSecret), modulus)).toBe(BigInt(keys.agreed));
    expect(powerModulo(BigInt(keys.hostKey), BigInt(keys.unitSecret), modulus)).toBe(BigInt(keys.agreed));
    expect(formatHex(sessionKey(BigInt(keys.agreed)))).toBe(keys.aes);
  });

  it('sends its half as printed', () => {
    const data = commandData({ kind: 'key-exchange', value: BigInt(keys.hostKey) });
    expect(formatHex(data)).toBe('4C 06 40 03 00 00 00 00 00');
  });

  it('has another secret for each exchange and each run', () => {
    const secrets = [hostSecret('a', 0), hostSecret('a', 1), hostSecret('b', 0)];
    expect(new Set(secrets).size).toBe(3);
  });
});

describe('eSSP packets', () => {
  it.each(packets)('$name, count $count, both ways', ({ count, data, bytes }) => {
    expect(formatHex(seal(key, count, parseHex(data), zeros))).toBe(bytes);
    expect(unseal(key, parseHex(bytes))).toEqual({ count, data: parseHex(data) });
  });

  it.each([
    ['another key', sessionKey(1n), packets[0]?.bytes ?? ''],
    ['a block that is cut', key, (packets[0]?.bytes ?? '').slice(0, -3)],
    ['no block at all', key, '7E'],
    ['a plain answer', key, 'F0'],
  ])('is nothing with %s', (_, anyKey, bytes) => {
    expect(unseal(anyKey, parseHex(bytes))).toBeUndefined();
  });
});
