import type { OperationId } from '../ids.ts';
import type { MessageRow, RegisterRow, TopUpRow } from '../store.ts';
import type { ChainAnchor } from '../wallet/messages.ts';
import { alarmKey } from './alarms.ts';
import type { Breaker } from './breaker.ts';
import type { StandingAlarm } from './event.ts';
import type { DeliverySettings } from './settings.ts';

/**
 * What delivery holds in memory. The queue itself is rows in the store: all of this may be lost at any moment without
 * losing, doubling or delaying a top-up.
 */
export interface DeliveryState {
  /** When a signed answer was last heard, on the monotonic clock; what the offline rule asks. */
  readonly lastGoodContactMonoMs: number | undefined;
  readonly breaker: Breaker;
  /** By request id. No operation is in two of them. */
  readonly inFlight: ReadonlyMap<number, InFlight>;
  /** Request and load ids count up from here. */
  readonly nextId: number;
  readonly topUpLoad: Load<OperationId>;
  readonly messageLoad: Load<string>;
  /** Items the next batch may hold: halved when a whole batch fails, doubled when one gets through. */
  readonly batchItemsNow: number;
  readonly mismatchesInRow: number;
  /** Alarms that stand, by {@link alarmKey}. */
  readonly standing: ReadonlySet<string>;
  /** Top-ups accepted a moment ago, whose visitor may still stand there. */
  readonly watched: ReadonlyMap<OperationId, Watched>;
  readonly register: RegisterWork;
}

export type InFlight = { readonly giveUpAtMonoMs: number; readonly urgent: boolean } & Asked;

/** What a request in flight asked, with the rows as they stood. */
export type Asked =
  | { readonly kind: 'top-up'; readonly row: TopUpRow }
  | { readonly kind: 'batch'; readonly rows: readonly TopUpRow[] }
  /** `watching`: beside the row's own schedule, for a visitor who may still stand there. */
  | { readonly kind: 'status'; readonly row: TopUpRow; readonly watching: boolean }
  | { readonly kind: 'void'; readonly row: TopUpRow }
  | { readonly kind: 'messages'; readonly rows: readonly MessageRow[]; readonly anchor: ChainAnchor }
  | { readonly kind: 'heartbeat'; readonly anchor: ChainAnchor }
  | { readonly kind: 'register'; readonly day: string }
  | { readonly kind: 'register-day'; readonly day: string };

/**
 * One look at the store at a time. `overtaken`: rows about which something was decided while the look was under way, so
 * that what it shows of them is old. `again`: somebody wanted a look meanwhile.
 */
export type Load<Id> =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'loading';
      readonly loadId: number;
      readonly overtaken: ReadonlySet<Id>;
      readonly again: boolean;
    };

export interface Watched {
  readonly row: TopUpRow;
  /** How many questions have been asked. */
  readonly asked: number;
  readonly nextAtMonoMs: number;
}

/** The daily comparison: one day at a time, what is left to do, and what was odd at a first look. */
export interface RegisterWork {
  readonly current: RegisterStep | undefined;
  /** Days still to compare in this round. */
  readonly days: readonly string[];
  /** Days that differed once in this round and are looked at again before anyone is alarmed. */
  readonly suspected: readonly string[];
  /** This round is the second look. */
  readonly secondLook: boolean;
}

export type RegisterStep =
  | { readonly kind: 'loading'; readonly day: string }
  | { readonly kind: 'telling'; readonly day: string; readonly rows: readonly RegisterRow[] }
  | {
      readonly kind: 'asking';
      readonly day: string;
      readonly rows: readonly RegisterRow[];
      /** What the backend's own comparison found. */
      readonly found: readonly string[];
    };

/** Why nothing more may be sold although the link may be good. */
export type SalesStop = 'answers-contradict' | 'ledger-rolled-back';

/** Subjects of the two alarms that stop sales. Others of the same code have an operation id for a subject. */
export const answersContradict: StandingAlarm = { alarm: 'answer-mismatch', subject: 'several in a row' };
export const ledgerRolledBack: StandingAlarm = { alarm: 'ledger-rolled-back', subject: 'backend' };

/** For health: a standing alarm stops sales until a person allows them again, restarts included. */
export function salesStopped(state: DeliveryState): readonly SalesStop[] {
  const stops: SalesStop[] = [];
  if (state.standing.has(alarmKey(answersContradict))) stops.push('answers-contradict');
  if (state.standing.has(alarmKey(ledgerRolledBack))) stops.push('ledger-rolled-back');
  return stops;
}

export function initialDeliveryState(settings: DeliverySettings): DeliveryState {
  return {
    lastGoodContactMonoMs: undefined,
    breaker: { kind: 'closed', failuresInRow: 0 },
    inFlight: new Map(),
    nextId: 1,
    topUpLoad: { kind: 'idle' },
    messageLoad: { kind: 'idle' },
    batchItemsNow: settings.batchItemsMax,
    mismatchesInRow: 0,
    standing: new Set(),
    watched: new Map(),
    register: { current: undefined, days: [], suspected: [], secondLook: false },
  };
}
