import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditLedger } from '../../db/audit.ts';
import { openReader } from '../../db/open.ts';
import { ledgerPlace } from '../../host/simulate.ts';
import { Cassette } from '../../simulator/devices/acceptor/cassette.ts';
import { serviceTimes } from '../../terminal/service-mode/state.ts';
import type { Role } from '../../terminal/staff/roles.ts';
import { StaffedWorld } from './staffed-world.ts';

/* What became of a cassette after it had left: seal and bag, the count, and the difference. */

let world: StaffedWorld;

beforeEach(async () => {
  world = new StaffedWorld();
  await world.toAttract();
  await world.toCash();
  for (const note of [5_000, 2_000, 2_000]) await world.pay(note);
  await world.press('pay');
  await world.until('result', 15_000, ({ print }) => print === 'printed');
  await world.press('done');
  await collect();
});
afterEach(() => world.close());

async function collect(): Promise<void> {
  await open('collector', 'collection');
  await world.press('staff-begin');
  await world.clock.advanceUntil(() => world.pageOf('collection').slip === 'printed', 15_000, 'the slip');
  world.mechanics.removeCassette();
  await world.clock.advanceUntil(
    () => world.pageOf('collection').stage === 'emptied',
    5_000,
    'the empty place',
  );
  world.mechanics.insertCassette(new Cassette());
  await world.typeDigits('4711');
  await world.press('staff-next');
  await world.clock.advance(10);
  await world.press('staff-leave');
  await world.until('attract', 60_000);
}

async function open(role: Role, section: string): Promise<void> {
  await world.signIn(role);
  await world.press('staff-open', section);
  await world.clock.advance(10);
}

async function openLast(role: Role): Promise<void> {
  await open(role, 'collections');
  await world.press('staff-pick', '1');
}

async function typeCounts(...counts: readonly number[]): Promise<void> {
  await world.press('staff-count');
  for (const count of counts) {
    await world.typeDigits(String(count));
    await world.press('staff-next');
  }
  await world.clock.advance(10);
}

function page() {
  return world.pageOf('collected');
}

describe('A past collection', () => {
  test('is listed, and carries the seal and the bag that were typed', async () => {
    await open('collector', 'collections');
    expect(world.pageOf('collections').periods).toMatchObject([
      { periodNumber: 1, how: 'collected', noteCount: 3, isCounted: false },
    ]);
    await world.press('staff-pick', '1');
    await world.press('staff-seal');
    await world.typeDigits('90027344');
    await world.press('staff-next');
    await world.typeDigits('1200881');
    await world.press('staff-next');
    await world.clock.advance(10);
    expect(page()).toMatchObject({ sealNumber: '90027344', bagNumber: '1200881' });
  });

  test('is counted later, and each difference is told by its denomination; a second count is a second row', async () => {
    await openLast('administrator');
    // 20 000, 10 000, 5 000, 2 000, 1 000, 500: one note of 2 000 is not there.
    await typeCounts(0, 0, 1, 1, 0, 0);
    expect(page().sums).toBeUndefined();
    await world.press('staff-reveal', 'held');
    expect(page().sums).toMatchObject([
      { valueMinor: 500_000, count: 1, found: 1, difference: 0 },
      { valueMinor: 200_000, count: 2, found: 1, difference: -1 },
    ]);
    await typeCounts(0, 0, 1, 2, 0, 0);
    expect(page().sums?.every(({ difference }) => difference === 0)).toBe(true);
    expect(world.facts.filter(({ kind }) => kind === 'cash-counted')).toHaveLength(2);
    const database = openReader(ledgerPlace(world.machine).folder);
    expect(auditLedger(database, undefined)).toEqual({
      kind: 'sound',
      tip: expect.anything(),
      tables: expect.any(Number),
    });
    database.close();
  });

  test('hides its sums by itself when nobody has heard the finger go', async () => {
    await openLast('auditor');
    expect(page().sums).toBeUndefined();
    await world.press('staff-reveal', 'held');
    expect(page().sums).toHaveLength(2);
    await world.clock.advance(serviceTimes.revealedMs);
    expect(page().sums).toBeUndefined();
  });

  test('is counted by nobody but an administrator; its slip is printed again by a collector, as a copy', async () => {
    for (const role of ['collector', 'auditor'] as const) {
      await openLast(role);
      expect(world.offered()).not.toContain('staff-count');
      await world.press('staff-leave');
    }
    await world.signIn('technician');
    await world.press('staff-open', 'collections');
    expect(world.page().kind).toBe('home');
    await world.press('staff-leave');
    await openLast('collector');
    await world.press('staff-slip');
    await world.clock.advanceUntil(() => page().slip === 'printed', 15_000, 'the copy');
    expect(world.paper.at(-1)).toMatch(/^\[image 512x57\]/);
    expect(world.paper.at(-1)).toContain('9 000');
  });
});
