import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { secondAdministrator, simulatedPin, staffIdOfRole } from '../../host/simulated-staff.ts';
import type { Role } from '../../terminal/staff/roles.ts';
import { readBooks } from './expect-money.ts';
import { StaffedWorld } from './staffed-world.ts';

/* Two persons settle a note that no device can place any more, on the screen (money rule M4). */

let world: StaffedWorld;

beforeEach(async () => {
  world = new StaffedWorld();
  await world.toAttract();
});
afterEach(() => world.close());

async function open(
  section: string,
  role: Role = 'administrator',
  staffId = staffIdOfRole(role),
): Promise<void> {
  await world.signIn(role, simulatedPin, staffId);
  await world.press('staff-open', section);
  await world.clock.advance(10);
}

async function leave(): Promise<void> {
  await world.leaveAllTheSame();
}

describe('An unknown note', () => {
  async function jam(): Promise<void> {
    await world.toCash();
    world.mechanics.obstruct('cassette');
    world.insert(2_000);
    await world.until('result', 120_000, ({ result }) => result.kind === 'needs-help');
    await world.press('done');
  }

  test('found in the cassette: proposed and confirmed by two, it is paid as a supplement', async () => {
    await jam();
    await open('notes');
    expect(world.pageOf('notes')).toMatchObject({ count: 1, note: { valueMinor: 200_000, why: 'jam' } });
    await world.press('staff-propose', 'stacked');
    await world.press('staff-reason', 'cash-counted');
    await world.clock.advance(10);
    expect(world.pageOf('notes').note).toMatchObject({ isOwnProposal: true, proposal: { as: 'stacked' } });
    expect(world.offered()).not.toContain('staff-confirm');
    await leave();
    await open('notes', 'technician');
    expect(world.offered()).not.toContain('staff-propose');
    await world.press('staff-confirm');
    await world.clock.advance(10);
    expect(world.pageOf('notes')).toMatchObject({ count: 0 });
    await world.clock.advance(10_000);
    expect(world.creditedMinor()).toBe(200_000);
    await world.restart();
    await world.clock.advance(30_000);
    expect(world.creditedMinor()).toBe(200_000);
  });

  test('that never was, is void, and nothing is paid', async () => {
    await jam();
    await open('notes');
    await world.press('staff-propose', 'void');
    await world.press('staff-reason', 'device-log');
    await leave();
    await open('notes', 'administrator', secondAdministrator);
    await world.press('staff-confirm');
    await world.clock.advance(60_000);
    expect(world.creditedMinor()).toBe(0);
    expect(readBooks(world).notes).toMatchObject([{ state: 'void' }]);
  });

  test('is nothing to a collector', async () => {
    await jam();
    await world.signIn('collector');
    await world.press('staff-open', 'notes');
    expect(world.page().kind).toBe('home');
  });
});
