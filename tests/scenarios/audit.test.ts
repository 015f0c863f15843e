import { afterEach, beforeEach, expect, test } from 'vitest';
import { simulatedPin, staffIdOfRole } from '../../host/simulated-staff.ts';
import type { Role } from '../../terminal/staff/roles.ts';
import { duressPin } from '../../terminal/staff/staff.ts';
import { StaffedWorld } from './staffed-world.ts';

/* What staff did, as auditors read it. */

let world: StaffedWorld;

beforeEach(async () => {
  world = new StaffedWorld();
  await world.toAttract();
});
afterEach(() => world.close());

async function openAudit(role: Role = 'auditor'): Promise<void> {
  await world.signIn(role);
  await world.press('staff-open', 'audit');
  await world.clock.advance(10);
}

async function choose(action: string, value?: string): Promise<void> {
  await world.press(action, value);
  await world.clock.advance(10);
}

const rows = () => world.pageOf('audit').rows ?? [];

test('everything is there, newest first, by group, by person and by day, and never a phone', async () => {
  await world.toCash();
  await world.pay(5_000);
  await world.press('pay');
  await world.until('result', 15_000, ({ print }) => print === 'printed');
  await world.press('done');
  await world.signIn('technician');
  await world.press('staff-leave');
  await openAudit();
  expect(rows().slice(0, 3)).toMatchObject([
    { kind: 'staff-signed-in', by: staffIdOfRole('auditor') },
    { kind: 'staff-signed-out', by: staffIdOfRole('technician'), why: 'asked' },
    { kind: 'staff-signed-in', by: staffIdOfRole('technician') },
  ]);
  await choose('staff-person');
  expect(world.pageOf('audit').staffId).toBe(staffIdOfRole('technician'));
  expect(rows().every(({ by }) => by === staffIdOfRole('technician'))).toBe(true);
  expect(rows().map(({ kind }) => kind)).toContain('staff-signed-out');
  await choose('staff-list', 'money');
  expect(rows().map(({ kind }) => kind)).toContain('top-up-credited');
  expect(JSON.stringify(world.page())).not.toContain('7010000001');
  const newest = rows()[0]?.sequence ?? 0;
  await choose('staff-older');
  expect(rows()[0]?.sequence).toBeLessThan(newest);
  await choose('staff-newer');
  expect(rows()[0]?.sequence).toBe(newest);
  await choose('staff-day');
  expect(rows().length).toBeGreaterThan(0);
  await choose('staff-day');
  expect(rows()).toEqual([]);
});

test('a call for help under duress is not in it', async () => {
  await world.signIn('technician', duressPin(simulatedPin));
  await world.press('staff-leave');
  await openAudit('administrator');
  await choose('staff-list', 'machine');
  expect(rows().length).toBeGreaterThan(0);
  expect(JSON.stringify(rows())).not.toContain('duress');
});

test('is nobody’s but an auditor’s and an administrator’s', async () => {
  for (const role of ['technician', 'collector'] as const) {
    await world.signIn(role);
    await world.press('staff-open', 'audit');
    expect(world.page().kind).toBe('home');
    await world.press('staff-leave');
  }
});
