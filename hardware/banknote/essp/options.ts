import { assert } from '../../../terminal/assert.ts';
import { limits } from '../../../terminal/limits.ts';
import type { SerialSettings } from '../../link/serial.ts';
import { checkPathOptions, type PathOptions, usualPathOptions } from '../note-path/options.ts';

/** eSSP §1. */
export const esspSerialSettings: SerialSettings = {
  baudRate: 9_600,
  dataBits: 8,
  parity: 'none',
  stopBits: 2,
  flowControl: 'none',
  dtr: true,
  rts: true,
};

/** Every time-out and count of the protocol; eSSP §9 unless said otherwise. */
export interface EsspOptions extends PathOptions {
  readonly pollIntervalMs: number;
  /** The same while a note is in the path. */
  readonly pollBusyIntervalMs: number;
  /** Between two HOLDs for a note in escrow. */
  readonly holdIntervalMs: number;
  /** After a session that ended for want of a key, before the next one. */
  readonly syncIntervalMs: number;
  /** SYNC is repeated until a unit that may still be starting answers. */
  readonly syncReplyMsMax: number;
  readonly replyMsMax: number;
  /** How often the same bytes are sent again before the session is given up. */
  readonly retriesMax: number;
  /** After a refusal, before the next command. */
  readonly refusedQuietMs: number;
  /** How often an odd answer to a question is put up with. */
  readonly readFailuresMax: number;
  /** After RESET: how long the unit may say nothing. */
  readonly resetSilenceMsMax: number;
  /** After RESET: before the first attempt to begin a session. */
  readonly resetQuietMs: number;
  /** The two primes of the key exchange, the generator the larger one (§7). */
  readonly generator: bigint;
  readonly modulus: bigint;
}

export const defaultEsspOptions: EsspOptions = {
  ...usualPathOptions,
  // A unit that starts clears its path before it says where the note went (§6).
  creditGraceMs: 8_000,
  foundCreditGraceMs: 8_000,
  pollIntervalMs: 200,
  pollBusyIntervalMs: 200,
  holdIntervalMs: 1_000,
  syncIntervalMs: 500,
  syncReplyMsMax: 250,
  replyMsMax: 500,
  retriesMax: 5,
  refusedQuietMs: 100,
  readFailuresMax: 3,
  resetSilenceMsMax: 15_000,
  resetQuietMs: 1_000,
  generator: 4_294_967_291n,
  modulus: 4_294_967_279n,
};

export function checkOptions(options: EsspOptions): void {
  checkPathOptions(options);
  assert(options.replyMsMax * 2 < limits.escrowDecisionMsMax, 'one lost answer still lets a note in');
  assert(options.holdIntervalMs <= 2_000, 'a held note is held again before its unit loses patience');
  assert(options.generator > options.modulus, 'the generator is the larger prime');
}
