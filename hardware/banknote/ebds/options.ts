import { assert } from '../../../terminal/assert.ts';
import type { SerialSettings } from '../../link/serial.ts';
import { checkPathOptions, type PathOptions, usualPathOptions } from '../note-path/options.ts';

/** EBDS §1. DTR and RTS feed true RS-232 adapters. */
export const ebdsSerialSettings: SerialSettings = {
  baudRate: 9_600,
  dataBits: 7,
  parity: 'even',
  stopBits: 1,
  flowControl: 'none',
  dtr: true,
  rts: true,
};

/** Every time-out and count of the protocol; EBDS §8 unless said otherwise. */
export interface EbdsOptions extends PathOptions {
  /** Between two polls while nothing moves. A unit polled every 500 ms never ends its power-up. */
  readonly pollIntervalMs: number;
  /** The same while a note is in the path, or the unit starts. */
  readonly pollBusyIntervalMs: number;
  /** While the acceptor is lost. */
  readonly lostPollIntervalMs: number;
  /** From our last byte to the whole answer. */
  readonly replyMsMax: number;
  /** Silence inside a frame after which its rest is given up. */
  readonly byteGapMsMax: number;
  /** Between an answer and the next message. */
  readonly quietMs: number;
  /** After a soft reset: answers before are not to be relied on. */
  readonly resetQuietMs: number;
  /** For how long a unit may be silent after a soft reset before it counts as lost. */
  readonly resetSilenceMsMax: number;
  /** How often an exchange is tried again at once, and a wrong answer to a question accepted. */
  readonly retriesMax: number;
  /** For so many new answers a credit event may stay on show; what comes after is the next state. */
  readonly eventRepliesMax: number;
  /** After this the unit itself returns a note that no host decides about. */
  readonly escrowTimeoutS: number;
}

export const defaultEbdsOptions: EbdsOptions = {
  ...usualPathOptions,
  pollIntervalMs: 200,
  pollBusyIntervalMs: 100,
  lostPollIntervalMs: 1_000,
  replyMsMax: 300,
  byteGapMsMax: 50,
  quietMs: 10,
  resetQuietMs: 1_000,
  resetSilenceMsMax: 15_000,
  retriesMax: 3,
  eventRepliesMax: 10,
  escrowTimeoutS: 30,
};

/** The relations that the rest of the driver stands on. */
export function checkOptions(options: EbdsOptions): void {
  checkPathOptions(options);
  assert(options.byteGapMsMax < options.replyMsMax, 'a gap ends before the reply is given up');
  assert(options.pollBusyIntervalMs <= options.pollIntervalMs, 'a moving note is watched more closely');
  assert(options.pollIntervalMs + options.replyMsMax < options.silenceMsMax, 'one lost answer is no silence');
  assert(options.escrowTimeoutS >= 1 && options.escrowTimeoutS <= 127, 'a time-out fits into seven bits');
}
