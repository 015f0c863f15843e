import type { PrintOutcome } from '../devices.ts';
import type { OperationId, PrintId } from '../ids.ts';
import type { Minor } from '../money.ts';
import type { DeskAnswer } from '../service-mode/desk.ts';
import type { ComingBackReason } from '../till/change.ts';
import type { Operation } from '../till/state.ts';
import type { CheckAnswer } from '../wallet/messages.ts';

/** What can happen to a visit. */
export type SessionEvent =
  | Pressed
  | { readonly kind: 'idle-reached' }
  | { readonly kind: 'question-unanswered' }
  | { readonly kind: 'nudge-due' }
  | { readonly kind: 'check-overdue' }
  | { readonly kind: 'payment-overdue' }
  | { readonly kind: 'wallet-checked'; readonly requestId: string; readonly answer: CheckAnswer }
  | { readonly kind: 'note-moving' }
  | { readonly kind: 'note-counted'; readonly valueMinor: Minor }
  | { readonly kind: 'note-coming-back'; readonly reason: ComingBackReason }
  | { readonly kind: 'notes-at-rest' }
  | { readonly kind: 'operation-doubtful'; readonly operation: Operation }
  | { readonly kind: 'top-up-settled'; readonly operationId: OperationId; readonly outcome: TopUpOutcome }
  | { readonly kind: 'payment-looked-up'; readonly requestId: string; readonly answer: DeskAnswer }
  | { readonly kind: 'print-ended'; readonly printId: PrintId; readonly outcome: PrintOutcome['kind'] }
  /** The terminal can no longer, or can again, take cash. */
  | { readonly kind: 'readiness-changed' }
  /** After a start: the acceptor's path is known, or will not be known soon. */
  | { readonly kind: 'start-settled' };

export type SessionEventKind = SessionEvent['kind'];

export interface Pressed {
  readonly kind: 'pressed';
  readonly action: Action;
  /** Which one of the choices an offer has: a digit, a language, an amount. */
  readonly value: string | undefined;
}

/** Everything a customer can ask for with a finger. */
export type Action =
  | 'start'
  | 'choose-top-up'
  | 'digit'
  | 'delete-digit'
  | 'clear'
  | 'next'
  | 'back'
  | 'retry'
  | 'change-number'
  | 'confirm'
  | 'without-paper'
  | 'target'
  | 'pay'
  | 'cancel'
  | 'continue'
  | 'done'
  | 'top-up-again'
  | 'check-payment'
  | 'other-way'
  | 'day'
  | 'print-copy'
  | 'open-help'
  | 'open-languages'
  | 'close-overlay'
  | 'language'
  | 'easy-mode'
  | 'more-time';

/** What the backend has said about a fresh top-up. `no-answer` is not told: the visit's own deadline covers it. */
export type TopUpOutcome =
  | { readonly kind: 'credited' }
  | { readonly kind: 'accepted'; readonly byMs: number | undefined }
  | { readonly kind: 'refused' };

export type SessionTimer = 'idle' | 'question' | 'nudge' | 'check' | 'payment';
