import { type BillTable, tengeTable } from './bill-table.ts';

/**
 * One firmware's habits. Where the protocol document has no proof (CCNET §10) each possibility is a value here, so
 * that the driver can be shown to be right with all of them.
 */
export interface CcnetSettings {
  /** 03 is a bill validator; a recycler would answer at 01. */
  readonly address: number;
  readonly partNumber: string;
  readonly serialNumber: string;
  readonly billTable: BillTable;
  /** Type 23, the barcode coupon, shows in GET STATUS after enabling all. */
  readonly readsCoupons: boolean;
  readonly replyDelayMs: number;
  /** A frame that pauses for longer is forgotten. */
  readonly byteGapMsMax: number;
  readonly escrowTimeoutMs: number;
  /** What one HOLD adds, and the longest a note is held in all. */
  readonly holdWindowMs: number;
  readonly holdMsMax: number;
  /** BUSY for this long before 13 after a RESET. */
  readonly busyAfterResetMs: number;
  readonly setSecurity: 'accepts' | 'always-illegal';
  /** When SET SECURITY, ENABLE and SET BARCODE are legal: only in 14 and 19, or in all states after 13, or always. */
  readonly settingsLegal: 'at-rest' | 'initialized' | 'always';
  /** False: 1C, 81 and 82 are told once, whether or not the host acknowledged them. */
  readonly holdsReportsUntilAck: boolean;
  /** False: the host's ACK is not heard, and 1C, 81 or 82 are told over and over. */
  readonly hearsAck: boolean;
  /** A note goes back although STACK was acknowledged: a stacker that would not take it. */
  readonly onStack: 'stacks-note' | 'returns-note';
  /** To a NAK: the last reply again at once, or only when the host repeats its command. */
  readonly onNak: 'repeats-reply' | 'waits-for-command';
  /** A host that has not polled for `hostSilenceMs` while the unit is enabled. */
  readonly onSilentHost: 'keeps-accepting' | 'stops-accepting';
  readonly hostSilenceMs: number;
  /** ENABLE 000000 while a note is drawn in or in escrow. */
  readonly onDisableWithNote: 'keeps-note' | 'returns-note';
  /** RESET while a note is in escrow. */
  readonly onResetInEscrow: 'returns-note' | 'stacks-note';
  /** What a note that goes out during initialization shows: nothing but 13, 18 until taken, or 82 after it left. */
  readonly whileEjecting: 'only-13' | 'returning' | 'returned';
  /** The 81 that follows a 12 is told again after another power loss before its ACK. */
  readonly recoveredCreditSurvivesPowerLoss: boolean;
  /** After 42, when the cassette is back. */
  readonly onCassetteBack: 'initializes' | 'waits-for-reset';
}

export const usualCcnetSettings: CcnetSettings = {
  address: 0x03,
  partNumber: 'SM-KZ1126',
  serialNumber: '21KC00004711',
  billTable: tengeTable,
  readsCoupons: true,
  replyDelayMs: 4,
  byteGapMsMax: 50,
  escrowTimeoutMs: 10_000,
  holdWindowMs: 10_000,
  holdMsMax: 60_000,
  busyAfterResetMs: 0,
  setSecurity: 'accepts',
  settingsLegal: 'initialized',
  holdsReportsUntilAck: true,
  hearsAck: true,
  onStack: 'stacks-note',
  onNak: 'repeats-reply',
  onSilentHost: 'keeps-accepting',
  hostSilenceMs: 5_000,
  onDisableWithNote: 'keeps-note',
  onResetInEscrow: 'returns-note',
  whileEjecting: 'only-13',
  recoveredCreditSurvivesPowerLoss: true,
  onCassetteBack: 'waits-for-reset',
};
