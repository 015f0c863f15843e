import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
    expect(ccnetCrc(new TextEncoder().encode('123456789'))).toBe(0x2189);
  });

  // CCNET §2, worked frames: device to host.
  it.each([
    ['10', '02 03 06 10 43 92'],
    ['11', '02 03 06 11 CA 83'],
    ['12', '02 03 06 12 51 B1'],
    ['13', '02 03 06 13 D8 A0'],
    ['14', '02 03 06 14 67 D4'],
    ['15', '02 03 06 15 EE C5'],
    ['17', '02 03 06 17 FC E6'],
    ['18', '02 03 06 18 0B 1E'],
    ['19', '02 03 06 19 82 0F'],
    ['1A', '02 03 06 1A 19 3D'],
    ['1B 05', '02 03 07 1B 05 D4 99'],
    ['1C 68', '02 03 07 1C 68 3F 6C'],
    ['80 02', '02 03 07 80 02 9E 10'],
    ['81 02', '02 03 07 81 02 46 09'],
    ['82 02', '02 03 07 82 02 2E 23'],
    ['47 50', '02 03 07 47 50 AB E6'],
    ['00 00 7F 00 00 00', '02 03 0B 00 00 7F 00 00 00 14 8F'],
  ])('frames %s', (payload, frame) => {
    expect(hexOf([deviceFrame(3, bytesOf(payload))])).toBe(frame);
  });

  it.each([
    [tengeTable, '43 2F'],
    [tengeTableInHundreds, 'BD E1'],
  ])('frames both bill tables of CCNET §7', (table, crc) => {
    const frame = deviceFrame(3, encodeBillTable(table));
    expect(frame.length).toBe(125);
    expect(hexOf([frame.slice(-2)])).toBe(crc);
  });

  it('writes the first records as in CCNET §7', () => {
    expect(hexOf([encodeBillTable(tengeTable).slice(0, 15)])).toBe(
      '02 4B 41 5A 02 05 4B 41 5A 02 01 4B 41 5A 03',
    );
  });

  it.each(Object.values(frames))('reads %s', (frame) => {
    expect(payloadsOf(read(frame))).toEqual([frame.split(' ').slice(3, -2).join(' ')]);
  });

  it('reads the long form of a firmware block', () => {
    const block = `02 03 00 50 02 01 0C 00 B0 00 ${'11 '.repeat(256)}A3 A9`;
    expect(payloadsOf(read(block))).toEqual([`50 02 01 0C 00 B0 00${' 11'.repeat(256)}`]);
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
