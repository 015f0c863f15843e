import { assert, unreachable } from '../assert.ts';
import type { TopUpRow } from '../store.ts';
import { alarmKey } from './alarms.ts';
import { answered, giveUpLateRequests } from './answered.ts';
import type { DeliveryContext, DeliveryDecision } from './context.ts';
import type { DeliveryEvent, DeliveryTimer, StandingAlarm } from './event.ts';
import { anchorChecked, anchorSeen, beat } from './heartbeat.ts';
import { assertDelivery } from './invariants.ts';
import { lookAtMessages, messagesLoaded } from './mail.ts';
import { retryAsked, salesAllowed, sendAsked, voidAsked } from './person.ts';
import { hasUrgentRoom, lookAtTopUps, sendTopUp, topUpsLoaded } from './queue.ts';
import { compareRegisters, registerLoaded } from './register.ts';
import type { DeliveryState } from './state.ts';
import {
  beginTurn,
  change,
  draw,
  heard,
  operationsInFlight,
  startTimer,
  type Turn,
  wakeBreaker,
} from './turn.ts';
import { askWatched } from './watch.ts';

/** When to send, ask, wait, stop and call a person. Same input, same output; never waits. */
export function decideDelivery(
  state: DeliveryState,
  event: DeliveryEvent,
  context: DeliveryContext,
): DeliveryDecision {
  const turn = beginTurn(state, context);
  take(turn, event);
  const { facts, effects, notices } = turn;
  const decision = { state: turn.state, facts, effects, notices };
  assertDelivery(decision, context);
  return decision;
}

function take(turn: Turn, event: DeliveryEvent): void {
  switch (event.kind) {
    case 'started':
      start(turn, event.standingAlarms);
      return;
    case 'operation-closed':
      sendFresh(turn, event.row);
      return;
    case 'due-top-ups-loaded':
      topUpsLoaded(turn, event);
      return;
    case 'due-messages-loaded':
      messagesLoaded(turn, event);
      return;
    case 'message-stored':
      lookAtMessages(turn);
      return;
    case 'answered':
      answered(turn, event.requestId, event.reply);
      return;
    case 'timer-fired':
      timerFired(turn, event.timer);
      return;
    case 'link-became-good':
      beat(turn);
      hinted(turn);
      return;
    case 'backend-heard':
      heard(turn);
      hinted(turn);
      return;
    case 'backend-anchor-seen':
      anchorSeen(turn, event.anchor);
      return;
    case 'anchor-checked':
      anchorChecked(turn, event);
      return;
    case 'register-loaded':
      registerLoaded(turn, event);
      return;
    case 'top-up-retry-asked':
      retryAsked(turn, event);
      return;
    case 'top-up-send-asked':
      sendAsked(turn, event.row);
      return;
    case 'top-up-void-asked':
      voidAsked(turn, event);
      return;
    case 'sales-allowed':
      salesAllowed(turn);
      return;
    default:
      unreachable(event);
  }
}

function start(turn: Turn, standingAlarms: readonly StandingAlarm[]): void {
  const { settings } = turn.context;
  change(turn, { standing: new Set(standingAlarms.map(alarmKey)) });
  beat(turn);
  lookAtTopUps(turn);
  lookAtMessages(turn);
  startTimer(turn, 'register', settings.registerFirstDelayMs * (1 + draw(turn)));
}

/** New money waits for nothing: neither for older rows nor for the breaker. */
function sendFresh(turn: Turn, row: TopUpRow): void {
  assert(row.amountMinor > 0, 'a top-up has an amount');
  if (operationsInFlight(turn.state).has(row.operationId)) return;
  if (hasUrgentRoom(turn)) sendTopUp(turn, row, true);
  else lookAtTopUps(turn);
}

/** Something says that the backend may be reached again. */
function hinted(turn: Turn): void {
  if (wakeBreaker(turn, true)) lookAtTopUps(turn);
}

function timerFired(turn: Turn, timer: DeliveryTimer): void {
  switch (timer) {
    case 'look':
      giveUpLateRequests(turn);
      wakeBreaker(turn, false);
      lookAtTopUps(turn);
      return;
    case 'breaker':
      if (wakeBreaker(turn, false)) lookAtTopUps(turn);
      return;
    case 'messages':
      lookAtMessages(turn);
      return;
    case 'heartbeat':
      beat(turn);
      return;
    case 'register':
      compareRegisters(turn);
      return;
    case 'watch':
      askWatched(turn);
      return;
    default:
      unreachable(timer);
  }
}
