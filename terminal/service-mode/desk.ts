import type { OperationId, PeriodId, WalletPhone } from '../ids.ts';
import type { Minor } from '../money.ts';
import type { ReceiptNote } from '../receipt/receipt-data.ts';
import type { DoubtfulNote } from '../store.ts';

/*
 * What people look up in the ledger, staff and customers: questions with small answers, put to a connection that only reads.
 */

export type DeskQuery =
  /** What happened lately that a technician would ask about, newest first. */
  | { readonly kind: 'recent-events'; readonly limit: number }
  /** Cassette periods, newest first. */
  | { readonly kind: 'periods'; readonly limit: number }
  /** A closed operation, by what a customer has in hand. */
  | { readonly kind: 'payment'; readonly clue: PaymentClue };

export type PaymentClue =
  | { readonly kind: 'number'; readonly operationNumber: string; readonly lastFour: string }
  /** Without a receipt: whose wallet, how much, and on which day. */
  | {
      readonly kind: 'amount';
      readonly wallet: WalletPhone;
      readonly amountMinor: Minor;
      readonly fromMs: number;
      readonly toMs: number;
    };

export type DeskAnswer =
  | { readonly kind: 'recent-events'; readonly events: readonly RecentEvent[] }
  | { readonly kind: 'periods'; readonly periods: readonly PeriodSummary[] }
  | { readonly kind: 'payment'; readonly payment: FoundPayment | undefined }
  /** The ledger could not be read just now; nothing was written, and nothing is wrong with what is. */
  | { readonly kind: 'unreadable' };

/** What became of a payment, and what a copy of its slip is made of. */
export interface FoundPayment {
  readonly operationId: OperationId;
  readonly operationNumber: string;
  readonly wallet: WalletPhone;
  readonly holderMasked: string | undefined;
  readonly amountMinor: Minor;
  readonly closedAtMs: number;
  readonly notes: readonly ReceiptNote[];
  readonly fate: 'credited' | 'on-its-way' | 'needs-help';
  readonly promisedAtMs: number | undefined;
  /** A copy of its slip may be on paper already. */
  readonly wasCopied: boolean;
}

/** One journal row in short. */
export interface RecentEvent {
  readonly sequence: number;
  readonly atMs: number;
  readonly kind: RecentEventKind;
  /** Which alarm, which person: no sum, no phone. */
  readonly about: string;
}

export type RecentEventKind =
  | 'terminal-started'
  | 'terminal-stopped'
  | 'acceptor-seen'
  | 'alarm-raised'
  | 'alarm-ended'
  | 'staff-signed-in'
  | 'period-closed';

/** A cassette period with what its slip says now; that of a closed one was fixed when it closed. */
export interface PeriodSummary {
  readonly periodId: PeriodId;
  readonly periodNumber: number;
  readonly openedAtMs: number;
  readonly closedAtMs: number | undefined;
  readonly how: 'collected' | 'unannounced' | undefined;
  /** Notes in the cassette beyond doubt, largest first. */
  readonly counts: readonly NoteCount[];
  /** Each by itself (money rule M11). */
  readonly inDoubt: readonly DoubtfulNote[];
}

export interface NoteCount {
  readonly valueMinor: Minor;
  readonly count: number;
}
