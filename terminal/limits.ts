import { assert } from './assert.ts';

/*
 * Every maximum and every deadline of the core in one place. The relations between them are checked when this file
 * loads, before anything runs. Device protocols keep their own timings beside their drivers.
 */
export const limits = {
  /** Money rule M7. */
  leaseMs: 1_500,
  leaseRenewIntervalMs: 500,
  /** Money rule M3: how old a sight of escrow may be when the stack byte is written. */
  escrowDecisionMsMax: 2_000,
  /** Money rule M12: no final report about a moving note. */
  noteReportMsMax: 50_000,
  /** After a start: how long the acceptor may take to say what is in its path. */
  startSettlingMsMax: 60_000,
  /** When a note is still on its way by then: whoever waits before the screen waits no longer than the note's own watch. */
  startSettlingAgainMs: 2_000,
  /** Money rule M12: how young an interrupted visit must be to be resumed, and for how long. */
  resumeIfYoungerThanMs: 120_000,
  resumeForMs: 60_000,
  /** Money rule M9. */
  topUpAgeMsMax: 365 * 24 * 3_600_000,
  /** Money rule M10: the next try of no row lies further ahead; one that does was written under a wrong clock, and is due. */
  nextTryAheadMsMax: 35 * 60_000,
  /** So many starts after an unclean stop within this time are a crash loop; so long without another end it. */
  crashesMax: 5,
  crashLoopMs: 600_000,
  /** Money rule M6: the whole chain is walked this often, and soon after an unclean stop. */
  ledgerCheckIntervalMs: 24 * 3_600_000,
  ledgerCheckSoonMs: 60_000,
  /** Money rule M14: with less room than this nothing is sold; hundreds of visits before the disk is full. */
  diskFreeBytesMin: 64 * 1024 * 1024,
  batchItemsMax: 500,
  inboxEventsMax: 1_000,
} as const;

assert(limits.leaseRenewIntervalMs * 2 < limits.leaseMs, 'one missed renewal must not end a lease');
assert(limits.leaseMs < limits.escrowDecisionMsMax, 'a lease ends before an escrow decision goes stale');
assert(
  limits.noteReportMsMax < limits.startSettlingMsMax,
  "a silent acceptor's note has been placed when the start is settled",
);
assert(
  limits.resumeForMs < limits.resumeIfYoungerThanMs,
  'a resumed visit ends before it would be too old to resume',
);
