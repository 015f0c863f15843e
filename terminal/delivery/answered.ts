import { unreachable } from '../assert.ts';
import type { TopUpRow } from '../store.ts';
import type { BatchAnswer, UnknownAnswer } from '../wallet/messages.ts';
import { needsPerson, troubleProblems } from '../wallet/problem.ts';
import type { Reply } from './event.ts';
import { settleAnchor } from './heartbeat.ts';
import { overtake } from './look.ts';
import { lookAtMessages, settleMessages } from './mail.ts';
import { lookAtTopUps } from './queue.ts';
import { registerHeard, registerTold } from './register.ts';
import { settleRow } from './settle.ts';
import type { InFlight } from './state.ts';
import {
  change,
  endAlarm,
  heard,
  judge,
  landed,
  raiseAlarm,
  rowsOf,
  startTimer,
  type Turn,
  wakeBreaker,
} from './turn.ts';
import { type AnyAnswer, answersOf, isAboutTheRow, isSigned, isUnsent, verdictOf } from './verdict.ts';

/** A request ended. Answers to requests that are not in the air, or of another kind than asked, are ignored. */
export function answered(turn: Turn, requestId: number, reply: Reply): void {
  const asked = turn.state.inFlight.get(requestId);
  if (asked === undefined || !fits(asked, reply)) return;
  const flight = landed(turn, requestId);
  if (flight === undefined) return;

  const answers = answersOf(reply);
  if (answers.some(isSigned)) heard(turn);
  for (const answer of answers.slice(0, 1)) callPersonAbout(turn, answer);

  switch (flight.kind) {
    case 'heartbeat':
    case 'register':
    case 'register-day':
      settle(turn, flight, reply);
      if (answers.some(isSigned) && wakeBreaker(turn, true)) lookAtTopUps(turn);
      return;
    case 'top-up':
    case 'batch':
    case 'status':
    case 'void':
    case 'messages':
      settleTrial(turn, requestId, flight, reply, answers);
      return;
    default:
      unreachable(flight);
  }
}

function settleTrial(
  turn: Turn,
  requestId: number,
  flight: InFlight,
  reply: Reply,
  answers: readonly AnyAnswer[],
): void {
  const verdict = verdictOf(answers);
  judge(turn, requestId, verdict);
  if (verdict.kind === 'works') endCallsForPerson(turn);
  change(turn, {
    topUpLoad: overtake(
      turn.state.topUpLoad,
      rowsOf(flight).map((row) => row.operationId),
    ),
    messageLoad: overtake(turn.state.messageLoad, messageIdsOf(flight)),
  });
  settle(turn, flight, reply);
  if (verdict.kind === 'fails') {
    // Not at once: what has just failed would fail again.
    startTimer(turn, 'look', turn.context.settings.retryDelayMsMin);
    startTimer(turn, 'messages', turn.context.settings.retryDelayMsMin);
    return;
  }
  lookAtTopUps(turn);
  lookAtMessages(turn);
}

function messageIdsOf(flight: InFlight): readonly string[] {
  return flight.kind === 'messages' ? flight.rows.map((row) => row.messageId) : [];
}

function fits(flight: InFlight, reply: Reply): boolean {
  switch (flight.kind) {
    case 'messages':
      return reply.to === 'events' || reply.to === 'claim' || reply.to === 'collection';
    case 'heartbeat':
      return reply.to === 'events';
    case 'top-up':
    case 'batch':
    case 'status':
    case 'void':
    case 'register':
    case 'register-day':
      return reply.to === flight.kind;
    default:
      return unreachable(flight);
  }
}

function settle(turn: Turn, flight: InFlight, reply: Reply): void {
  switch (reply.to) {
    case 'top-up':
    case 'status':
    case 'void': {
      const watching = flight.kind === 'status' && flight.watching;
      for (const row of rowsOf(flight)) {
        settleRow(turn, row, reply.answer, { via: reply.to, urgent: flight.urgent, watching });
      }
      return;
    }
    case 'batch':
      settleBatch(turn, rowsOf(flight), reply.answer);
      return;
    case 'events':
      if (flight.kind === 'messages') settleMessages(turn, flight.rows, reply.answer);
      if (flight.kind === 'messages' || flight.kind === 'heartbeat') {
        settleAnchor(turn, flight.anchor, reply.answer);
      }
      return;
    case 'claim':
    case 'collection':
      if (flight.kind === 'messages') settleMessages(turn, flight.rows, reply.answer);
      return;
    case 'register':
      registerTold(turn, reply.answer);
      return;
    case 'register-day':
      registerHeard(turn, reply.answer);
      return;
    default:
      unreachable(reply);
  }
}

// ---------------------------------------------------------------- batch

const missing: UnknownAnswer = {
  kind: 'unknown',
  why: 'unexpected',
  detail: 'the batch has no answer for this item',
};

/** Each row takes the answer with its own id; answers for ids that were not asked about change nothing. */
function settleBatch(turn: Turn, rows: readonly TopUpRow[], answer: BatchAnswer): void {
  const byId = new Map(answer.items.map((item) => [item.operationId, item.answer]));
  for (const row of rows) {
    const own = byId.get(row.operationId) ?? missing;
    settleRow(turn, row, own, { via: 'batch', urgent: false, watching: false });
  }
  resizeBatches(turn, rows.length, answer);
}

/**
 * A batch that fails as a whole may hold one row that spoils it, or be too much for the backend: smaller ones find
 * out, and one that gets through lets them grow again.
 */
function resizeBatches(turn: Turn, size: number, answer: BatchAnswer): void {
  const { batchFromRows, batchItemsMax } = turn.context.settings;
  const worked = answer.items.some((item) => item.answer.kind !== 'unknown');
  const unsent = answer.items.every((item) => item.answer.kind === 'unknown' && isUnsent(item.answer));
  if (worked) change(turn, { batchItemsNow: Math.min(batchItemsMax, turn.state.batchItemsNow * 2) });
  else if (!unsent) change(turn, { batchItemsNow: Math.max(batchFromRows, Math.floor(size / 2)) });
}

// ---------------------------------------------------------------- trouble that waits for a person

/** Keys, identity or contract disagree: retrying goes on, but only a person can mend it. */
function callPersonAbout(turn: Turn, answer: AnyAnswer): void {
  if (answer.kind === 'decided' || answer.why !== 'problem') return;
  if (!answer.needsPerson || isAboutTheRow(answer.problem)) return;
  const detail = `the backend answers with the problem ${answer.problem}`;
  raiseAlarm(turn, 'answer-mismatch', subjectOf(answer.problem), detail);
}

function endCallsForPerson(turn: Turn): void {
  for (const problem of troubleProblems) {
    if (needsPerson(problem)) endAlarm(turn, 'answer-mismatch', subjectOf(problem));
  }
}

function subjectOf(problem: string): string {
  return `problem ${problem}`;
}

// ---------------------------------------------------------------- answers that never came

/** Every wait has an end: a request far beyond its deadline counts as sent and not answered. */
export function giveUpLateRequests(turn: Turn): void {
  for (const [requestId, flight] of turn.state.inFlight) {
    if (turn.context.now.monoMs >= flight.giveUpAtMonoMs) answered(turn, requestId, lostReply(flight));
  }
}

function lostReply(flight: InFlight): Reply {
  const answer: UnknownAnswer = { kind: 'unknown', why: 'no-answer', reason: 'deadline', sentMaybe: true };
  switch (flight.kind) {
    case 'batch':
      return {
        to: 'batch',
        answer: { items: flight.rows.map((row) => ({ operationId: row.operationId, answer })) },
      };
    case 'messages':
    case 'heartbeat':
      return { to: 'events', answer };
    case 'top-up':
    case 'status':
    case 'void':
    case 'register':
    case 'register-day':
      return { to: flight.kind, answer };
    default:
      return unreachable(flight);
  }
}
