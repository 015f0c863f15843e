import { describe, expect, it } from 'vitest';
import { dots, inkBox, PrinterBench, text, type Wire, wire } from './test-bench.ts';

async function sizeOf(...parts: readonly Wire[]) {
  const { left, right, top, bottom } = inkBox(await new PrinterBench().slipOf(...parts));
  return { widthDots: right - left + 1, heightDots: bottom - top + 1 };
}

describe('pictures', () => {
  const data = 'f00f 8001';

  it.each([
    ['1d 76 30 00', ['####........####', '#..............#']],
    ['1d 76 30 30', ['####........####', '#..............#']],
    ['1d 76 30 01', ['########................########', '##............................##']],
    ['1d 76 30 02', ['####........####', '####........####', '#..............#', '#..............#']],
  ])('GS v 0: %s', async (command, rows) => {
    const slip = await new PrinterBench().slipOf(command, '02 00 02 00', data);
    expect(dots(slip)).toEqual(rows);
    expect(slip.text).toMatch(/^\[image \d+x\d\]$/);
  });

  it('bands that touch are one picture, text between them parts it', async () => {
    const band = wire('1d 76 30 00 48 00 3c 00', new Uint8Array(72 * 60).fill(0x55));
    const slip = await new PrinterBench('generic').slipOf(band, band, text('text\n'), band);
    expect(slip.text).toBe('[image 576x120]\ntext\n[image 576x60]');
  });

  it('loses what is wider than the head', async () => {
    const slip = await new PrinterBench().slipOf('1d 76 30 00 48 00 01 00', new Uint8Array(72).fill(0xff));
    expect(inkBox(slip)).toMatchObject({ left: 0, right: 511 });
    expect(slip.text).toBe('[image 512x1]');
  });

  it('firmware that reads one byte of the row count prints the rest as letters', async () => {
    const slip = await new PrinterBench('generic').slipOf(
      '1d 76 30 00 01 00 01 01',
      0x80,
      text('x'.repeat(256)),
      '0a',
    );
    expect(slip.text.startsWith(`[image 8x1]\n${'x'.repeat(48)}`)).toBe(true);
    const whole = await new PrinterBench().slipOf('1d 76 30 00 01 00 01 01', new Uint8Array(257));
    expect(whole.text).toBe('[image 8x257]');
  });

  it.each([
    ['1d 28 4c', '0e 00'],
    ['1d 38 4c', '0e 00 00 00'],
  ])('graphics: %s stores, and prints when told', async (command, length) => {
    const bench = new PrinterBench();
    const store = wire(command, length, '30 70 30 01 02 31 10 00 02 00', data);
    const slip = await bench.slipOf(store, '1d 28 4c 02 00 30 32');
    expect(dots(slip)).toEqual([
      '####........####',
      '####........####',
      '#..............#',
      '#..............#',
    ]);
    expect((await bench.slipOf(text('-\n'), '1d 28 4c 02 00 30 32')).text).toBe('-');
    expect((await bench.slipOf(text('-\n'), store, '1b 40 1d 28 4c 02 00 30 32')).text).toBe('-');
  });

  it('ESC * stands on the line', async () => {
    const slip = await new PrinterBench().slipOf('1b 2a 21 02 00', 'ff0000 0000ff', '0a');
    expect(dots(slip)[0]).toBe('#');
    expect(dots(slip)[23]).toBe('.#');
    expect(await sizeOf('1b 2a 00 01 00 80 0a')).toEqual({ widthDots: 2, heightDots: 3 });
    expect(await sizeOf('1b 2a 01 01 00 80 0a')).toEqual({ widthDots: 1, heightDots: 3 });
    expect(await sizeOf('1b 2a 20 01 00 800000 0a')).toEqual({ widthDots: 2, heightDots: 1 });
  });

  it('logos are defined, printed, counted and deleted', async () => {
    const bench = new PrinterBench();
    const answer = (kind: string, digits: string): string =>
      `37${kind}${Buffer.from(digits).toString('hex')}00`;
    bench.send('1d 28 4c 0d 00 30 43 30 41 42 01 08 00 02 00 31 ff 81');
    expect(bench.ask('1d 28 4c 02 00 30 30')).toBe(answer('30', '262144'));
    expect(bench.ask('1d 28 4c 02 00 30 33')).toBe(answer('31', '262142'));
    const slip = await bench.slipOf('1d 28 4c 06 00 30 45 41 42 01 01');
    expect(dots(slip)).toEqual(['########', '#......#']);
    bench.send('1d 28 4c 04 00 30 42 41 42');
    expect(bench.ask('1d 28 4c 02 00 30 33')).toBe(answer('31', '262144'));
    bench.send('1d 28 4c 06 00 30 45 41 42 01 01');
    expect(bench.ignored()).toHaveLength(1);
  });

  it('logos of the old kind', async () => {
    const slip = await new PrinterBench().slipOf(
      '1c 71 01 01 00 01 00',
      '80 40 20 10 08 04 02 01',
      '1c 70 01 00',
    );
    expect(dots(slip)).toEqual(Array.from({ length: 8 }, (_, x) => `${'.'.repeat(x)}#`));
  });
});

describe('codes', () => {
  const store = (data: string, parameter = 0x30): Uint8Array =>
    wire('1d 28 6b', data.length + 3, 0, '31 50', parameter, text(data));
  const link = 'https://example.kz/1';

  it('QR: version by data and level, modules of n dots, aligned, read off the paper', async () => {
    const slip = await new PrinterBench().slipOf(
      '1b 61 01 1d 28 6b 04 00 31 41 32 00 1d 28 6b 03 00 31 43 06 1d 28 6b 03 00 31 45 31',
      store(link),
      '1d 28 6b 03 00 31 51 30',
    );
    // 20 bytes at level M need version 2: 25 modules.
    expect(slip.text).toBe(`[QR: ${link}]`);
    const box = inkBox(slip);
    expect([box.right - box.left + 1, box.bottom - box.top + 1]).toEqual([150, 150]);
    expect(box.left).toBe(181);
    expect(dots(slip)[0]?.slice(181, 181 + 48)).toBe(`${'#'.repeat(42)}......`);
  });

  it('QR: tells its size without printing', () => {
    const bench = new PrinterBench();
    const answer = bench.ask('1d 28 6b 03 00 31 43 04', store(link), '1d 28 6b 03 00 31 52 30');
    expect(answer).toBe(`3736${Buffer.from('100\x1f100\x1f1\x1f0\0').toString('hex')}`);
  });

  it('QR: VKP80III wants 31 where Epson wants 30, and counts levels from 31', async () => {
    const epson = new PrinterBench('epson-tm-t88vi');
    const custom = new PrinterBench('custom-vkp80iii');
    for (const [bench, right, wrong] of [
      [epson, 0x30, 0x31],
      [custom, 0x31, 0x30],
    ] as const) {
      bench.send(store('wrong', wrong), '1d 28 6b 03 00 31 51', right);
      expect(bench.ignored()).toHaveLength(2);
      const slip = await bench.slipOf(store('right', right), '1d 28 6b 03 00 31 51', right);
      expect(slip.text).toBe('[QR: right]');
    }
    custom.send('1d 28 6b 03 00 31 45 34');
    epson.send('1d 28 6b 03 00 31 45 34');
    expect(custom.ignored()).toHaveLength(2);
    expect(epson.ignored()).toHaveLength(3);
  });

  it.each([
    ['1d 6b 04 41 42 43 00', 'ABC'],
    ['1d 6b 49 05 7b 42 61 62 63', '{Babc'],
  ])('barcode %s is taken whole', async (command, data) => {
    const slip = await new PrinterBench().slipOf('1d 68 40 1d 77 02 1d 48 02', command, text('after\n'));
    expect(slip.text).toMatch(new RegExp(`^\\[barcode: ${data}\\]\nafter$`));
    expect((await sizeOf('1d 68 40', command)).heightDots).toBe(64);
  });
});
