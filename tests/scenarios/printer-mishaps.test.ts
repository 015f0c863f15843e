import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectMoneySoon } from './expect-money.ts';
import { bringTo } from './stages.ts';
import {
  expectPrintEnds,
  type PrinterMishap,
  walkBeforePay,
  walkWhilePrinting,
  walkWithoutPaper,
  watchPrintIntents,
} from './walk-printer.ts';
import { World } from './world.ts';

/*
 * The printer breaks down, at every moment of a visit. Money does not hang on paper; a slip in doubt is `unknown` and never
 * printed a second time as an original, and nothing of it reaches the next visitor (money rule M15).
 */

const mishaps: readonly PrinterMishap[] = [
  {
    name: 'cover open',
    strike: ({ printer }) => printer.change({ isCoverOpen: true }),
    mend: ({ printer }) => printer.change({ isCoverOpen: false }),
  },
  {
    name: 'knife stuck',
    strike: ({ printer }) => printer.change({ isCutterStuck: true }),
    mend: ({ printer }) => {
      printer.change({ isCutterStuck: false });
      printer.powerOff();
      printer.powerOn();
    },
  },
  {
    name: 'paper jammed',
    strike: ({ printer }) => printer.change({ isPaperStuck: true }),
    mend: ({ printer }) => {
      printer.change({ isPaperStuck: false });
      printer.powerOff();
      printer.powerOn();
    },
  },
  {
    name: 'head too hot',
    strike: ({ printer }) => printer.change({ isHeadHot: true }),
    mend: ({ printer }) => printer.change({ isHeadHot: false }),
  },
  {
    name: 'broken',
    strike: ({ printer }) => printer.change({ isBroken: true }),
    mend: ({ printer }) => printer.change({ isBroken: false }),
  },
  {
    name: 'hangs, and comes to itself',
    strike: ({ printer }) => printer.change({ isHung: true }),
    mend: ({ printer }) => printer.change({ isHung: false }),
  },
  {
    name: 'hangs, until it is switched off and on',
    strike: ({ printer }) => printer.change({ isHung: true }),
    mend: ({ printer }) => {
      printer.powerOff();
      printer.powerOn();
    },
  },
  {
    name: 'no power',
    strike: ({ printer }) => printer.powerOff(),
    mend: ({ printer }) => printer.powerOn(),
  },
  {
    name: 'unplugged',
    strike: ({ printerLine }) => printerLine.unplug(),
    mend: ({ printerLine }) => printerLine.plug(),
  },
];

let world: World;
beforeEach(() => {
  world = new World();
  watchPrintIntents(world);
});
afterEach(() => world.close());

describe.each(mishaps)('$name', (mishap) => {
  test('before the visit: without paper, if the visitor agrees', () => walkWithoutPaper(world, mishap));

  test.each([10_000, 0])('noticed %i ms before Pay', (noticedMs) => walkBeforePay(world, mishap, noticedMs));

  test.each([2, 300, 700, 1_100, 1_440])('%i ms into the slip', (afterMs) =>
    walkWhilePrinting(world, mishap, afterMs),
  );

  test('when the slip is out', () => walkWhilePrinting(world, mishap, 3_000));
});

describe('power fails as soon as so many bytes of the slip are in', () => {
  test.each([1, 100, 1_000, 5_000, 20_000])('%i', async (bytes) => {
    await bringTo(world, 'between notes');
    world.printer.powerOffAfterBytes(bytes);
    await world.press('pay');
    await expectPrintEnds(world);
    await expectMoneySoon(world, { boxedTenge: 7_000, creditedTenge: 7_000 });
  });
});

describe('the host dies over a slip', () => {
  test('the next process calls it unknown, and cuts off what hangs out before it sells', async () => {
    await bringTo(world, 'between notes');
    await world.press('pay');
    await world.until('result', 2_000);
    await world.clock.advance(700);
    await world.restart();
    await world.until('attract', 60_000);
    const ended = world.facts.flatMap((fact) => (fact.kind === 'print-ended' ? [fact.outcome] : []));
    expect(ended).toEqual(['unknown']);
    await world.clock.advance(1_000);
    const paperBefore = world.paper.length;
    expect(paperBefore, 'pieces cut off').toBe(1);
    await world.toCash('7010000007');
    await world.pay(1_000);
    await world.press('pay');
    await world.until('result', 15_000, ({ print }) => print === 'printed');
    expect(world.paper.slice(paperBefore).join('')).not.toContain('Айгүл');
  });
});
