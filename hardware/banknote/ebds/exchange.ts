import { passAccept, passReset, passStack } from '../note-path/guards.ts';
import { log, update } from '../note-path/state.ts';
import { chooseCommand, kindsOf, mayStayOpen } from './choose.ts';
import { type Command, encodeCommand } from './command.ts';
import { deframe, payloadOf } from './frame.ts';
import type { DialogState, EbdsTurn, Waiting } from './state.ts';

/*
 * One message at a time: write it, wait for its answer, keep the quiet time (EBDS §2, §8). The bit is turned over only
 * after a good answer: as long as it stays, the unit says its last answer again, and no event is lost.
 */

const nothing = new Uint8Array(0);

export type ExchangeFailure = 'silent' | 'damaged';

/** Takes bytes off the line; `onAnswer` is given the payload of each frame that may answer the outstanding message. */
export function receiveBytes(
  turn: EbdsTurn,
  chunk: Uint8Array,
  onAnswer: (turn: EbdsTurn, line: Waiting, payload: Uint8Array) => void,
): void {
  const { found, rest } = deframe(turn.state.rest, chunk);
  update(turn, { rest, lastByteMonoMs: turn.nowMonoMs });
  for (const item of found) {
    const { line } = turn.state;
    if (item.kind === 'noise') {
      log(turn, { kind: 'noise', reason: item.reason, bytes: item.bytes });
      const isDamage = item.reason === 'bad-check' || item.reason === 'bad-end';
      if (isDamage && line.kind === 'waiting') update(turn, { line: { ...line, damaged: true } });
    } else if (line.kind === 'waiting') {
      onAnswer(turn, line, item.payload);
    } else {
      log(turn, { kind: 'unexpected-frame', payload: item.payload });
    }
  }
}

/** Ends an exchange whose answer was good. A credit that is not stored yet keeps the bit, and the unit saying it. */
export function finishExchange(turn: EbdsTurn, quietMs: number = turn.state.options.quietMs): void {
  const { nowMonoMs, state } = turn;
  const isCreditHeld = state.seen?.poll.kind === 'stacked' && state.credit?.confirmed === false;
  update(turn, {
    line: { kind: 'free', notBeforeMonoMs: nowMonoMs + quietMs },
    lastAnswerMonoMs: nowMonoMs,
    failures: 0,
    isCreditHeld,
  });
  if (!isCreditHeld) turnToggle(turn);
}

/** The next message is a new one. */
export function turnToggle(turn: EbdsTurn): void {
  update(turn, { toggle: turn.state.toggle === 0 ? 1 : 0, isToggleUsed: false, isCreditHeld: false });
}

/** Ends an exchange that brought nothing. It is tried again at once a few times, then at the pace of polling. */
export function failExchange(turn: EbdsTurn, command: Command, why: ExchangeFailure): void {
  const { nowMonoMs, state } = turn;
  log(turn, { kind: 'exchange-failed', command: command.kind, why });
  const failures = state.failures + 1;
  const again = failures <= state.options.retriesMax && state.phase.kind !== 'seeking';
  update(turn, {
    failures,
    // Nobody knows what was done: the acceptor is asked before anything is sent twice.
    view: undefined,
    rest: nothing,
    line: { kind: 'free', notBeforeMonoMs: nowMonoMs + state.options.quietMs },
    pollDueMonoMs: again ? nowMonoMs : state.pollDueMonoMs,
  });
}

/** What the passing of time does to the line. `onFailure` is told of an exchange that ended without an answer. */
export function tickLine(
  turn: EbdsTurn,
  onFailure: (turn: EbdsTurn, line: Waiting, why: ExchangeFailure) => void,
): void {
  const { state, nowMonoMs } = turn;
  const { line } = state;
  if (line.kind !== 'waiting' || nowMonoMs < answerDeadline(state, line)) return;
  if (state.rest.length > 0) log(turn, { kind: 'noise', reason: 'gap', bytes: state.rest });
  const damaged = state.rest.length > 0 || line.damaged;
  onFailure(turn, line, damaged ? 'damaged' : 'silent');
}

/** A frame that broke off is given up after the byte gap, a damaged one once the line is silent. */
function answerDeadline(state: DialogState, line: Waiting): number {
  const broken = state.rest.length > 0 || line.damaged;
  const gapMonoMs = state.lastByteMonoMs + state.options.byteGapMsMax;
  return broken ? Math.min(gapMonoMs, line.deadlineMonoMs) : line.deadlineMonoMs;
}

/** Sends what is wanted and due, if the line is free. */
export function sendNext(turn: EbdsTurn): void {
  const { state, nowMonoMs } = turn;
  if (state.line.kind !== 'free' || nowMonoMs < state.line.notBeforeMonoMs) return;
  if (state.phase.kind === 'refused') return;
  const command = chooseCommand(state, nowMonoMs);
  if (command !== undefined) send(turn, command);
  else if (nowMonoMs >= state.pollDueMonoMs) poll(turn);
}

function poll(turn: EbdsTurn): void {
  send(turn, { kind: 'poll' });
  const pollDueMonoMs = turn.nowMonoMs + pollInterval(turn.state);
  update(turn, { view: undefined, pollSentMonoMs: turn.nowMonoMs, pollDueMonoMs });
}

function send(turn: EbdsTurn, command: Command): void {
  passGuards(turn, command);
  const { nowMonoMs } = turn;
  const isGateOpen = command.kind === 'gate' ? command.isOpen : mayStayOpen(turn.state, nowMonoMs);
  const { toggle, isToggleUsed, options } = turn.state;
  const bytes = encodeCommand(command, toggle, isGateOpen);
  turn.outputs.push({ kind: 'send', bytes });
  update(turn, {
    line: {
      kind: 'waiting',
      command,
      payload: payloadOf(bytes),
      toggle,
      isNew: !isToggleUsed,
      isGateOpen,
      deadlineMonoMs: nowMonoMs + options.replyMsMax,
      damaged: false,
    },
    rest: nothing,
    isToggleUsed: true,
    isGateOpen,
  });
}

function passGuards(turn: EbdsTurn, command: Command): void {
  switch (command.kind) {
    case 'stack':
      passStack(turn);
      return;
    case 'enables':
      passAccept(turn, kindsOf(turn.state, command.notes));
      return;
    case 'gate':
      passAccept(turn, command.isOpen ? (turn.state.enablesSet ?? []) : []);
      return;
    case 'reset':
      passReset(turn);
      return;
    default:
      return;
  }
}

function pollInterval(state: DialogState): number {
  // Once it answers it is polled as it needs to be, to end its power-up.
  if (state.lost === 'no-answer' && state.phase.kind === 'seeking') return state.options.lostPollIntervalMs;
  const motion = state.seen?.motion;
  const calm =
    state.phase.kind === 'working' && (motion === 'rest' || motion === 'returning' || motion === 'fault');
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
    case 'free': {
      if (phase.kind === 'refused') return phase.untilMonoMs;
      const wanted = chooseCommand(state, nowMonoMs) !== undefined;
      return wanted ? line.notBeforeMonoMs : Math.max(line.notBeforeMonoMs, state.pollDueMonoMs);
    }
  }
}
