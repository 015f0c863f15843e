import { expect } from 'vitest';
import type { StorageErrorCode } from '../../db/errors.ts';
import { expectTakesNoNote } from './next-visitor.ts';
import { screenName } from './stages.ts';
import type { World } from './world.ts';

/**
 * A process on a ledger that may not be used: it sells nothing and disables the acceptor, says so on the screen and to
 * the office by name, and stays so however often it is started.
 */
export async function expectClosed(
  world: World,
  code: StorageErrorCode,
  reason: 'ledger' | 'storage' = 'ledger',
): Promise<void> {
  for (let starts = 0; starts < 2; starts += 1) {
    const told = world.backend.records('event').length;
    await world.restart();
    await world.clock.advance(15_000);
    // What lay in the path comes back to whoever put it in.
    world.mechanics.take();
    await world.clock.advance(45_000);
    expect(screenName(world)).toBe(`out of service: ${reason}`);
    expect(world.view.offers).toEqual([]);
    expectTakesNoNote(world);
    const refused = world.logged.flatMap((event) => (event.event === 'ledger-refused' ? [event.detail] : []));
    expect(refused.at(-1)).toMatch(new RegExp(`^${code}: `));
    const alarms = JSON.stringify(world.backend.records('event').slice(told));
    expect(alarms).toContain(code);
  }
  expect(world.fatal).toEqual([]);
}
