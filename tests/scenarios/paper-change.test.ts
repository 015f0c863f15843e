import { afterEach, beforeEach, expect, test } from 'vitest';
import { StaffedWorld } from './staffed-world.ts';

/* A new roll: the job ends with a slip that the printer has proven, and only then does the count start over. */

let world: StaffedWorld;

beforeEach(async () => {
  world = new StaffedWorld();
  await world.toAttract();
  await world.toCash();
  await world.pay(5_000);
  await world.press('pay');
  await world.until('result', 15_000, ({ print }) => print === 'printed');
  await world.press('done');
});
afterEach(() => world.close());

function slipsOnRoll(): number | undefined {
  const fact = world.pageOf('devices').chosen.facts.find((each) => each.fact === 'slipsOnRoll');
  return fact?.fact === 'slipsOnRoll' ? fact.count : undefined;
}

async function openPrinter(): Promise<void> {
  await world.signIn('technician');
  await world.press('staff-open', 'devices');
  await world.press('staff-device', 'printer');
  await world.clock.advanceUntil(() => slipsOnRoll() !== undefined, 1_000, 'the record');
}

test('the steps follow the printer, and the count starts over after the cut', async () => {
  await openPrinter();
  expect(slipsOnRoll()).toBe(1);
  await world.press('staff-paper');
  world.printer.change({ rollMm: 0 });
  await world.clock.advanceUntil(() => !world.pageOf('paper').isReady, 10_000, 'the empty printer');
  expect(world.pageOf('paper').why).toBe('paper-out');
  expect(world.offered()).not.toContain('staff-test');
  world.printer.putNewRoll();
  await world.clock.advanceUntil(() => world.pageOf('paper').isReady, 20_000, 'the new roll');
  await world.press('staff-test');
  await world.clock.advanceUntil(() => world.pageOf('paper').print === 'printed', 15_000, 'the cut');
  expect(world.facts).toContainEqual({ kind: 'paper-changed', by: '1001' });
  await world.press('staff-back');
  await world.press('staff-device', 'printer');
  await world.clock.advanceUntil(() => slipsOnRoll() !== undefined, 1_000, 'the record');
  expect(slipsOnRoll()).toBe(0);
  expect(world.pageOf('devices').chosen.facts.map(({ fact }) => fact)).toContain('rollSince');
});

test('a slip that the printer has not proven changes no count, and may be tried again', async () => {
  await openPrinter();
  await world.press('staff-paper');
  await world.press('staff-test');
  world.printer.change({ rollMm: 0 });
  await world.clock.advanceUntil(
    () => ['failed', 'unknown'].includes(world.pageOf('paper').print),
    60_000,
    'the end of the print',
  );
  expect(world.facts.some(({ kind }) => kind === 'paper-changed')).toBe(false);
  world.printer.putNewRoll();
  await world.clock.advanceUntil(() => world.offered().includes('staff-test'), 20_000, 'the second try');
});
