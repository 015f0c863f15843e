import { assert } from '../../../terminal/assert.ts';
import { mayStack, passAccept, passReset, passStack } from '../note-path/guards.ts';
import { leaseLive, log, update } from '../note-path/state.ts';
import { channelsOf, chooseCommand, chooseQuestion, questionDueMonoMs } from './choose.ts';
import { paddingOf, seal, sealedMark, unseal } from './cipher.ts';
import { deframe, encodeFrame } from './frame.ts';
import { type Command, commandData, isPlain } from './message.ts';
import type { DialogState, EsspTurn, Waiting } from './state.ts';

/*
 * One command at a time (eSSP §2, §7, §9): write it, wait for its answer, send the same bytes again until there is one. A
 * unit that has heard them already only repeats its answer.
 */

const nothing = new Uint8Array(0);
const sequenceBit = 0x80;

export type Received =
  /** What the unit said, taken out of its envelope. */
  | { readonly kind: 'data'; readonly data: Uint8Array }
  /** Our own bytes. */
  | { readonly kind: 'echo' }
  /** No key of this session opens it, or it is out of step. */
  | { readonly kind: 'undecipherable' };

export function receiveBytes(
  turn: EsspTurn,
  chunk: Uint8Array,
  onReceived: (turn: EsspTurn, line: Waiting, received: Received) => void,
): void {
  const { found, rest } = deframe(turn.state.rest, chunk);
  update(turn, { rest });
  for (const item of found) {
    const { line } = turn.state;
    if (item.kind === 'noise') log(turn, { kind: 'noise', reason: item.reason, bytes: item.bytes });
    else if (line.kind === 'waiting' && item.payload[0] === line.payload[0])
      onReceived(turn, line, open(turn, line, item.payload));
    // A late copy of an answer that we already have.
    else log(turn, { kind: 'unexpected-frame', payload: item.payload });
  }
}

function open(turn: EsspTurn, line: Waiting, payload: Uint8Array): Received {
  const isEcho =
    payload.length === line.payload.length && payload.every((byte, at) => byte === line.payload[at]);
  if (isEcho) return { kind: 'echo' };
  const data = payload.subarray(1);
  const { keys } = turn.state;
  if (data[0] !== sealedMark) return { kind: 'data', data };
  const unsealed = keys && unseal(keys.key, data);
  if (unsealed === undefined || keys === undefined || unsealed.count !== keys.count + 1)
    return { kind: 'undecipherable' };
  return { kind: 'data', data: unsealed.data };
}

/** Ends an exchange: the next frame has the other bit, and the next packet the next count. */
export function finishExchange(turn: EsspTurn): void {
  const { nowMonoMs, state } = turn;
  const { line, keys, sequence } = state;
  const wasSealed = line.kind === 'waiting' && line.payload[1] === sealedMark;
  update(turn, {
    line: { kind: 'free', notBeforeMonoMs: nowMonoMs },
    lastAnswerMonoMs: nowMonoMs,
    sequence: sequence === 0 ? 1 : 0,
    keys: keys && wasSealed ? { ...keys, count: keys.count + 1 } : keys,
  });
}

/**
 * Nothing is known of the line any more: a new session, and after it REJECT before any poll (§10). A credit event that
 * was told and not yet acknowledged will be told again.
 */
export function dropSession(turn: EsspTurn, afterMs: number): void {
  const { nowMonoMs } = turn;
  update(turn, {
    line: { kind: 'free', notBeforeMonoMs: nowMonoMs },
    session: { kind: 'none' },
    keys: undefined,
    rest: nothing,
    view: undefined,
    escrowTold: 'unknown',
    toldChannel: undefined,
    ackWanted: false,
    rejection: undefined,
    enabledSet: undefined,
    takenSet: undefined,
    appliedKinds: undefined,
    pollDueMonoMs: nowMonoMs + afterMs,
  });
}

/** What the passing of time does to the line. `onFailure` is told of an exchange that is given up. */
export function tickLine(turn: EsspTurn, onFailure: (turn: EsspTurn) => void): void {
  const { state, nowMonoMs } = turn;
  const { line } = state;
  if (line.kind !== 'waiting' || nowMonoMs < line.deadlineMonoMs) return;
  if (state.rest.length > 0) log(turn, { kind: 'noise', reason: 'gap', bytes: state.rest });
  update(turn, { rest: nothing });
  log(turn, { kind: 'exchange-failed', command: line.command.kind, why: 'silent' });
  if (line.tries > state.options.retriesMax || line.command.kind === 'sync') onFailure(turn);
  else sendAgain(turn, line);
}

/**
 * The same bytes, if they may still be sent. Where they may not, the unit may have heard them or not: the contrary is
 * sent under the same bit, which is done if they were lost, and answered as they would have been if they were not.
 */
function sendAgain(turn: EsspTurn, line: Waiting): void {
  const { command } = line;
  if (command.kind === 'poll' && command.stacks) {
    const { toldChannel } = turn.state;
    if (toldChannel !== undefined) update(turn, { view: { kind: 'escrow', type: toldChannel } });
    if (!mayStack(turn.state, turn.nowMonoMs)) {
      replace(turn, line, { kind: 'reject' });
      return;
    }
    passStack(turn);
    update(turn, { view: undefined });
  }
  if (opens(turn.state, command) && !leaseLive(turn.state, turn.nowMonoMs)) {
    replace(turn, line, { kind: 'disable' });
    return;
  }
  write(turn, { ...line, tries: line.tries + 1 });
}

function replace(turn: EsspTurn, line: Waiting, command: Command): void {
  const payload = payloadOf(turn.state, command);
  write(turn, {
    ...line,
    command,
    insteadOf: line.insteadOf ?? line.command,
    payload,
    tries: line.tries + 1,
  });
}

/** Makes the unit take notes, if it is done. */
function opens(state: DialogState, command: Command): boolean {
  return (
    command.kind === 'enable' ||
    (command.kind === 'inhibits' && command.taken !== 0 && state.enabledSet !== false)
  );
}

/** Sends what is wanted and due, if the line is free. */
export function sendNext(turn: EsspTurn): void {
  const { state, nowMonoMs } = turn;
  if (state.line.kind !== 'free' || nowMonoMs < state.line.notBeforeMonoMs) return;
  if (state.phase.kind === 'refused') return;
  const command = chooseCommand(state, nowMonoMs);
  if (command !== undefined) send(turn, command);
  else if (nowMonoMs >= questionDueMonoMs(state)) send(turn, chooseQuestion(state));
}

function send(turn: EsspTurn, command: Command): void {
  const { nowMonoMs } = turn;
  passGuards(turn, command);
  if (command.kind === 'sync') update(turn, { sequence: 1, keys: undefined });
  if (command.kind === 'hold') update(turn, { holdDueMonoMs: nowMonoMs + turn.state.options.holdIntervalMs });
  if (command.kind === 'poll') {
    const pollDueMonoMs = nowMonoMs + pollInterval(turn.state);
    update(turn, { view: undefined, pollSentMonoMs: nowMonoMs, pollDueMonoMs });
  }
  const payload = payloadOf(turn.state, command);
  write(turn, { kind: 'waiting', command, insteadOf: undefined, payload, tries: 1, deadlineMonoMs: 0 });
}

function passGuards(turn: EsspTurn, command: Command): void {
  switch (command.kind) {
    case 'poll':
      if (command.stacks) {
        passStack(turn);
        // From now on a credit event is another note's than the one before.
        update(turn, { creditedChannel: undefined });
      } else assert(turn.state.escrowTold === 'none', 'a poll would let the note in escrow in');
      return;
    case 'inhibits':
      passAccept(turn, channelsOf(command.taken));
      return;
    case 'enable':
      passAccept(turn, channelsOf(turn.state.takenSet ?? 0));
      return;
    case 'reset':
      passReset(turn);
      return;
    default:
      return;
  }
}

function payloadOf({ sequence, keys, keySeed }: DialogState, command: Command): Uint8Array {
  const address = sequence === 1 ? sequenceBit : 0;
  const data = commandData(command);
  if (keys === undefined || isPlain(command)) return Uint8Array.of(address, ...data);
  const padding = (byteCount: number): Uint8Array => paddingOf(keySeed, keys.count, byteCount);
  return Uint8Array.of(address, ...seal(keys.key, keys.count, data, padding));
}

function write(turn: EsspTurn, line: Waiting): void {
  turn.outputs.push({ kind: 'send', bytes: encodeFrame(line.payload) });
  const { replyMsMax, syncReplyMsMax } = turn.state.options;
  const deadlineMonoMs = turn.nowMonoMs + (line.command.kind === 'sync' ? syncReplyMsMax : replyMsMax);
  update(turn, { line: { ...line, deadlineMonoMs } });
}

function pollInterval(state: DialogState): number {
  const motion = state.seen?.motion;
  const calm = state.phase.kind !== 'recovering' && motion !== 'moving';
  return calm ? state.options.pollIntervalMs : state.options.pollBusyIntervalMs;
}

/** When the dialog next needs to be told the time; nothing while the line is closed. */
export function nextWake(state: DialogState, nowMonoMs: number): number | undefined {
  const { line, phase } = state;
  switch (line.kind) {
    case 'closed':
      return undefined;
    case 'waiting':
      return line.deadlineMonoMs;
    case 'free': {
      if (phase.kind === 'refused') return phase.untilMonoMs;
      const wanted = chooseCommand(state, nowMonoMs) !== undefined;
      return wanted ? line.notBeforeMonoMs : Math.max(line.notBeforeMonoMs, questionDueMonoMs(state));
    }
  }
}
