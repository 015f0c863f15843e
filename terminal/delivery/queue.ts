import { limits } from '../limits.ts';
import type { TopUpRow } from '../store.ts';
import { breakerRoom } from './breaker.ts';
import type { DeliveryEvent } from './event.ts';
import { beginLoad } from './look.ts';
import { lookAtMessages } from './mail.ts';
import { operationRefOf, topUpRequestOf, voidRequestOf } from './request.ts';
import type { InFlight } from './state.ts';
import {
  change,
  countInFlight,
  endAlarm,
  newId,
  notice,
  operationsInFlight,
  raiseAlarm,
  send,
  startTimer,
  type Turn,
} from './turn.ts';

type TopUpsLoaded = Extract<DeliveryEvent, { readonly kind: 'due-top-ups-loaded' }>;

/** The subject of the alarm that stands while any top-up is older than the promise and has reached nobody. */
const wholeQueue = 'queue';

// ---------------------------------------------------------------- looking

/** Asks the store what is due. Also while nothing may be sent: how old the queue is must be known all the more. */
export function lookAtTopUps(turn: Turn): void {
  const { state, context } = turn;
  if (state.topUpLoad.kind === 'loading') {
    change(turn, { topUpLoad: beginLoad(state.topUpLoad, state.topUpLoad.loadId) });
    return;
  }
  const loadId = newId(turn);
  change(turn, { topUpLoad: beginLoad(state.topUpLoad, loadId) });
  const limit = rowsToShow(turn);
  turn.effects.push({ kind: 'load-due-top-ups', loadId, atMs: context.now.wallMs, limit });
}

/** How many rows a look has to bring so that none of the free places stays empty. */
function rowsToShow(turn: Turn): number {
  const { state, context } = turn;
  const room = breakerRoom(state.breaker);
  if (room === 'none') return 1;
  const batchRows = room === 'all' ? freeBatches(turn) * state.batchItemsNow : 0;
  // Rows in flight are still due in the store: the look has to reach beyond them.
  return operationsInFlight(state).size + Math.max(context.settings.batchFromRows, batchRows);
}

export function topUpsLoaded(turn: Turn, event: TopUpsLoaded): void {
  const load = turn.state.topUpLoad;
  if (load.kind === 'idle' || load.loadId !== event.loadId) return;
  change(turn, { topUpLoad: { kind: 'idle' } });
  watchAge(turn, event.oldestWaitingClosedAtMs);

  const inFlight = operationsInFlight(turn.state);
  const fresh = event.rows.filter(
    (row) => !inFlight.has(row.operationId) && !load.overtaken.has(row.operationId),
  );
  // Until the backend has been heard this machine's clock is all there is, and a wrong one must not end the queue.
  const isTimeProven = turn.state.lastGoodContactMonoMs !== undefined;
  const tooOld = isTimeProven ? fresh.filter((row) => isTooOld(row, turn)) : [];
  for (const row of tooOld) park(turn, row, 'too-old');
  sendDue(
    turn,
    fresh.filter((row) => !isTooOld(row, turn)),
  );

  setLookTimer(turn, event.nextDueAtMs);
  if (load.again || tooOld.length > 0) lookAtTopUps(turn);
  // Money had the first right to be the probe; none was due.
  else if (breakerRoom(turn.state.breaker) === 'probe') lookAtMessages(turn);
}

function watchAge(turn: Turn, oldestWaitingClosedAtMs: number | undefined): void {
  const { now, settings } = turn.context;
  if (oldestWaitingClosedAtMs === undefined || now.wallMs - oldestWaitingClosedAtMs <= settings.promiseMs) {
    endAlarm(turn, 'queue-too-old', wholeQueue);
    return;
  }
  const since = new Date(oldestWaitingClosedAtMs).toISOString();
  raiseAlarm(turn, 'queue-too-old', wholeQueue, `a top-up closed at ${since} has had no answer`);
}

function setLookTimer(turn: Turn, nextDueAtMs: number | undefined): void {
  const { now, settings } = turn.context;
  const waitMs = nextDueAtMs === undefined ? settings.lookIntervalMsMax : nextDueAtMs - now.wallMs;
  // Never longer than the maximum: the wall clock may be set, and requests that were never answered are found by it.
  startTimer(turn, 'look', Math.min(settings.lookIntervalMsMax, Math.max(settings.retryDelayMsMin, waitMs)));
}

// ---------------------------------------------------------------- too old

/** Money rule M9: a year later nobody knows what sending it by itself would do. A person's void is another matter. */
function isTooOld(row: TopUpRow, turn: Turn): boolean {
  return row.state !== 'voiding' && turn.context.now.wallMs - row.closedAtMs > limits.topUpAgeMsMax;
}

/** Takes the row out of the queue until a person has looked. */
export function park(turn: Turn, row: TopUpRow, why: 'too-old' | 'answer-mismatch', detail?: string): void {
  turn.facts.push({ kind: 'top-up-parked', operationId: row.operationId, why });
  const alarm = why === 'too-old' ? 'top-up-too-old' : 'answer-mismatch';
  raiseAlarm(turn, alarm, row.operationId, `operation ${row.operationNumber}: ${detail ?? why}`);
  notice(turn, row, { kind: 'parked' });
}

// ---------------------------------------------------------------- sending

/** Sends of the due rows what fits now, newest first; the rest is found again by the look after the next answer. */
function sendDue(turn: Turn, rows: readonly TopUpRow[]): void {
  const room = breakerRoom(turn.state.breaker);
  if (room === 'none') return;
  if (room === 'probe') {
    // Requests from before the trouble may still hold every place; the first to land makes room.
    for (const probe of rows.slice(0, Math.min(1, freeSingles(turn)))) sendOne(turn, probe, false);
    return;
  }
  const { settings } = turn.context;
  const mayShare = (row: TopUpRow) => row.state !== 'voiding' && row.attempts < settings.batchAttemptsMax;
  const together = rows.filter(mayShare);
  const alone = rows.filter((row) => !mayShare(row));
  const asBatch = together.length >= settings.batchFromRows || countInFlight(turn.state, isBatch) > 0;
  for (const row of (asBatch ? alone : rows).slice(0, freeSingles(turn))) sendOne(turn, row, false);
  if (asBatch) sendBatches(turn, together);
}

/**
 * A batch says the same as single requests, for accepted rows too: the same id and body, answered by what the backend
 * knows of that id. It spares the question before each row when there are many of them.
 */
function sendBatches(turn: Turn, rows: readonly TopUpRow[]): void {
  const { settings, terminalNumber } = turn.context;
  let left = rows;
  for (let free = freeBatches(turn); free > 0 && left.length >= settings.batchFromRows; free -= 1) {
    const batch = left.slice(0, turn.state.batchItemsNow);
    left = left.slice(batch.length);
    const items = batch.map((row) => topUpRequestOf(row, terminalNumber));
    send(turn, { kind: 'batch', rows: batch }, { kind: 'batch', batch: { items } }, false);
  }
}

/**
 * The next request about one row. After a try whose answer may have been lost the backend is first asked what it
 * knows; only then is the same id and body sent again.
 */
export function sendOne(turn: Turn, row: TopUpRow, urgent: boolean): void {
  if (row.state === 'voiding') {
    const operation = voidRequestOf(row, turn.context.terminalNumber);
    send(turn, { kind: 'void', row }, { kind: 'void', operation }, urgent);
  } else if (row.state === 'accepted' || row.attempts > 0) {
    askStatus(turn, row, urgent, false);
  } else {
    sendTopUp(turn, row, urgent);
  }
}

export function sendTopUp(turn: Turn, row: TopUpRow, urgent: boolean): void {
  const topUp = topUpRequestOf(row, turn.context.terminalNumber);
  send(turn, { kind: 'top-up', row }, { kind: 'top-up', topUp }, urgent);
}

export function askStatus(turn: Turn, row: TopUpRow, urgent: boolean, watching: boolean): void {
  const operation = operationRefOf(row, turn.context.terminalNumber);
  send(turn, { kind: 'status', row, watching }, { kind: 'status', operation }, urgent);
}

// ---------------------------------------------------------------- room

export function hasUrgentRoom(turn: Turn): boolean {
  return countInFlight(turn.state, (flight) => flight.urgent) < turn.context.settings.urgentInFlightMax;
}

function freeBatches(turn: Turn): number {
  return turn.context.settings.batchesInFlightMax - countInFlight(turn.state, isBatch);
}

function freeSingles(turn: Turn): number {
  return Math.max(0, turn.context.settings.singlesInFlightMax - countInFlight(turn.state, isQueuedSingle));
}

function isBatch(flight: InFlight): boolean {
  return flight.kind === 'batch';
}

export function isQueuedSingle(flight: InFlight): boolean {
  return !flight.urgent && (flight.kind === 'top-up' || flight.kind === 'status' || flight.kind === 'void');
}
