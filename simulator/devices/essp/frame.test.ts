import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/essp.json' with { type: 'json' };
import { deviceFrame, HostFrameReader } from './frame.ts';
import { looksPrime, PacketCipher, raise } from './packet.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const packed = (hex: string): string => hex.replaceAll(' ', '');

describe('eSSP frames at the device', () => {
  it.each([...vectors.hostFrames, ...vectors.deviceFrames])('$name, both ways', ({ bytes }) => {
    const frames = new HostFrameReader().push(bytesOf(bytes));
    expect(frames).toHaveLength(1);
    const written = frames.map(({ sequenceAndId, data }) => hexOf(deviceFrame(sequenceAndId, data)));
    expect(written).toEqual([packed(bytes)]);
  });

  it('begins anew at a single 7F, and says nothing to a wrong checksum', () => {
    const reader = new HostFrameReader();
    expect(reader.push(bytesOf('7F 80 09 7F 80 01 11 65 82'))).toHaveLength(1);
    expect(reader.push(bytesOf('7F 80 01 11 65 83'))).toEqual([]);
    expect(reader.push(bytesOf('7F 80 01 11 65 82'))).toHaveLength(1);
  });
});

describe('eSSP packets at the device', () => {
  const { keys, packets } = vectors;
  const cipher = new PacketCipher(BigInt(keys.agreed));

  it('agrees on the key of the document', () => {
    const modulus = BigInt(keys.modulus);
    expect(raise(BigInt(keys.hostKey), BigInt(keys.unitSecret), modulus)).toBe(BigInt(keys.agreed));
    expect(looksPrime(BigInt(keys.generator)) && looksPrime(modulus)).toBe(true);
    expect(looksPrime(1_287_819n)).toBe(false);
  });

  it.each(packets)('$name, both ways', ({ count, data, bytes }) => {
    expect(hexOf(cipher.encrypt(count, bytesOf(data)))).toBe(packed(bytes));
    expect(cipher.decrypt(bytesOf(bytes))).toEqual({ count, data: bytesOf(data) });
    expect(new PacketCipher(5n).decrypt(bytesOf(bytes))).toBe('bad-crc');
  });
});
