/*
 * How long the shell waits for its parts. Together they keep a visitor from looking at a frozen or white screen for more
 * than five seconds: the time until trouble is noticed, and then a load or a start.
 */

export const pageTimes = {
  probeEveryMs: 500,
  /** A page that has been answering. */
  answerWithinMs: 2_500,
  /** The first page after the computer's start, from a cold disk; the window is not shown before it. */
  firstLoadWithinMs: 15_000,
  loadWithinMs: 4_500,
  /** A loaded page that answers and has nothing on it yet. */
  blankWithinMs: 3_000,
  /** After this long without trouble the next trouble is a first one. */
  soundAfterMs: 60_000,
} as const;

export const hostTimes = {
  /** A host that says nothing for this long hangs. It says something every 300 ms. */
  hungAfterMs: 3_500,
  /** Opening and checking a large ledger, at the first start after an unclean stop, on a slow disk. */
  startWithinMs: 120_000,
  /** How long a stop may take before it is forced. */
  stopWithinMs: 5_000,
} as const;
