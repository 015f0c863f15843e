import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectMoneySoon } from './expect-money.ts';
import { bringTo, finishVisit, type Stage } from './stages.ts';
import {
  type PrinterMishap,
  walkBeforePay,
  walkWhilePrinting,
  walkWithoutPaper,
  watchPrintIntents,
} from './walk-printer.ts';
import { World } from './world.ts';

/*
 * The roll ends. Before cash the visitor is asked whether to go on without paper; after that the number and the code on
 * the screen do what the slip would have done.
 */

const paperOut: PrinterMishap = {
  name: 'paper out',
  strike: ({ printer }) => printer.change({ rollMm: 0 }),
  mend: ({ printer }) => printer.putNewRoll(),
};

let world: World;
beforeEach(() => {
  world = new World();
  watchPrintIntents(world);
});
afterEach(() => world.close());

test('before the visit: without paper, if the visitor agrees', () => walkWithoutPaper(world, paperOut));

test.each([10_000, 0])('noticed %i ms before Pay', (noticedMs) => walkBeforePay(world, paperOut, noticedMs));

test.each([2, 300, 700, 1_100, 1_440, 3_000])('%i ms into the slip', (afterMs) =>
  walkWhilePrinting(world, paperOut, afterMs),
);

test.each([1, 20, 60, 120])('the roll ends %i mm into the slip', async (rollMm) => {
  await bringTo(world, 'between notes');
  world.printer.change({ rollMm });
  await world.press('pay');
  const { print } = await world.until('result', 30_000, (screen) => screen.print !== 'printing');
  expect(print).toBe(world.paper.length === 1 ? 'printed' : 'not-printed');
  await expectMoneySoon(world, { boxedTenge: 7_000, creditedTenge: 7_000 });
});

describe('while a note moves it changes nothing', () => {
  const moving: readonly Stage[] = [
    'note accepting',
    'intent stored, no stack byte yet',
    'stacking, past return',
    'Pay pressed while a note moves',
  ];

  test.each(moving)('%s', async (stage) => {
    await bringTo(world, stage);
    paperOut.strike(world);
    await world.clock.advance(8_000);
    await finishVisit(world);
    await expectMoneySoon(world, { boxedTenge: 7_000, creditedTenge: 7_000 });
  });
});

describe('what the visitor agreed to', () => {
  test('a roll put in after the question: the consent stands, and no slip is begun', async () => {
    await world.toAttract();
    paperOut.strike(world);
    await world.clock.advance(10_000);
    await world.toConfirm();
    await world.press('confirm');
    await world.press('without-paper');
    paperOut.mend(world);
    await world.clock.advance(5_000);
    await world.pay(1_000);
    await world.press('pay');
    await world.until('result', 5_000, ({ print }) => print === 'none');
    expect(world.paper).toEqual([]);
  });

  test('a roll put in before "Yes": nothing is asked', async () => {
    await world.toAttract();
    paperOut.strike(world);
    await world.clock.advance(10_000);
    await world.toConfirm();
    paperOut.mend(world);
    await world.clock.advance(5_000);
    await world.press('confirm');
    world.screen('cash');
  });

  test('a roll that nears its end is still a roll', async () => {
    await world.toAttract();
    world.printer.change({ rollMm: 5_000 });
    await world.clock.advance(10_000);
    await world.toCash();
    await world.pay(1_000);
    await world.press('pay');
    await world.until('result', 15_000, ({ print }) => print === 'printed');
  });

  test('the question about paper ends by itself, warned', async () => {
    await world.toAttract();
    paperOut.strike(world);
    await world.clock.advance(10_000);
    await world.toConfirm();
    await world.press('confirm');
    await world.clock.advance(45_000);
    expect(world.view.question?.silence).toBe('closes');
    await world.clock.advance(20_000);
    world.screen('attract');
  });
});
