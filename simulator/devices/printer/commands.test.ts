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
