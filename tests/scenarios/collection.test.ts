import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listPeriods } from '../../db/history.ts';
import { openReader } from '../../db/open.ts';
import { ledgerPlace } from '../../host/simulate.ts';
import { Cassette } from '../../simulator/devices/acceptor/cassette.ts';
import { expectTakesNoNote } from './next-visitor.ts';
import { StaffedWorld } from './staffed-world.ts';
import { screenName } from './stages.ts';

/* A collector empties the cassette, and the power may go at every step. */

let world: StaffedWorld;

beforeEach(async () => {
  world = new StaffedWorld();
  await world.toAttract();
  await topUp(5_000, 2_000, 2_000);
});
afterEach(() => world.close());

async function topUp(...notes: readonly number[]): Promise<void> {
  await world.toCash();
  for (const note of notes) await world.pay(note);
  await world.press('pay');
  await world.until('result', 15_000, (screen) => screen.print === 'printed');
  await world.press('done');
}

function periods() {
  const database = openReader(ledgerPlace(world.machine).folder);
  try {
    return listPeriods(database, 10);
  } finally {
    database.close();
  }
}

async function toCollection(): Promise<void> {
  await world.signIn('collector');
  await world.press('staff-open', 'collection');
  await world.clock.advance(10);
}

async function begin(): Promise<void> {
  await toCollection();
  await world.press('staff-begin');
  await slipPrinted();
}

function slipPrinted(): Promise<void> {
  return world.clock.advanceUntil(() => world.pageOf('collection').slip === 'printed', 15_000, 'the slip');
}

async function swap(): Promise<Cassette> {
  const full = world.mechanics.removeCassette();
  if (full === undefined) throw new Error('there is no cassette');
  await world.clock.advanceUntil(
    () => world.pageOf('collection').stage === 'emptied',
    5_000,
    'the empty place noticed',
  );
  world.mechanics.insertCassette(new Cassette());
  return full;
}

async function finish(number = '4711'): Promise<void> {
  await world.typeDigits(number);
  await world.press('staff-next');
  await world.clock.advance(10);
  await world.press('staff-leave');
}

/** What the backend heard of collections. */
function told(): readonly unknown[] {
  return world.backend.records('collection').map(({ body }) => body);
}

describe('A collection', () => {
  test('is what is in the cassette: on the slip, in the period, at the backend; and the next period begins empty', async () => {
    await begin();
    const full = await swap();
    await finish();
    await world.until('attract', 60_000);
    expect(full.totalMinor('KZT')).toBe(900_000);
    expect(periods()).toMatchObject([
      { periodNumber: 2, how: undefined, counts: [] },
      { periodNumber: 1, how: 'collected', counts: [{ count: 1 }, { count: 2 }] },
    ]);
    const slip = world.paper.at(-1) ?? '';
    expect(slip).toContain('9 000');
    expect(slip).toContain('1002');
    await world.clock.advance(60_000);
    expect(told()).toMatchObject([
      { closing: 'collected', collectorId: '1002', sumMinor: 900_000, periodNumber: 1 },
    ]);
    await topUp(1_000);
    expect(periods()[0]).toMatchObject({ counts: [{ valueMinor: 100_000, count: 1 }] });
  });

  test('shows its sums only when asked', async () => {
    await toCollection();
    expect(world.pageOf('collection').period).toMatchObject({ noteCount: 3 });
    expect(world.pageOf('collection').period?.sums).toBeUndefined();
    await world.press('staff-reveal', 'held');
    expect(world.pageOf('collection').period?.sums).toMatchObject({ totalMinor: 900_000 });
    await world.press('staff-reveal', 'let-go');
    expect(world.pageOf('collection').period?.sums).toBeUndefined();
  });

  test('needs at most eight touches and sixty seconds from the PIN to the slip', async () => {
    await world.signIn('collector');
    const [touches, startedMs] = [world.pressCount, world.clock.monoMs()];
    await world.press('staff-open', 'collection');
    await world.clock.advance(10);
    await world.press('staff-begin');
    await slipPrinted();
    expect(world.pressCount - touches).toBeLessThanOrEqual(8);
    expect(world.clock.monoMs() - startedMs).toBeLessThan(60_000);
  });

  test('refuses the cassette that has just been taken out', async () => {
    await begin();
    await swap();
    await finish('4711');
    await world.until('attract', 60_000);
    await begin();
    await swap();
    await world.typeDigits('4711');
    await world.press('staff-next');
    expect(world.pageOf('collection')).toMatchObject({ fault: 'same-cassette', stage: 'emptied' });
  });

  test('takes only a cassette that the operator knows', async () => {
    await world.close();
    world = new StaffedWorld({ settings: { cassettes: ['4711', '4712'] } });
    await world.toAttract();
    await begin();
    await swap();
    await world.typeDigits('4713');
    await world.press('staff-next');
    expect(world.pageOf('collection')).toMatchObject({ fault: 'unknown-cassette', stage: 'emptied' });
    for (let digits = 0; digits < 4; digits += 1) await world.tap('staff-delete');
    await world.typeDigits('4712');
    await world.press('staff-next');
    await world.clock.advance(10);
    expect(world.facts).toContainEqual(
      expect.objectContaining({ kind: 'collection-ended', cassetteNumber: '4712' }),
    );
  });

  test('is nobody’s but a collector’s', async () => {
    await world.signIn('administrator');
    await world.press('staff-open', 'collection');
    expect(world.page().kind).toBe('home');
  });

  test('begun and left alone sells nothing, and goes on where it was', async () => {
    await begin();
    await world.leaveAllTheSame();
    expect(screenName(world)).toBe('out of service: collection');
    expectTakesNoNote(world);
    await toCollection();
    expect(world.pageOf('collection')).toMatchObject({ stage: 'begun' });
    await swap();
    await finish();
    await world.until('attract', 60_000);
    expect(periods()[1]).toMatchObject({ how: 'collected', counts: [{ count: 1 }, { count: 2 }] });
  });

  test('prints a second slip as a copy', async () => {
    await begin();
    await world.press('staff-slip');
    await world.clock.advanceUntil(() => world.pageOf('collection').slip === 'printing', 1_000, 'printing');
    await slipPrinted();
    const intended = world.facts.flatMap((fact) => (fact.kind === 'slip-intended' ? [fact.copy] : []));
    expect(intended).toEqual([false, true]);
    // The banner is printed white on black, as a picture.
    expect(world.paper.at(-1)).toMatch(/^\[image 512x57\]/);
    expect(world.paper.at(-2)).not.toMatch(/^\[image 512x57\]/);
  });
});

describe('The power goes', () => {
  async function powerCut(): Promise<void> {
    world.kill();
    world.mechanics.powerOff();
    await world.clock.advance(30_000);
    world.mechanics.powerOn();
    await world.boot();
    await world.clock.advanceUntil(
      () => screenName(world) === 'out of service: collection',
      90_000,
      'closed',
    );
  }

  test('after the counters were frozen: the work goes on, and nothing was sold', async () => {
    await begin();
    await powerCut();
    expectTakesNoNote(world);
    await toCollection();
    await swap();
    await finish();
    await world.until('attract', 60_000);
    expect(periods()[1]).toMatchObject({ how: 'collected', counts: [{ count: 1 }, { count: 2 }] });
  });

  test('while the cassette is changed: the collector says that it was', async () => {
    await begin();
    world.kill();
    world.mechanics.powerOff();
    world.mechanics.removeCassette();
    world.mechanics.insertCassette(new Cassette());
    await world.clock.advance(10_000);
    world.mechanics.powerOn();
    await world.boot();
    await world.clock.advanceUntil(
      () => screenName(world) === 'out of service: collection',
      90_000,
      'closed',
    );
    await toCollection();
    expect(world.pageOf('collection')).toMatchObject({ stage: 'begun', slip: 'unknown' });
    await world.press('staff-emptied');
    expect(world.pageOf('collection')).toMatchObject({ stage: 'emptied' });
    await finish();
    await world.until('attract', 60_000);
    expect(periods()).toMatchObject([{ counts: [] }, { how: 'collected' }]);
  });

  test('after the cassette was taken out: its period is closed once', async () => {
    await begin();
    await swap();
    await powerCut();
    await toCollection();
    expect(world.pageOf('collection')).toMatchObject({ stage: 'emptied' });
    await finish();
    await world.until('attract', 60_000);
    expect(periods().map(({ how }) => how)).toEqual([undefined, 'collected']);
    await world.clock.advance(60_000);
    expect(told().length).toBe(1);
  });
});

test('a collector who signs in answers for a cassette that was pulled', async () => {
  world.mechanics.removeCassette();
  await world.clock.advanceUntil(() => screenName(world) === 'out of service: collection', 5_000, 'closed');
  world.mechanics.insertCassette(new Cassette());
  await world.signIn('technician');
  await world.leaveAllTheSame();
  expect(screenName(world)).toBe('out of service: collection');
  await world.signIn('collector');
  await world.press('staff-leave');
  await world.until('attract', 60_000);
  expect(periods()[1]).toMatchObject({ how: 'unannounced' });
});
