import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HandChanges } from './circumstances.ts';
import type { ModelName } from './models.ts';
import { feedAndCut, PrinterBench, text } from './test-bench.ts';

interface Vectors {
  readonly states: readonly {
    readonly state: string;
    readonly realTime: readonly string[];
    readonly automatic: string;
  }[];
  readonly customFullStatus: readonly { readonly state: string; readonly bytes: string }[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../tests/vectors/escpos.json', import.meta.url), 'utf8'),
) as Vectors;

/** What hands do to bring each state of the tables about. */
const changesOf: Readonly<Record<string, HandChanges>> = {
  ready: {},
  'drawer pin 3 high': { isDrawerPinHigh: true },
  'near end': { rollMm: 5_000 },
  'paper out': { rollMm: 0 },
  'cover open': { isCoverOpen: true },
  'cutter jam': { isCutterStuck: true },
  'head hot': { isHeadHot: true },
};

const realTimeNumbers = [1, 2, 3, 4];

function realTime(bench: PrinterBench): string[] {
  return realTimeNumbers.map((n) => bench.ask('10 04', n));
}

describe('every row of the status tables', () => {
  it('is covered', () => {
    expect(vectors.states.map(({ state }) => state)).toEqual(Object.keys(changesOf));
  });

  it.each(vectors.states)('$state: DLE EOT 1-4', ({ state, realTime: expected }) => {
    const bench = new PrinterBench();
    bench.printer.change(changesOf[state] ?? {});
    expect(realTime(bench)).toEqual(expected);
  });

  it.each(vectors.states)('$state: automatic status', ({ state, automatic }) => {
    const bench = new PrinterBench();
    expect(bench.ask('1d 61 ff')).toBe('1000000f');
    bench.printer.change(changesOf[state] ?? {});
    expect(bench.answers()).toBe(state === 'ready' ? '' : automatic);
    bench.printer.change({ rollMm: 80_000, isCoverOpen: true });
    bench.printer.change({ isDrawerPinHigh: false, isHeadHot: false, isCutterStuck: false });
    bench.answers();
    bench.printer.change({ isCoverOpen: false });
    expect(bench.answers().slice(-8)).toBe('1000000f');
  });
});

/** The remaining cells of the bit tables, each by itself. */
const lastCells: readonly (readonly [string, HandChanges, readonly string[], string])[] = [
  ['button held', { isButtonHeld: true }, ['5a', '1a', '12', '12'], '5802000f'],
  ['recoverable error', { isPaperStuck: true }, ['1a', '52', '16', '12'], '1804000f'],
  ['unrecoverable error', { isBroken: true }, ['1a', '52', '32', '12'], '1820000f'],
  ['paper out under an open cover', { rollMm: 0, isCoverOpen: true }, ['1a', '36', '12', '7e'], '38000f0f'],
];

describe('the cells the table of states leaves out', () => {
  it.each(lastCells)('%s', (_, changes, expected, automatic) => {
    const bench = new PrinterBench();
    bench.send('1d 61 ff');
    bench.answers();
    bench.printer.change(changes);
    expect(bench.answers()).toBe(automatic);
    expect(realTime(bench)).toEqual(expected);
  });

  it('an n without meaning has no answer', () => {
    const bench = new PrinterBench();
    expect(bench.ask('10 04 00', '10 04 05', '10 04 14')).toBe('');
  });
});

describe('automatic status tells only what was asked for', () => {
  it.each([
    [0x01, { isDrawerPinHigh: true }, { isHeadHot: true }],
    [0x02, { isHeadHot: true }, { rollMm: 5_000 }],
    [0x04, { isHeadHot: true }, { isCoverOpen: true }],
    [0x08, { rollMm: 5_000 }, { isDrawerPinHigh: true }],
    [0x40, { isButtonHeld: true }, { rollMm: 5_000 }],
  ] satisfies [number, HandChanges, HandChanges][])('GS a %i', (n, watched, other) => {
    const bench = new PrinterBench();
    expect(bench.ask('1d 61', n)).toBe('1000000f');
    bench.printer.change(other);
    expect(bench.answers()).toBe('');
    bench.printer.change(watched);
    expect(bench.answers()).toHaveLength(8);
  });

  it('tells of the cover as a cause of being offline', () => {
    const bench = new PrinterBench();
    bench.send('1d 61 02');
    bench.printer.change({ isHeadHot: true });
    expect(bench.answers()).toBe('1000000f1840000f');
    bench.printer.change({ isCoverOpen: true });
    expect(bench.answers()).toBe('3840000f');
  });

  it.each(['1d 61 00', '1b 40'])('nothing after %s', (off) => {
    const bench = new PrinterBench();
    bench.send('1d 61 ff');
    expect(bench.ask(off)).toBe('');
    bench.printer.change({ isCoverOpen: true });
    expect(bench.answers()).toBe('');
  });
});

describe('status in its turn', () => {
  it.each([
    ['1d 72 01', {}, '00'],
    ['1d 72 31', { rollMm: 5_000 }, '03'],
    ['1b 76', { rollMm: 5_000 }, '03'],
    ['1d 72 02', { isDrawerPinHigh: true }, '01'],
    ['1d 72 32', {}, '00'],
  ] satisfies [string, HandChanges, string][])('%s', (question, changes, answer) => {
    const bench = new PrinterBench();
    bench.printer.change(changes);
    expect(bench.ask(question)).toBe(answer);
  });

  it.each([
    ['1d 72 01', '00'],
    ['1b 76', '00'],
  ])('at paper end %s waits for the new roll', (question, answer) => {
    const bench = new PrinterBench();
    bench.printer.change({ rollMm: 0 });
    expect(bench.ask(question)).toBe('');
    bench.printer.putNewRoll();
    expect(bench.answers()).toBe(answer);
  });
});

describe('identity', () => {
  it.each([
    ['epson-tm-t88vi', 1, '20'],
    ['epson-tm-t88vi', 0x31, '20'],
    ['epson-tm-t88vi', 2, '02'],
    ['epson-tm-t88vi', 3, '01'],
    ['epson-tm-t88vi', 65, `5f${Buffer.from('1.20 ESC/POS').toString('hex')}00`],
    ['epson-tm-t88vi', 66, `5f${Buffer.from('EPSON').toString('hex')}00`],
    ['epson-tm-t88vi', 67, `5f${Buffer.from('TM-T88VI').toString('hex')}00`],
    ['epson-tm-t88vi', 68, `5f${Buffer.from('SIM0000001').toString('hex')}00`],
    ['custom-vkp80iii', 0xff, '0205'],
    ['generic', 1, '20'],
    ['generic', 67, ''],
  ] satisfies [ModelName, number, string][])('%s, GS I %i', (model, n, answer) => {
    expect(new PrinterBench(model).ask('1d 49', n)).toBe(answer);
  });
});

/** States of the full status that hands alone bring about. */
const customChangesOf: Readonly<Record<string, HandChanges>> = {
  ready: {},
  'no paper': { rollMm: 0 },
  'cover open': { isCoverOpen: true },
  'head too hot': { isHeadHot: true },
  'paper jam': { isPaperStuck: true },
  cutter: { isCutterStuck: true },
};

/** The notch sensor (P, bit 7) sees no black mark on receipt paper; the vectors leave it out. */
function withoutNotch(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  bytes[2] = (bytes[2] ?? 0) & 0x7f;
  return bytes.toString('hex');
}

describe("Custom's full status", () => {
  const reachable = vectors.customFullStatus.filter(({ state }) => Object.hasOwn(customChangesOf, state));
  const expectedOf = (state: string) => vectors.customFullStatus.find((row) => row.state === state)?.bytes;

  it.each(reachable)('$state', ({ state, bytes }) => {
    const bench = new PrinterBench('custom-vkp80iii');
    bench.printer.change(customChangesOf[state] ?? {});
    expect(withoutNotch(bench.ask('10 04 14'))).toBe(bytes);
  });

  it('is over no black mark, and only this make knows it', () => {
    expect(new PrinterBench('custom-vkp80iii').ask('10 04 14')).toBe('100f80000000');
    expect(new PrinterBench('epson-tm-t88vi').ask('10 04 14')).toBe('');
  });

  it('follows a ticket from the motor to the mouth', async () => {
    const bench = new PrinterBench('custom-vkp80iii');
    bench.send(text('slip\n'), feedAndCut);
    expect(withoutNotch(bench.ask('10 04 14'))).toBe(expectedOf('printing'));
    bench.send('1c 50 0a 00 52 00');
    await bench.settle();
    expect(withoutNotch(bench.ask('10 04 14'))).toBe(expectedOf('slip in the output'));
    bench.printer.takeTicket();
    expect(withoutNotch(bench.ask('10 04 14'))).toBe(expectedOf('ready'));
  });

  it('shows a refused command until the next start', () => {
    const bench = new PrinterBench('custom-vkp80iii');
    bench.send('1d 28 6b 03 00 31 51 30');
    expect(withoutNotch(bench.ask('10 04 14'))).toBe(expectedOf('refused command'));
    bench.send('1b 40');
    expect(withoutNotch(bench.ask('10 04 14'))).toBe(expectedOf('ready'));
  });

  it('is pushed with GS E0, the chosen bytes only', () => {
    const bench = new PrinterBench('custom-vkp80iii');
    expect(bench.ask('1d e0 05')).toBe('');
    bench.printer.change({ isCoverOpen: true });
    expect(bench.answers()).toBe('');
    bench.printer.change({ isHeadHot: true });
    expect(bench.answers()).toBe('10058001');
  });
});
