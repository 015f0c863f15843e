import { unreachable } from '../assert.ts';
import type { MessageRow } from '../store.ts';
import type { EventsAnswer, StoredAnswer } from '../wallet/messages.ts';
import { retryDelayMs } from './backoff.ts';
import { breakerRoom } from './breaker.ts';
import type { WalletRequest } from './effect.ts';
import type { DeliveryEvent } from './event.ts';
import { beginLoad } from './look.ts';
import { eventsRequestOf } from './request.ts';
import type { InFlight } from './state.ts';
import { change, countInFlight, draw, newId, send, startTimer, type Turn } from './turn.ts';
import { isUnsent, retryAfterOf } from './verdict.ts';

/*
 * Claims, alarms and collections. They have places of their own in the air, so that they neither wait behind a long
 * drain nor hold up money; while the backend is in trouble money has the first try.
 */

type MessagesLoaded = Extract<DeliveryEvent, { readonly kind: 'due-messages-loaded' }>;

/** A message that has failed so often is told alone, in case it is what spoils the call. */
const attemptsTogetherMax = 3;

export function lookAtMessages(turn: Turn): void {
  const { state, context } = turn;
  if (breakerRoom(state.breaker) === 'none') return;
  if (state.messageLoad.kind === 'loading') {
    change(turn, { messageLoad: beginLoad(state.messageLoad, state.messageLoad.loadId) });
    return;
  }
  if (freeCalls(turn) <= 0) return;
  const loadId = newId(turn);
  change(turn, { messageLoad: beginLoad(state.messageLoad, loadId) });
  const limit = messagesInFlight(turn).size + context.settings.eventsPerCallMax;
  turn.effects.push({ kind: 'load-due-messages', loadId, atMs: context.now.wallMs, limit });
}

export function messagesLoaded(turn: Turn, event: MessagesLoaded): void {
  const load = turn.state.messageLoad;
  if (load.kind === 'idle' || load.loadId !== event.loadId) return;
  change(turn, { messageLoad: { kind: 'idle' } });
  const inFlight = messagesInFlight(turn);
  const rows = event.rows.filter((row) => !inFlight.has(row.messageId) && !load.overtaken.has(row.messageId));

  const room = breakerRoom(turn.state.breaker);
  const places = room === 'none' ? 0 : Math.min(room === 'probe' ? 1 : rows.length, freeCalls(turn));
  for (const call of callsOf(rows, turn).slice(0, places)) sendCall(turn, call);

  const { now, settings } = turn.context;
  const waitMs = (event.nextDueAtMs ?? Number.MAX_SAFE_INTEGER) - now.wallMs;
  startTimer(
    turn,
    'messages',
    Math.min(settings.lookIntervalMsMax, Math.max(settings.retryDelayMsMin, waitMs)),
  );
  if (load.again) lookAtMessages(turn);
}

/** Alarms travel together, the rest one by one, in the order of the store. */
function callsOf(rows: readonly MessageRow[], turn: Turn): readonly (readonly MessageRow[])[] {
  const together = rows
    .filter((row) => row.body.kind === 'alarm' && row.attempts < attemptsTogetherMax)
    .slice(0, turn.context.settings.eventsPerCallMax);
  const alone = rows.filter((row) => row.body.kind !== 'alarm' || row.attempts >= attemptsTogetherMax);
  return [...(together.length > 0 ? [together] : []), ...alone.map((row) => [row])];
}

function sendCall(turn: Turn, rows: readonly MessageRow[]): void {
  const request = requestOf(rows, turn);
  send(turn, { kind: 'messages', rows, anchor: turn.context.anchor }, request, false);
}

function requestOf(rows: readonly MessageRow[], turn: Turn): WalletRequest {
  const [first] = rows;
  const body = first?.body;
  if (first === undefined || body === undefined || body.kind === 'alarm') {
    return { kind: 'events', events: eventsRequestOf(rows, turn.context) };
  }
  switch (body.kind) {
    case 'claim':
      return { kind: 'claim', messageId: first.messageId, claim: body };
    case 'collection':
      return { kind: 'collection', messageId: first.messageId, collection: body };
    default:
      return unreachable(body);
  }
}

/** The backend has stored them, or they are told again later: a message is never given up. */
export function settleMessages(
  turn: Turn,
  rows: readonly MessageRow[],
  answer: EventsAnswer | StoredAnswer,
): void {
  if (answer.kind === 'stored') {
    for (const { messageId } of rows) turn.facts.push({ kind: 'message-delivered', messageId });
    return;
  }
  if (answer.kind === 'unknown' && isUnsent(answer)) return;
  const restMs = answer.kind === 'unknown' ? retryAfterOf(answer) : undefined;
  for (const { messageId, attempts } of rows) {
    const delayMs = retryDelayMs(attempts, restMs, draw(turn), turn.context.settings);
    const nextTryAtMs = turn.context.now.wallMs + delayMs;
    turn.facts.push({ kind: 'message-failed', messageId, nextTryAtMs });
  }
}

function freeCalls(turn: Turn): number {
  return turn.context.settings.messageCallsInFlightMax - countInFlight(turn.state, isMessageCall);
}

function isMessageCall(flight: InFlight): boolean {
  return flight.kind === 'messages';
}

function messagesInFlight(turn: Turn): Set<string> {
  const ids = new Set<string>();
  for (const flight of turn.state.inFlight.values()) {
    if (flight.kind !== 'messages') continue;
    for (const row of flight.rows) ids.add(row.messageId);
  }
  return ids;
}
