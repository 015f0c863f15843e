import { type CurrencyTable, tengeTable } from './currency-table.ts';

/**
 * One firmware's habits. Where the protocol document has no proof (ID-003 §10, §11) each possibility is a value here, so
 * that the driver can be shown to be right with all of them.
 */
export interface Id003Settings {
  readonly versionText: string;
  readonly bootVersionText: string;
  readonly currencyTable: CurrencyTable;
  readonly replyDelayMs: number;
  /** A frame that pauses for longer is forgotten. */
  readonly byteGapMsMax: number;
  /** Zeros sent when power comes on. */
  readonly strayZeros: number;
  /** To a frame with a bad CRC. */
  readonly onBadFrame: 'communication-error' | 'silence';
  readonly escrowTimeoutMs: number;
  /** What one HOLD or WAIT adds. */
  readonly holdWindowMs: number;
  /** A host that says nothing for so long while a note is in escrow gets it returned. */
  readonly hostSilenceMs: number;
  /** Whether a note returned for that reason shows as 18, or as nothing. */
  readonly silentReturnShows: 'returning' | 'nothing';
  /** The same silence while nothing is in escrow: nothing, inhibited until C3 00, or one answer 4A. */
  readonly onSilentHost: 'nothing' | 'inhibits' | 'communication-error';
  /** VEND VALID carries the denomination again. */
  readonly vendValidNamesNote: boolean;
  /** How long 16 shows after the ACK; 0 is never. */
  readonly stackedShownMs: number;
  /** Unacknowledged for longer, the unit hears nothing but RESET; `never`: it goes on listening. */
  readonly deafAfterMs: number | 'never';
  /** RESET while VEND VALID is unacknowledged. */
  readonly onResetInVendValid: 'forgets' | 'repeats';
  /** Which unacknowledged VEND VALID is told again after a power cut. */
  readonly vendValidSurvivesPowerLoss: 'never' | 'if-recovered' | 'always';
  /** What is left shows while a note goes out after a RESET. */
  readonly whileEjecting: 'initialize' | 'returning' | 'rejecting';
  /** A note past the point of return at power-up goes on at RESET, or when the settings have come. */
  readonly stacksFoundNote: 'at-reset' | 'after-settings';
  /** Which setting ends 1B: the last of all, or already this one. */
  readonly releasedBy: 'all' | 'set-denominations' | 'set-inhibit';
  /** After RESET, before the host has said anything about it. */
  readonly afterReset: 'open' | 'closed';
  /** Settings are taken always, or not while notes are welcome or on their way. */
  readonly settingsLegal: 'always' | 'inhibited';
  /** 80 to 8A are answered always, or not in power-up and fault states. */
  readonly readsLegal: 'always' | 'initialized';
  /** C1, C2, C4: some firmware knows none of them. */
  readonly sideSettings: 'known' | 'invalid';
  /** C3 01 while a note is drawn in or in escrow. */
  readonly onInhibitWithNote: 'keeps-note' | 'returns-note';
  /** RESET while a note is in escrow. */
  readonly onResetInEscrow: 'returns-note' | 'stacks-note';
  /** 17 shows until the note is taken, or only while it moves. */
  readonly rejectingShows: 'until-taken' | 'while-moving';
  /** After 44, when the box is back. */
  readonly onCassetteBack: 'waits-for-reset' | 'initializes' | 'powers-up';
}

export const usualId003Settings: Id003Settings = {
  versionText: 'U(KAZ)-07-SS2 ID003-05V601-12 14MAR22 6F2C',
  bootVersionText: 'B07',
  currencyTable: tengeTable,
  replyDelayMs: 4,
  byteGapMsMax: 50,
  strayZeros: 2,
  onBadFrame: 'communication-error',
  escrowTimeoutMs: 10_000,
  holdWindowMs: 10_000,
  hostSilenceMs: 3_000,
  silentReturnShows: 'returning',
  onSilentHost: 'nothing',
  vendValidNamesNote: false,
  stackedShownMs: 300,
  deafAfterMs: 60_000,
  onResetInVendValid: 'repeats',
  vendValidSurvivesPowerLoss: 'if-recovered',
  whileEjecting: 'returning',
  stacksFoundNote: 'after-settings',
  releasedBy: 'all',
  afterReset: 'closed',
  settingsLegal: 'always',
  readsLegal: 'always',
  sideSettings: 'known',
  onInhibitWithNote: 'keeps-note',
  onResetInEscrow: 'returns-note',
  rejectingShows: 'until-taken',
  onCassetteBack: 'waits-for-reset',
};
