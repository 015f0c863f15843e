import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { printerModels } from './models.ts';
import { photographOf } from './slip-picture.ts';
import { PrinterBench, text } from './test-bench.ts';

async function pixelsOf(png: Buffer) {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const brightness = (x: number, y: number): number => context.getImageData(x, y, 1, 1).data[1] ?? 0;
  return { width: image.width, height: image.height, brightness };
}

describe('the photograph of a slip', () => {
  it('shows ink on white paper on a grey table, a pixel for a dot', async () => {
    const model = printerModels['epson-tm-t88vi'];
    const slip = await new PrinterBench().slipOf('1d 21 77', 0xdb, '0a', text('\n'));
    const { width, height, brightness } = await pixelsOf(photographOf(slip, model));
    expect(width).toBe(512 + 2 * 27 + 2 * 36);
    expect(height).toBe(slip.picture.heightDots + 2 * 36);
    const inkX = 36 + 27;
    const inkY = 36 + 99;
    expect(brightness(inkX + 50, inkY + 50)).toBeLessThan(60);
    expect(brightness(inkX + 97, inkY + 50)).toBeGreaterThan(240);
    expect(brightness(inkX - 1, inkY + 50)).toBeGreaterThan(240);
    expect(brightness(3, 3)).toBeGreaterThan(120);
    expect(brightness(3, 3)).toBeLessThan(180);
  });

  it('bites into the paper where it was torn', async () => {
    const model = printerModels['epson-tm-t88vi'];
    const bench = new PrinterBench();
    const cut = await bench.slipOf(text('a\n'));
    bench.send('1b 64 0a');
    await bench.settle();
    bench.printer.tear();
    const torn = bench.slips().at(-1);
    if (torn === undefined) throw new Error('nothing was torn off');
    const whiteAlongTheBottom = async (png: Buffer): Promise<number> => {
      const { height, brightness } = await pixelsOf(png);
      const row = Array.from({ length: 500 }, (_, x) => brightness(40 + x, height - 36 - 2));
      return row.filter((value) => value > 240).length;
    };
    expect(await whiteAlongTheBottom(photographOf(cut, model))).toBe(500);
    expect(await whiteAlongTheBottom(photographOf(torn, model))).toBeLessThan(250);
  });

  it('shows even a slip without paper', async () => {
    const bench = new PrinterBench();
    bench.send('1b 65 ff', '1d 56 67 00', '1d 56 00');
    await bench.settle();
    for (const slip of bench.slips()) {
      expect(photographOf(slip, bench.printer.model).subarray(1, 4).toString()).toBe('PNG');
    }
    expect(bench.slips()).toHaveLength(2);
  });
});
