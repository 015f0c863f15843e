import type { OperationId } from '../ids.ts';
import type { Message } from '../store.ts';
import type {
  BatchRequest,
  ChainAnchor,
  EventsRequest,
  OperationRef,
  RegisterDayRequest,
  RegisterRequest,
  TopUpRequest,
  VoidRequest,
} from '../wallet/messages.ts';
import type { DeliveryTimer } from './event.ts';

/**
 * What delivery wants done. Carried out only after every fact of this decision and of all earlier ones is durable,
 * in order; a load therefore sees all that was decided before it.
 */
export type DeliveryEffect =
  /** Answered by `due-top-ups-loaded`. */
  | {
      readonly kind: 'load-due-top-ups';
      readonly loadId: number;
      readonly atMs: number;
      readonly limit: number;
    }
  /** Answered by `due-messages-loaded`. */
  | {
      readonly kind: 'load-due-messages';
      readonly loadId: number;
      readonly atMs: number;
      readonly limit: number;
    }
  /** Top-ups closed in `fromMs` ≤ t < `toMs`; answered by `register-loaded`. */
  | {
      readonly kind: 'load-register';
      readonly day: string;
      readonly fromMs: number;
      readonly toMs: number;
    }
  /** Answered by `anchor-checked`. */
  | { readonly kind: 'check-anchor'; readonly anchor: ChainAnchor }
  /** Answered by one `answered`, at the latest shortly after `deadlineMs`. */
  | {
      readonly kind: 'send';
      readonly requestId: number;
      readonly deadlineMs: number;
      readonly request: WalletRequest;
    }
  /** Replaces a running timer of that name. */
  | { readonly kind: 'start-timer'; readonly timer: DeliveryTimer; readonly delayMs: number };

export type WalletRequest =
  | { readonly kind: 'top-up'; readonly topUp: TopUpRequest }
  | { readonly kind: 'batch'; readonly batch: BatchRequest }
  | { readonly kind: 'status'; readonly operation: OperationRef }
  | { readonly kind: 'void'; readonly operation: VoidRequest }
  /** Alarms, or none of them: a heartbeat. */
  | { readonly kind: 'events'; readonly events: EventsRequest }
  | { readonly kind: 'claim'; readonly messageId: string; readonly claim: MessageOf<'claim'> }
  | { readonly kind: 'collection'; readonly messageId: string; readonly collection: MessageOf<'collection'> }
  | { readonly kind: 'register'; readonly register: RegisterRequest }
  | { readonly kind: 'register-day'; readonly registerDay: RegisterDayRequest };

export type MessageOf<Kind extends Message['kind']> = Extract<Message, { readonly kind: Kind }>;

/** What has become known about a top-up: a visit that waits for it may turn its screen. */
export interface DeliveryNotice {
  readonly operationId: OperationId;
  readonly outcome: DeliveryOutcome;
}

export type DeliveryOutcome =
  | { readonly kind: 'credited' }
  | { readonly kind: 'accepted'; readonly promisedAtMs: number | undefined }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'voided' }
  /** The answer contradicts the request, or the row is too old: a person has to look. */
  | { readonly kind: 'parked' }
  /** No answer that counts; it is asked again. */
  | { readonly kind: 'unknown-yet' };
