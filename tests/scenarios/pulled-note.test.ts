import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectMoneySoon, readBooks } from './expect-money.ts';
import { expectNextVisitorServed, expectTakesNoNote } from './next-visitor.ts';
import { slowFor } from './slow-disk.ts';
import { bringTo, finishVisit, screenName, stages, untilScreen } from './stages.ts';
import { both, type Mishap, nothing, type Outcome, onlyCounted, walkMishap } from './walk-mishap.ts';
import { World } from './world.ts';

/*
 * Hands that do not let go: a note pulled back by its end or on a string, a second note pushed in behind the first, and a
 * returned note that nobody takes.
 */

const stopped = 'cash, stopped: acceptor-fault';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

describe('a note pulled back by force (CCNET 45)', () => {
  const pull: Mishap = {
    strike: ({ mechanics }) => {
      expect(mechanics.pull()).toBeDefined();
    },
    mend: () => undefined,
    lastsMs: 0,
    settlesMs: 40_000,
  };
  const outcomes: readonly Outcome[] = [
    { stage: 'note accepting', says: stopped, ...onlyCounted },
    // Let in by our word and never seen again: only persons can say that it is in the puller's hand.
    { stage: 'stacking, not past return', says: 'needs-help', ...onlyCounted, unknownTenge: [5_000] },
  ];

  test.each(outcomes)('$stage', (outcome) => walkMishap(world, outcome, pull));

  test('sales stop at once and an alarm goes out, while the terminal finds out about the note', async () => {
    await bringTo(world, 'stacking, not past return');
    world.mechanics.pull();
    await untilScreen(world, stopped, 1_000);
    expectTakesNoNote(world);
    expect(readBooks(world).alarmsStanding).toEqual(['acceptor-trouble cheated']);
  });

  test('after Pay: the last note is counted as doubtful, the sum before it is paid', async () => {
    await bringTo(world, 'stacking, not past return');
    await world.tap('pay');
    expect(world.mechanics.pull()).toBeDefined();
    await untilScreen(world, 'needs-help');
    await expectMoneySoon(world, { ...onlyCounted, unknownTenge: [5_000] });
  });

  test.each(stages.filter(({ at }) => at === 'stacker' || at === 'cassette'))(
    '$stage: too late, the note is paid',
    async ({ stage }) => {
      await bringTo(world, stage);
      expect(world.mechanics.pull()).toBeUndefined();
      await world.clock.advance(2_000);
      await finishVisit(world);
      await expectMoneySoon(world, both);
      await expectNextVisitorServed(world);
    },
  );
});

describe('a second note pushed in behind the first (CCNET 46)', () => {
  test.each([['note accepting'], ['in escrow, untold'], ['intent stored, no stack byte yet']] as const)(
    '%s: taken back within seconds, the visit goes on',
    async (stage) => {
      await bringTo(world, stage);
      world.insert(500);
      await world.clock.advance(1_500);
      expect(world.screen('cash').stopped).toBeUndefined();
      world.mechanics.take();
      await world.clock.advance(10_000);
      await finishVisit(world);
      await expectMoneySoon(world, both);
      await expectNextVisitorServed(world);
    },
  );

  test.each([['stacking, not past return'], ['stacking, past return']] as const)(
    '%s: it waits its turn and is counted too',
    async (stage) => {
      await bringTo(world, stage);
      world.insert(500);
      await world.until('cash', 10_000, (screen) => screen.insertedMinor === 750_000);
      await finishVisit(world);
      await expectMoneySoon(world, { boxedTenge: 7_500, creditedTenge: 7_500 });
      await expectNextVisitorServed(world);
    },
  );

  test.each([['note accepting'], ['in escrow, untold'], ['intent stored, no stack byte yet']] as const)(
    '%s: left there after Pay, both come out, and no later visitor is paid with them',
    async (stage) => {
      await bringTo(world, stage);
      world.insert(500);
      await world.clock.advance(2_000);
      await world.press('pay');
      // Half a minute for the hands, then the reset or the unit's own time-out, then a minute in the mouth.
      await untilScreen(world, 'credited', 100_000);
      expect(world.mechanics.path.kind).toBe('empty');
      await expectMoneySoon(world, onlyCounted);
      await finishVisit(world);
      await expectNextVisitorServed(world);
      await expectMoneySoon(world, { boxedTenge: 3_000, creditedTenge: 3_000 });
    },
  );
});

describe('a returned note left in the mouth', () => {
  let delayMs = 0;
  beforeEach(async () => {
    delayMs = 0;
    world.wrapStore = slowFor('note-intended', () => delayMs, world.clock);
    await world.toAttract();
    await world.toCash();
  });

  /** The disk is too slow for the note in escrow, so it goes back (money rule M3). */
  async function leaveInMouth(): Promise<void> {
    await world.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
    delayMs = 2_500;
    world.insert(5_000);
    await untilScreen(world, 'cash: take your note', 10_000);
    delayMs = 0;
  }

  test('nobody asks "still here?", and a minute later the office is called', async () => {
    await leaveInMouth();
    const before = world.views.length;
    await world.clock.advance(58_000);
    expect(screenName(world)).toBe('cash: take your note');
    expect(world.views.slice(before).filter((view) => view.question !== undefined)).toEqual([]);
    expect(readBooks(world).alarmsStanding).toEqual([]);
    await world.clock.advance(5_000);
    expect(screenName(world)).toBe('cash: take your note');
    expect(world.screen('cash').stopped).toBe('acceptor-fault');
    expect(readBooks(world).alarmsRaised).toEqual(['note-left-in-mouth mouth']);
    expectTakesNoNote(world);
  });

  test('taken in time: the visit goes on', async () => {
    await leaveInMouth();
    await world.clock.advance(50_000);
    world.mechanics.take();
    // The unit has told that the mouth is free.
    await world.clock.advance(500);
    await world.pay(1_000);
    await finishVisit(world);
    await expectMoneySoon(world, { boxedTenge: 1_000, creditedTenge: 1_000 });
    expect(readBooks(world).alarmsRaised).toEqual([]);
  });

  test.each([[100], [20 * 60]])(
    'taken after %i s: it was returned, never in doubt, and the terminal comes back by itself',
    async (afterS) => {
      await leaveInMouth();
      await world.clock.advance(afterS * 1_000);
      expectTakesNoNote(world);
      world.mechanics.take();
      await world.clock.advance(3_000);
      const { notes, alarmsStanding } = await expectMoneySoon(world, nothing);
      expect(notes).toMatchObject([{ state: 'returned' }]);
      expect(alarmsStanding).toEqual([]);
      await finishVisit(world);
      await expectNextVisitorServed(world);
    },
  );

  test('with money in: what was counted reaches the wallet although nobody takes the note', async () => {
    await world.pay(2_000);
    await leaveInMouth();
    await untilScreen(world, 'out of service: acceptor-fault', 5 * 60_000);
    await expectMoneySoon(world, onlyCounted);
    expectTakesNoNote(world);
    world.mechanics.take();
    await expectNextVisitorServed(world);
  });

  test('after Pay: the counted sum is paid a minute later at the latest', async () => {
    await world.pay(2_000);
    await leaveInMouth();
    await world.press('pay');
    expect(world.screen('counting').note).toBe('in-mouth');
    await untilScreen(world, 'credited', 65_000);
    await expectMoneySoon(world, onlyCounted);
  });
});
