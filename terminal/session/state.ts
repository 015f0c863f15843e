import type { Language, OperationClosed } from '../facts.ts';
import type { OperationId, PrintId, WalletPhone } from '../ids.ts';
import { type Minor, zeroMinor } from '../money.ts';
import type { ReceiptData, ReceiptResult } from '../receipt/receipt-data.ts';
import type { FoundPayment } from '../service-mode/desk.ts';
import type { ComingBackReason } from '../till/change.ts';
import type { Hold } from '../wallet/messages.ts';

/*
 * One customer's visit, screen by screen. The money itself is the till's; the visit knows what the customer has been
 * asked and told.
 */

export interface Session {
  readonly step: Step;
  /** Rises with every new screen; buttons of an older one are dead. */
  readonly generation: number;
  /** When this screen appeared; it takes no press for its first moments. */
  readonly sinceMonoMs: number;
  readonly language: Language;
  readonly easyMode: boolean;
  /** Asked for by the customer: every time-out of this visit is doubled. */
  readonly moreTime: boolean;
  readonly overlay: Overlay | undefined;
  /** "Still here?" stands; the acceptor is disabled while it does. */
  readonly question: Question | undefined;
  /** Wallet checks of this visit: names cannot be harvested here. */
  readonly checksThisVisit: number;
  readonly guard: CheckGuard;
}

export type Overlay = 'help' | 'language';

export interface Question {
  /** What silence leads to. */
  readonly silence: 'closes' | 'pays';
  readonly endsAtMonoMs: number;
}

/** What outlives a visit: hourly caps, and whom this terminal has checked lately (the offline rule). */
export interface CheckGuard {
  /** Payments looked up lately, and by which number or phone. */
  readonly lookups: readonly Lookup[];
  readonly recentCheckTimesMonoMs: readonly number[];
  readonly checkedWallets: readonly CheckedWallet[];
}

export interface Lookup {
  readonly about: string;
  readonly atMonoMs: number;
}

export interface CheckedWallet {
  readonly wallet: WalletPhone;
  readonly holderMasked: string | undefined;
  readonly atMonoMs: number;
}

export type Step =
  /** After a start, until the acceptor has told what was left in its path. */
  | { readonly kind: 'starting'; readonly resumeUntilWallMs: number | undefined }
  | { readonly kind: 'attract' }
  | { readonly kind: 'service' }
  | NumberStep
  | CheckingStep
  | CheckFailedStep
  | ConfirmStep
  | NoPaperStep
  | CashStep
  /** Pay was pressed while a note was moving. */
  | { readonly kind: 'counting' }
  | PayingStep
  | ResultStep
  | FindStep
  | FoundStep;

export type StepKind = Step['kind'];

export interface NumberStep {
  readonly kind: 'number';
  /** National digits, without +7. */
  readonly digits: string;
  /** A lone leading 8 was swallowed: say that it is not needed. */
  readonly swallowedPrefix: boolean;
  readonly fault: 'number-invalid' | 'numbers-differ' | undefined;
  /** Set on the second entry: the first one and what is known of that wallet. */
  readonly again: Recipient | undefined;
}

export interface CheckingStep {
  readonly kind: 'checking';
  readonly requestId: string;
  readonly wallet: WalletPhone;
}

export interface CheckFailedStep {
  readonly kind: 'check-failed';
  readonly wallet: WalletPhone;
  readonly reason: CheckFailure;
}

export type CheckFailure =
  | 'wallet-unknown'
  | 'wallet-blocked'
  | 'limit-used'
  | 'check-failed'
  | 'too-many-checks';

/** The wallet that the visit pays into, as far as it is known before cash. */
export interface Recipient {
  readonly wallet: WalletPhone;
  readonly holderMasked: string | undefined;
  readonly limitMinor: Minor;
  readonly hold: Hold | undefined;
  readonly offline: boolean;
}

export interface ConfirmStep {
  readonly kind: 'confirm';
  readonly recipient: Recipient;
}

export interface NoPaperStep {
  readonly kind: 'no-paper';
  readonly recipient: Recipient;
}

export interface CashStep {
  readonly kind: 'cash';
  /** What the customer wants to put in; everything inserted is credited all the same. */
  readonly targetMinor: Minor | undefined;
  /** Why the last note came back, until the next one goes in. */
  readonly comingBack: ComingBackReason | undefined;
  /** Notes that came back since one was counted: after the second, suggest another note. */
  readonly comingBackCount: number;
  /** Money is in and nothing has happened for a while: Pay breathes once and says so. */
  readonly nudged: boolean;
}

/** The operation as it was when it closed: what the last two screens and the slip are made of. */
export interface ClosedOperation {
  readonly operationId: OperationId;
  readonly operationNumber: string;
  readonly wallet: WalletPhone;
  readonly holderMasked: string | undefined;
  readonly amountMinor: Minor;
  readonly notes: ReceiptData['notes'];
  readonly closedAtMs: number;
  readonly withoutPaper: boolean;
  readonly end: OperationClosed['end'];
}

export interface PayingStep {
  readonly kind: 'paying';
  readonly operation: ClosedOperation;
}

export interface ResultStep {
  readonly kind: 'result';
  readonly operation: ClosedOperation;
  /** May turn to credited while the visitor stands there. */
  readonly result: ReceiptResult;
  readonly print: ResultPrint;
}

/** "Check a payment": what somebody has in hand, field by field. */
export interface FindStep {
  readonly kind: 'find';
  readonly field: 'number' | 'last-four' | 'phone' | 'amount' | 'day';
  /** Of the field that is filled in now. */
  readonly digits: string;
  readonly operationNumber: string;
  readonly phone: string;
  readonly amountMinor: Minor;
  /** Set while the ledger is asked. */
  readonly requestId: string | undefined;
  readonly fault: 'number-wrong' | 'not-found' | 'too-many' | undefined;
}

/** What became of it: state, time and amount, and nothing else of anybody. */
export interface FoundStep {
  readonly kind: 'found';
  readonly payment: FoundPayment;
  readonly print: ResultPrint;
}

export type ResultPrint =
  | { readonly kind: 'none' }
  | { readonly kind: 'printing'; readonly printId: PrintId }
  | { readonly kind: 'printed' }
  | { readonly kind: 'not-printed' };

export const emptyNumber: NumberStep = {
  kind: 'number',
  digits: '',
  swallowedPrefix: false,
  fault: undefined,
  again: undefined,
};

export const emptyCash: CashStep = {
  kind: 'cash',
  targetMinor: undefined,
  comingBack: undefined,
  comingBackCount: 0,
  nudged: false,
};

export function emptyFind(field: 'number' | 'phone', fault?: FindStep['fault']): FindStep {
  return {
    kind: 'find',
    field,
    digits: '',
    operationNumber: '',
    phone: '',
    amountMinor: zeroMinor,
    requestId: undefined,
    fault,
  };
}
