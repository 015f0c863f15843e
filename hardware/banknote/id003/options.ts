import { assert } from '../../../terminal/assert.ts';
import type { SerialSettings } from '../../link/serial.ts';
import { checkPathOptions, type PathOptions, usualPathOptions } from '../note-path/options.ts';
import type { DenominationMask } from './message.ts';

/** ID-003 §1. RTS, where anything hangs on it, is a lamp. */
export const id003SerialSettings: SerialSettings = {
  baudRate: 9_600,
  dataBits: 8,
  parity: 'even',
  stopBits: 1,
  flowControl: 'none',
  dtr: true,
  rts: false,
};

/** Every time-out and count of the protocol; ID-003 §4 unless said otherwise. */
export interface Id003Options extends PathOptions {
  /** Between two STATUS REQUESTs while nothing moves. */
  readonly pollIntervalMs: number;
  /** The same while a note is in the path. */
  readonly pollBusyIntervalMs: number;
  /** While the acceptor is lost. */
  readonly lostPollIntervalMs: number;
  /** From our last byte to the whole answer. */
  readonly replyMsMax: number;
  /** The same for VERSION and CURRENCY ASSIGN, whose answers are long. */
  readonly readReplyMsMax: number;
  /** Silence inside a frame after which its rest is given up. */
  readonly byteGapMsMax: number;
  /** Between an answer, or our ACK, and the next command. */
  readonly quietMs: number;
  /** After RESET is acknowledged: answers before are not to be relied on. */
  readonly resetQuietMs: number;
  /** How often a refused or damaged exchange is tried again at once. */
  readonly retriesMax: number;
  /** How long the line is kept waiting for `confirmCredit`, so that VEND VALID can be acknowledged at once. */
  readonly creditConfirmMsMax: number;
  /** For how long an answered VERSION proves that IDLING is no echo (§2). */
  readonly proofMsMax: number;
  /** Denominations that are read with high security. */
  readonly highSecurity: DenominationMask;
}

export const defaultId003Options: Id003Options = {
  ...usualPathOptions,
  // "None within 30 s = unknown" (§8, power up with the note in the stacker's path).
  foundCreditGraceMs: 30_000,
  // A RESET in VEND VALID may destroy the credit (§8). A unit that has waited for its ACK for a minute hears nothing else.
  unheardMsMax: 60_000,
  pollIntervalMs: 200,
  pollBusyIntervalMs: 100,
  lostPollIntervalMs: 1_000,
  replyMsMax: 300,
  readReplyMsMax: 1_000,
  byteGapMsMax: 50,
  quietMs: 20,
  resetQuietMs: 2_000,
  retriesMax: 3,
  creditConfirmMsMax: 100,
  proofMsMax: 3_000,
  highSecurity: 0,
};

/** The relations that the rest of the driver stands on. */
export function checkOptions(options: Id003Options): void {
  checkPathOptions(options);
  assert(options.byteGapMsMax < options.replyMsMax, 'a gap ends before the reply is given up');
  assert(options.pollBusyIntervalMs <= options.pollIntervalMs, 'a moving note is watched more closely');
  assert(options.pollIntervalMs + options.replyMsMax < options.silenceMsMax, 'one lost answer is no silence');
  assert(options.resetQuietMs < options.silenceMsMax, 'the wait after RESET is no silence');
  assert(options.proofMsMax <= options.noAnswerMsMax, 'a looped line is found out before it counts as well');
}
