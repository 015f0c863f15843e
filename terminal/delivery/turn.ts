import { unreachable } from '../assert.ts';
import type { Fact } from '../facts.ts';
import type { AlarmCode } from '../faults.ts';
import type { OperationId } from '../ids.ts';
import type { TopUpRow } from '../store.ts';
import { alarmKey } from './alarms.ts';
import { fractionOf } from './backoff.ts';
import { breakerAfter, breakerReady, breakerSent, type Verdict } from './breaker.ts';
import type { DeliveryContext } from './context.ts';
import type { DeliveryEffect, DeliveryNotice, DeliveryOutcome, WalletRequest } from './effect.ts';
import type { DeliveryTimer } from './event.ts';
import type { Asked, DeliveryState, InFlight } from './state.ts';

/** One decision in the making. It lives within a single call of `decideDelivery`; states themselves never change. */
export interface Turn {
  state: DeliveryState;
  readonly context: DeliveryContext;
  readonly facts: Fact[];
  readonly effects: DeliveryEffect[];
  readonly notices: DeliveryNotice[];
  /** Random fractions drawn so far. */
  drawn: number;
  /** This turn's own copy of the standing alarms, once it has changed them: a batch may raise hundreds. */
  standing: Set<string> | undefined;
}

export function beginTurn(state: DeliveryState, context: DeliveryContext): Turn {
  return { state, context, facts: [], effects: [], notices: [], drawn: 0, standing: undefined };
}

export function change(turn: Turn, changes: Partial<DeliveryState>): void {
  turn.state = { ...turn.state, ...changes };
}

export function draw(turn: Turn): number {
  turn.drawn += 1;
  return fractionOf(turn.context.chance, turn.drawn);
}

export function newId(turn: Turn): number {
  const id = turn.state.nextId;
  change(turn, { nextId: id + 1 });
  return id;
}

export function startTimer(turn: Turn, timer: DeliveryTimer, delayMs: number): void {
  turn.effects.push({ kind: 'start-timer', timer, delayMs: Math.max(0, Math.ceil(delayMs)) });
}

export function notice(turn: Turn, row: TopUpRow, outcome: DeliveryOutcome): void {
  turn.notices.push({ operationId: row.operationId, outcome });
}

// ---------------------------------------------------------------- alarms

export function raiseAlarm(turn: Turn, alarm: AlarmCode, subject: string, detail: string): void {
  const key = alarmKey({ alarm, subject });
  if (turn.state.standing.has(key)) return;
  ownStanding(turn).add(key);
  turn.facts.push({ kind: 'alarm-raised', alarm, subject, detail });
}

export function endAlarm(turn: Turn, alarm: AlarmCode, subject: string): void {
  const key = alarmKey({ alarm, subject });
  if (!turn.state.standing.has(key)) return;
  ownStanding(turn).delete(key);
  turn.facts.push({ kind: 'alarm-ended', alarm, subject });
}

function ownStanding(turn: Turn): Set<string> {
  if (turn.standing !== undefined) return turn.standing;
  const standing = new Set(turn.state.standing);
  turn.standing = standing;
  change(turn, { standing });
  return standing;
}

// ---------------------------------------------------------------- requests

export function send(turn: Turn, asked: Asked, request: WalletRequest, urgent: boolean): void {
  const requestId = newId(turn);
  const deadlineMs = deadlineOf(request, turn.context);
  const giveUpAtMonoMs = turn.context.now.monoMs + deadlineMs + turn.context.settings.answerGraceMs;
  change(turn, {
    inFlight: new Map(turn.state.inFlight).set(requestId, { ...asked, giveUpAtMonoMs, urgent }),
  });
  if (isTrial(asked)) change(turn, { breaker: breakerSent(turn.state.breaker, requestId) });
  turn.effects.push({ kind: 'send', requestId, deadlineMs, request });
}

function deadlineOf(request: WalletRequest, context: DeliveryContext): number {
  switch (request.kind) {
    case 'top-up':
      return context.settings.topUpDeadlineMs;
    case 'batch':
      return context.settings.batchDeadlineMs;
    case 'status':
    case 'void':
    case 'events':
    case 'claim':
    case 'collection':
    case 'register':
    case 'register-day':
      return context.settings.questionDeadlineMs;
    default:
      return unreachable(request);
  }
}

/** Requests that say whether the backend does its work. A heartbeat proves contact, not that money gets through. */
function isTrial(asked: Asked): boolean {
  return asked.kind !== 'heartbeat' && asked.kind !== 'register' && asked.kind !== 'register-day';
}

/** Takes the request out of the air; `undefined` if it is not there (any more). */
export function landed(turn: Turn, requestId: number): InFlight | undefined {
  const flight = turn.state.inFlight.get(requestId);
  if (flight === undefined) return undefined;
  const inFlight = new Map(turn.state.inFlight);
  inFlight.delete(requestId);
  change(turn, { inFlight });
  return flight;
}

export function rowsOf(asked: Asked): readonly TopUpRow[] {
  switch (asked.kind) {
    case 'top-up':
    case 'status':
    case 'void':
      return [asked.row];
    case 'batch':
      return asked.rows;
    case 'messages':
    case 'heartbeat':
    case 'register':
    case 'register-day':
      return [];
    default:
      return unreachable(asked);
  }
}

export function operationsInFlight(state: DeliveryState): Set<OperationId> {
  return new Set(
    [...state.inFlight.values()].flatMap((flight) => rowsOf(flight).map((row) => row.operationId)),
  );
}

export function countInFlight(state: DeliveryState, wanted: (flight: InFlight) => boolean): number {
  return [...state.inFlight.values()].filter(wanted).length;
}

// ---------------------------------------------------------------- breaker and contact

export function heard(turn: Turn): void {
  change(turn, { lastGoodContactMonoMs: turn.context.now.monoMs });
}

export function judge(turn: Turn, requestId: number, verdict: Verdict): void {
  const { now, settings } = turn.context;
  const before = turn.state.breaker;
  const input = { requestId, monoMs: now.monoMs, fraction: draw(turn), settings };
  const breaker = breakerAfter(before, verdict, input);
  change(turn, { breaker });
  if (breaker.kind === 'open' && breaker !== before) {
    startTimer(turn, 'breaker', breaker.untilMonoMs - now.monoMs);
  }
}

/** Lets the breaker try again if its time has come, or if a `hint` says that it is worth it. True if it now does. */
export function wakeBreaker(turn: Turn, hint: boolean): boolean {
  const breaker = breakerReady(turn.state.breaker, turn.context.now.monoMs, hint);
  const woken = breaker !== turn.state.breaker;
  change(turn, { breaker });
  return woken;
}
