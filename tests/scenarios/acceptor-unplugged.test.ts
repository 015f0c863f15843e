import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectMoneySoon, readBooks } from './expect-money.ts';
import { expectNextVisitorServed, expectTakesNoNote } from './next-visitor.ts';
import { bringTo, finishVisit, type Stage, screenName, stages, untilScreen } from './stages.ts';
import { both, type Mishap, nothing, type Outcome, onlyCounted, walkMishap } from './walk-mishap.ts';
import { World } from './world.ts';

/*
 * The cable to the acceptor is pulled. The unit works on alone: what we let in goes in, what waits in escrow goes back
 * after its ten seconds, and an 81 that nobody has acknowledged is told when somebody asks again.
 */

const outOfService = 'out of service: acceptor-absent';
const stopped = 'cash, stopped: acceptor-absent';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

/** Two ways of being out of reach: the port disappears, or it stays and every byte is lost. */
const cables = [
  {
    cable: 'the port disappears',
    pull: (): void => world.acceptorLine.unplug(),
    plug: (): void => world.acceptorLine.plug(),
  },
  {
    cable: 'the wire loses every byte',
    pull: (): void => world.acceptorCable.unplug(),
    plug: (): void => world.acceptorCable.replug(),
  },
];

describe.each(cables)('$cable', ({ pull, plug }) => {
  const pulledFor = (lastsMs: number): Mishap => ({
    strike: pull,
    mend: plug,
    leavesItEnabled: true,
    lastsMs,
    settlesMs: 8_000,
  });

  describe('for some seconds', () => {
    const outcomes: readonly Outcome[] = [
      { stage: 'attract', says: outOfService, later: 'attract', ...nothing },
      { stage: 'number', says: outOfService, later: 'attract', ...nothing },
      { stage: 'cash, nothing in yet', says: stopped, later: 'cash', ...nothing },
      // In escrow when the line is back: it may be anybody's by now, so it goes back.
      { stage: 'note accepting', says: stopped, ...onlyCounted },
      { stage: 'in escrow, untold', says: stopped, ...onlyCounted },
      { stage: 'intent stored, no stack byte yet', says: stopped, ...onlyCounted },
      { stage: 'stacking, not past return', says: stopped, later: 'cash', ...both },
      { stage: 'stacking, past return', says: stopped, later: 'cash', ...both },
      { stage: 'stacked, untold', says: stopped, later: 'cash', ...both },
      { stage: 'credited, not yet acknowledged', says: stopped, later: 'cash', ...both },
      { stage: 'between notes', says: stopped, later: 'cash', ...both },
      { stage: 'Pay pressed while a note moves', says: 'counting', later: 'credited', ...both },
      { stage: 'paying', says: 'credited', later: 'credited', ...both },
      { stage: 'result', says: 'credited', later: 'credited', ...both },
    ];
    test.each(outcomes)('$stage', (outcome) => walkMishap(world, outcome, pulledFor(1_000)));
  });

  describe('for longer than a visit can wait', () => {
    const outcomes: readonly Outcome[] = [
      { stage: 'attract', says: outOfService, later: 'attract', ...nothing },
      { stage: 'cash, nothing in yet', says: stopped, later: 'attract', ...nothing },
      { stage: 'note accepting', says: stopped, ...onlyCounted },
      { stage: 'in escrow, untold', says: stopped, ...onlyCounted },
      { stage: 'intent stored, no stack byte yet', says: 'needs-help', ...onlyCounted },
      { stage: 'stacking, not past return', says: 'needs-help', ...both },
      { stage: 'stacking, past return', says: 'needs-help', ...both },
      { stage: 'stacked, untold', says: 'needs-help', ...both },
      { stage: 'credited, not yet acknowledged', says: stopped, ...both },
      { stage: 'between notes', says: stopped, ...both },
      { stage: 'Pay pressed while a note moves', says: 'needs-help', ...both },
      { stage: 'result', says: 'credited', ...both },
    ];
    test.each(outcomes)('$stage', (outcome) => walkMishap(world, outcome, pulledFor(150_000)));
  });

  test.each(stages)('$stage: a loose plug, in and out for ten seconds', async ({ stage, at }) => {
    await bringTo(world, stage);
    for (let contact = 0; contact < 12; contact += 1) {
      pull();
      await world.clock.advance(300 + 90 * contact);
      plug();
      await world.clock.advance(170 + 60 * contact);
    }
    await world.clock.advance(15_000);
    await finishVisit(world);
    const boxed = world.cassetteMinor() / 100;
    // Wherever the note has gone, nothing is in doubt: the unit never lost power, and said it in the end.
    expect([at === 'nowhere' ? 0 : 2_000, at === 'nowhere' ? 0 : 7_000]).toContain(boxed);
    await expectMoneySoon(world, { boxedTenge: boxed, creditedTenge: boxed });
    await expectNextVisitorServed(world);
  });

  test('a note pushed in meanwhile comes back, and is nobody’s', async () => {
    await bringTo(world, 'between notes');
    pull();
    await untilScreen(world, stopped);
    world.insert(10_000);
    await world.clock.advance(15_000);
    expect(world.mechanics.take()?.valueMinor).toBe(1_000_000);
    plug();
    await world.clock.advance(8_000);
    await finishVisit(world);
    await expectMoneySoon(world, both);
  });

  test('out of reach at the start: out of service, and for sale as soon as it is plugged in', async () => {
    pull();
    await world.boot();
    await untilScreen(world, outOfService, 90_000);
    await world.clock.advance(600_000);
    expect(screenName(world)).toBe(outOfService);
    expect(readBooks(world).alarmsStanding).toHaveLength(1);
    plug();
    await world.until('attract', 30_000);
    expect(readBooks(world).alarmsStanding).toEqual([]);
    await expectNextVisitorServed(world);
  });
});

describe('a wire that loses everything for two seconds', () => {
  const outcomes: readonly { readonly stage: Stage; readonly money: typeof both | typeof onlyCounted }[] = [
    { stage: 'note accepting', money: both },
    { stage: 'in escrow, untold', money: both },
    // Its two seconds were over before the stack byte could be repeated (money rule M3).
    { stage: 'intent stored, no stack byte yet', money: onlyCounted },
    { stage: 'stacking, not past return', money: both },
    { stage: 'stacking, past return', money: both },
    { stage: 'stacked, untold', money: both },
    { stage: 'credited, not yet acknowledged', money: both },
    { stage: 'between notes', money: both },
    { stage: 'Pay pressed while a note moves', money: both },
  ];
  test.each(outcomes)('$stage: no screen is interrupted', async ({ stage, money }) => {
    await bringTo(world, stage);
    const before = world.views.length;
    world.acceptorCable.unplug();
    await world.clock.advance(2_100);
    world.acceptorCable.replug();
    await world.clock.advance(6_000);
    const stops = world.views.slice(before).filter(({ screen }) => screen.kind === 'cash' && screen.stopped);
    expect(stops).toEqual([]);
    await finishVisit(world);
    await expectMoneySoon(world, money);
    await expectNextVisitorServed(world);
  });
});

test('pulled for good after a note was let in: the claim stands, the rest is paid, and nothing more is sold', async () => {
  await bringTo(world, 'stacking, past return');
  world.acceptorLine.unplug();
  await untilScreen(world, 'needs-help');
  await untilScreen(world, outOfService, 120_000);
  await world.clock.advance(24 * 3_600_000);
  expect(screenName(world)).toBe(outOfService);
  await expectMoneySoon(world, { boxedTenge: 7_000, creditedTenge: 2_000, unknownTenge: [5_000] });
  world.acceptorLine.plug();
  await world.until('attract', 30_000);
  expectTakesNoNote(world);
  await expectMoneySoon(world, both);
});
