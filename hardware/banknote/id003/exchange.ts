import { passAccept, passReset, passStack } from '../note-path/guards.ts';
import { log, update } from '../note-path/state.ts';
import { chooseCommand, chooseQuestion, kindsOf } from './choose.ts';
import { deframe } from './frame.ts';
import { type Command, encodeCommand } from './message.ts';
import type { DialogState, ExchangeFailure, Id003Turn } from './state.ts';

/*
 * One command at a time: write it, wait for its answer, keep the quiet time (ID-003 §3, §4). Nothing is acknowledged but
 * VEND VALID, and there is no NAK: what was not understood is asked again.
 */

const nothing = new Uint8Array(0);

/** Takes bytes off the line; `onAnswer` is given the payload of each frame that may answer the outstanding command. */
export function receiveBytes(
  turn: Id003Turn,
  chunk: Uint8Array,
  onAnswer: (turn: Id003Turn, command: Command, payload: Uint8Array) => void,
): void {
  const { found, rest } = deframe(turn.state.rest, chunk);
  update(turn, { rest, lastByteMonoMs: turn.nowMonoMs });
  for (const item of found) {
    const { line } = turn.state;
    if (item.kind === 'noise') {
      log(turn, { kind: 'noise', reason: item.reason, bytes: item.bytes });
      if (item.reason === 'bad-crc' && line.kind === 'waiting')
        update(turn, { line: { ...line, damaged: true } });
    } else if (line.kind === 'waiting') {
      onAnswer(turn, line.command, item.payload);
    } else {
      // A late answer, or an ENQ. A credit event among them is no loss: it is said until we acknowledge it.
      log(turn, { kind: 'unexpected-frame', payload: item.payload });
    }
  }
}

/** Ends an exchange whose answer was good. */
export function finishExchange(turn: Id003Turn, quietMs: number = turn.state.options.quietMs): void {
  const { nowMonoMs } = turn;
  update(turn, {
    line: { kind: 'free', notBeforeMonoMs: nowMonoMs + quietMs },
    lastAnswerMonoMs: nowMonoMs,
    failures: 0,
  });
}

/** Leaves VEND VALID unacknowledged for now: the acceptor says it again until it is. */
export function awaitConfirmation(turn: Id003Turn): void {
  const { nowMonoMs, state } = turn;
  update(turn, {
    line: { kind: 'crediting', deadlineMonoMs: nowMonoMs + state.options.creditConfirmMsMax },
    lastAnswerMonoMs: nowMonoMs,
    failures: 0,
  });
}

/** Ends an exchange that brought nothing. It is tried again at once a few times, then at the pace of polling. */
export function failExchange(turn: Id003Turn, command: Command, why: ExchangeFailure): void {
  const { nowMonoMs, state } = turn;
  log(turn, { kind: 'exchange-failed', command: command.kind, why });
  const failures = state.failures + 1;
  const again = failures <= state.options.retriesMax && state.phase.kind !== 'seeking';
  // What a lost unit says to a RESET that it could not read is no news of its notes.
  const heard = why === 'invalid' || (why === 'communication-error' && command.kind !== 'reset');
  update(turn, {
    failures,
    // Nobody knows what was executed: the acceptor is asked before anything is sent twice.
    view: undefined,
    rest: nothing,
    line: { kind: 'free', notBeforeMonoMs: nowMonoMs + state.options.quietMs },
    lastAnswerMonoMs: heard ? nowMonoMs : state.lastAnswerMonoMs,
    pollDueMonoMs: again ? nowMonoMs : state.pollDueMonoMs,
  });
}

/** What the passing of time does to the line. `onFailure` is told of an exchange that ended without an answer. */
export function tickLine(
  turn: Id003Turn,
  onFailure: (turn: Id003Turn, command: Command, why: ExchangeFailure) => void,
): void {
  const { state, nowMonoMs } = turn;
  const { line } = state;
  if (line.kind === 'crediting' && nowMonoMs >= line.deadlineMonoMs) {
    update(turn, { line: { kind: 'free', notBeforeMonoMs: nowMonoMs } });
  }
  if (line.kind !== 'waiting' || nowMonoMs < answerDeadline(state, line)) return;
  if (state.rest.length > 0) log(turn, { kind: 'noise', reason: 'gap', bytes: state.rest });
  const damaged = state.rest.length > 0 || line.damaged;
  onFailure(turn, line.command, damaged ? 'damaged' : 'silent');
}

type Waiting = Extract<DialogState['line'], { readonly kind: 'waiting' }>;

/** A frame that broke off is given up after the byte gap, a damaged one once the line is silent. */
function answerDeadline(state: DialogState, line: Waiting): number {
  const broken = state.rest.length > 0 || line.damaged;
  const gapMonoMs = state.lastByteMonoMs + state.options.byteGapMsMax;
  return broken ? Math.min(gapMonoMs, line.deadlineMonoMs) : line.deadlineMonoMs;
}

/** Sends what is wanted and due, if the line is free. */
export function sendNext(turn: Id003Turn): void {
  const { state, nowMonoMs } = turn;
  if (state.line.kind !== 'free' || nowMonoMs < state.line.notBeforeMonoMs) return;
  if (state.phase.kind === 'refused') return;
  const command = chooseCommand(state, nowMonoMs);
  if (command !== undefined) send(turn, command);
  else if (nowMonoMs >= state.pollDueMonoMs) ask(turn);
}

function ask(turn: Id003Turn): void {
  const { state, nowMonoMs } = turn;
  send(turn, chooseQuestion(state));
  const pollDueMonoMs = nowMonoMs + pollInterval(state);
  update(turn, { view: undefined, pollSentMonoMs: nowMonoMs, pollDueMonoMs });
}

function send(turn: Id003Turn, command: Command): void {
  passGuards(turn, command);
  const { state, nowMonoMs } = turn;
  turn.outputs.push({ kind: 'send', bytes: encodeCommand(command) });
  const isReading = command.kind === 'version' || command.kind === 'currency-assign';
  const deadlineMonoMs = nowMonoMs + (isReading ? state.options.readReplyMsMax : state.options.replyMsMax);
  update(turn, { line: { kind: 'waiting', command, deadlineMonoMs, damaged: false }, rest: nothing });
}

function passGuards(turn: Id003Turn, command: Command): void {
  switch (command.kind) {
    case 'stack':
      passStack(turn);
      return;
    case 'set-denominations':
      passAccept(turn, kindsOf(command.taken));
      return;
    case 'inhibit':
      // Whatever the acceptor was told before is let in from now on.
      passAccept(turn, command.on ? [] : kindsOf(turn.state.takenSet ?? 0));
      return;
    case 'reset':
      passReset(turn);
      return;
    default:
      return;
  }
}

export function pollInterval(state: DialogState): number {
  if (state.lost === 'no-answer') return state.options.lostPollIntervalMs;
  const motion = state.seen?.motion;
  const calm =
    state.phase.kind !== 'recovering' && (motion === 'rest' || motion === 'returning' || motion === 'fault');
  return calm ? state.options.pollIntervalMs : state.options.pollBusyIntervalMs;
}

/** When the dialog next needs to be told the time; nothing while the line is closed. */
export function nextWake(state: DialogState, nowMonoMs: number): number | undefined {
  const { line, phase } = state;
  switch (line.kind) {
    case 'closed':
      return undefined;
    case 'waiting':
      return answerDeadline(state, line);
    case 'crediting':
      return line.deadlineMonoMs;
    case 'free': {
      if (phase.kind === 'refused') return phase.untilMonoMs;
      const wanted = chooseCommand(state, nowMonoMs) !== undefined;
      return wanted ? line.notBeforeMonoMs : Math.max(line.notBeforeMonoMs, state.pollDueMonoMs);
    }
  }
}
