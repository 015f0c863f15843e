import type { Fact, Language, NoteState } from './facts.ts';
import type { Figures } from './fleet/figures.ts';
import type { ClaimId, NoteId, OperationId, PeriodId, PrintId, WalletPhone } from './ids.ts';
import type { Currency, Minor } from './money.ts';
import type { StaffId, StaffMember } from './staff/staff.ts';
import type { ChainAnchor } from './wallet/messages.ts';

/** The journal and what is worked out from it. One transaction per `commit`; nothing is half written. */
export interface Store {
  /**
   * Appends the facts in order, as decided at `wallMs`, with their projections, in one durable transaction; resolves once it would survive
   * a power cut, and the anchor file too when a note is among them (money rule M13). A rejection means that nothing
   * may be assumed: stop, restart, verify (money rule M14).
   */
  commit(facts: readonly Fact[], wallMs: number): Promise<Committed>;
  /** Everything a fresh process must know before it decides anything. */
  load(): Promise<StoredState>;
  /** Rows whose next try is due at `atMs`, newest money first, at most `limit`. */
  dueTopUps(atMs: number, limit: number): Promise<DueTopUps>;
  dueMessages(atMs: number, limit: number): Promise<DueMessages>;
  /** Top-ups closed in `fromMs` ≤ t < `toMs`, for the daily comparison with the backend. */
  registerRows(fromMs: number, toMs: number): Promise<readonly RegisterRow[]>;
  /** Whether the journal holds a row of that sequence with that head (money rule M13). */
  containsAnchor(anchor: ChainAnchor): Promise<boolean>;
  /** The stored hash of a person's PIN (`staff-pin-set`); `undefined` for nobody's id. */
  pinVerifier(staffId: StaffId): Promise<string | undefined>;
  /** What the office wants to know of the terminal's work. */
  figures(): Promise<Figures>;
  /** Runs SQLite's checkpoint; called only while no note is in escrow (money rule M6). */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}

export interface Committed {
  /** Sequence of the last journal row. */
  readonly sequence: number;
  /** Its chain hash, hexadecimal. */
  readonly head: string;
  /** The reserve file was spent to make a commit fit, or could not be taken: sell nothing (money rule M14). */
  readonly diskFull: boolean;
}

export interface StoredState {
  readonly sequence: number;
  readonly head: string;
  /** Latest wall time of the last rows; the clock may not be before it (money rule M7). `undefined` if there is none. */
  readonly latestRowWallMs: number | undefined;
  readonly previousStop: 'clean' | 'unclean' | 'first';
  /** When the last processes started that found an unclean stop, since the last clean one; oldest first, at most five. */
  readonly uncleanStartsMs: readonly number[];
  readonly nextOperationSerial: number;
  readonly period: StoredPeriod | undefined;
  /** At most one is open at a time. */
  readonly openOperation: StoredOperation | undefined;
  /** Notes in `escrowed`, `intended` or `unknown`, oldest first. */
  readonly unresolvedNotes: readonly StoredNote[];
  /** The newest note of all: only if it is `unknown` may a late credit event still prove it (money rule M4). */
  readonly newestNoteId: NoteId | undefined;
  /** The last note that was stacked, if the device may still repeat its credit event. */
  readonly unreleasedNote: StoredNote | undefined;
  /** Prints that were begun and never ended. */
  readonly openPrints: readonly PrintId[];
  readonly standingAlarms: readonly { readonly alarm: string; readonly subject: string }[];
  /** Slips that were begun and never ended. */
  readonly openSlips: readonly PrintId[];
  /** How the last print ended is unknown: the process before may have died before what hangs from the printer was cut. */
  readonly isPaperInDoubt: boolean;
  /** A collector's work that has not ended. */
  readonly collection: StoredCollection | undefined;
  readonly cassetteNumber: string | undefined;
  readonly staff: readonly StaffMember[];
  /** Wrong PINs in a row. */
  readonly staffRefusals: number;
}

export interface StoredCollection {
  /** The period being collected. */
  readonly periodId: PeriodId;
  readonly by: StaffId;
  /** `begun`: counters are frozen; `emptied`: the cassette is out, and the next period is open. */
  readonly stage: 'begun' | 'emptied';
}

export interface StoredPeriod {
  readonly periodId: PeriodId;
  readonly periodNumber: number;
}

export interface StoredOperation {
  readonly operationId: OperationId;
  readonly operationNumber: string;
  readonly wallet: WalletPhone;
  readonly holderMasked: string | undefined;
  readonly currency: Currency;
  readonly language: Language;
  readonly limitMinor: Minor;
  readonly holdId: string | undefined;
  readonly offline: boolean;
  readonly withoutPaper: boolean;
  readonly openedAtMs: number;
  /** Wall time at which its visitor last put a note in, or opened it. */
  readonly lastActivityMs: number;
  readonly notes: readonly StoredNote[];
}

export interface StoredNote {
  readonly noteId: NoteId;
  /** Absent for a note that appeared without a record. */
  readonly operationId: OperationId | undefined;
  readonly state: NoteState;
  readonly valueMinor: Minor | undefined;
  readonly currency: Currency;
  /** When its operation is closed: what a supplement for this note needs. */
  readonly operation: NoteOperation | undefined;
}

export interface NoteOperation {
  readonly closed: boolean;
  readonly wallet: WalletPhone;
  readonly holderMasked: string | undefined;
  readonly language: Language;
}

export interface DueTopUps {
  readonly rows: readonly TopUpRow[];
  /** When the earliest row that is not yet due becomes so; `undefined` if there is none. */
  readonly nextDueAtMs: number | undefined;
  /** When the oldest row in state `waiting` was closed, due or not: the age of the queue. */
  readonly oldestWaitingClosedAtMs: number | undefined;
}

/** A closed operation on its way to the wallet, with everything a request needs. */
export interface TopUpRow {
  readonly operationId: OperationId;
  readonly operationNumber: string;
  readonly wallet: WalletPhone;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly holdId: string | undefined;
  readonly openedAtMs: number;
  readonly closedAtMs: number;
  readonly notes: readonly { readonly valueMinor: Minor; readonly count: number }[];
  readonly supplementOf: OperationId | undefined;
  /**
   * `waiting`: no answer that counts yet. `accepted`: the backend has it. `voiding`: a person wants the id closed.
   */
  readonly state: 'waiting' | 'accepted' | 'voiding';
  readonly attempts: number;
  readonly promisedAtMs: number | undefined;
}

/** A top-up closed on the day compared. `open`: not final here yet. `ended`: refused, parked or voided. */
export interface RegisterRow {
  readonly operationId: OperationId;
  readonly amountMinor: Minor;
  readonly state: 'credited' | 'open' | 'ended';
}

export interface DueMessages {
  readonly rows: readonly MessageRow[];
  readonly nextDueAtMs: number | undefined;
}

/** Anything else the backend must hear of; never ahead of money. */
export interface MessageRow {
  readonly messageId: string;
  readonly attempts: number;
  readonly body: Message;
}

export type Message = ClaimMessage | AlarmMessage | CollectionMessage;

export interface ClaimMessage {
  readonly kind: 'claim';
  readonly claimId: ClaimId;
  readonly operationId: OperationId;
  readonly operationNumber: string;
  /** Clear only here: the stored row names it by its hash (money rule M13). */
  readonly wallet: WalletPhone;
  readonly currency: Currency;
  /** The sum that went its usual way. */
  readonly certainMinor: Minor;
  readonly doubtfulNotes: readonly DoubtfulNote[];
  readonly atMs: number;
}

export interface AlarmMessage {
  readonly kind: 'alarm';
  readonly alarm: string;
  readonly subject: string;
  readonly detail: string;
  readonly raised: boolean;
  readonly atMs: number;
}

export interface CollectionMessage {
  readonly kind: 'collection';
  readonly periodId: PeriodId;
  readonly periodNumber: number;
  readonly how: 'collected' | 'unannounced';
  readonly collectorId?: StaffId;
  /** The cassette that was taken out, if its number was known. */
  readonly cassetteNumber?: string;
  readonly currency: Currency;
  readonly counts: readonly { readonly valueMinor: Minor; readonly count: number }[];
  readonly inDoubt: readonly DoubtfulNote[];
  readonly openedAtMs: number;
  readonly closedAtMs: number;
}

export interface DoubtfulNote {
  readonly noteId: NoteId;
  readonly operationId: OperationId | undefined;
  readonly valueMinor: Minor | undefined;
}
