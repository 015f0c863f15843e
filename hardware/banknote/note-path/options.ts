import { assert } from '../../../terminal/assert.ts';
import { limits } from '../../../terminal/limits.ts';

/** How long an acceptor may take for what, whatever it speaks. */
export interface PathOptions {
  /** After so long without an answer a note in escrow may be another person's (money rule M3). */
  readonly silenceMsMax: number;
  /** After so long without an answer the acceptor counts as lost. */
  readonly noAnswerMsMax: number;
  /** While it is lost: between two RESETs. */
  readonly lostResetIntervalMs: number;
  /**
   * For how long a lost acceptor is sent no RESET, because of a credit event that it may want to tell and that RESET may
   * wipe out.
   */
  readonly unheardMsMax: number;
  /** How often an unconfirmed credit event is told again to the host. */
  readonly creditRepeatMs: number;
  /** How long an acceptor at rest may still owe the credit event of a note that was past the point of return. */
  readonly creditGraceMs: number;
  /** The same for a note that it found there itself when its power came back. */
  readonly foundCreditGraceMs: number;
  /** A note moving for longer than this is stuck. */
  readonly noteMovingMsMax: number;
  /** A returned note not taken for longer than this is a trouble. */
  readonly noteInMouthMsMax: number;
  readonly initializingMsMax: number;
  /** Before a wrong device is asked again. */
  readonly refusedRetryMs: number;
  /** Before a line that would not open is tried again: doubled each time, up to the maximum. */
  readonly reopenDelayMs: number;
  readonly reopenDelayMsMax: number;
  /** How long `stop` waits for the acceptor to be disabled. */
  readonly stopMsMax: number;
}

export const usualPathOptions: PathOptions = {
  silenceMsMax: 3_000,
  noAnswerMsMax: 5_000,
  lostResetIntervalMs: 6_000,
  unheardMsMax: 0,
  creditRepeatMs: 1_000,
  creditGraceMs: 2_000,
  foundCreditGraceMs: 2_000,
  noteMovingMsMax: limits.noteReportMsMax,
  noteInMouthMsMax: 60_000,
  initializingMsMax: 40_000,
  refusedRetryMs: 10_000,
  reopenDelayMs: 250,
  reopenDelayMsMax: 4_000,
  stopMsMax: 3_000,
};

/** The relations that the rules of the path stand on. */
export function checkPathOptions(options: PathOptions): void {
  assert(options.silenceMsMax < options.noAnswerMsMax, 'silence comes before loss');
  assert(options.silenceMsMax >= limits.escrowDecisionMsMax, 'an escrow decision goes stale before silence');
}
