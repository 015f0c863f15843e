import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectMoney, expectMoneySoon } from './expect-money.ts';
import { expectNextVisitorServed, expectTakesNoNote } from './next-visitor.ts';
import { bringTo, finishVisit, type Stage, screenName, untilScreen } from './stages.ts';
import { both, type Mishap, nothing, type Outcome, onlyCounted, walkMishap } from './walk-mishap.ts';
import { World } from './world.ts';

/*
 * The acceptor loses power. When it comes back it says 10, 11 or 12 (CCNET §6, §8): nothing was in the path; a note lay in
 * the head and goes out; or one was past the point of return, and only the 81 after the RESET is its credit.
 */

const outOfService = 'out of service: acceptor-absent';
const stopped = 'cash, stopped: acceptor-absent';
const unknown = { unknownTenge: [5_000] } as const;
/** In the cassette, and forgotten by a unit that had not told it yet. */
const lostReport = { boxedTenge: 7_000, creditedTenge: 2_000, ...unknown } as const;

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

const cutFor = (lastsMs: number): Mishap => ({
  strike: ({ mechanics }) => mechanics.powerOff(),
  mend: ({ mechanics }) => mechanics.powerOn(),
  lastsMs,
  settlesMs: 15_000,
});

describe('for some seconds', () => {
  const outcomes: readonly Outcome[] = [
    { stage: 'attract', says: outOfService, later: 'attract', ...nothing },
    { stage: 'number', says: outOfService, later: 'attract', ...nothing },
    { stage: 'cash, nothing in yet', says: stopped, later: 'cash', ...nothing },
    { stage: 'note accepting', says: stopped, later: 'cash', ...onlyCounted },
    { stage: 'in escrow, untold', says: stopped, later: 'cash', ...onlyCounted },
    { stage: 'intent stored, no stack byte yet', says: stopped, later: 'cash', ...onlyCounted },
    { stage: 'stacking, not past return', says: stopped, later: 'cash', ...onlyCounted },
    { stage: 'stacking, past return', says: stopped, later: 'cash', ...both },
    { stage: 'stacked, untold', says: stopped, later: 'needs-help', ...lostReport },
    { stage: 'credited, not yet acknowledged', says: stopped, later: 'cash', ...both },
    { stage: 'between notes', says: stopped, later: 'cash', ...both },
    { stage: 'Pay pressed while a note moves', says: 'counting', later: 'credited', ...both },
    { stage: 'paying', says: 'credited', later: 'credited', ...both },
    { stage: 'result', says: 'credited', later: 'credited', ...both },
  ];

  test.each(outcomes)('$stage', (outcome) => walkMishap(world, outcome, cutFor(6_000)));
});

describe('for longer than a visit can wait', () => {
  const outcomes: readonly Outcome[] = [
    { stage: 'attract', says: outOfService, later: 'attract', ...nothing },
    { stage: 'number', says: outOfService, later: 'attract', ...nothing },
    { stage: 'cash, nothing in yet', says: stopped, ...nothing },
    { stage: 'note accepting', says: stopped, ...onlyCounted },
    { stage: 'in escrow, untold', says: stopped, ...onlyCounted },
    // In doubt after 50 s; then 11 proves that they went out, 12 and 81 that they went in.
    { stage: 'intent stored, no stack byte yet', says: 'needs-help', ...onlyCounted },
    { stage: 'stacking, not past return', says: 'needs-help', ...onlyCounted },
    { stage: 'stacking, past return', says: 'needs-help', ...both },
    { stage: 'stacked, untold', says: 'needs-help', ...lostReport },
    { stage: 'credited, not yet acknowledged', says: stopped, ...both },
    { stage: 'between notes', says: stopped, ...both },
    { stage: 'Pay pressed while a note moves', says: 'needs-help', ...both },
    { stage: 'paying', says: 'credited', ...both },
    { stage: 'result', says: 'credited', ...both },
  ];

  test.each(outcomes)('$stage', (outcome) => walkMishap(world, outcome, cutFor(75_000)));

  test('for an hour: the visitor has long gone, and the proof still pays the same wallet', async () => {
    await bringTo(world, 'stacking, past return');
    world.mechanics.powerOff();
    await untilScreen(world, outOfService, 180_000);
    await world.clock.advance(3_600_000);
    expect(screenName(world)).toBe(outOfService);
    expectMoney(world, { ...onlyCounted, ...unknown });
    world.mechanics.powerOn();
    await world.until('attract', 30_000);
    const { operations } = await expectMoneySoon(world, both);
    expect(operations.filter((operation) => operation.supplementOf !== null)).toHaveLength(1);
    expect(world.backend.ledger.balanceMinor('+77010000001')).toBe(700_000);
  });
});

describe('how a unit shows a note that goes out after power-up is its own habit', () => {
  describe.each(['only-13', 'returning', 'returned'] as const)('%s', (whileEjecting) => {
    test.each([['intent stored, no stack byte yet'], ['stacking, not past return']] as const)(
      '%s: returned, by 11',
      async (stage) => {
        world.acceptor.changeSettings({ whileEjecting });
        await bringTo(world, stage);
        world.mechanics.powerOff();
        await world.clock.advance(8_000);
        world.mechanics.powerOn();
        await world.clock.advance(6_000);
        await finishVisit(world);
        await expectMoneySoon(world, onlyCounted);
        await expectNextVisitorServed(world);
      },
    );
  });
});

describe('a second time, during the recovery from the first', () => {
  /** After the power has come back: booting, 12, RESET and 13 while the note goes on, 13 behind it, 81, and after it. */
  const momentsMs = [300, 1_100, 1_300, 1_900, 3_000, 6_000, 6_300, 6_400, 6_500, 8_000];

  /** Gives what had become of the note at the second cut. */
  async function cutTwice(
    stage: Stage,
    momentMs: number,
  ): Promise<{ readonly isStacked: boolean; readonly isTold: boolean }> {
    await bringTo(world, stage);
    world.mechanics.powerOff();
    await world.clock.advance(4_000);
    world.mechanics.powerOn();
    await world.clock.advance(momentMs);
    const isStacked = world.cassetteMinor() === 700_000;
    const isTold = world.facts.filter((fact) => fact.kind === 'note-stacked').length === 2;
    world.mechanics.powerOff();
    await world.clock.advance(4_000);
    world.mechanics.powerOn();
    await world.clock.advance(15_000);
    await finishVisit(world);
    return { isStacked, isTold };
  }

  test.each(momentsMs)('after %i ms, a note past return: one credit', async (momentMs) => {
    await cutTwice('stacking, past return', momentMs);
    await expectMoneySoon(world, both);
  });

  test.each(momentsMs)('after %i ms, a note not past return: it went out', async (momentMs) => {
    await cutTwice('stacking, not past return', momentMs);
    await expectMoneySoon(world, onlyCounted);
  });

  test.each(momentsMs)(
    'after %i ms, a unit that forgets its 81: one credit or one claim',
    async (momentMs) => {
      world.acceptor.changeSettings({ recoveredCreditSurvivesPowerLoss: false });
      const { isStacked, isTold } = await cutTwice('stacking, past return', momentMs);
      const isForgotten = isStacked && !isTold;
      await expectMoneySoon(world, isForgotten ? lostReport : both);
    },
  );
});

describe('of the whole machine', () => {
  interface Resumed {
    readonly stage: Stage;
    readonly later: string;
    readonly money: Pick<Outcome, 'boxedTenge' | 'creditedTenge' | 'unknownTenge'>;
  }
  const resumed: readonly Resumed[] = [
    { stage: 'attract', later: 'attract', money: nothing },
    { stage: 'number', later: 'attract', money: nothing },
    { stage: 'cash, nothing in yet', later: 'attract', money: nothing },
    { stage: 'note accepting', later: 'cash', money: onlyCounted },
    { stage: 'in escrow, untold', later: 'cash', money: onlyCounted },
    { stage: 'intent stored, no stack byte yet', later: 'cash', money: onlyCounted },
    { stage: 'stacking, not past return', later: 'cash', money: onlyCounted },
    { stage: 'stacking, past return', later: 'cash', money: both },
    { stage: 'stacked, untold', later: 'needs-help', money: lostReport },
    { stage: 'credited, not yet acknowledged', later: 'cash', money: both },
    { stage: 'between notes', later: 'cash', money: both },
    { stage: 'Pay pressed while a note moves', later: 'cash', money: both },
    { stage: 'paying', later: 'attract', money: both },
    { stage: 'result', later: 'attract', money: both },
  ];

  async function cutAll(stage: Stage, forMs: number): Promise<void> {
    await bringTo(world, stage);
    world.kill();
    world.mechanics.powerOff();
    await world.clock.advance(forMs);
    world.mechanics.powerOn();
    await world.boot();
    expect(screenName(world)).toBe('one-moment');
  }

  test.each(resumed)('$stage, for some seconds: then $later', async ({ stage, later, money }) => {
    await cutAll(stage, 10_000);
    await untilScreen(world, later);
    if (later !== 'cash') expectTakesNoNote(world);
    await finishVisit(world);
    await expectMoneySoon(world, money);
    await expectNextVisitorServed(world);
  });

  test.each(resumed)('$stage, for an hour: nobody sees it again', async ({ stage, money }) => {
    await cutAll(stage, 3_600_000);
    await untilScreen(world, 'attract');
    expectTakesNoNote(world);
    world.mechanics.take();
    await expectMoneySoon(world, money);
    await expectNextVisitorServed(world);
  });
});
