import { exitCodes } from './exit-codes.ts';

/*
 * When a terminal host that has ended is started again. The pauses grow; after five crashes in ten minutes the breaker
 * opens: the screen says out of service, and a start is tried once a minute. The host counts in its journal as well and
 * sells nothing after such a series, so that a start here never means a sale by itself.
 */

const pausesMs = [200, 1_000, 5_000, 15_000] as const;
const breaker = { crashes: 5, withinMs: 600_000, pauseMs: 60_000 } as const;

export type NextStart =
  | { readonly kind: 'start'; readonly pauseMs: number }
  /** Too many crashes: the screen says out of service while the pause lasts. */
  | { readonly kind: 'breaker'; readonly pauseMs: number }
  /** Another start would change nothing: a person must look. */
  | { readonly kind: 'never' };

/**
 * What follows an end that nobody asked for.
 *
 * @param crashesMonoMs when the earlier ends were, oldest first
 * @returns the answer, and the crashes still worth remembering, this one included
 */
export function afterEnd(
  exitCode: number,
  nowMonoMs: number,
  crashesMonoMs: readonly number[],
): { readonly next: NextStart; readonly crashesMonoMs: readonly number[] } {
  const recent = [...crashesMonoMs, nowMonoMs].filter((atMonoMs) => atMonoMs > nowMonoMs - breaker.withinMs);
  return { next: nextOf(exitCode, recent.length), crashesMonoMs: recent };
}

function nextOf(exitCode: number, recentCrashes: number): NextStart {
  // Trouble with the ledger is tried again: each start checks it first, and sells nothing on a faulty or locked one.
  if (exitCode === exitCodes.settings) return { kind: 'never' };
  if (recentCrashes >= breaker.crashes) return { kind: 'breaker', pauseMs: breaker.pauseMs };
  const pauseMs = pausesMs[Math.min(recentCrashes, pausesMs.length) - 1] ?? breaker.pauseMs;
  return { kind: 'start', pauseMs };
}
