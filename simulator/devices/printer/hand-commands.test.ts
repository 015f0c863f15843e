import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ConsoleEvent, PrinterHands, printerHandCommandsHelp } from './hand-commands.ts';
import { feedAndCut, PrinterBench, text } from './test-bench.ts';

function handsOn(bench: PrinterBench) {
  const hands = new PrinterHands(bench.printer);
  const told: ConsoleEvent[] = [];
  hands.listen((event) => told.push(event));
  const say = (line: string): boolean => hands.perform(line.split(' '));
  return { told, say };
}

describe('words for hands', () => {
  it.each([
    ['paper out', '10 04 04', '7e'],
    ['paper low', '10 04 04', '1e'],
    ['cover open', '10 04 02', '16'],
    ['cutter jam', '10 04 03', '1a'],
    ['paper jam', '10 04 03', '16'],
    ['head hot', '10 04 03', '52'],
    ['break', '10 04 03', '32'],
    ['button hold', '10 04 01', '5a'],
    ['drawer open', '10 04 01', '16'],
    ['power off', '10 04 01', ''],
    ['hang', '10 04 01', ''],
    ['lie', '10 04 04', '12'],
    ['paper left 100', '10 04 04', '1e'],
    ['power off after 2', '10 04 01', ''],
  ])('%s', (words, question, answer) => {
    const bench = new PrinterBench();
    expect(handsOn(bench).say(words)).toBe(true);
    expect(bench.ask(question)).toBe(answer);
  });

  it('undo what they did', async () => {
    const bench = new PrinterBench();
    const { say } = handsOn(bench);
    for (const words of [
      'paper out',
      'cover open',
      'cutter jam',
      'head hot',
      'break',
      'button hold',
      'drawer open',
      'hang',
    ]) {
      say(words);
    }
    for (const words of [
      'unhang',
      'drawer close',
      'button release',
      'mend',
      'head cool',
      'cutter clear',
      'cover close',
      'paper in',
    ]) {
      expect(say(words)).toBe(true);
    }
    expect([1, 2, 3, 4].map((n) => bench.ask('10 04', n))).toEqual(['12', '12', '12', '12']);
    say('power off');
    say('power on');
    await bench.clock.advance(2_000);
    expect(bench.ask('10 04 01')).toBe('12');
  });

  it.each(['', 'paper', 'paper in out', 'toString', 'png', 'paper left', 'paper left -1'])(
    'mean nothing: "%s"',
    (words) => {
      expect(handsOn(new PrinterBench()).say(words)).toBe(false);
    },
  );

  it('are all in the help', () => {
    const { say } = handsOn(new PrinterBench());
    for (const words of printerHandCommandsHelp.split(' | ').filter((words) => !words.includes('<'))) {
      expect([words, say(words)]).toEqual([words, true]);
    }
  });
});

describe('what the console tells', () => {
  it('a slip by its text and cut, and its way', async () => {
    const bench = new PrinterBench();
    const { told, say } = handsOn(bench);
    bench.send(text('slip\n'), feedAndCut);
    await bench.settle();
    say('take');
    bench.send(text('uncut\n\n\n\n\n'));
    await bench.settle();
    say('tear');
    expect(told).toEqual([
      { kind: 'printed', number: 1, cut: 'partial-cut', text: 'slip' },
      { kind: 'ticket-taken', number: 1 },
      { kind: 'torn', number: 2, cut: 'torn', text: 'uncut' },
    ]);
  });

  it('the last slip on demand, read or photographed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slip-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'slip.png');
    const bench = new PrinterBench();
    const { told, say } = handsOn(bench);
    expect(say('text')).toBe(true);
    bench.send(text('slip\n'), feedAndCut);
    await bench.settle();
    say('text');
    say(`png ${file}`);
    expect(told).toEqual([
      { kind: 'no-slip' },
      { kind: 'printed', number: 1, cut: 'partial-cut', text: 'slip' },
      { kind: 'text', number: 1, text: 'slip' },
      { kind: 'picture', number: 1, file },
    ]);
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
  });
});
