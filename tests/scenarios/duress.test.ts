import { afterEach, beforeEach, expect, test } from 'vitest';
import { simulatedPin } from '../../host/simulated-staff.ts';
import { duressPin } from '../../terminal/staff/staff.ts';
import { StaffedWorld } from './staffed-world.ts';

/* Somebody under threat calls for help: the office hears of it, and nothing on the screen gives them away. */

let world: StaffedWorld;
beforeEach(async () => {
  world = new StaffedWorld();
  await world.toAttract();
});
afterEach(() => world.close());

test('the office hears, and the screen never says so, not even among the last events', async () => {
  await world.signIn('collector', duressPin(simulatedPin));
  await world.clock.advance(15_000);
  expect(JSON.stringify(world.backend.records('event'))).toContain('staff-under-duress');
  await world.press('staff-leave');
  await world.signIn('administrator');
  await world.clock.advance(1_000);
  const { events } = world.pageOf('home');
  expect(events?.map(({ kind }) => kind)).toContain('staff-signed-in');
  expect(JSON.stringify(world.views)).not.toContain('duress');
});

test('the next ordinary sign-in ends the call as silently', async () => {
  await world.signIn('collector', duressPin(simulatedPin));
  await world.press('staff-leave');
  await world.signIn('collector');
  await world.clock.advance(15_000);
  expect(world.facts).toContainEqual(
    expect.objectContaining({ kind: 'alarm-ended', alarm: 'staff-under-duress' }),
  );
  expect(JSON.stringify(world.views)).not.toContain('duress');
});
