import { sawStacked } from '../note-path/credit.ts';
import { passAccept, passReset, passStack } from '../note-path/guards.ts';
import { log, update } from '../note-path/state.ts';
import { chooseCommand, typesOf } from './choose.ts';
import { deframe } from './frame.ts';
import { ackFrame, type Command, decodePollState, encodeCommand, nakFrame } from './message.ts';
import type { CcnetTurn, DialogState, ExchangeFailure } from './state.ts';

/*
 * One command at a time: write it, wait for its answer, acknowledge or refuse that, keep the quiet time (CCNET §3, §4).
 */

const nothing = new Uint8Array(0);

/** A late answer to a poll is believed for so long: only a credit event in it matters. */
const latePollMsMax = 1_000;

/** Takes bytes off the line; `onAnswer` is given the payload of each frame that may answer the outstanding command. */
export function receiveBytes(
  turn: CcnetTurn,
  chunk: Uint8Array,
  onAnswer: (turn: CcnetTurn, command: Command, payload: Uint8Array) => void,
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
      receiveUnasked(turn, item.payload);
    }
  }
}

/**
 * A frame that answers nothing outstanding. It is dropped, except for a credit event that an unanswered poll has asked
 * for: not every device is sure to say it twice.
 */
export function receiveUnasked(turn: CcnetTurn, payload: Uint8Array): void {
  const poll = decodePollState(payload);
  const { state, nowMonoMs } = turn;
  if (poll?.kind === 'stacked' && nowMonoMs < state.latePollUntilMonoMs) {
    log(turn, { kind: 'credit-came-late', type: poll.type });
    // Only a poll after this one can show that the device has gone on.
    update(turn, { view: undefined, seen: { poll, motion: 'final', sinceMonoMs: nowMonoMs } });
    sawStacked(turn, poll);
    return;
  }
  log(turn, { kind: 'unexpected-frame', payload });
}

/** Ends an exchange whose answer was good; data is acknowledged, an ACK of the device is not. */
export function finishExchange(turn: CcnetTurn, acknowledge: boolean): void {
  const { nowMonoMs, state } = turn;
  if (acknowledge) turn.outputs.push({ kind: 'send', bytes: ackFrame });
  update(turn, {
    line: { kind: 'free', notBeforeMonoMs: nowMonoMs + state.options.quietMs },
    lastAnswerMonoMs: nowMonoMs,
    failures: 0,
  });
}

/** Leaves a credit event unacknowledged for now: an ACK sent soon enough still belongs to this very reply. */
export function awaitConfirmation(turn: CcnetTurn): void {
  const { nowMonoMs, state } = turn;
  update(turn, {
    line: { kind: 'crediting', deadlineMonoMs: nowMonoMs + state.options.creditConfirmMsMax },
    lastAnswerMonoMs: nowMonoMs,
    failures: 0,
  });
}

/** Ends an exchange that brought nothing. It is tried again at once a few times, then at the pace of polling. */
export function failExchange(turn: CcnetTurn, command: Command, why: ExchangeFailure): void {
  const { nowMonoMs, state } = turn;
  log(turn, { kind: 'exchange-failed', command: command.kind, why });
  const failures = state.failures + 1;
  const again = failures <= state.options.retriesMax && state.phase.kind !== 'seeking';
  // Only a NAK says that the command was not executed; else the device must be asked before anything is sent twice.
  const view = why === 'nak' && again ? state.view : undefined;
  const heard = why === 'nak' || why === 'illegal';
  update(turn, {
    failures,
    view,
    rest: nothing,
    line: { kind: 'free', notBeforeMonoMs: nowMonoMs + state.options.quietMs },
    lastAnswerMonoMs: heard ? nowMonoMs : state.lastAnswerMonoMs,
    pollDueMonoMs: again ? nowMonoMs : state.pollDueMonoMs,
  });
  if (command.kind === 'poll' && (why === 'silent' || why === 'damaged')) {
    update(turn, { latePollUntilMonoMs: nowMonoMs + latePollMsMax });
  }
}

/** What the passing of time does to the line. `onFailure` is told of an exchange that ended without an answer. */
export function tickLine(
  turn: CcnetTurn,
  onFailure: (turn: CcnetTurn, command: Command, why: ExchangeFailure) => void,
): void {
  const { state, nowMonoMs } = turn;
  const { line } = state;
  if (line.kind === 'crediting' && nowMonoMs >= line.deadlineMonoMs) {
    update(turn, { line: { kind: 'free', notBeforeMonoMs: nowMonoMs } });
  }
  if (line.kind !== 'waiting' || nowMonoMs < answerDeadline(state, line)) return;
  if (state.rest.length === 0 && !line.damaged) {
    onFailure(turn, line.command, 'silent');
    return;
  }
  if (state.rest.length > 0) log(turn, { kind: 'noise', reason: 'gap', bytes: state.rest });
  turn.outputs.push({ kind: 'send', bytes: nakFrame });
  onFailure(turn, line.command, 'damaged');
}

type Waiting = Extract<DialogState['line'], { readonly kind: 'waiting' }>;

/** A frame that broke off is given up after the byte gap, a damaged one refused once the line is silent. */
function answerDeadline(state: DialogState, line: Waiting): number {
  const broken = state.rest.length > 0 || line.damaged;
  const gapMonoMs = state.lastByteMonoMs + state.options.byteGapMsMax;
  return broken ? Math.min(gapMonoMs, line.deadlineMonoMs) : line.deadlineMonoMs;
}

/** Sends what is wanted and due, if the line is free. */
export function sendNext(turn: CcnetTurn): void {
  const { state, nowMonoMs } = turn;
  if (state.line.kind !== 'free' || nowMonoMs < state.line.notBeforeMonoMs) return;
  if (state.phase.kind === 'refused') return;
  const action = chooseCommand(state, nowMonoMs);
  if (action !== undefined) send(turn, action);
  else if (nowMonoMs >= state.pollDueMonoMs) send(turn, { kind: 'poll' });
}

function send(turn: CcnetTurn, command: Command): void {
  const { nowMonoMs } = turn;
  passGuards(turn, command);
  const { state } = turn;
  turn.outputs.push({ kind: 'send', bytes: encodeCommand(command) });
  const deadlineMonoMs = nowMonoMs + replyMsMax(state, command);
  update(turn, { line: { kind: 'waiting', command, deadlineMonoMs, damaged: false }, rest: nothing });
  if (command.kind !== 'poll') return;
  const pollDueMonoMs = nowMonoMs + pollInterval(state);
  update(turn, { view: undefined, pollSentMonoMs: nowMonoMs, pollDueMonoMs });
}

function passGuards(turn: CcnetTurn, command: Command): void {
  switch (command.kind) {
    case 'stack':
      passStack(turn);
      return;
    case 'enable':
      passAccept(turn, typesOf(command.types));
      return;
    case 'reset':
      passReset(turn);
      return;
    default:
      return;
  }
}

function replyMsMax(state: DialogState, command: Command): number {
  switch (command.kind) {
    case 'reset':
      return state.options.resetReplyMsMax;
    case 'identification':
    case 'get-bill-table':
      return state.options.readReplyMsMax;
    default:
      return state.options.replyMsMax;
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
