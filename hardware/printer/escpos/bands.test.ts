import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bitmap, createBitmap, isBlack, setDot } from '../raster/bitmap.ts';
import { bitmapCommands } from './bands.ts';
import { concat } from './native-text.ts';

/** Reads the commands as a printer would: what ends up on paper. */
function printed(bytes: Uint8Array, unitsPerDot: number, widthDots: number): Bitmap {
  const rows: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === 0x1b && bytes[at + 1] === 0x4a) {
      const units = bytes[at + 2] ?? 0;
      for (let row = 0; row < units / unitsPerDot; row += 1) rows.push(new Uint8Array());
      at += 3;
      continue;
    }
    expect([...bytes.subarray(at, at + 4)]).toEqual([0x1d, 0x76, 0x30, 0x00]);
    const rowBytes = (bytes[at + 4] ?? 0) + 256 * (bytes[at + 5] ?? 0);
    const height = (bytes[at + 6] ?? 0) + 256 * (bytes[at + 7] ?? 0);
    expect(height).toBeLessThanOrEqual(255);
    at += 8;
    for (let row = 0; row < height; row += 1)
      rows.push(bytes.subarray(at + row * rowBytes, at + (row + 1) * rowBytes));
    at += height * rowBytes;
  }
  const bitmap = createBitmap(widthDots, rows.length);
  for (const [y, row] of rows.entries()) bitmap.bytes.set(row, y * bitmap.bytesPerRow);
  return bitmap;
}

/** Pictures thick with the bytes that real-time commands are made of. */
const bytesOfPictures = fc.oneof(
  fc.constantFrom(0x10, 0x04, 0x05, 0x14),
  fc.constant(0x00),
  fc.integer({ min: 0, max: 255 }),
);
const pictures = fc
  .record({ bytesPerRow: fc.integer({ min: 1, max: 72 }), heightDots: fc.integer({ min: 1, max: 40 }) })
  .chain(({ bytesPerRow, heightDots }) =>
    fc
      .array(bytesOfPictures, { minLength: bytesPerRow * heightDots, maxLength: bytesPerRow * heightDots })
      .map(
        (bytes): Bitmap => ({
          widthDots: bytesPerRow * 8,
          heightDots,
          bytesPerRow,
          bytes: Uint8Array.from(bytes),
        }),
      ),
  );

describe('a picture as commands', () => {
  test('never holds a real-time command, whatever it shows', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const bytes = [...concat(bitmapCommands(picture, 1))];
        const pairs = bytes.map((byte, at) => byte * 256 + (bytes[at + 1] ?? 0));
        expect(pairs.filter((pair) => [0x1004, 0x1005, 0x1014].includes(pair))).toEqual([]);
      }),
    );
  });

  test('comes out as it was drawn, but for single dots added to break such a command', () => {
    fc.assert(
      fc.property(pictures, fc.constantFrom(1 as const, 2 as const), (picture, unitsPerDot) => {
        const paper = printed(concat(bitmapCommands(picture, unitsPerDot)), unitsPerDot, picture.widthDots);
        for (let at = 0; at < picture.bytes.length; at += 1) {
          const drawn = picture.bytes[at] ?? 0;
          const out = paper.bytes[at] ?? 0;
          if (drawn !== out) {
            expect([0x04, 0x05, 0x14]).toContain(drawn);
            expect(out).toBe(drawn | 0x08);
          }
        }
      }),
    );
  });

  test('is cut into bands that every firmware takes, and loses no row at the seams', () => {
    const tall = createBitmap(16, 600);
    for (let y = 0; y < 600; y += 1) setDot(tall, y % 16, y);
    const commands = bitmapCommands(tall, 1);
    expect(commands).toHaveLength(3);
    expect(printed(concat(commands), 1, 16)).toEqual(tall);
  });

  test('sends blank rows as feeds and leaves out what is blank on the right', () => {
    const sparse = createBitmap(576, 400);
    setDot(sparse, 3, 0);
    setDot(sparse, 9, 399);
    const bytes = concat(bitmapCommands(sparse, 1));
    expect(Buffer.from(bytes).toString('hex')).toBe(
      '1d76300001000100' + '10' + '1b4aff' + '1b4a8f' + '1d76300002000100' + '0040',
    );
    expect(isBlack(printed(bytes, 1, 576), 9, 399)).toBe(true);
  });

  test('feeds in whole dots where a unit is half of one', () => {
    const low = createBitmap(8, 201);
    setDot(low, 0, 200);
    const paper = printed(concat(bitmapCommands(low, 2)), 2, 8);
    expect(paper.heightDots).toBe(201);
    expect(isBlack(paper, 0, 200)).toBe(true);
  });
});
