import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/ccnet.json' with { type: 'json' };
import { encodeBillTable, tengeTable, tengeTableInHundreds } from './bill-table.ts';
import { ccnetCrc, deviceFrame, type HostFrame, HostFrameReader } from './frame.ts';
import { bytesOf, frames, hexOf } from './test-host.ts';

const read = (...chunks: string[]): HostFrame[] => {
  const reader = new HostFrameReader();
  return chunks.flatMap((chunk) => reader.push(bytesOf(chunk)));
};

const payloadsOf = (found: readonly HostFrame[]): string[] =>
  found.map((frame) => (frame.kind === 'frame' ? hexOf([frame.payload]) : frame.kind));

describe('CCNET frames at the device', () => {
  it('has the check value of the document', () => {
    const { text, crc } = vectors.crcCheck;
    expect(ccnetCrc(new TextEncoder().encode(text))).toBe(Number.parseInt(crc, 16));
  });

  it.each(vectors.deviceFrames)('sends $name as printed', ({ bytes }) => {
    expect(hexOf([deviceFrame(3, bytesOf(bytes).slice(3, -2))])).toBe(bytes);
  });

  it.each([
    [tengeTable, 'bill table, mantissas 1 2 5'],
    [tengeTableInHundreds, 'bill table, scale 2 throughout'],
  ])('writes both bill tables of CCNET §7', (table, name) => {
    const printed = vectors.deviceFrames.find((frame) => frame.name === name)?.bytes;
    expect(hexOf([deviceFrame(3, encodeBillTable(table))])).toBe(printed);
  });

  it.each([...vectors.hostFrames, vectors.longHostFrame])('reads $name', ({ bytes }) => {
    expect(payloadsOf(read(bytes))).toEqual([bytes.split(' ').slice(3, -2).join(' ')]);
  });

  it('tells a wrong checksum, with the address it seems to have', () => {
    expect(read('02 03 06 33 DA 80')).toEqual([{ kind: 'bad-crc', address: 3 }]);
  });

  it('skips noise, and lengths that no frame has', () => {
    expect(payloadsOf(read('FF 00 02 03 05 02 03 00 33', frames.poll))).toEqual(['33']);
  });

  it('holds a half frame until it is told to forget it', () => {
    const reader = new HostFrameReader();
    expect(reader.push(bytesOf('02 03 7D'))).toEqual([]);
    expect(reader.isInsideFrame).toBe(true);
    reader.reset();
    expect(payloadsOf(reader.push(bytesOf(frames.poll)))).toEqual(['33']);
    expect(reader.isInsideFrame).toBe(false);
  });

  it('reads the same frames however they are cut', () => {
    const all = bytesOf(Object.values(frames).join(' '));
    const whole = payloadsOf(new HostFrameReader().push(all));
    expect(whole).toHaveLength(Object.keys(frames).length);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: all.length })), (unsorted) => {
        const cuts = [0, ...unsorted.toSorted((a, b) => a - b), all.length];
        const reader = new HostFrameReader();
        const found = cuts.slice(1).flatMap((cut, index) => reader.push(all.slice(cuts[index], cut)));
        expect(payloadsOf(found)).toEqual(whole);
      }),
    );
  });

  it('survives any bytes and holds no more than one frame of them', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 8 }), (chunks) => {
        const reader = new HostFrameReader();
        for (const chunk of chunks) reader.push(chunk);
        reader.reset();
        expect(payloadsOf(reader.push(bytesOf(frames.poll)))).toEqual(['33']);
      }),
    );
  });
});
