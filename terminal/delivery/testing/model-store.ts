import type { Fact } from '../../facts.ts';
import type { OperationId } from '../../ids.ts';
import type { DueMessages, MessageRow, RegisterRow, TopUpRow } from '../../store.ts';
import type { DeliveryEvent, StandingAlarm, StoppedTopUp } from '../event.ts';

/* The rows of the store as far as delivery can tell, changed by facts alone and as strictly as the real projections. */

type StoredState = TopUpRow['state'] | 'credited' | 'voided' | 'refused' | 'parked';

interface StoredTopUp {
  row: TopUpRow;
  state: StoredState;
  nextTryAtMs: number;
}

export interface ModelStore {
  addTopUp(row: TopUpRow): void;
  commit(facts: readonly Fact[], wallMs: number): void;
  dueTopUps(
    atMs: number,
    limit: number,
  ): Omit<Extract<DeliveryEvent, { kind: 'due-top-ups-loaded' }>, 'kind' | 'loadId'>;
  dueMessages(atMs: number, limit: number): DueMessages;
  register(fromMs: number, toMs: number): readonly RegisterRow[];
  standingAlarms(): readonly StandingAlarm[];
  stateOf(operationId: OperationId): StoredState;
  voidable(): readonly (TopUpRow | StoppedTopUp)[];
  stopped(): readonly StoppedTopUp[];
  topUpsIn(...states: readonly StoredState[]): readonly OperationId[];
  undeliveredMessages(): number;
  facts(): number;
}

export function modelStore(): ModelStore {
  const topUps = new Map<OperationId, StoredTopUp>();
  const newestFirst: StoredTopUp[] = [];
  /** Rows that were not due at the last look: looks never go back in time. */
  const notDue = new Set<StoredTopUp>();
  const messages = new Map<string, { row: MessageRow; nextTryAtMs: number }>();
  const alarms = new Map<string, StandingAlarm>();
  let serial = 0;
  let committed = 0;

  const open = (entry: StoredTopUp): boolean =>
    entry.state === 'waiting' || entry.state === 'accepted' || entry.state === 'voiding';

  const entryOf = (operationId: OperationId): StoredTopUp => {
    const entry = topUps.get(operationId);
    if (entry === undefined) throw new Error(`no top-up ${operationId}`);
    return entry;
  };

  const inState = (
    operationId: OperationId,
    fact: string,
    ...states: readonly StoredState[]
  ): StoredTopUp => {
    const entry = entryOf(operationId);
    if (!states.includes(entry.state)) throw new Error(`${fact} does not fit a row that is ${entry.state}`);
    return entry;
  };

  const toState = (
    entry: StoredTopUp,
    state: StoredState,
    changes: Partial<TopUpRow>,
    nextTryAtMs: number,
  ): void => {
    entry.state = state;
    const rowState = state === 'accepted' || state === 'voiding' ? state : 'waiting';
    entry.row = { ...entry.row, ...changes, state: rowState };
    entry.nextTryAtMs = nextTryAtMs;
    if (open(entry)) notDue.add(entry);
    else notDue.delete(entry);
  };

  const applyAlarm = (
    fact: Extract<Fact, { kind: 'alarm-raised' | 'alarm-ended' }>,
    wallMs: number,
  ): void => {
    const key = `${fact.alarm} ${fact.subject}`;
    const raised = fact.kind === 'alarm-raised';
    if (raised === alarms.has(key)) throw new Error(`${fact.kind} ${key} says nothing new`);
    if (raised) alarms.set(key, { alarm: fact.alarm, subject: fact.subject });
    else alarms.delete(key);
    serial += 1;
    const { alarm, subject } = fact;
    const body = { kind: 'alarm', alarm, subject, detail: '', raised, atMs: wallMs } as const;
    messages.set(`m${serial}`, { row: { messageId: `m${serial}`, attempts: 0, body }, nextTryAtMs: wallMs });
  };

  const apply = (fact: Fact, wallMs: number): void => {
    const live = ['waiting', 'accepted', 'voiding'] as const;
    switch (fact.kind) {
      case 'delivery-failed': {
        const entry = inState(fact.operationId, fact.kind, ...live);
        toState(entry, entry.state, { attempts: entry.row.attempts + 1 }, fact.nextTryAtMs);
        return;
      }
      case 'top-up-accepted': {
        const entry = inState(fact.operationId, fact.kind, ...live);
        const attempts = entry.state === 'waiting' ? 0 : entry.row.attempts + 1;
        const state = entry.state === 'waiting' ? 'accepted' : entry.state;
        toState(entry, state, { attempts, promisedAtMs: fact.promisedAtMs }, fact.nextTryAtMs);
        return;
      }
      case 'top-up-credited':
        toState(inState(fact.operationId, fact.kind, ...live), 'credited', {}, 0);
        return;
      case 'top-up-voided':
        toState(inState(fact.operationId, fact.kind, ...live), 'voided', {}, 0);
        return;
      case 'top-up-refused':
        toState(inState(fact.operationId, fact.kind, ...live), 'refused', {}, 0);
        return;
      case 'top-up-parked':
        toState(inState(fact.operationId, fact.kind, ...live), 'parked', {}, 0);
        return;
      case 'top-up-requeued': {
        const entry = inState(fact.operationId, fact.kind, 'refused', 'parked');
        toState(entry, 'waiting', { attempts: 0, promisedAtMs: undefined }, fact.nextTryAtMs);
        return;
      }
      case 'void-requested': {
        const entry = inState(fact.operationId, fact.kind, 'waiting', 'accepted', 'refused', 'parked');
        toState(entry, 'voiding', { attempts: 0 }, fact.nextTryAtMs);
        return;
      }
      case 'message-delivered':
        if (!messages.delete(fact.messageId)) throw new Error(`no message ${fact.messageId}`);
        return;
      case 'message-failed': {
        const entry = messages.get(fact.messageId);
        if (entry === undefined) throw new Error(`no message ${fact.messageId}`);
        entry.row = { ...entry.row, attempts: entry.row.attempts + 1 };
        entry.nextTryAtMs = fact.nextTryAtMs;
        return;
      }
      case 'alarm-raised':
      case 'alarm-ended':
        applyAlarm(fact, wallMs);
        return;
      default:
        throw new Error(`delivery does not say ${fact.kind}`);
    }
  };

  const stoppedOf = ({ row, state }: StoredTopUp): readonly StoppedTopUp[] =>
    state === 'refused' || state === 'parked' ? [{ ...row, state }] : [];

  return {
    addTopUp: (row) => {
      const entry: StoredTopUp = { row, state: 'waiting', nextTryAtMs: row.closedAtMs };
      topUps.set(row.operationId, entry);
      newestFirst.unshift(entry);
    },
    commit: (facts, wallMs) => {
      for (const fact of facts) apply(fact, wallMs);
      committed += facts.length;
    },
    dueTopUps: (atMs, limit) => {
      for (const entry of notDue) if (entry.nextTryAtMs <= atMs) notDue.delete(entry);
      const rows: TopUpRow[] = [];
      for (const entry of newestFirst) {
        if (rows.length >= limit) break;
        if (open(entry) && entry.nextTryAtMs <= atMs) rows.push(entry.row);
      }
      const nextDueAtMs =
        notDue.size === 0 ? undefined : Math.min(...[...notDue].map((entry) => entry.nextTryAtMs));
      const oldestWaitingClosedAtMs = newestFirst.findLast((entry) => entry.state === 'waiting')?.row
        .closedAtMs;
      return { rows, nextDueAtMs, oldestWaitingClosedAtMs };
    },
    dueMessages: (atMs, limit) => {
      const all = [...messages.values()];
      const waits = all.map((entry) => entry.nextTryAtMs).filter((dueAtMs) => dueAtMs > atMs);
      return {
        rows: all
          .filter((entry) => entry.nextTryAtMs <= atMs)
          .slice(0, limit)
          .map((entry) => entry.row),
        nextDueAtMs: waits.length === 0 ? undefined : Math.min(...waits),
      };
    },
    register: (fromMs, toMs) =>
      [...topUps.values()]
        .filter(({ row }) => row.closedAtMs >= fromMs && row.closedAtMs < toMs)
        .map((entry) => ({
          operationId: entry.row.operationId,
          amountMinor: entry.row.amountMinor,
          state: entry.state === 'credited' ? 'credited' : open(entry) ? 'open' : 'ended',
        })),
    standingAlarms: () => [...alarms.values()],
    stateOf: (operationId) => entryOf(operationId).state,
    voidable: () =>
      newestFirst.flatMap((entry): readonly (TopUpRow | StoppedTopUp)[] =>
        entry.state === 'waiting' || entry.state === 'accepted' ? [entry.row] : stoppedOf(entry),
      ),
    stopped: () => newestFirst.flatMap(stoppedOf),
    topUpsIn: (...states) =>
      newestFirst.filter((entry) => states.includes(entry.state)).map((entry) => entry.row.operationId),
    undeliveredMessages: () => messages.size,
    facts: () => committed,
  };
}
