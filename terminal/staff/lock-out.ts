import { assert } from '../assert.ts';

/*
 * What wrong PINs lead to. The count of refusals in a row is in the journal and survives every restart; the wait runs on
 * the monotonic clock and begins anew with the process, so that no clock that was set forward shortens it.
 */

export const lockOut = {
  /** So many refusals in a row cost nothing: fingers slip. */
  freeRefusals: 3,
  firstWaitMs: 30_000,
  waitMsMax: 15 * 60_000,
  /** From so many on the office hears of it. */
  alarmAt: 5,
} as const;

assert(lockOut.alarmAt > lockOut.freeRefusals, 'an alarm follows a wait, it does not come before one');

/** How long nobody may try again after so many refusals in a row; doubles with each, up to a maximum. */
export function waitMsAfter(refusals: number): number {
  if (refusals < lockOut.freeRefusals) return 0;
  const doublings = Math.min(refusals - lockOut.freeRefusals, 20);
  return Math.min(lockOut.waitMsMax, lockOut.firstWaitMs * 2 ** doublings);
}
