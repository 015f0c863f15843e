import type { DeviceName } from '../device-facts.ts';
import type { AlarmCode } from '../faults.ts';
import type { OperationId, PeriodId, WalletPhone } from '../ids.ts';
import type { Currency, Minor } from '../money.ts';
import type { UnknownNote } from '../notes-desk.ts';
import type { ReceiptNote } from '../receipt/receipt-data.ts';
import type { SettlementWay } from '../settlement-facts.ts';
import type { DoubtfulNote, TopUpRow } from '../store.ts';

/*
 * What people look up in the ledger, staff and customers: questions with small answers, put to a connection that only reads.
 */

export type DeskQuery =
  /** What happened lately that a technician would ask about, newest first. */
  | { readonly kind: 'recent-events'; readonly limit: number }
  /** Cassette periods, newest first. */
  | { readonly kind: 'periods'; readonly limit: number; readonly before?: number | undefined }
  /** A closed operation, by what a customer has in hand. */
  | { readonly kind: 'payment'; readonly clue: PaymentClue }
  /** Operations, newest first: those opened before the one with serial `before`, or the newest. */
  | {
      readonly kind: 'operations';
      readonly list: OperationList;
      readonly before: number | undefined;
      readonly limit: number;
    }
  /** One operation with its notes and its history. */
  | { readonly kind: 'operation'; readonly which: OperationClue }
  | { readonly kind: 'unknown-notes' }
  /** What a device has done and complained of, as far as the ledger knows. */
  | { readonly kind: 'device-record'; readonly device: DeviceName; readonly limit: number }
  /** Journal rows before the one of that sequence, newest first. */
  | {
      readonly kind: 'audit';
      readonly filter: AuditFilter;
      readonly before: number | undefined;
      readonly limit: number;
    };

export const auditGroups = ['people', 'money', 'machine'] as const;

export interface AuditFilter {
  readonly group: (typeof auditGroups)[number];
  /** Only what this person did. */
  readonly staffId: string | undefined;
  /** Only of `fromMs` ≤ t < `toMs`. */
  readonly day: { readonly fromMs: number; readonly toMs: number } | undefined;
}

/** One journal row in short: no phone, no name. */
export interface AuditRow extends HistoryRow {
  readonly amountMinor: number | undefined;
}

/** Which operations a list shows. */
export type OperationList =
  | { readonly kind: 'all' | 'waiting' | 'stopped' | 'for-a-person' }
  /** Whose phone ends so. */
  | { readonly kind: 'last-four'; readonly digits: string }
  /** Closed with money at that time or before. */
  | { readonly kind: 'until'; readonly atMs: number };

export type OperationClue =
  | { readonly by: 'id'; readonly operationId: OperationId }
  | { readonly by: 'number'; readonly operationNumber: string }
  | { readonly by: 'serial'; readonly serial: number };

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
  | {
      readonly kind: 'operations';
      readonly operations: readonly OperationSummary[];
      readonly hasMore: boolean;
    }
  | { readonly kind: 'operation'; readonly operation: OperationDetail | undefined }
  | { readonly kind: 'unknown-notes'; readonly notes: readonly UnknownNote[] }
  | { readonly kind: 'device-record'; readonly record: DeviceRecord }
  | { readonly kind: 'audit'; readonly rows: readonly AuditRow[]; readonly hasMore: boolean }
  /** The ledger could not be read just now; nothing was written, and nothing is wrong with what is. */
  | { readonly kind: 'unreadable' };

export type TopUpState = 'waiting' | 'accepted' | 'voiding' | 'credited' | 'refused' | 'parked' | 'voided';

/** A top-up as it stands, whatever became of it. */
export type AnyTopUp = Omit<TopUpRow, 'state'> & { readonly state: TopUpState };

/** An operation as people see it afterwards. No phone: who may see one is decided elsewhere. */
export interface OperationSummary {
  readonly serial: number;
  readonly operationId: OperationId;
  readonly operationNumber: string;
  readonly holderMasked: string | undefined;
  readonly currency: Currency;
  readonly state: 'open' | 'cancelled' | 'closed';
  readonly end: 'paid' | 'needs-help' | undefined;
  readonly amountMinor: Minor | undefined;
  readonly openedAtMs: number;
  readonly endedAtMs: number | undefined;
  readonly isSupplement: boolean;
  /** Absent when no money went on its way. */
  readonly topUp: TopUpSummary | undefined;
  /** How persons settled it, if they did. */
  readonly settledAs: SettlementWay | undefined;
}

export interface TopUpSummary {
  readonly state: TopUpState;
  readonly attempts: number;
  readonly nextTryAtMs: number | undefined;
  readonly promisedAtMs: number | undefined;
  readonly reason: string | undefined;
  readonly changedAtMs: number;
}

export interface OperationDetail {
  readonly summary: OperationSummary;
  /** What a copy of its slip is made of; absent unless it has closed. */
  readonly payment: FoundPayment | undefined;
  /** What delivery needs to send or void it; absent when no money went on its way. */
  readonly topUp: AnyTopUp | undefined;
  readonly proposal: SettlementProposal | undefined;
  readonly history: readonly HistoryRow[];
}

export interface SettlementProposal {
  readonly as: SettlementWay;
  readonly by: string;
  readonly reason: string;
  readonly wallet: WalletPhone | undefined;
}

/** One journal row about an operation. */
export interface HistoryRow {
  readonly sequence: number;
  readonly atMs: number;
  readonly kind: string;
  readonly by: string | undefined;
  readonly why: string | undefined;
}

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

export interface DeviceRecord {
  /** Newest first. */
  readonly troubles: readonly DeviceTrouble[];
  /** Notes that are in the cassette beyond doubt. */
  readonly noteCount: number;
  /** Top-ups that have not been answered for good yet. */
  readonly waitingCount: number;
  /** The roll in the printer. */
  readonly roll: PaperRollRecord;
}

export interface PaperRollRecord {
  /** Absent before anybody has told of a change. */
  readonly changedAtMs: number | undefined;
  /** Slips begun since. */
  readonly slips: number;
}

/** One alarm about a device. */
export interface DeviceTrouble {
  readonly atMs: number;
  readonly alarm: AlarmCode;
  /** Which fault, where the alarm has several. */
  readonly subject: string;
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
  /** The cassette that stood in the terminal, if somebody has typed its number. */
  readonly cassetteNumber?: string | undefined;
  readonly sealNumber?: string | undefined;
  readonly bagNumber?: string | undefined;
  /** Who told what was found when it was opened, and what that was. */
  readonly countedBy?: string | undefined;
  readonly counted?: readonly NoteCount[] | undefined;
  /** An original of its slip has come out, or may have. */
  readonly hasSlip: boolean;
  /** Each by itself (money rule M11). */
  readonly inDoubt: readonly DoubtfulNote[];
}

export interface NoteCount {
  readonly valueMinor: Minor;
  readonly count: number;
}
