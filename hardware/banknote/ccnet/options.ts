import { assert } from '../../../terminal/assert.ts';
import { limits } from '../../../terminal/limits.ts';
import type { SerialSettings } from '../../link/serial.ts';
import type { TypeMask } from './message.ts';

/** CCNET §1. RTS stays off. */
export const ccnetSerialSettings: SerialSettings = {
  baudRate: 9_600,
  dataBits: 8,
  parity: 'none',
  stopBits: 1,
  flowControl: 'none',
  dtr: true,
  rts: false,
};

/** Every time-out and count of the protocol; CCNET §4 unless said otherwise. */
export interface CcnetOptions {
  /** Between two polls while nothing moves. */
  readonly pollIntervalMs: number;
  /** Between two polls while a note is in the path. */
  readonly pollBusyIntervalMs: number;
  /** From our last byte to the whole answer. The vendor says 10 ms to its start; USB adapters need far more. */
  readonly replyMsMax: number;
  /** The same for IDENTIFICATION and GET BILL TABLE. */
  readonly readReplyMsMax: number;
  readonly resetReplyMsMax: number;
  /** Silence inside a frame after which its rest is given up. */
  readonly byteGapMsMax: number;
  /** Between our ACK or NAK and the next command. */
  readonly quietMs: number;
  /** How often a refused or damaged exchange is tried again at once. */
  readonly retriesMax: number;
  /** After so long without an answer a note in escrow may be another person's (money rule M3). */
  readonly silenceMsMax: number;
  /** After so long without an answer the validator counts as lost. */
  readonly noAnswerMsMax: number;
  /** While it is lost: between two polls, and between two RESETs (each just after a poll). */
  readonly lostPollIntervalMs: number;
  readonly lostResetIntervalMs: number;
  /** How long the line is kept waiting for `confirmCredit`, so that the very reply can be acknowledged. */
  readonly creditConfirmMsMax: number;
  /** How often an unconfirmed credit event is told again to the host. */
  readonly creditRepeatMs: number;
  /** How long a validator at rest may still owe the credit event of a note that was past the point of return. */
  readonly creditGraceMs: number;
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
  /** How long `stop` waits for the validator to be disabled. */
  readonly stopMsMax: number;
  /** Kinds read with high security (SET SECURITY); some firmware refuses the command, and that is tolerated. */
  readonly highSecurityTypes: TypeMask;
}

export const defaultCcnetOptions: CcnetOptions = {
  pollIntervalMs: 200,
  pollBusyIntervalMs: 100,
  replyMsMax: 300,
  readReplyMsMax: 1_500,
  resetReplyMsMax: 3_000,
  byteGapMsMax: 50,
  quietMs: 20,
  retriesMax: 3,
  silenceMsMax: 3_000,
  noAnswerMsMax: 5_000,
  lostPollIntervalMs: 1_000,
  lostResetIntervalMs: 6_000,
  creditConfirmMsMax: 100,
  creditRepeatMs: 1_000,
  creditGraceMs: 2_000,
  noteMovingMsMax: limits.noteReportMsMax,
  noteInMouthMsMax: 60_000,
  initializingMsMax: 40_000,
  refusedRetryMs: 10_000,
  reopenDelayMs: 250,
  reopenDelayMsMax: 4_000,
  stopMsMax: 3_000,
  highSecurityTypes: 0,
};

/** The relations that the rest of the driver stands on. */
export function checkOptions(options: CcnetOptions): void {
  assert(options.quietMs >= 10, 'CCNET wants at least 10 ms of quiet after an ACK');
  assert(options.byteGapMsMax < options.replyMsMax, 'a gap ends before the reply is given up');
  assert(options.pollBusyIntervalMs <= options.pollIntervalMs, 'a moving note is watched more closely');
  assert(options.silenceMsMax < options.noAnswerMsMax, 'silence comes before loss');
  assert(options.pollIntervalMs + options.replyMsMax < options.silenceMsMax, 'one lost answer is no silence');
  assert(
    options.lostResetIntervalMs + options.resetReplyMsMax + options.lostPollIntervalMs <= 10_000,
    'a lost validator is sent RESET at least every 10 s',
  );
}
