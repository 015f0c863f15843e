import { type NoteTable, tengeTable } from './note-table.ts';

/**
 * One firmware's habits. Where the protocol document has no proof (EBDS §12, §13) each possibility is a value here, so that
 * the driver can be shown to be right with all of them.
 */
export interface EbdsSettings {
  /** 55 is an SC66. */
  readonly model: number;
  /** In tenths. */
  readonly revision: number;
  readonly serialNumber: string;
  readonly noteTable: NoteTable;
  readonly replyDelayMs: number;
  /** A frame that pauses for longer is forgotten. */
  readonly byteGapMsMax: number;
  /** How many new answers show an event. */
  readonly eventReplies: number;
  /** A message with the bit of the one before: the last answer once more, or a message like any other. */
  readonly onSameBit: 'repeats' | 'acts';
  /** A host that polls more slowly sees power-up for ever. */
  readonly powerUpPollMsMax: number;
  /** How the credit event is told: with the block of the note, with the three bits of its value, or bare. */
  readonly stackedTold: 'block' | 'value' | 'bare';
  /** The same for a note past the point of return when power came back, or not at all. */
  readonly foundNoteTold: 'block' | 'bare' | 'nothing';
  /** A note in the head when power comes back: goes out, waits for the host, or waits for a soft reset. */
  readonly onNoteInHead: 'returns' | 'holds' | 'holds-until-reset';
  /** A credit event not yet told when power goes. */
  readonly untoldCredit: 'forgotten' | 'told-again';
  /** D0 = 0 in extended mode. */
  readonly gateInExtendedMode: 'heeded' | 'ignored';
  /** The gate shut while a note is drawn in or in escrow. */
  readonly onGateShutWithNote: 'keeps-note' | 'returns-note';
  /** A host that says nothing for so long while a note is in escrow gets it returned. */
  readonly hostSilenceMs: number | 'never';
  /** A jam or a failure that hands have ended. */
  readonly faultEnds: 'at-reset' | 'by-itself';
  /** When the cassette is back. */
  readonly onCassetteBack: 'waits-for-reset' | 'goes-on' | 'powers-up';
  /** How many bytes of note enables it takes. */
  readonly enablesBytes: 8 | 19;
  readonly settingAnswer: 'omnibus' | 'extended';
  /** Auxiliary questions and the escrow time-out: some firmware knows none of them, or does not even answer. */
  readonly sideMessages: 'known' | 'invalid' | 'unanswered';
  /** `returning` shows until the note is taken, or only while it moves. */
  readonly returningShows: 'until-taken' | 'while-moving';
  /** A lone ENQ at each change, though nobody asked for interrupt mode. */
  readonly sendsEnq: boolean;
  /** A soft reset while a note is in escrow. */
  readonly onResetInEscrow: 'returns-note' | 'stacks-note';
  /** To a soft reset. */
  readonly resetAnswer: 'none' | 'power-up';
}

export const usualEbdsSettings: EbdsSettings = {
  model: 0x55,
  revision: 0x2a,
  serialNumber: 'QZ70213355',
  noteTable: tengeTable,
  replyDelayMs: 4,
  byteGapMsMax: 20,
  eventReplies: 2,
  onSameBit: 'repeats',
  powerUpPollMsMax: 450,
  stackedTold: 'block',
  foundNoteTold: 'block',
  onNoteInHead: 'returns',
  untoldCredit: 'forgotten',
  gateInExtendedMode: 'heeded',
  onGateShutWithNote: 'keeps-note',
  hostSilenceMs: 'never',
  faultEnds: 'at-reset',
  onCassetteBack: 'waits-for-reset',
  enablesBytes: 8,
  settingAnswer: 'omnibus',
  sideMessages: 'known',
  returningShows: 'until-taken',
  sendsEnq: false,
  onResetInEscrow: 'returns-note',
  resetAnswer: 'none',
};
