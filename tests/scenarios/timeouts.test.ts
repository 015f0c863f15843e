import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StepKind } from '../../terminal/session/state.ts';
import { idleTimes, visitTimes } from '../../terminal/session/timeouts.ts';
import { expectMoneySoon } from './expect-money.ts';
import { expectTakesNoNote } from './next-visitor.ts';
import { slowFor } from './slow-disk.ts';
import { bringTo } from './stages.ts';
import { rows } from './timeout-rows.ts';
import { World } from './world.ts';

/*
 * Every row of the table of time-outs: warned at least 20 s ahead, started over by one touch, doubled by "more time",
 * and what silence leads to. No visit ends while a note moves (money rule M12).
 */

const { warningMs } = visitTimes;

const named = Object.entries(rows).map(([name, row]) => ({ name, ...row }));

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

/** Screens that wait for a person; the others wait for a machine and have deadlines of their own. */
test('every row of the table stands here', () => {
  const asking = Object.entries(idleTimes).filter(([, { askAfterMs }]) => askAfterMs !== undefined);
  const here = new Set(Object.keys(rows).map((name) => name.split(',')[0]));
  expect(asking.map(([kind]) => kind).sort()).toEqual([...here].sort());
});

/** A touch that leads nowhere. */
async function touch(): Promise<void> {
  await world.press(world.view.overlay === undefined ? 'easy-mode' : 'close-overlay');
  if (world.view.screen.kind === 'attract') await world.press('open-help');
}

/** A little less, because some of it passed on the way. */
async function expectAskedIn(ms: number): Promise<void> {
  await world.clock.advance(ms - 1_500);
  expect(world.view.question, 'not asked too early').toBeUndefined();
  await world.clock.advance(1_500);
  expect(world.view.question, 'asked').toBeDefined();
  expect(world.view.offers.map(({ action }) => action)).toEqual(['continue']);
}

describe.each(named)('$name', ({ to, askAfterMs, silence }) => {
  test('asks in time, at least 20 s ahead, and then ends as it said', async () => {
    await to(world);
    const { kind } = world.view.screen;
    await expectAskedIn(askAfterMs);
    const { question } = world.view;
    expect(question?.silence).toBe(silence);
    expect(question?.endsInMs).toBeGreaterThan(20_000 - 1_500);
    await world.clock.advance(20_000 - 2_000);
    expect(world.view.screen.kind).toBe(kind);
    await world.clock.advance(3_000);
    if (silence === 'pays') await world.until('result', 10_000);
    else world.screen('attract');
    expect(world.view.overlay).toBeUndefined();
  });

  test('one touch starts it over, ten times and more', async () => {
    await to(world);
    const { kind } = world.view.screen;
    for (let touches = 0; touches < 11; touches += 1) {
      await world.clock.advance(askAfterMs - 2_000);
      expect(world.view.question).toBeUndefined();
      await touch();
    }
    expect(world.view.screen.kind).toBe(kind);
    await expectAskedIn(askAfterMs);
  });

  test('one touch answers the question, and gives the whole time again', async () => {
    await to(world);
    const { kind } = world.view.screen;
    for (let times = 0; times < 3; times += 1) {
      await expectAskedIn(askAfterMs);
      await world.clock.advance(15_000);
      await world.press('continue');
      expect(world.view.question).toBeUndefined();
      // The help was closed by the question.
      if (kind === 'attract') await world.press('open-help');
    }
    expect(world.view.screen.kind).toBe(kind);
  });

  test('"more time" doubles both waits, until the visit ends', async () => {
    await to(world);
    if (world.view.overlay !== undefined) await world.press('close-overlay');
    const { kind } = world.view.screen;
    await world.press('more-time');
    if (kind === 'attract') await world.press('open-help');
    await expectAskedIn(2 * askAfterMs);
    expect(world.view.question?.endsInMs).toBeGreaterThan(2 * warningMs - 1_500);
    await world.clock.advance(2 * warningMs - 2_000);
    expect(world.view.screen.kind).toBe(kind);
    await world.clock.advance(2_500);
    if (silence === 'pays') {
      await world.until('result', 10_000);
      await world.press('done');
    }
    world.screen('attract');
    expect(world.view.frame.moreTime).toBe(false);
    await world.press('start', 'kk');
    await expectAskedIn(idleTimes.service.askAfterMs ?? 0);
  });
});

describe('money in, and silence', () => {
  test('no note is taken while the question stands; it is taken again after a touch', async () => {
    await rows['cash, money in']?.to(world);
    await expectAskedIn(30_000);
    await world.clock.advance(1_000);
    expectTakesNoNote(world);
    await world.press('continue');
    await world.pay(1_000);
    expect(world.screen('cash').insertedMinor).toBe(800_000);
  });

  test('it is paid into the wallet that was entered, with a slip', async () => {
    await rows['cash, money in']?.to(world);
    await world.clock.advance(30_000 + 20_000 + 5_000);
    await world.until('result', 5_000, ({ print }) => print === 'printed');
    await expectMoneySoon(world, { boxedTenge: 7_000, creditedTenge: 7_000 });
    await world.clock.advance(60_000);
    world.screen('attract');
  });

  test('nothing in: cancelled without a trace for the wallet', async () => {
    await rows['cash, nothing in']?.to(world);
    await world.clock.advance(60_000 + 20_000 + 2_000);
    world.screen('attract');
    await expectMoneySoon(world, { boxedTenge: 0, creditedTenge: 0 });
  });

  test('Pay breathes after eight quiet seconds, once', async () => {
    await rows['cash, money in']?.to(world);
    await world.clock.advance(6_500);
    expect(world.screen('cash').nudged).toBe(false);
    await world.clock.advance(2_000);
    expect(world.screen('cash').nudged).toBe(true);
  });
});

describe('no visit ends while a note moves', () => {
  const quietMs = [29_000, 29_900, 30_050, 30_150];

  test.each(quietMs)('a note goes in %i ms after the last touch', async (afterMs) => {
    await rows['cash, money in']?.to(world);
    await world.clock.advance(afterMs - 1);
    world.insert(1_000);
    const went = world.acceptorEvents.at(-1)?.kind === 'note-inserted';
    for (let ms = 0; ms < 5_000; ms += 100) {
      world.screen('cash');
      await world.clock.advance(100);
    }
    const isBack = world.mechanics.take() !== undefined;
    await world.clock.advance(12_000);
    world.screen('cash');
    await world.clock.advance(60_000);
    const boxedTenge = went && !isBack ? 8_000 : 7_000;
    await expectMoneySoon(world, { boxedTenge, creditedTenge: boxedTenge });
  });

  test('a note left in the mouth: nothing is asked while it lies there, and the whole time follows', async () => {
    let delayMs = 0;
    world.wrapStore = slowFor('note-intended', () => delayMs, world.clock);
    await rows['cash, money in']?.to(world);
    delayMs = 3_000;
    world.insert(1_000);
    await world.clock.advance(50_000);
    expect(world.screen('cash').note).toBe('in-mouth');
    expect(world.view.question).toBeUndefined();
    world.mechanics.take();
    await expectAskedIn(30_500);
  });

  test('a note that never comes to rest: needs help after 50 s, never "paid"', async () => {
    await bringTo(world, 'intent stored, no stack byte yet');
    world.acceptorLine.unplug();
    await world.clock.advance(45_000);
    world.screen('cash');
    await world.until('result', 10_000, ({ result }) => result.kind === 'needs-help');
  });
});

describe('waiting for a machine has an end of its own', () => {
  test.each<[StepKind, number]>([
    ['checking', 10_000],
    ['paying', 10_000],
  ])('%s: at most %i ms, and no question', async (kind, withinMs) => {
    if (kind === 'checking') {
      await rows['number']?.to(world);
      world.backend.faults.add({ kind: 'stall' });
      await world.typeNumber('7010000001');
    } else {
      await bringTo(world, 'between notes');
      world.backend.faults.add({ kind: 'stall' });
      await world.press('pay');
    }
    expect(world.view.screen.kind).toBe(kind);
    await world.clock.advance(withinMs - 700);
    expect(world.view.screen.kind).toBe(kind);
    expect(world.view.question).toBeUndefined();
    await world.clock.advance(1_000);
    expect(world.view.screen.kind).not.toBe(kind);
  });
});
