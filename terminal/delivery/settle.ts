import { unreachable } from '../assert.ts';
import type { TopUpRow } from '../store.ts';
import type {
  AcceptedAnswer,
  RefusedAnswer,
  StatusAnswer,
  TopUpAnswer,
  UnknownAnswer,
  VoidAnswer,
} from '../wallet/messages.ts';
import { nextPollAtMs, promiseOf, retryDelayMs } from './backoff.ts';
import { park, sendTopUp } from './queue.ts';
import { answersContradict } from './state.ts';
import { change, draw, endAlarm, notice, raiseAlarm, type Turn } from './turn.ts';
import { isAboutTheRow, isUnsent, retryAfterOf, whyOf } from './verdict.ts';
import { unwatch, watch } from './watch.ts';

/** How the row was asked about. `watching` leaves the row's own schedule alone. */
export interface Asking {
  readonly via: 'top-up' | 'batch' | 'status' | 'void';
  readonly urgent: boolean;
  readonly watching: boolean;
}

/** Draws from one answer about one row what is now known, and what is to be done next. */
export function settleRow(
  turn: Turn,
  row: TopUpRow,
  answer: TopUpAnswer | StatusAnswer | VoidAnswer,
  asking: Asking,
): void {
  if (answer.kind === 'unknown') {
    settleUnknown(turn, row, answer, asking);
    return;
  }
  if (answer.kind !== 'not-seen') change(turn, { mismatchesInRow: 0 });
  switch (answer.kind) {
    case 'credited':
      turn.facts.push({ kind: 'top-up-credited', operationId: row.operationId });
      settled(turn, row);
      notice(turn, row, { kind: 'credited' });
      return;
    case 'voided':
      settleVoided(turn, row);
      return;
    case 'accepted':
      settleAccepted(turn, row, answer, asking);
      return;
    case 'refused':
      settleRefused(turn, row, answer, asking);
      return;
    case 'not-seen':
      // Lost on the way, or forgotten by the backend: the same id and body again. A row turned to void is not resent.
      if (row.state !== 'voiding') sendTopUp(turn, row, asking.urgent);
      return;
    case 'expired':
      // Known once and forgotten since: sending it again could credit it twice (never "not seen").
      if (row.state === 'voiding') return;
      unwatch(turn, row);
      park(turn, row, 'too-old', 'the backend no longer remembers it');
      return;
    default:
      unreachable(answer);
  }
}

/** The row is closed: nothing about it is open to anybody any more. */
function settled(turn: Turn, row: TopUpRow): void {
  unwatch(turn, row);
  endRowAlarms(turn, row);
  endAlarm(turn, 'promise-broken', row.operationId);
}

/** Alarms that call a person to this row, whatever it waits for. */
export function endRowAlarms(turn: Turn, row: Pick<TopUpRow, 'operationId'>): void {
  endAlarm(turn, 'top-up-refused', row.operationId);
  endAlarm(turn, 'answer-mismatch', row.operationId);
  endAlarm(turn, 'top-up-too-old', row.operationId);
}

function settleVoided(turn: Turn, row: TopUpRow): void {
  turn.facts.push({ kind: 'top-up-voided', operationId: row.operationId });
  settled(turn, row);
  if (row.state !== 'voiding') {
    const detail = `operation ${row.operationNumber}: the backend has closed it without credit, and nobody here asked`;
    raiseAlarm(turn, 'top-up-refused', row.operationId, detail);
  }
  notice(turn, row, { kind: 'voided' });
}

function settleAccepted(turn: Turn, row: TopUpRow, answer: AcceptedAnswer, asking: Asking): void {
  // A person wants the id closed; the void is due already.
  if (row.state === 'voiding') return;
  const { now, settings } = turn.context;
  // The first promise counts: it stands on the receipt.
  const promisedAtMs = row.promisedAtMs ?? answer.promisedAtMs;
  const accepted: TopUpRow = { ...row, state: 'accepted', promisedAtMs };
  const isNews = row.state !== 'accepted';
  if (isNews || !asking.watching) {
    const nextTryAtMs = nextPollAtMs(accepted, now.wallMs, draw(turn), settings);
    turn.facts.push({ kind: 'top-up-accepted', operationId: row.operationId, promisedAtMs, nextTryAtMs });
  }
  if (isNews) notice(turn, row, { kind: 'accepted', promisedAtMs });
  if (isNews && asking.urgent) watch(turn, accepted);
  checkPromise(turn, accepted);
}

function checkPromise(turn: Turn, row: TopUpRow): void {
  if (row.state !== 'accepted' || turn.context.now.wallMs < promiseOf(row, turn.context.settings)) return;
  const by = new Date(promiseOf(row, turn.context.settings)).toISOString();
  const detail = `operation ${row.operationNumber} was to be credited by ${by}`;
  raiseAlarm(turn, 'promise-broken', row.operationId, detail);
}

function settleRefused(turn: Turn, row: TopUpRow, answer: RefusedAnswer, asking: Asking): void {
  if (row.state === 'voiding') return;
  // An old refusal whose cause may have been mended: what counts is the answer to this try.
  if (asking.via === 'status' && row.state === 'waiting' && answer.retryable) {
    sendTopUp(turn, row, asking.urgent);
    return;
  }
  turn.facts.push({ kind: 'top-up-refused', operationId: row.operationId, reason: answer.reason });
  settled(turn, row);
  raiseAlarm(
    turn,
    'top-up-refused',
    row.operationId,
    `operation ${row.operationNumber}: ${answer.reason}${answer.retryable ? '' : ', for ever'}`,
  );
  notice(turn, row, { kind: 'refused', reason: answer.reason });
}

// ---------------------------------------------------------------- nothing learnt

function settleUnknown(turn: Turn, row: TopUpRow, answer: UnknownAnswer, asking: Asking): void {
  if (answer.why === 'mismatch') {
    settleMismatch(turn, row, answer.field);
    return;
  }
  notice(turn, row, { kind: 'unknown-yet' });
  if (asking.watching) return;
  if (answer.why === 'problem' && isAboutTheRow(answer.problem) && asking.via !== 'batch') {
    const detail = `operation ${row.operationNumber}: ${whyOf(answer)}`;
    raiseAlarm(turn, 'answer-mismatch', row.operationId, detail);
  }
  checkPromise(turn, row);
  // No byte has left: the line was tried, not the row. Its turn has not passed, and the journal need not grow.
  if (isUnsent(answer)) return;
  // A person's void came while this was in the air: it is due already.
  if (row.state === 'voiding' && asking.via !== 'void') return;
  const { now, settings } = turn.context;
  const delayMs = retryDelayMs(row.attempts, retryAfterOf(answer), draw(turn), settings);
  const nextTryAtMs = now.wallMs + delayMs;
  turn.facts.push({
    kind: 'delivery-failed',
    operationId: row.operationId,
    why: whyOf(answer),
    nextTryAtMs,
  });
}

/** Money rule M9: a signed contradiction is no accident of the network. */
function settleMismatch(turn: Turn, row: TopUpRow, field: string): void {
  const { mismatchesInRowMax } = turn.context.settings;
  unwatch(turn, row);
  park(turn, row, 'answer-mismatch', `the answer has another ${field}`);
  const mismatchesInRow = Math.min(mismatchesInRowMax, turn.state.mismatchesInRow + 1);
  change(turn, { mismatchesInRow });
  if (mismatchesInRow < mismatchesInRowMax) return;
  const detail = `${mismatchesInRow} answers in a row contradict their requests`;
  raiseAlarm(turn, 'answer-mismatch', answersContradict.subject, detail);
}
