import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listPeriods } from '../../db/history.ts';
import { openReader } from '../../db/open.ts';
import { ledgerPlace } from '../../host/simulate.ts';
import { Cassette } from '../../simulator/devices/acceptor/cassette.ts';
import type { PeriodSummary } from '../../terminal/service-mode/desk.ts';
import { expectMoneySoon, readBooks } from './expect-money.ts';
import { expectNextVisitorServed, expectTakesNoNote } from './next-visitor.ts';
import { bringTo, finishVisit, screenName, untilScreen } from './stages.ts';
import { both, type Mishap, nothing, type Outcome, onlyCounted, walkMishap } from './walk-mishap.ts';
import { World } from './world.ts';

/*
 * The cassette is pulled, missing, full or another one. Pulled without log-in its period closes as unannounced, and the
 * terminal sells nothing until a collector has been seen (money rule M11).
 */

const pulled = 'out of service: collection';
const stopped = 'cash, stopped: collection';
const unknown = { unknownTenge: [5_000] } as const;

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

/** Newest first. */
function periods(): readonly PeriodSummary[] {
  const database = openReader(ledgerPlace(world.machine).folder);
  try {
    return listPeriods(database, 10);
  } finally {
    database.close();
  }
}

describe('pulled without log-in, and another one put in', () => {
  const pull = (backAfterMs: number): Mishap => ({
    strike: ({ mechanics }) => void mechanics.removeCassette(),
    mend: async ({ mechanics }) => {
      mechanics.insertCassette(new Cassette());
      await world.collectorSeen();
    },
    lastsMs: backAfterMs,
    settlesMs: 12_000,
  });
  const outcomes: readonly Outcome[] = [
    { stage: 'attract', says: pulled, later: 'attract', ...nothing },
    { stage: 'number', says: pulled, later: 'attract', ...nothing },
    { stage: 'cash, nothing in yet', says: stopped, later: 'cash', ...nothing },
    { stage: 'note accepting', says: stopped, later: 'cash', ...onlyCounted },
    { stage: 'in escrow, untold', says: stopped, later: 'cash', ...onlyCounted },
    // This unit says nothing about a note that goes out during its initialization.
    {
      stage: 'intent stored, no stack byte yet',
      says: stopped,
      later: 'needs-help',
      ...onlyCounted,
      ...unknown,
    },
    { stage: 'stacking, not past return', says: stopped, later: 'needs-help', ...onlyCounted, ...unknown },
    { stage: 'stacking, past return', says: stopped, later: 'cash', ...both },
    { stage: 'stacked, untold', says: stopped, later: 'cash', ...both },
    { stage: 'credited, not yet acknowledged', says: stopped, later: 'cash', ...both },
    { stage: 'between notes', says: stopped, later: 'cash', ...both },
    { stage: 'Pay pressed while a note moves', says: 'counting', later: 'credited', ...both },
    { stage: 'paying', says: 'credited', later: 'credited', ...both },
    { stage: 'result', says: 'credited', later: 'credited', ...both },
  ];

  test.each(outcomes)('$stage', async (outcome) => {
    await walkMishap(world, outcome, pull(3_000));
    const { alarmsRaised, periods: all } = readBooks(world);
    expect(all).toEqual([
      { periodNumber: 1, how: 'unannounced' },
      { periodNumber: 2, how: null },
    ]);
    expect(alarmsRaised.filter((alarm) => alarm.startsWith('cassette'))).toEqual([
      'cassette-removed-unannounced cassette',
    ]);
    expect(world.backend.records('collection')).toMatchObject([{ body: { closing: 'unannounced' } }]);
  });

  const late: readonly Outcome[] = [
    { stage: 'note accepting', says: stopped, ...onlyCounted },
    { stage: 'stacking, not past return', says: 'needs-help', ...onlyCounted, ...unknown },
    { stage: 'stacking, past return', says: 'needs-help', ...both },
    { stage: 'Pay pressed while a note moves', says: 'needs-help', ...both },
    { stage: 'result', says: 'credited', ...both },
  ];
  test.each(late)('$stage: brought back after an hour', (outcome) =>
    walkMishap(world, outcome, pull(3_600_000)),
  );

  test.each(late)('$stage: a unit that initializes by itself when it is back', (outcome) => {
    world.acceptor.changeSettings({ onCassetteBack: 'initializes' });
    return walkMishap(world, outcome, pull(60_000));
  });
});

describe('nothing is sold until a collector has been seen', () => {
  test.each([['initializes'], ['waits-for-reset']] as const)(
    'though the cassette is back (%s), after an hour, and after a restart',
    async (onCassetteBack) => {
      world.acceptor.changeSettings({ onCassetteBack });
      await world.toAttract();
      const cassette = world.mechanics.removeCassette() ?? new Cassette();
      await untilScreen(world, pulled, 1_000);
      await world.clock.advance(20_000);
      world.mechanics.insertCassette(cassette);
      await world.clock.advance(3_600_000);
      expect(screenName(world)).toBe(pulled);
      expectTakesNoNote(world);
      await world.restart();
      await world.clock.advance(60_000);
      expect(screenName(world)).toBe(pulled);
      expectTakesNoNote(world);
      await world.collectorSeen();
      await world.until('attract', 60_000);
      await expectNextVisitorServed(world);
    },
  );

  test('a collector who logs in before the new cassette is in: "cassette" until it is, then for sale', async () => {
    await world.toAttract();
    world.mechanics.removeCassette();
    await untilScreen(world, pulled, 1_000);
    await world.collectorSeen();
    await world.clock.advance(10 * 60_000);
    expect(screenName(world)).toBe('out of service: cassette');
    expectTakesNoNote(world);
    world.mechanics.insertCassette(new Cassette());
    await world.until('attract', 60_000);
    await expectNextVisitorServed(world);
    expect(readBooks(world).periods).toHaveLength(2);
  });

  test('pulled while the terminal was off: seen at the start', async () => {
    await world.toAttract();
    world.kill();
    world.mechanics.removeCassette();
    await world.clock.advance(60_000);
    world.mechanics.insertCassette(new Cassette());
    await world.boot();
    await untilScreen(world, pulled);
    expectTakesNoNote(world);
    expect(readBooks(world).periods).toMatchObject([{ how: 'unannounced' }, { how: null }]);
    await world.collectorSeen();
    await expectNextVisitorServed(world);
  });

  test('pulled twice: two periods, an alarm each, and a collector each', async () => {
    await world.toAttract();
    for (const pulls of [1, 2]) {
      world.mechanics.removeCassette();
      await untilScreen(world, pulled, 1_000);
      world.mechanics.insertCassette(new Cassette());
      await world.collectorSeen();
      await world.until('attract', 60_000);
      expect(readBooks(world).periods).toHaveLength(pulls + 1);
    }
    expect(readBooks(world).alarmsRaised).toEqual([
      'cassette-removed-unannounced cassette',
      'cassette-removed-unannounced cassette',
    ]);
  });
});

describe('the slips', () => {
  test('pulled between notes: the old cassette holds exactly what its slip says', async () => {
    await bringTo(world, 'between notes');
    const taken = world.mechanics.removeCassette();
    await world.clock.advance(1_000);
    expect(taken?.totalMinor('KZT')).toBe(700_000);
    expect(periods().at(-1)).toMatchObject({
      how: 'unannounced',
      counts: [
        { valueMinor: 500_000, count: 1 },
        { valueMinor: 200_000, count: 1 },
      ],
      inDoubt: [],
    });
  });

  test('stacked and told only after the pull: the credit event came first, so it is on the old slip', async () => {
    await bringTo(world, 'stacked, untold');
    const taken = world.mechanics.removeCassette();
    await world.clock.advance(1_000);
    expect(taken?.totalMinor('KZT')).toBe(700_000);
    expect(periods()).toMatchObject([
      { counts: [], inDoubt: [] },
      { counts: [{ valueMinor: 500_000 }, { valueMinor: 200_000 }], inDoubt: [] },
    ]);
  });

  test('pulled between intent and credit: on both slips as in doubt, in no certain sum', async () => {
    await bringTo(world, 'stacking, past return');
    const taken = world.mechanics.removeCassette();
    await world.clock.advance(2_000);
    const doubtful = [{ valueMinor: 500_000 }];
    expect(periods()).toMatchObject([
      { counts: [], inDoubt: doubtful },
      { counts: [{ valueMinor: 200_000, count: 1 }], inDoubt: doubtful },
    ]);
    world.mechanics.insertCassette(new Cassette());
    await world.collectorSeen();
    await world.clock.advance(15_000);
    await finishVisit(world);
    await expectMoneySoon(world, both);
    // By chance of the motor it lies in the new one; the slips do not pretend to know.
    expect([taken?.totalMinor('KZT'), world.cassetteMinor()]).toEqual([200_000, 500_000]);
    expect(periods()).toMatchObject([
      { counts: [], inDoubt: doubtful },
      { counts: [{ valueMinor: 200_000, count: 1 }], inDoubt: doubtful },
    ]);
  });
});

describe('full', () => {
  const full: Mishap = {
    strike: ({ mechanics }) => mechanics.fillCassette(),
    mend: async ({ mechanics, clock }) => {
      mechanics.removeCassette();
      await clock.advance(20_000);
      mechanics.insertCassette(new Cassette());
      await world.collectorSeen();
    },
    lastsMs: 20_000,
    settlesMs: 12_000,
  };
  const outOfService = 'out of service: cassette';
  const stoppedByIt = 'cash, stopped: cassette';
  const outcomes: readonly Outcome[] = [
    { stage: 'attract', says: outOfService, ...nothing },
    { stage: 'number', says: outOfService, ...nothing },
    { stage: 'cash, nothing in yet', says: stoppedByIt, ...nothing },
    // The sensor counts when the path is empty: the note on its way still goes in, and is paid.
    { stage: 'note accepting', says: stoppedByIt, ...both },
    { stage: 'in escrow, untold', says: stoppedByIt, ...both },
    { stage: 'intent stored, no stack byte yet', says: stoppedByIt, ...both },
    { stage: 'stacking, not past return', says: stoppedByIt, ...both },
    { stage: 'stacking, past return', says: stoppedByIt, ...both },
    { stage: 'stacked, untold', says: stoppedByIt, ...both },
    { stage: 'credited, not yet acknowledged', says: stoppedByIt, ...both },
    { stage: 'between notes', says: stoppedByIt, ...both },
    { stage: 'Pay pressed while a note moves', says: 'credited', ...both },
    { stage: 'paying', says: 'credited', ...both },
    { stage: 'result', says: 'credited', ...both },
  ];

  test.each(outcomes)('$stage', async (outcome) => {
    await walkMishap(world, outcome, full);
    expect(readBooks(world).alarmsRaised.filter((alarm) => alarm.endsWith('cassette-full'))).toHaveLength(1);
  });
});
