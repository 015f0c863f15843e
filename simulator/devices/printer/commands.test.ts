import { describe, expect, it } from 'vitest';
import { letterOf } from './code-pages.ts';
import { fontA, glyphOf } from './glyphs.ts';
import type { ModelName } from './models.ts';
import { dots, feedAndCut, inkBox, PrinterBench, text, type Wire, wire } from './test-bench.ts';

/** A letter that is a black cell: character DB of page 0. With it, layout can be measured to the dot. */
const block = 0xdb;
const cell = { widthDots: fontA.widthDots, heightDots: fontA.heightDots };

async function boxOf(...parts: readonly Wire[]) {
  return inkBox(await new PrinterBench().slipOf(...parts));
}

async function sizeOf(...parts: readonly Wire[]) {
  const { left, right, top, bottom } = await boxOf(...parts);
  return { widthDots: right - left + 1, heightDots: bottom - top + 1 };
}

describe('letters', () => {
  it('font A is 12 x 24, font B 9 x 17', async () => {
    expect(await sizeOf(block, '0a')).toEqual(cell);
    for (const select of ['1b 4d 01', '1b 21 01']) {
      const size = await sizeOf(select, 0x58, '0a');
      expect(size.widthDots).toBeLessThanOrEqual(9);
      expect(size.heightDots).toBeLessThanOrEqual(17);
    }
  });

  it.each([
    ['1b 21 10', 12, 48],
    ['1b 21 20', 24, 24],
    ['1b 21 30', 24, 48],
    ['1d 21 00', 12, 24],
    ['1d 21 23', 36, 96],
    ['1d 21 77', 96, 192],
    ['1b 56 01', 24, 12],
  ])('%s makes a cell of %i x %i', async (mode, widthDots, heightDots) => {
    expect(await sizeOf(mode, block, '0a')).toEqual({ widthDots, heightDots });
  });

  it.each(['1b 45 01', '1b 47 01', '1b 21 08'])('%s strikes twice, a dot apart', async (mode) => {
    const plain = inkBox(await new PrinterBench().slipOf(text('l\n')));
    const bold = inkBox(await new PrinterBench().slipOf(mode, text('l\n')));
    expect([bold.left, bold.right]).toEqual([plain.left, plain.right + 1]);
  });

  it.each([
    ['1b 2d 01', 1],
    ['1b 2d 02', 2],
    ['1b 2d 32', 2],
    ['1b 21 80', 1],
  ])('%s underlines with %i rows', async (mode, rows) => {
    expect(await sizeOf(mode, text('  \n'))).toEqual({ widthDots: 24, heightDots: rows });
  });

  it('1d 42 01 prints white on black', async () => {
    expect(await sizeOf('1d 42 01', text(' \n'))).toEqual(cell);
    expect(await boxOf('1d 42 01', block, '1d 42 00', 0x20, block, '0a')).toMatchObject({ left: 24 });
  });

  it('1b 7b 01 turns the line by half', async () => {
    const upright = dots(await new PrinterBench().slipOf(text('L\n')));
    const turned = dots(await new PrinterBench().slipOf('1b 7b 01', text('L\n')));
    expect(turned).toHaveLength(upright.length);
    expect(turned[0]?.endsWith('#####')).toBe(true);
    expect(turned[0]).toHaveLength(512 - (upright[0]?.indexOf('#') ?? 0));
  });

  it('1b 20 n spreads letters', async () => {
    expect(await sizeOf('1b 20 05', block, block, '0a')).toEqual({ widthDots: 29, heightDots: 24 });
  });

  it('rests mixed sizes on one bottom edge', async () => {
    const slip = await new PrinterBench().slipOf(block, '1d 21 11', block, '0a');
    const rows = dots(slip);
    expect(rows).toHaveLength(48);
    expect(rows[23]).toBe('............########################');
    expect(rows[24]).toBe('#'.repeat(36));
  });

  it('wraps what is too long for the line', async () => {
    const slip = await new PrinterBench().slipOf(text(`${'a'.repeat(42)}bc\n`));
    expect(slip.text).toBe(`${'a'.repeat(42)}\nbc`);
    const wide = await new PrinterBench('generic').slipOf(text(`${'a'.repeat(48)}b\n`));
    expect(wide.text).toBe(`${'a'.repeat(48)}\nb`);
  });

  it('letters the host draws itself print while they are switched on, until ESC @', async () => {
    const ownGlyph = wire('1b 26 03 41 41 02', 'ff 00 ff', 'ff 00 ff');
    const bench = new PrinterBench();
    const slip = await bench.slipOf(ownGlyph, '1b 25 01', text('A\n'));
    expect(slip.text).toBe('▯');
    expect(dots(slip)).toHaveLength(24);
    expect(dots(slip)[0]).toBe('##');
    expect(dots(slip)[10]).toBe('');
    expect((await bench.slipOf('1b 25 00', text('A\n'))).text).toBe('A');
    expect((await bench.slipOf('1b 40 1b 25 01', text('A\n'))).text).toBe('A');
  });
});

describe('code pages', () => {
  const kazakhInKz1048 = 'a3bcaaba8d9dbdbea5b4a1a2afbf8e9eb2b3';

  it.each<[ModelName, string, string, string]>([
    ['epson-tm-t88vi', '1b 74 35', kazakhInKz1048, 'ӘәҒғҚқҢңӨөҰұҮүҺһІі'],
    ['epson-tm-t88vi', '1b 74 35', 'c0dfe0ffa8b8b9', 'АЯаяЁё№'],
    ['epson-tm-t88vi', '1b 74 2e', 'c0dfe0ffb2b3', 'АЯаяІі'],
    ['epson-tm-t88vi', '1b 74 11', '809fa0aff0f1fc', 'АЯапЁё№'],
    ['custom-vkp80iii', '1b 74 11', '80b0c4', 'А░─'],
    ['custom-vkp80iii-kz', '1b 74 11', 'b0b1b2b3b4b5b6b7b8b9babbbcbdbebf80', 'ӘәҒғҚқҢңӨөҰұҮүҺһА'],
    ['generic', '1b 74 17', 'c0ff', 'Ая'],
    ['epson-tm-t88vi', '1b 74 00', '80', 'Ç'],
  ])('%s %s', async (model, select, codes, letters) => {
    expect((await new PrinterBench(model).slipOf(select, codes, '0a')).text).toBe(letters);
  });

  it.each<[ModelName, string]>([
    ['generic', '1b 74 35'],
    ['custom-vkp80iii', '1b 74 2e'],
    ['epson-tm-t88vi', '1b 74 07'],
  ])('%s stays with its page when asked for one it lacks (%s)', async (model, select) => {
    const bench = new PrinterBench(model);
    expect((await bench.slipOf('1b 74 11', select, 0x80, '0a')).text).toBe('А');
    expect(bench.ignored()).toEqual([select.replaceAll(' ', '')]);
  });

  it('every letter of Kazakh and Russian shows, and none looks like another of its alphabet', () => {
    const cyrillic = Array.from({ length: 128 }, (_, index) => letterOf('kz1048', 0x80 + index)).filter(
      (letter) => /\p{Script=Cyrillic}/u.test(letter),
    );
    expect(cyrillic.length).toBeGreaterThanOrEqual(84);
    const pictures = cyrillic.map((letter) => Buffer.from(glyphOf(letter, fontA).bytes).toString('hex'));
    expect(pictures.filter((picture) => /^0*$/.test(picture))).toEqual([]);
    expect(new Set(pictures).size).toBe(cyrillic.length);
  });

  it('a no-break space reads as a space', async () => {
    expect((await new PrinterBench().slipOf('1b 74 35', text('7'), 0xa0, text('000\n'))).text).toBe('7 000');
  });
});

describe('where things go', () => {
  it.each([
    ['1b 61 00', 0],
    ['1b 61 01', 250],
    ['1b 61 02', 500],
    ['1b 61 31', 250],
    ['1b 61 32', 500],
  ])('%s aligns at %i', async (align, left) => {
    expect(await boxOf(align, block, '0a')).toMatchObject({ left });
  });

  it('aligns at the start of a line only', async () => {
    expect(await boxOf(block, '1b 61 02', block, '0a')).toMatchObject({ left: 0 });
  });

  it('margin and width bound the line', async () => {
    expect(await boxOf('1d 4c 64 00', block, '0a')).toMatchObject({ left: 100 });
    expect(await boxOf('1d 57 64 00 1b 61 02', block, '0a')).toMatchObject({ right: 99 });
    expect(await sizeOf('1d 57 18 00', block, block, block, '0a')).toEqual({
      widthDots: 24,
      heightDots: 30 + 24,
    });
  });

  it('moves to an absolute and by a relative distance', async () => {
    expect(await boxOf('1b 24 00 01', block, '0a')).toMatchObject({ left: 256 });
    expect(await boxOf('1b 24 00 01 1b 5c f6 ff', block, '0a')).toMatchObject({ left: 246 });
    // 1/90 inch on a head of 180 dots to the inch.
    expect(await boxOf('1d 50 5a 00 1b 24 0a 00', block, '0a')).toMatchObject({ left: 20 });
  });

  it('tabs every eight columns, or where told', async () => {
    expect(await boxOf('09', block, '0a')).toMatchObject({ left: 96 });
    expect(await boxOf('09 09', block, '0a')).toMatchObject({ left: 192 });
    expect(await boxOf('1b 44 03 05 00 09 09', block, '0a')).toMatchObject({ left: 60 });
  });

  it('reads gaps as spaces', async () => {
    const slip = await new PrinterBench().slipOf(text('Sum'), '1b 24 e0 01', text('12\n'));
    expect(slip.text).toBe(`Sum${' '.repeat(37)}12`);
  });

  it('passes over what it does not know and what has no effect on paper', async () => {
    const bench = new PrinterBench();
    const harmless = [
      '1c 2e',
      '1b 52 00',
      '1b 63 35 00',
      '1b 57 0000000000000000',
      '1d 24 0000',
      '1b 53',
      '0d',
    ];
    const slip = await bench.slipOf(text('a'), harmless, '1d 28 7a 02 00 01 00', '1b ff', text('b\n'));
    expect(slip.text).toBe('ab');
    expect(bench.ignored()).toEqual(['1d287a', '1bff']);
  });
});

describe('feeding', () => {
  /** Rows between the tops of two blocks with `between` after the first. */
  async function pitch(model: ModelName, ...between: readonly Wire[]): Promise<number> {
    const slip = await new PrinterBench(model).slipOf(block, ...between, block, '0a');
    const { top, bottom } = inkBox(slip);
    return bottom + 1 - cell.heightDots - top;
  }

  it.each<[string, string, number, number]>([
    ['a sixth of an inch', '0a', 30, 34],
    ['units on an empty line', '0a 1b 4a 10', 30 + 8, 34 + 16],
    ['units less than the line', '1b 4a 01', 24, 24],
    ['lines', '1b 64 02', 60, 68],
    ['a pitch of its own', '1b 33 50 0a', 40, 80],
    ['a pitch less than the letters', '1b 33 00 0a', 24, 24],
    ['the usual pitch again', '1b 33 50 1b 32 0a', 30, 34],
    ['and back', '0a 0a 1b 65 01', 30, 34],
  ])('%s', async (_, between, epsonRows, genericRows) => {
    expect(await pitch('epson-tm-t88vi', between)).toBe(epsonRows);
    expect(await pitch('generic', between)).toBe(genericRows);
  });

  it('prints over what is there after winding back', async () => {
    const slip = await new PrinterBench().slipOf(text('L\n'), '1b 65 01', 0x20, block, '0a');
    expect(dots(slip).some((row) => /^\.*#\.*#{12}$/.test(row) || row.includes('#'.repeat(12)))).toBe(true);
    expect(dots(slip)).toHaveLength(24);
  });
});

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

describe('cutting', () => {
  it('cuts here: what stands between knife and head stays for the next slip', async () => {
    const bench = new PrinterBench();
    bench.send(text('one\ntwo\nthree\nfour\nfive\n'), '1d 56 00');
    await bench.settle();
    expect(bench.slips()[0]?.text).toBe('one\ntwo');
    expect((await bench.slipOf()).text).toBe('three\nfour\nfive');
  });

  it.each<[ModelName, string, string]>([
    ['epson-tm-t88vi', '1d 56 41 00', 'full-cut'],
    ['epson-tm-t88vi', '1d 56 42 00', 'partial-cut'],
    ['epson-tm-t88vi', '1d 56 31', 'partial-cut'],
    ['epson-tm-t88vi', '1b 69', 'partial-cut'],
    ['epson-tm-t88vi', '1b 6d', 'full-cut'],
    ['custom-vkp80iii', '1d 56 42 00', 'full-cut'],
    ['custom-vkp80iii', '1b 69', 'full-cut'],
    ['generic', '1d 56 68 00', 'partial-cut'],
  ])('%s %s: %s', async (model, command, edge) => {
    const bench = new PrinterBench(model);
    bench.send(text('slip\n'), command);
    await bench.settle();
    expect(bench.slips()[0]?.bottomEdge).toBe(edge);
  });

  it('feeds n units more, and winds back when told', async () => {
    const height = async (...parts: readonly Wire[]): Promise<number | undefined> => {
      const bench = new PrinterBench('generic');
      bench.send(...parts);
      await bench.settle();
      return bench.slips().at(-1)?.picture.heightDots;
    };
    const knife = 96;
    expect(await height(text('slip\n'), '1d 56 41 00')).toBe(knife + 34);
    expect(await height(text('slip\n'), '1d 56 41 0a')).toBe(knife + 34 + 10);
    // After a cut that winds back, the next slip begins without a margin.
    expect(await height(text('slip\n'), '1d 56 67 00', text('slip\n'), '1d 56 41 00')).toBe(34);
  });

  it('a preset cut comes when the printing has gone that far', async () => {
    const bench = new PrinterBench();
    bench.send(text('slip\n'), '1d 56 61 00', text('1\n2\n3\n4\n'));
    await bench.settle();
    expect(bench.slips().map((slip) => slip.text)).toEqual(['slip']);
    bench.send(text('5\n6\n7\n8\n'));
    await bench.settle();
    expect(bench.slips()).toHaveLength(1);
    expect((await bench.slipOf()).text).toBe('1\n2\n3\n4\n5\n6\n7\n8');
  });

  it('is refused in the middle of a line', async () => {
    const bench = new PrinterBench();
    bench.send(text('half'), feedAndCut);
    await bench.settle();
    expect(bench.slips()).toEqual([]);
  });

  it('prints nothing of the line in hand at ESC @', async () => {
    expect((await new PrinterBench().slipOf(text('gone'), '1b 40', text('there\n'))).text).toBe('there');
  });
});
