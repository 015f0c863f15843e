import { assert } from '../assert.ts';
import type { Session, StepKind } from './state.ts';

/*
 * Every time-out of a visit. A screen that has been left alone asks "Still here?" for the warning time before it ends;
 * one touch starts it over. Waiting for a machine is not idleness and has its own deadline.
 */

interface IdleTimes {
  /** From the last touch, or the last move of a note, to the question. */
  readonly askAfterMs: number | undefined;
}

export const idleTimes: Readonly<Record<StepKind, IdleTimes>> = {
  starting: { askAfterMs: undefined },
  /** Somebody opened the help or changed the language and walked away. */
  attract: { askAfterMs: 30_000 },
  service: { askAfterMs: 30_000 },
  number: { askAfterMs: 70_000 },
  checking: { askAfterMs: undefined },
  'check-failed': { askAfterMs: 30_000 },
  confirm: { askAfterMs: 60_000 },
  'no-paper': { askAfterMs: 45_000 },
  cash: { askAfterMs: 60_000 },
  counting: { askAfterMs: undefined },
  paying: { askAfterMs: undefined },
  result: { askAfterMs: 40_000 },
  find: { askAfterMs: 70_000 },
  found: { askAfterMs: 40_000 },
};

export const visitTimes = {
  /** With money in, the next person would pay into this wallet: ask sooner (money rule M12). */
  cashWithMoneyAskAfterMs: 30_000,
  /** How long the question stands. */
  warningMs: 20_000,
  /** Quiet seconds with money in before Pay draws attention to itself once. */
  nudgeAfterMs: 8_000,
  checkMsMax: 10_000,
  /** Without an answer by then the visit ends as accepted. */
  payingMsMax: 10_000,
  /** A new screen takes no press: it was meant for the one before. */
  pressAfterMs: 500,
  /** "More time". */
  moreTimeFactor: 2,
} as const;

assert(visitTimes.warningMs >= 20_000, 'a time-out is warned at least 20 s ahead');
assert(
  visitTimes.nudgeAfterMs < visitTimes.cashWithMoneyAskAfterMs,
  'Pay draws attention before the question',
);

export function scaledMs(session: Session, durationMs: number): number {
  return session.moreTime ? durationMs * visitTimes.moreTimeFactor : durationMs;
}
