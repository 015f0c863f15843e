import type { DeviceFact } from './device-facts.ts';
import type { AlarmCode } from './faults.ts';
import type { ClaimId, NoteId, OperationId, PeriodId, PrintId, WalletPhone } from './ids.ts';
import type { Currency, Minor } from './money.ts';
import type { SettlementFact } from './settlement-facts.ts';
import type { StaffId } from './staff/staff.ts';
import type { StaffFact } from './staff-facts.ts';

/*
 * What the journal can say (money rule M8). A fact is past tense, complete in itself and never changed. Everything
 * else the database holds is worked out from these.
 *
 * A clear phone stands here only on its way to the store: the journal keeps its salted hash, and the number itself
 * goes to the one erasable table (money rule M13).
 */
export type Fact =
  | OperationFact
  | NoteFact
  | DeliveryFact
  | SettlementFact
  | PeriodFact
  | CollectionFact
  | CashFact
  | SlipFact
  | PrintFact
  | StaffFact
  | DeviceFact
  | AuditFact;

export type Language = 'kk' | 'ru' | 'en' | 'sw';

// ---------------------------------------------------------------- operation

export type OperationFact =
  | OperationOpened
  /** No note was ever intended, or every note was returned (money rule M12). */
  | { readonly kind: 'operation-cancelled'; readonly operationId: OperationId; readonly why: CancelReason }
  | OperationClosed;

export interface OperationOpened {
  readonly kind: 'operation-opened';
  readonly operationId: OperationId;
  /** Ten digits with a check digit: what people read out on the telephone. */
  readonly operationNumber: string;
  readonly wallet: WalletPhone;
  /** Masked by the backend; the receipt shows it. */
  readonly holderMasked: string | undefined;
  readonly currency: Currency;
  readonly language: Language;
  /** The backend's promise from the wallet check not to refuse within its limits. */
  readonly holdId: string | undefined;
  /** Most that may be inserted. */
  readonly limitMinor: Minor;
  readonly offline: boolean;
  /** The customer agreed to go without paper. */
  readonly withoutPaper: boolean;
  /** This operation pays a note that was proven after its operation had closed (money rule M8). */
  readonly supplementOf: { readonly operationId: OperationId; readonly noteId: NoteId } | undefined;
  /** This operation carries the money of a voided one to another wallet (money rule M9). */
  readonly reroutedFrom?: OperationId;
}

export interface OperationClosed {
  readonly kind: 'operation-closed';
  readonly operationId: OperationId;
  /** `needs-help` while a note of it is unknown; its certain sum is forwarded all the same. */
  readonly end: 'paid' | 'needs-help';
  /** The certain sum. Above zero it becomes a top-up on its way to the wallet in the same transaction. */
  readonly amountMinor: Minor;
  readonly claimId: ClaimId | undefined;
}

export type CancelReason = 'customer' | 'idle' | 'trouble' | 'restart';

// ---------------------------------------------------------------- note

export type NoteFact =
  | {
      readonly kind: 'note-escrowed';
      readonly noteId: NoteId;
      readonly operationId: OperationId;
      readonly valueMinor: Minor;
      readonly currency: Currency;
    }
  /** Durable before any byte that lets the acceptor stack (money rule M3). */
  | { readonly kind: 'note-intended'; readonly noteId: NoteId }
  | {
      readonly kind: 'note-stacked';
      readonly noteId: NoteId;
      /** The cassette period at the credit event (money rule M11). */
      readonly periodId: PeriodId;
      readonly proof: 'credit-event' | 'recovery';
    }
  | { readonly kind: 'note-returned'; readonly noteId: NoteId }
  | { readonly kind: 'note-unknown'; readonly noteId: NoteId; readonly why: UnknownWhy }
  /** A credit event with no fitting record: a note nobody can place, `unknown` from its first row (money rule M5). */
  | {
      readonly kind: 'note-appeared';
      readonly noteId: NoteId;
      readonly valueMinor: Minor | undefined;
      readonly currency: Currency;
      readonly periodId: PeriodId;
    }
  /** The device no longer repeats the credit event of this note: the next one is another note. */
  | { readonly kind: 'note-released'; readonly noteId: NoteId }
  | {
      readonly kind: 'note-resolution-proposed';
      readonly noteId: NoteId;
      readonly as: NoteResolution;
      readonly by: string;
      readonly reason: string;
    }
  /** Two named persons closed an unknown note (money rule M4). */
  | {
      readonly kind: 'note-resolved';
      readonly noteId: NoteId;
      readonly as: NoteResolution;
      readonly proposedBy: string;
      readonly confirmedBy: string;
      readonly reason: string;
      /** Set when `as` is `stacked`: the period whose cassette holds it. */
      readonly periodId: PeriodId | undefined;
    };

export type NoteState = 'escrowed' | 'intended' | 'stacked' | 'returned' | 'unknown' | 'void';

export type NoteResolution = 'stacked' | 'returned' | 'void';

export type UnknownWhy =
  | 'no-report' // silent for longer than any note takes
  | 'jam'
  | 'no-credit-after-recovery'
  | 'device-lost';

// ---------------------------------------------------------------- delivery

export type DeliveryFact =
  /** No final answer; the row is asked again at `nextTryAtMs` (wall clock). */
  | {
      readonly kind: 'delivery-failed';
      readonly operationId: OperationId;
      readonly why: string;
      readonly nextTryAtMs: number;
    }
  /** The backend has it and credits later; asked again until it says how it ended. */
  | {
      readonly kind: 'top-up-accepted';
      readonly operationId: OperationId;
      readonly promisedAtMs: number | undefined;
      readonly nextTryAtMs: number;
    }
  | { readonly kind: 'top-up-credited'; readonly operationId: OperationId }
  /** Final, signed: waits for a person (money rule M9). */
  | { readonly kind: 'top-up-refused'; readonly operationId: OperationId; readonly reason: string }
  | { readonly kind: 'top-up-voided'; readonly operationId: OperationId }
  /** The answer contradicts the request, or the row is too old to be sent by itself: waits for a person. */
  | { readonly kind: 'top-up-parked'; readonly operationId: OperationId; readonly why: ParkReason }
  /** A person has put a refused or parked row back into the queue. */
  | {
      readonly kind: 'top-up-requeued';
      readonly operationId: OperationId;
      readonly by: string;
      readonly nextTryAtMs: number;
    }
  /** A person has asked for the id to be closed at the backend for ever. */
  | {
      readonly kind: 'void-requested';
      readonly operationId: OperationId;
      readonly by: string;
      readonly nextTryAtMs: number;
    }
  | { readonly kind: 'message-delivered'; readonly messageId: string }
  | { readonly kind: 'message-failed'; readonly messageId: string; readonly nextTryAtMs: number };

export type ParkReason = 'answer-mismatch' | 'too-old';

// ---------------------------------------------------------------- cassette period, print, audit

export type PeriodFact =
  | { readonly kind: 'period-opened'; readonly periodId: PeriodId; readonly periodNumber: number }
  | PeriodClosed;

export interface PeriodClosed {
  readonly kind: 'period-closed';
  readonly periodId: PeriodId;
  /** `unannounced`: the cassette was pulled without log-in (money rule M11). */
  readonly how: 'collected' | 'unannounced';
  /** Who collected it. */
  readonly by?: StaffId;
}

/** What became of a cassette after it was collected. Each is a new row; none changes an earlier one. */
export type CashFact =
  | {
      readonly kind: 'cash-counted';
      readonly periodId: PeriodId;
      readonly counts: readonly { readonly valueMinor: Minor; readonly count: number }[];
      readonly by: StaffId;
    }
  | {
      readonly kind: 'cash-sealed';
      readonly periodId: PeriodId;
      readonly sealNumber: string;
      readonly bagNumber: string;
      readonly by: StaffId;
    };

/** A collector's work at the cassette. From the first of these to the last nothing is sold. */
export type CollectionFact =
  /** Counters are frozen: no note comes in any more. */
  | { readonly kind: 'collection-begun'; readonly periodId: PeriodId; readonly by: StaffId }
  /** Another cassette is in, for this period. */
  | {
      readonly kind: 'collection-ended';
      readonly periodId: PeriodId;
      readonly cassetteNumber: string;
      readonly by: StaffId;
    };

export type SlipFact =
  | SlipIntended
  | {
      readonly kind: 'slip-ended';
      readonly printId: PrintId;
      readonly outcome: PrintEnded['outcome'];
    };

/** Durable before the first byte of a collection slip, as with receipts (money rule M15). */
export interface SlipIntended {
  readonly kind: 'slip-intended';
  readonly printId: PrintId;
  readonly periodId: PeriodId;
  readonly copy: boolean;
}

export type PrintFact = PrintIntended | PrintEnded;

/** Durable before the first byte of an original (money rule M15). */
export interface PrintIntended {
  readonly kind: 'print-intended';
  readonly printId: PrintId;
  readonly operationId: OperationId;
  readonly copy: boolean;
}

export interface PrintEnded {
  readonly kind: 'print-ended';
  readonly printId: PrintId;
  readonly outcome: 'printed' | 'failed' | 'unknown';
}

export type AuditFact =
  | {
      readonly kind: 'terminal-started';
      readonly build: string;
      readonly previousStop: 'clean' | 'unclean' | 'first';
    }
  | { readonly kind: 'terminal-stopped' }
  /** A named person has answered for a cassette that was pulled without log-in (money rule M11). */
  | { readonly kind: 'collector-seen'; readonly by: string }
  | {
      readonly kind: 'alarm-raised';
      readonly alarm: AlarmCode;
      readonly subject: string;
      readonly detail: string;
    }
  | { readonly kind: 'alarm-ended'; readonly alarm: AlarmCode; readonly subject: string };
