import { assert } from '../../../terminal/assert.ts';
import type { SerialSettings } from '../../link/serial.ts';
import { checkPathOptions, type PathOptions, usualPathOptions } from '../note-path/options.ts';
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
export interface CcnetOptions extends PathOptions {
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
  /** While it is lost: between two polls. */
  readonly lostPollIntervalMs: number;
  /** How long the line is kept waiting for `confirmCredit`, so that the very reply can be acknowledged. */
  readonly creditConfirmMsMax: number;
  /** Kinds read with high security (SET SECURITY); some firmware refuses the command, and that is tolerated. */
  readonly highSecurityTypes: TypeMask;
}

export const defaultCcnetOptions: CcnetOptions = {
  ...usualPathOptions,
  pollIntervalMs: 200,
  pollBusyIntervalMs: 100,
  replyMsMax: 300,
  readReplyMsMax: 1_500,
  resetReplyMsMax: 3_000,
  byteGapMsMax: 50,
  quietMs: 20,
  retriesMax: 3,
  lostPollIntervalMs: 1_000,
  creditConfirmMsMax: 100,
  highSecurityTypes: 0,
};

/** The relations that the rest of the driver stands on. */
export function checkOptions(options: CcnetOptions): void {
  checkPathOptions(options);
  assert(options.quietMs >= 10, 'CCNET wants at least 10 ms of quiet after an ACK');
  assert(options.byteGapMsMax < options.replyMsMax, 'a gap ends before the reply is given up');
  assert(options.pollBusyIntervalMs <= options.pollIntervalMs, 'a moving note is watched more closely');
  assert(options.pollIntervalMs + options.replyMsMax < options.silenceMsMax, 'one lost answer is no silence');
  assert(
    options.lostResetIntervalMs + options.resetReplyMsMax + options.lostPollIntervalMs <= 10_000,
    'a lost validator is sent RESET at least every 10 s',
  );
}
