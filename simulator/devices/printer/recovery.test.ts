import { describe, expect, it } from 'vitest';
import { dots, feedAndCut, PrinterBench, text, wire } from './test-bench.ts';

const processId = (id: string): Uint8Array => wire('1d 28 48 06 00 30 30', text(id));
const processIdAnswer = (id: string): string => `3722${Buffer.from(id).toString('hex')}00`;
/** 16 x 3 dots. */
const smallRaster = '1d 76 30 00 02 00 03 00';

describe('getting well again', () => {
  it('paper end: the line that broke off is printed anew on the next roll', async () => {
    const bench = new PrinterBench();
    bench.printer.change({ rollMm: 6 });
    bench.send(text('first\nsecond\nthird\n'), processId('abcd'), feedAndCut);
    await bench.settle();
    bench.printer.putNewRoll();
    await bench.settle();
    expect(bench.slips().map((slip) => slip.text)).toEqual(['first\n[broken line]', 'second\nthird']);
    expect(bench.answers()).toBe(processIdAnswer('abcd'));
  });

  it('a half receipt left in the buffer prints for whoever comes next', async () => {
    const bench = new PrinterBench();
    bench.printer.change({ isCoverOpen: true });
    bench.send(text('left over\n'));
    await bench.settle();
    bench.printer.change({ isCoverOpen: false });
    expect((await bench.slipOf(text('next\n'))).text).toBe('left over\nnext');
  });

  it.each([
    ['10 05 02', ''],
    ['10 14 08 01 03 14 01 06 02 08', '372500'],
  ])('%s drops what has not been printed', async (clear, answer) => {
    const bench = new PrinterBench();
    bench.printer.change({ isCoverOpen: true });
    bench.send(text('left over\nand half a li'), processId('abcd'));
    expect(bench.ask(clear)).toBe(answer);
    bench.printer.change({ isCoverOpen: false });
    expect((await bench.slipOf(text('next\n'))).text).toBe('next');
    expect(bench.answers()).toBe('');
  });

  it.each(['10 05 02', '10 14 08 01 03 14 01 06 02 08'])('%s drops the line in hand', async (clear) => {
    const bench = new PrinterBench();
    bench.send(text('half a li'), clear);
    expect((await bench.slipOf(text('next\n'))).text).toBe('next');
  });

  it('clearing the buffer also ends a picture that broke off', async () => {
    const bench = new PrinterBench();
    bench.send('1d 76 30 00 48 00 ff 00', new Uint8Array(100));
    bench.send('10 14 08 01 03 14 01 06 02 08');
    expect((await bench.slipOf(text('next\n'))).text).toBe('next');
  });

  it.each(['custom-vkp80iii', 'generic'] as const)('%s knows no buffer clear', (model) => {
    expect(new PrinterBench(model).ask('10 14 08 01 03 14 01 06 02 08')).toBe('');
  });

  it('a broken-off picture swallows what follows until it is filled up', async () => {
    const bench = new PrinterBench('generic');
    bench.send('1d 76 30 00 48 00 ff 00', new Uint8Array(100));
    expect(bench.ask(text('lost\n'), '1d 72 01')).toBe('');
    let rounds = 0;
    while (bench.answers() === '' && rounds < 5) {
      bench.send(new Uint8Array(8_192), '1b 40', '1d 72 01');
      await bench.settle();
      rounds += 1;
    }
    expect(rounds).toBe(3);
    expect((await bench.slipOf(text('next\n'))).text).toMatch(/\nnext$/);
  });

  it('a stuck knife needs a hand and then the host', async () => {
    const bench = new PrinterBench();
    bench.send(text('slip\n'));
    await bench.settle();
    bench.printer.change({ isCutterStuck: true });
    bench.send(feedAndCut, processId('abcd'), '10 05 01');
    expect(bench.ask('10 04 03')).toBe('1a');
    bench.printer.change({ isCutterStuck: false });
    expect(bench.ask('10 04 03')).toBe('1a');
    expect(bench.ask('10 05 01', '10 04 03')).toBe('12');
    await bench.settle();
    expect(bench.slips().map((slip) => slip.text)).toEqual(['slip']);
    expect(bench.answers()).toBe(processIdAnswer('abcd'));
  });

  it('a hot head pauses and goes on by itself', async () => {
    const bench = new PrinterBench();
    bench.send(text('one\ntwo\n'));
    await bench.clock.advance(35);
    bench.printer.change({ isHeadHot: true });
    await bench.settle();
    bench.printer.change({ isHeadHot: false });
    expect((await bench.slipOf()).text).toBe('one\n[broken line]\ntwo');
  });
});

describe('power', () => {
  it('cut in the middle of a line leaves half of it on paper and forgets the rest', async () => {
    const bench = new PrinterBench();
    bench.send('1b 45 01 1d 61 ff', text('first\nsecond\n'));
    await bench.clock.advance(35);
    bench.answers();
    bench.printer.powerOff();
    expect(bench.ask('10 04 01')).toBe('');
    bench.printer.powerOn();
    expect(bench.ask('10 04 01')).toBe('');
    await bench.clock.advance(2_000);
    expect(bench.answers()).toBe('');
    expect(bench.ask('10 04 01')).toBe('12');
    expect((await bench.slipOf(text('third\n'))).text).toBe('first\n[broken line]\nthird');
    expect(bench.kinds()).toEqual(['power-off', 'power-on', 'printed']);
  });

  it('can be cut at any byte, and the printer is whole again after it', async () => {
    const stream = wire('1b 40 1b 61 01', text('one\n'), smallRaster, 'ff ff ff ff ff ff', feedAndCut);
    for (let count = 1; count <= stream.length; count += 1) {
      const bench = new PrinterBench();
      bench.printer.powerOffAfterBytes(count);
      bench.send(stream);
      expect(bench.ask('10 04 01')).toBe('');
      bench.printer.powerOn();
      await bench.clock.advance(2_000);
      // Less than one line's time has passed: at most its beginning is on paper.
      expect((await bench.slipOf(text('two\n'))).text).toBe('two');
    }
  });

  it('loses modes and queue, keeps logos', async () => {
    const bench = new PrinterBench();
    // 8 x 1 dots under the key "AB", wrapped in bold and double width.
    bench.send('1d 28 4c 0c 00 30 43 30 41 42 01 08 00 01 00 31 f0', '1d 21 10');
    bench.printer.powerOff();
    bench.printer.powerOn();
    await bench.clock.advance(2_000);
    const slip = await bench.slipOf('1d 28 4c 06 00 30 45 41 42 01 01', '1d 21 00');
    expect(dots(slip)).toEqual(['####']);
  });

  it('does not come back when it is switched off again during start-up', async () => {
    const bench = new PrinterBench();
    bench.printer.powerOff();
    bench.printer.powerOn();
    bench.printer.powerOff();
    await bench.settle();
    expect(bench.ask('10 04 01')).toBe('');
  });
});

describe('a printer that misbehaves', () => {
  it('hangs: no answer to anything until it is switched off and on', async () => {
    const bench = new PrinterBench();
    bench.printer.change({ isHung: true });
    expect(bench.ask('10 04 01', '1d 72 01', processId('abcd'))).toBe('');
    await bench.settle();
    expect(bench.answers()).toBe('');
    bench.printer.powerOff();
    bench.printer.powerOn();
    await bench.clock.advance(2_000);
    expect(bench.ask('10 04 01')).toBe('12');
  });

  it('lies: proves a slip that never was', async () => {
    const bench = new PrinterBench();
    bench.printer.change({ rollMm: 0, doesPaperSensorLie: true });
    expect(bench.ask('10 04 04')).toBe('12');
    const slip = await bench.slipOf(text('nothing\n'), processId('abcd'));
    expect(bench.answers()).toBe(processIdAnswer('abcd'));
    expect(slip.text).toBe('');
    expect(dots(slip)).toEqual([]);
  });

  it('deselected with ESC = it hears nothing but ESC = and real-time commands', async () => {
    const bench = new PrinterBench();
    expect(bench.ask('1b 3d 00', text('lost\n'), '1d 72 01', '10 04 01')).toBe('12');
    expect(bench.ask('1b 3d 01', '1d 72 01')).toBe('00');
    expect((await bench.slipOf(text('heard\n'))).text).toBe('heard');
  });
});
