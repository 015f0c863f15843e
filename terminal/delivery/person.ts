import type { TopUpRow } from '../store.ts';
import type { DeliveryEvent } from './event.ts';
import { overtake } from './look.ts';
import { hasUrgentRoom, lookAtTopUps, sendOne, sendTopUp } from './queue.ts';
import { endRowAlarms } from './settle.ts';
import { answersContradict, type InFlight, ledgerRolledBack } from './state.ts';
import { change, endAlarm, operationsInFlight, type Turn } from './turn.ts';
import { unwatch } from './watch.ts';

/* What people ask for. It is tried at once, whatever the breaker says. */

type RetryAsked = Extract<DeliveryEvent, { readonly kind: 'top-up-retry-asked' }>;
type VoidAsked = Extract<DeliveryEvent, { readonly kind: 'top-up-void-asked' }>;

/** Also for a row that is too old to be sent by itself: here it is a person who sends it, once. */
export function retryAsked(turn: Turn, event: RetryAsked): void {
  const { operationId } = event.row;
  if (operationsInFlight(turn.state).has(operationId)) return;
  const nextTryAtMs = turn.context.now.wallMs;
  turn.facts.push({ kind: 'top-up-requeued', operationId, by: event.by, nextTryAtMs });
  endRowAlarms(turn, event.row);
  const row: TopUpRow = { ...event.row, state: 'waiting', attempts: 0, promisedAtMs: undefined };
  if (hasUrgentRoom(turn)) sendTopUp(turn, row, true);
  else lookAtTopUps(turn);
}

/** Ahead of its time; its schedule stays as it is. */
export function sendAsked(turn: Turn, row: TopUpRow): void {
  if (operationsInFlight(turn.state).has(row.operationId)) return;
  if (hasUrgentRoom(turn)) sendOne(turn, row, true);
}

export function voidAsked(turn: Turn, event: VoidAsked): void {
  const { operationId } = event.row;
  if (event.row.state === 'voiding' || isVoidingInFlight(turn, event.row)) return;
  const nextTryAtMs = turn.context.now.wallMs;
  turn.facts.push({ kind: 'void-requested', operationId, by: event.by, nextTryAtMs });
  unwatch(turn, event.row);
  change(turn, { topUpLoad: overtake(turn.state.topUpLoad, [operationId]) });
  if (operationsInFlight(turn.state).has(operationId)) {
    // One request about an operation at a time: what is in the air lands first, then the void is due.
    change(turn, { inFlight: withRowVoiding(turn.state.inFlight, event.row) });
    return;
  }
  const row: TopUpRow = { ...event.row, state: 'voiding', attempts: 0 };
  if (hasUrgentRoom(turn)) sendOne(turn, row, true);
  else lookAtTopUps(turn);
}

function isVoidingInFlight(turn: Turn, row: Pick<TopUpRow, 'operationId'>): boolean {
  return [...turn.state.inFlight.values()].some(
    (flight) => flight.kind === 'void' && flight.row.operationId === row.operationId,
  );
}

function withRowVoiding(
  inFlight: ReadonlyMap<number, InFlight>,
  asked: Pick<TopUpRow, 'operationId'>,
): ReadonlyMap<number, InFlight> {
  const turned = (row: TopUpRow): TopUpRow =>
    row.operationId === asked.operationId ? { ...row, state: 'voiding' } : row;
  const entries = [...inFlight].map(([requestId, flight]): [number, InFlight] => {
    switch (flight.kind) {
      case 'top-up':
      case 'status':
        return [requestId, { ...flight, row: turned(flight.row) }];
      case 'batch':
        return [requestId, { ...flight, rows: flight.rows.map(turned) }];
      default:
        return [requestId, flight];
    }
  });
  return new Map(entries);
}

/** Only a person ends what stopped sales; the next contradiction begins to count anew. */
export function salesAllowed(turn: Turn): void {
  endAlarm(turn, 'answer-mismatch', answersContradict.subject);
  endAlarm(turn, 'ledger-rolled-back', ledgerRolledBack.subject);
  change(turn, { mismatchesInRow: 0 });
}
