import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/id003.json' with { type: 'json' };
import { encodeCurrencyTable, tengeTable } from './currency-table.ts';
import { deviceFrame, type HostFrame, HostFrameReader, id003Crc } from './frame.ts';
import { bytesOf, frames, hexOf } from './test-host.ts';

const read = (...chunks: string[]): HostFrame[] => {
  const reader = new HostFrameReader();
  return chunks.flatMap((chunk) => reader.push(bytesOf(chunk)));
};

const payloadsOf = (found: readonly HostFrame[]): string[] =>
  found.map((frame) => (frame.kind === 'frame' ? hexOf([frame.payload]) : frame.kind));

describe('ID-003 frames at the device', () => {
  it('has the check value of the document', () => {
    const { text, crc } = vectors.crcCheck;
    expect(id003Crc(new TextEncoder().encode(text))).toBe(Number.parseInt(crc, 16));
  });

  it.each(vectors.deviceFrames)('sends $name as printed', ({ bytes }) => {
    expect(hexOf([deviceFrame(bytesOf(bytes).slice(2, -2))])).toBe(bytes);
  });

  it('writes the tenge table of ID-003 §7', () => {
    const printed = vectors.deviceFrames.find((frame) => frame.name === 'tenge table')?.bytes;
    expect(hexOf([deviceFrame(Uint8Array.of(0x8a, ...encodeCurrencyTable(tengeTable)))])).toBe(printed);
  });

  it.each(vectors.hostFrames)('reads $name', ({ bytes }) => {
    expect(payloadsOf(read(bytes))).toEqual([bytes.split(' ').slice(2, -2).join(' ')]);
  });

  it('tells a wrong checksum, skips what begins nothing, and finds the frame behind', () => {
    expect(payloadsOf(read(`00 00 ${frames.statusRequest}`))).toEqual(['11']);
    expect(payloadsOf(read(`FC 04 ${frames.statusRequest}`))).toEqual(['11']);
    expect(payloadsOf(read(`FC 05 11 27 57 ${frames.reset}`))).toEqual(['bad-crc', '40']);
  });

  it('does not care where the line is cut', () => {
    const line = bytesOf(Object.values(frames).join(' '));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (size) => {
        const reader = new HostFrameReader();
        const found: HostFrame[] = [];
        for (let at = 0; at < line.length; at += size) found.push(...reader.push(line.slice(at, at + size)));
        expect(found.length).toBe(Object.keys(frames).length);
        expect(found.every(({ kind }) => kind === 'frame')).toBe(true);
      }),
    );
  });
});
