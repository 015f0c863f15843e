import type { MessageRow, RegisterRow, TopUpRow } from '../store.ts';
import type {
  BatchAnswer,
  ChainAnchor,
  EventsAnswer,
  RegisterAnswer,
  RegisterDayAnswer,
  StatusAnswer,
  StoredAnswer,
  TopUpAnswer,
  VoidAnswer,
} from '../wallet/messages.ts';

/** What delivery can be told. */
export type DeliveryEvent =
  /** First of all, once. */
  | { readonly kind: 'started'; readonly standingAlarms: readonly StandingAlarm[] }
  /** A visit's money has just been stored as `row`: it is sent at once, whatever else waits. */
  | { readonly kind: 'operation-closed'; readonly row: TopUpRow }
  /** The answer to `load-due-top-ups`. */
  | {
      readonly kind: 'due-top-ups-loaded';
      readonly loadId: number;
      readonly rows: readonly TopUpRow[];
      readonly nextDueAtMs: number | undefined;
      /** Of all rows in state `waiting`, due or not: when the oldest was closed. */
      readonly oldestWaitingClosedAtMs: number | undefined;
    }
  /** The answer to `load-due-messages`. */
  | {
      readonly kind: 'due-messages-loaded';
      readonly loadId: number;
      readonly rows: readonly MessageRow[];
      readonly nextDueAtMs: number | undefined;
    }
  /** Facts decided just now, delivery's own alarms among them, put a message into the store. */
  | { readonly kind: 'message-stored' }
  /** A request ended; that no answer came is an answer too. Exactly one for each `send`. */
  | { readonly kind: 'answered'; readonly requestId: number; readonly reply: Reply }
  | { readonly kind: 'timer-fired'; readonly timer: DeliveryTimer }
  /** The network says it is up again. Proves nothing, but is worth a try. */
  | { readonly kind: 'link-became-good' }
  /** A signed answer to a request of somebody else (profile, wallet check). */
  | { readonly kind: 'backend-heard' }
  /** Where the backend last saw our journal, from somebody else's answer (the profile). */
  | { readonly kind: 'backend-anchor-seen'; readonly anchor: ChainAnchor }
  /** The answer to `check-anchor`: is a row of that sequence with that head in our journal? */
  | { readonly kind: 'anchor-checked'; readonly anchor: ChainAnchor; readonly contained: boolean }
  /** The answer to `load-register`: every top-up closed on that day. */
  | { readonly kind: 'register-loaded'; readonly day: string; readonly rows: readonly RegisterRow[] }
  /** A person wants a refused or parked top-up tried again; `row` is as it stands in the store at this moment. */
  | { readonly kind: 'top-up-retry-asked'; readonly row: StoppedTopUp; readonly by: string }
  /** A person wants a top-up on its way tried now; `row` is as it stands in the store at this moment. */
  | { readonly kind: 'top-up-send-asked'; readonly row: TopUpRow }
  /** A person wants the id closed at the backend for ever; `row` is as it stands in the store at this moment. */
  | { readonly kind: 'top-up-void-asked'; readonly row: TopUpRow | StoppedTopUp; readonly by: string }
  /** A person has looked into why sales were stopped and lets them go on. */
  | { readonly kind: 'sales-allowed' };

/** A top-up that waits for a person. */
export type StoppedTopUp = Omit<TopUpRow, 'state'> & { readonly state: 'refused' | 'parked' };

export interface StandingAlarm {
  readonly alarm: string;
  readonly subject: string;
}

export type DeliveryTimer = 'look' | 'messages' | 'breaker' | 'heartbeat' | 'register' | 'watch';

/** What came of a request, beside what kind of request it was. */
export type Reply =
  | { readonly to: 'top-up'; readonly answer: TopUpAnswer }
  | { readonly to: 'batch'; readonly answer: BatchAnswer }
  | { readonly to: 'status'; readonly answer: StatusAnswer }
  | { readonly to: 'void'; readonly answer: VoidAnswer }
  | { readonly to: 'events'; readonly answer: EventsAnswer }
  | { readonly to: 'claim'; readonly answer: StoredAnswer }
  | { readonly to: 'collection'; readonly answer: StoredAnswer }
  | { readonly to: 'register'; readonly answer: RegisterAnswer }
  | { readonly to: 'register-day'; readonly answer: RegisterDayAnswer };
