import type { TaughtNote } from '../acceptor/notes.ts';
import { tengeNote } from '../acceptor/notes.ts';

/**
 * One firmware's habits. Where the protocol document has no proof (eSSP §12, §13) each possibility is a value here, so
 * that the driver can be shown to be right with all of them.
 */
export interface EsspSettings {
  readonly firmware: string;
  readonly serialNumber: number;
  /** Channel 1 first. */
  readonly channels: readonly TaughtNote[];
  readonly replyDelayMs: number;
  /** Newer ones are refused with F8. */
  readonly newestProtocol: 6 | 7 | 8;
  readonly encryption: 'none' | 'known' | 'forced';
  /** POLL WITH ACK and EVENT ACK, for units with encryption. */
  readonly knowsPollWithAck: boolean;
  /** A packet of another key or count. */
  readonly onWrongKey: 'silence' | 'key-not-set';
  /** A host that says nothing for so long has its note returned and the unit disabled; HOLD and all else restart it. */
  readonly hostSilenceMs: number;
  /** HOLD and REJECT without a note in escrow. */
  readonly onNoNote: 'cannot-process' | 'fail';
  /** REJECT while a note is drawn in. */
  readonly onRejectMidway: 'refuses' | 'returns-note';
  /** In a plain poll, for how many polls the credit is told. */
  readonly plainCreditPolls: number;
  /** E8 in every poll while disabled, or once. */
  readonly disabledTold: 'always' | 'once';
  /** E7 in every poll while full, or once. */
  readonly fullTold: 'always' | 'once';
  /** What one EVENT ACK clears. */
  readonly ackClears: 'one' | 'list';
  /** A credit that was told with POLL WITH ACK and not acknowledged, after a power cut. */
  readonly creditAfterPowerLoss: 'forgotten' | 'told-again' | 'moved-to-cashbox';
  /** The same after new keys. */
  readonly creditSurvivesNewKeys: boolean;
  /** E1 and E2 name the channel. */
  readonly powerUpNamesChannel: boolean;
  /** ED shows until the note is taken, or only while it moves. */
  readonly rejectingShows: 'until-taken' | 'while-moving';
  /** After E3, when the box is back. */
  readonly onCashboxBack: 'goes-on' | 'waits-for-reset';
  /** RESET while a note is in escrow. */
  readonly onResetInEscrow: 'returns-note' | 'stacks-note';
}

export const usualEsspSettings: EsspSettings = {
  firmware: '0429',
  serialNumber: 1_873_452,
  channels: [200, 500, 1_000, 2_000, 5_000, 10_000, 20_000].map((tenge) => tengeNote(tenge)),
  replyDelayMs: 4,
  newestProtocol: 8,
  encryption: 'known',
  knowsPollWithAck: true,
  onWrongKey: 'silence',
  hostSilenceMs: 5_000,
  onNoNote: 'cannot-process',
  onRejectMidway: 'refuses',
  plainCreditPolls: 1,
  disabledTold: 'always',
  fullTold: 'always',
  ackClears: 'list',
  creditAfterPowerLoss: 'forgotten',
  creditSurvivesNewKeys: true,
  powerUpNamesChannel: true,
  rejectingShows: 'until-taken',
  onCashboxBack: 'waits-for-reset',
  onResetInEscrow: 'returns-note',
};
