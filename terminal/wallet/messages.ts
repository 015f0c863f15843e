import type { Condition } from '../fleet/condition.ts';
import type { ClaimId, EventId, NoteId, OperationId, PeriodId, WalletPhone } from '../ids.ts';
import type { Currency, Minor } from '../money.ts';
import type { ProblemName, RefusalReason } from './problem.ts';
import type { NoAnswerReason } from './transport.ts';

/* What the terminal says to the wallet backend and what it can hear back. Times are milliseconds since 1970 UTC. */

// ---------------------------------------------------------------- no answer that counts

/**
 * Nothing has been learnt about the thing asked. A money operation stays as it was and is sent again with the same id
 * and body; only a `mismatch` parks it and raises an alarm at once (money rule M9).
 */
export type UnknownAnswer =
  | {
      readonly kind: 'unknown';
      readonly why: 'no-answer';
      readonly reason: NoAnswerReason;
      readonly sentMaybe: boolean;
      readonly retryAfterMs?: number;
    }
  /** A signed answer that speaks of another id, wallet, amount or currency than the request. */
  | { readonly kind: 'unknown'; readonly why: 'mismatch'; readonly field: string }
  /** A signed problem that decides nothing. `needsPerson`: waiting alone will not mend it. */
  | {
      readonly kind: 'unknown';
      readonly why: 'problem';
      readonly problem: ProblemName;
      readonly needsPerson: boolean;
      readonly retryAfterMs?: number;
    }
  /** Signed, but not a sentence of this contract. */
  | { readonly kind: 'unknown'; readonly why: 'unexpected'; readonly detail: string };

// ---------------------------------------------------------------- check

export interface CheckRequest {
  readonly wallet: WalletPhone;
}

export type CheckAnswer =
  | {
      readonly kind: 'open';
      readonly wallet: WalletPhone;
      /** Masked by the backend, for example `Айгүл С.`; absent if the wallet has no name. */
      readonly holderName: string | undefined;
      /** What may still be paid in now; more than zero. */
      readonly allowanceMinor: Minor;
      readonly currency: Currency;
      readonly hold: Hold;
    }
  | { readonly kind: 'wallet-unknown' }
  | { readonly kind: 'wallet-blocked' }
  | { readonly kind: 'wallet-exhausted' }
  | UnknownAnswer;

/** The backend's word that a top-up within it is never refused for limits. */
export interface Hold {
  readonly holdId: string;
  readonly untilMs: number;
}

// ---------------------------------------------------------------- top-up

export interface TopUpRequest {
  readonly operationId: OperationId;
  readonly wallet: WalletPhone;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly terminalNumber: string;
  /** The number on the receipt. */
  readonly operationNumber: string;
  readonly openedAtMs: number;
  readonly closedAtMs: number;
  /** What the amount is made of; the sum is the amount. */
  readonly notes: readonly NoteCount[];
  readonly supplementOf?: OperationId;
  readonly holdId?: string;
}

export interface NoteCount {
  readonly denominationMinor: Minor;
  readonly count: number;
}

/** The operation is decided: it is credited, or closed for ever without credit. */
export type FinalAnswer =
  | { readonly kind: 'credited'; readonly creditedAtMs: number }
  | { readonly kind: 'voided'; readonly voidedAtMs: number };

/** The backend has taken the operation on and will credit it, by `promisedAtMs` if it said so. */
export interface AcceptedAnswer {
  readonly kind: 'accepted';
  readonly promisedAtMs?: number;
}

/**
 * Not credited now. `retryable`: sent again, the same id may still be credited (the cause can be mended). Otherwise the
 * refusal stands for ever. Either way the id can be voided.
 */
export interface RefusedAnswer {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  readonly retryable: boolean;
}

export type TopUpAnswer = FinalAnswer | AcceptedAnswer | RefusedAnswer | UnknownAnswer;

export interface BatchRequest {
  /** At most `limits.batchItemsMax`, no id twice. */
  readonly items: readonly TopUpRequest[];
}

/** One answer for each item, in the order of the request. */
export interface BatchAnswer {
  readonly items: readonly BatchItemAnswer[];
}

export interface BatchItemAnswer {
  readonly operationId: OperationId;
  readonly answer: TopUpAnswer;
}

// ---------------------------------------------------------------- status and void

/** What is asked about, with what the answer has to agree with. */
export interface OperationRef {
  readonly operationId: OperationId;
  readonly wallet: WalletPhone;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly terminalNumber: string;
}

export type StatusAnswer =
  | FinalAnswer
  | AcceptedAnswer
  | RefusedAnswer
  /** The backend has never seen the id, and would remember it. */
  | { readonly kind: 'not-seen' }
  /** Too old for the backend to remember. */
  | { readonly kind: 'expired' }
  | UnknownAnswer;

export interface VoidRequest extends OperationRef {
  readonly reason: string;
}

/** `credited`: it was too late, and the operation stands as credited. */
export type VoidAnswer = FinalAnswer | UnknownAnswer;

// ---------------------------------------------------------------- terminal

export type ProfileAnswer = { readonly kind: 'profile'; readonly profile: TerminalProfile } | UnknownAnswer;

export interface TerminalProfile {
  readonly terminalNumber: string;
  readonly address: string;
  readonly operatorName: string;
  readonly operatorBin: string;
  readonly supportPhone: string;
  readonly limits: ProfileLimits;
  readonly denominations: readonly ProfileDenomination[];
  readonly catalogue: readonly CatalogueEntry[];
  readonly backendWallMs: number;
  /** The highest journal sequence the backend has seen from this terminal (money rule M13). */
  readonly anchor: ChainAnchor | undefined;
}

export interface ProfileLimits {
  readonly currency: Currency;
  readonly topUpMinMinor: Minor;
  readonly topUpMaxMinor: Minor;
  /** The lowest legal limit of any wallet: what the offline rule starts from. */
  readonly unidentifiedMaxMinor: Minor;
}

/** A kind of note that may be accepted up to and including `lastDay` (`2027-03-27`), or without an end. */
export interface ProfileDenomination {
  readonly denominationMinor: Minor;
  readonly currency: Currency;
  readonly series: string;
  readonly lastDay: string | undefined;
}

export interface CatalogueEntry {
  readonly serviceId: string;
  readonly commissionMinor: Minor;
}

/** Where the journal's chain stood. `head` is lower-case hex of SHA-256. */
export interface ChainAnchor {
  readonly sequence: number;
  readonly head: string;
}

// ---------------------------------------------------------------- events, collections, claims

export interface EventsRequest {
  readonly terminalNumber: string;
  readonly sentAtMs: number;
  readonly anchor: ChainAnchor;
  readonly events: readonly TerminalEvent[];
  /** In a heartbeat. */
  readonly condition?: Condition;
}

export interface TerminalEvent {
  readonly eventId: EventId;
  readonly occurredAtMs: number;
  readonly name: string;
  readonly severity: 'info' | 'warning' | 'alarm';
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

export type EventsAnswer =
  | { readonly kind: 'stored'; readonly anchor: ChainAnchor }
  /** The one sent is not among the anchors that the backend holds, and not newer than they are; `anchor` is the newest. */
  | { readonly kind: 'forked'; readonly anchor: ChainAnchor }
  | UnknownAnswer;

export interface CollectionRequest {
  readonly periodId: PeriodId;
  readonly terminalNumber: string;
  readonly periodNumber: number;
  readonly openedAtMs: number;
  readonly closedAtMs: number;
  /** `unannounced`: the cassette was pulled without a log-in (money rule M11). */
  readonly closing: 'collected' | 'unannounced';
  readonly cassetteId?: string;
  readonly collectorId?: string;
  readonly currency: Currency;
  readonly notes: readonly NoteCount[];
  readonly sumMinor: Minor;
  readonly doubtfulNotes: readonly DoubtfulNote[];
  readonly anchor: ChainAnchor;
}

export interface DoubtfulNote {
  readonly noteId: NoteId;
  readonly operationId: OperationId | undefined;
  readonly denominationMinor: Minor | undefined;
}

/** A visit that needs a person: a note whose whereabouts nobody can prove yet. */
export interface ClaimRequest {
  readonly claimId: ClaimId;
  readonly terminalNumber: string;
  readonly claimNumber: string;
  readonly operationId: OperationId;
  readonly operationNumber: string;
  readonly wallet: WalletPhone;
  readonly currency: Currency;
  /** What was certain and went its usual way. */
  readonly certainMinor: Minor;
  readonly doubtfulNotes: readonly DoubtfulNote[];
  readonly openedAtMs: number;
}

export type StoredAnswer = { readonly kind: 'stored' } | UnknownAnswer;

// ---------------------------------------------------------------- daily register

export interface RegisterItem {
  readonly operationId: OperationId;
  readonly amountMinor: Minor;
}

/** All that the terminal holds as credited among the operations closed on `day` (Kazakhstan's calendar, UTC+5). */
export interface RegisterRequest {
  readonly terminalNumber: string;
  /** `2026-11-22` */
  readonly day: string;
  readonly currency: Currency;
  readonly items: readonly RegisterItem[];
}

export type RegisterAnswer =
  | { readonly kind: 'agreed' }
  | {
      readonly kind: 'differs';
      /** The terminal lists them, the backend has not credited them. */
      readonly missingAtBackend: readonly OperationId[];
      /** The backend credited them, the terminal does not list them. */
      readonly missingAtTerminal: readonly RegisterItem[];
      /** Both have them, with other amounts; these are the backend's. */
      readonly otherAmounts: readonly RegisterItem[];
    }
  | UnknownAnswer;

export interface RegisterDayRequest {
  readonly day: string;
  readonly currency: Currency;
}

export type RegisterDayAnswer =
  | { readonly kind: 'register'; readonly sumMinor: Minor; readonly items: readonly RegisterItem[] }
  | UnknownAnswer;
