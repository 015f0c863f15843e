import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectNextVisitorServed, expectTakesNoNote } from './next-visitor.ts';
import { StaffedWorld } from './staffed-world.ts';

/* Out of service because somebody wants it so: through a restart, with a name, and back again by the same hand. */

let world: StaffedWorld;

beforeEach(async () => {
  world = new StaffedWorld();
  await world.toAttract();
});
afterEach(() => world.close());

async function switchSales(): Promise<void> {
  await world.signIn('technician');
  await world.press('staff-switch');
  await world.press('staff-leave');
}

test('closes, stays closed through a restart, and opens again', async () => {
  await switchSales();
  await world.until('out-of-service', 5_000, ({ reason }) => reason === 'closed');
  expectTakesNoNote(world);
  await world.restart();
  await world.until('out-of-service', 60_000, ({ reason }) => reason === 'closed');
  await switchSales();
  await world.until('attract', 20_000);
  await expectNextVisitorServed(world);
  const rows = world.facts.filter(({ kind }) => kind === 'sales-closed' || kind === 'sales-opened');
  expect(rows).toEqual([
    { kind: 'sales-closed', by: '1001' },
    { kind: 'sales-opened', by: '1001' },
  ]);
});

test('hides no other trouble', async () => {
  await world.signIn('technician');
  await world.press('staff-switch');
  expect(world.pageOf('home')).toMatchObject({ trouble: 'closed', isClosed: true });
  world.mechanics.removeCassette();
  await world.clock.advanceUntil(
    () => world.pageOf('home').trouble !== 'closed',
    10_000,
    'the missing cassette on the first page',
  );
  expect(world.pageOf('home').isClosed).toBe(true);
});

test('a terminal closed on purpose still shows the value of a test note', async () => {
  await world.signIn('technician');
  await world.press('staff-switch');
  await world.press('staff-open', 'devices');
  await world.press('staff-test');
  await world.clock.advanceUntil(
    () => {
      const { test: trial } = world.pageOf('devices');
      return trial?.kind === 'notes' && trial.isOpen;
    },
    10_000,
    'the open acceptor',
  );
});

test.each(['collector', 'auditor'] as const)('is nothing for a %s', async (role) => {
  await world.signIn(role);
  expect(world.offered()).not.toContain('staff-switch');
});
