import { assert } from '../assert.ts';
import type { DeliveryContext, DeliveryDecision } from './context.ts';
import { isQueuedSingle } from './queue.ts';
import { type DeliveryState, salesStopped } from './state.ts';
import { countInFlight, rowsOf } from './turn.ts';

/** What holds after every decision, in production too. */
export function assertDelivery(decision: DeliveryDecision, context: DeliveryContext): void {
  assertInFlight(decision.state, context);
  assertRest(decision.state, context);
  assertDecision(decision);
}

function assertInFlight(state: DeliveryState, { settings }: DeliveryContext): void {
  const operations = [...state.inFlight.values()].flatMap((flight) =>
    rowsOf(flight).map((row) => row.operationId),
  );
  assert(new Set(operations).size === operations.length, 'no operation is asked about twice at a time');
  for (const [requestId, flight] of state.inFlight) {
    assert(requestId < state.nextId, 'a request id is not used again');
    if (flight.kind !== 'batch') continue;
    assert(flight.rows.length > 0, 'a batch is not empty');
    assert(flight.rows.length <= settings.batchItemsMax, 'a batch has a maximum');
  }
  const batches = countInFlight(state, (flight) => flight.kind === 'batch');
  assert(batches <= settings.batchesInFlightMax, 'batches in flight have a maximum');
  const singles = countInFlight(state, isQueuedSingle);
  assert(singles <= settings.singlesInFlightMax, 'single requests in flight have a maximum');
  const urgent = countInFlight(state, (flight) => flight.urgent);
  assert(urgent <= settings.urgentInFlightMax, 'urgent requests in flight have a maximum');
  const calls = countInFlight(state, (flight) => flight.kind === 'messages');
  assert(calls <= settings.messageCallsInFlightMax, 'message calls in flight have a maximum');
  const heartbeats = countInFlight(state, (flight) => flight.kind === 'heartbeat');
  assert(heartbeats <= 1, 'one heartbeat at a time');
}

function assertRest(state: DeliveryState, { settings }: DeliveryContext): void {
  const { breaker, register } = state;
  if (breaker.kind === 'half-open' && breaker.probeId !== undefined) {
    assert(state.inFlight.has(breaker.probeId), 'the probe is in flight');
  }
  if (breaker.kind === 'closed') {
    assert(breaker.failuresInRow < settings.breakerFailuresMax, 'enough failures open the breaker');
  }
  assert(state.batchItemsNow >= settings.batchFromRows, 'a batch is worth its while');
  assert(state.batchItemsNow <= settings.batchItemsMax, 'a batch fits the contract');
  assert(state.watched.size <= settings.watchedMax, 'few top-ups are watched');
  if (state.mismatchesInRow >= settings.mismatchesInRowMax) {
    assert(salesStopped(state).includes('answers-contradict'), 'contradictory answers stop sales');
  }
  const telling = countInFlight(state, (flight) => flight.kind === 'register');
  assert(
    telling === (register.current?.kind === 'telling' ? 1 : 0),
    'a register is told while it is waited for',
  );
  const asking = countInFlight(state, (flight) => flight.kind === 'register-day');
  assert(
    asking === (register.current?.kind === 'asking' ? 1 : 0),
    'a register is asked while it is waited for',
  );
  if (register.current !== undefined) {
    assert(register.days[0] === register.current.day, 'the day under comparison leads the list');
  }
}

function assertDecision({ state, facts, effects }: DeliveryDecision): void {
  const changed = new Set<string>();
  for (const fact of facts) {
    if (!('operationId' in fact)) continue;
    assert(!changed.has(fact.operationId), 'one decision says one thing about an operation');
    changed.add(fact.operationId);
  }
  for (const effect of effects) {
    if (effect.kind !== 'send') continue;
    assert(state.inFlight.has(effect.requestId), 'what is sent is waited for');
  }
}
