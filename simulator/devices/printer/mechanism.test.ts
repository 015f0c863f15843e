import { describe, expect, it } from 'vitest';
import { nearEndMm } from './circumstances.ts';
import { feedAndCut, inkBox, PrinterBench, text } from './test-bench.ts';

const presentAndRetract = '1c 50 0a 00 52 05';
const presentAndEject = '1c 50 0a 00 45 05';
const presentAndHold = '1c 50 0a 00 52 00';

function customBench(): PrinterBench {
  return new PrinterBench('custom-vkp80iii');
}

describe('paper', () => {
  it('is used up row by row, and its end is told once', async () => {
    const bench = new PrinterBench();
    const rowMm = 25.4 / 180;
    bench.send(text('line\n'));
    await bench.settle();
    expect(bench.printer.circumstances.rollMm).toBeCloseTo(80_000 - 30 * rowMm, 3);
    bench.printer.change({ rollMm: 100 * rowMm });
    bench.send(text('line\n'.repeat(10)));
    await bench.settle();
    expect(bench.printer.circumstances.rollMm).toBe(0);
    expect(bench.kinds()).toEqual(['paper-ended']);
  });

  it('near its end is noticed while printing', async () => {
    const bench = new PrinterBench();
    bench.printer.change({ rollMm: nearEndMm + 2 });
    expect(bench.ask('1d 61 ff')).toBe('1000000f');
    bench.send(text('line\n'));
    await bench.settle();
    expect(bench.answers()).toBe('1000030f');
  });

  it('moves at 150 mm/s', async () => {
    const bench = new PrinterBench('generic');
    // 203 dots are 25.4 mm.
    bench.send('1b 4a cb');
    bench.send('1d 56 00');
    await bench.clock.advance(Math.ceil((25.4 / 150) * 1_000 + 250));
    expect(bench.slips()).toHaveLength(1);
    const hasty = new PrinterBench('generic');
    hasty.send('1b 4a cb', '1d 56 00');
    await hasty.clock.advance(Math.floor((25.4 / 150) * 1_000 + 250) - 1);
    expect(hasty.slips()).toHaveLength(0);
  });

  it('stops where it is when the cover opens, half a line printed', async () => {
    const bench = new PrinterBench();
    bench.send('1d 21 77', 0xdb, '0a');
    const halfOf192RowsMs = (96 * (25.4 / 180)) / 0.15;
    await bench.clock.advance(halfOf192RowsMs + 0.5);
    bench.printer.change({ isCoverOpen: true });
    bench.printer.putNewRoll();
    const torn = bench.slips()[0];
    expect(torn).toMatchObject({ text: '[broken line]', bottomEdge: 'roll-end' });
    expect(torn === undefined ? undefined : inkBox(torn)).toMatchObject({ top: 99, bottom: 99 + 95 });
  });

  it('uncut can be torn off; what is inside stays', async () => {
    const bench = new PrinterBench();
    bench.send(text('one\ntwo\nthree\nfour\nfive\n'));
    await bench.settle();
    bench.printer.tear();
    expect(bench.slips()[0]).toMatchObject({ text: 'one\ntwo', bottomEdge: 'torn' });
    bench.printer.tear();
    expect(bench.slips()).toHaveLength(1);
    expect(await bench.slipOf()).toMatchObject({ text: 'three\nfour\nfive', topEdge: 'torn' });
  });

  it('torn while it prints goes on in its place', async () => {
    const bench = new PrinterBench();
    bench.send(text('1\n2\n3\n4\n5\n6\n'));
    await bench.clock.advance(135);
    bench.printer.tear();
    const slip = await bench.slipOf();
    expect(`${bench.slips()[0]?.text}\n${slip.text}`).toBe('1\n2\n3\n4\n5\n6');
  });

  it('slips count up and empty lines read as such', async () => {
    const bench = new PrinterBench();
    await bench.slipOf(text('a\n'));
    expect(await bench.slipOf(text('a\n\n\nb\n'))).toMatchObject({ number: 2, text: 'a\n\nb' });
  });
});

describe('a printer without a presenter', () => {
  it('lets slips hang until they are taken, all together', async () => {
    const bench = new PrinterBench();
    await bench.slipOf(text('one\n'));
    await bench.slipOf(text('two\n'));
    expect(bench.printer.isTicketInMouth).toBe(true);
    bench.printer.takeTicket();
    expect(bench.events.flatMap((event) => (event.kind === 'ticket-taken' ? [event.slip.text] : []))).toEqual(
      ['one', 'two'],
    );
    expect(bench.printer.isTicketInMouth).toBe(false);
  });

  it("takes Custom's commands for letters", async () => {
    expect((await new PrinterBench('generic').slipOf('1d 65 05', text('a\n'))).text).toBe('a');
    expect((await new PrinterBench('generic').slipOf('1c 50', text('abcd\n'))).text).toBe('abcd');
  });
});

describe('a presenter', () => {
  it('keeps a cut ticket inside until it is told to present it', async () => {
    const bench = customBench();
    await bench.slipOf(text('slip\n'));
    bench.printer.takeTicket();
    expect(bench.kinds()).toEqual(['printed']);
    expect(bench.ask('1d 65 06')).toBe('04');
    bench.send('1d 65 03 0a');
    await bench.settle();
    expect(bench.ask('1d 65 06')).toBe('08');
    bench.printer.takeTicket();
    expect(bench.kinds()).toEqual(['printed', 'ticket-presented', 'ticket-taken']);
    expect(bench.ask('1d 65 06')).toBe('00');
  });

  it.each([
    [presentAndRetract, 'ticket-retracted'],
    [presentAndEject, 'ticket-ejected'],
    ['1d 65 20 0a 05', 'ticket-retracted'],
  ])('%s: after 5 s untaken, %s', async (command, kind) => {
    const bench = customBench();
    bench.send(text('slip\n'), feedAndCut, command);
    await bench.clock.advanceUntil(() => bench.kinds().includes('ticket-presented'), 5_000, 'the ticket');
    // The movement itself takes 0.6 s.
    await bench.clock.advance(5_580);
    expect(bench.kinds()).toEqual(['printed', 'ticket-presented']);
    await bench.clock.advance(20);
    expect(bench.kinds()).toEqual(['printed', 'ticket-presented', kind]);
    expect(bench.printer.isTicketInMouth).toBe(false);
  });

  it('does not draw in the next ticket for the last one', async () => {
    const bench = customBench();
    bench.send(text('one\n'), feedAndCut, presentAndRetract);
    await bench.clock.advance(3_000);
    bench.printer.takeTicket();
    bench.send(text('two\n'), feedAndCut, presentAndHold);
    await bench.settle();
    expect(bench.kinds()).not.toContain('ticket-retracted');
    expect(bench.printer.isTicketInMouth).toBe(true);
  });

  it.each([
    ['1d 65 02', 'ticket-retracted'],
    ['1d 65 05', 'ticket-ejected'],
  ])('%s: %s', async (command, kind) => {
    const bench = customBench();
    bench.send(text('slip\n'), feedAndCut, presentAndHold);
    await bench.settle();
    bench.send(command);
    await bench.settle();
    expect(bench.kinds().at(-1)).toBe(kind);
  });

  it('pushes out what is in the way of the next ticket', async () => {
    const bench = customBench();
    bench.send(text('one\n'), feedAndCut, presentAndHold);
    await bench.settle();
    await bench.slipOf(text('two\n'));
    expect(bench.kinds()).toEqual(['printed', 'ticket-presented', 'ticket-ejected', 'printed']);
  });

  it('counts paper, cuts, length, retracts and starts', async () => {
    const bench = customBench();
    bench.printer.change({ rollMm: 5_103 });
    bench.send('1d e1');
    expect(Buffer.from(bench.answers(), 'hex').toString()).toBe('510cm');
    bench.send(text('slip\n'), feedAndCut, presentAndRetract);
    await bench.settle();
    const ask = (code: string): string => Buffer.from(bench.ask(code), 'hex').toString();
    expect([ask('1d e2'), ask('1d e3'), ask('1d e4'), ask('1d e5')]).toEqual(['1cuts', '1cm', '1ret', '1on']);
    bench.printer.powerOff();
    bench.printer.powerOn();
    await bench.settle();
    expect(ask('1d e5')).toBe('2on');
  });
});

describe('knife', () => {
  it('stuck when the cut comes: the ticket stays uncut until it is freed', async () => {
    const bench = new PrinterBench();
    bench.send(text('slip\n'), feedAndCut);
    await bench.clock.advance(50);
    bench.printer.change({ isCutterStuck: true });
    await bench.settle();
    expect(bench.slips()).toHaveLength(0);
    bench.printer.change({ isCutterStuck: false });
    bench.printer.change({ isCoverOpen: true });
    bench.printer.change({ isCoverOpen: false });
    await bench.settle();
    expect(bench.slips()).toHaveLength(1);
  });

  it('still stuck after power came back: still an error', async () => {
    const bench = new PrinterBench();
    bench.printer.change({ isCutterStuck: true });
    bench.printer.powerOff();
    bench.printer.powerOn();
    await bench.settle();
    expect(bench.ask('10 04 03')).toBe('1a');
    bench.printer.change({ isCutterStuck: false });
    bench.printer.powerOff();
    bench.printer.powerOn();
    await bench.settle();
    expect(bench.ask('10 04 03')).toBe('12');
  });
});
