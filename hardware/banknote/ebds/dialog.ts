import { isLostResetDue } from '../note-path/choose.ts';
import { answeredQuestion, becomeKnown, madeSetting, refuseDevice, wasReset } from '../note-path/phase.ts';
import { log, update } from '../note-path/state.ts';
import { type Input, type Step, stepWith, type Wire } from '../note-path/step.ts';
import { kindsOf, settingsCount } from './choose.ts';
import type { Command } from './command.ts';
import { takeStatus, tellRejection, toldNothing } from './events.ts';
import {
  type ExchangeFailure,
  failExchange,
  finishExchange,
  receiveBytes,
  sendNext,
  tickLine,
  turnToggle,
} from './exchange.ts';
import { decodeCounters, decodeReply, decodeSerialNumber, type Reply } from './reply.ts';
import type { DialogState, EbdsTurn, Waiting } from './state.ts';
import { firmwareOf, kindOf, modelOf, otherKind, tableOf } from './words.ts';

/* The host's side of EBDS as a pure machine: what each answer means for the note path. */

const nothing = new Uint8Array(0);

const wire: Wire<DialogState> = {
  opened: (turn) => {
    const { nowMonoMs } = turn;
    const line = { kind: 'free', notBeforeMonoMs: nowMonoMs } as const;
    update(turn, { line, rest: nothing, failures: 0, pollDueMonoMs: nowMonoMs });
  },
  closed: (turn) => update(turn, { line: { kind: 'closed' } }),
  bytes: (turn, chunk) => receiveBytes(turn, chunk, takeAnswer),
  creditConfirmed: (turn) => {
    const { isCreditHeld, line } = turn.state;
    if (isCreditHeld && line.kind === 'free') turnToggle(turn);
  },
  tick: (turn) => tickLine(turn, exchangeFailed),
  sendNext,
};

export function step(state: DialogState, input: Input, nowMonoMs: number): Step<DialogState> {
  return stepWith(wire, state, input, nowMonoMs);
}

function takeAnswer(turn: EbdsTurn, line: Waiting, payload: Uint8Array): void {
  const reply = decodeReply(payload);
  // The bit stays: the true answer may come behind it, and is said again at the next message.
  if (reply?.kind === 'echo' || isSame(payload, line.payload)) {
    failExchange(turn, line.command, 'damaged');
    refuseDevice(turn, 'looped-back', 'the line returns our own bytes');
    return;
  }
  // With the other bit it is an earlier answer come late: this message's own may still come.
  if (reply === undefined || reply.toggle !== line.toggle) {
    log(turn, { kind: 'unexpected-frame', payload });
    return;
  }
  if (reply.kind === 'status') takeStatusReply(turn, line, reply);
  takeAnswerTo(turn, line.command, reply);
  finishExchange(turn, line.command.kind === 'reset' ? turn.state.options.resetQuietMs : undefined);
}

/** A setting that comes back decodes as a status: nothing of it may be believed. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

type StatusReply = Extract<Reply, { kind: 'status' }>;

function takeStatusReply(turn: EbdsTurn, line: Waiting, { status, note }: StatusReply): void {
  if (line.isNew && !status.invalidCommand) update(turn, { gateSet: line.isGateOpen });
  const isEntry = note?.kind === 'note' && note.index > 0;
  takeStatus(turn, status, isEntry ? undefined : note, line.isNew);
  // An answer said again may be old; and a unit that has an order may need a moment: both are asked once more.
  const isOrder = line.command.kind === 'stack' || line.command.kind === 'return';
  if (!line.isNew || isOrder) update(turn, { view: undefined });
}

/** Only a poll is ever sent with a bit that was used before, and it wants no answer of its own. */
function takeAnswerTo(turn: EbdsTurn, command: Command, reply: Reply): void {
  const isRefused = reply.kind === 'status' && reply.status.invalidCommand;
  if (isRefused) log(turn, { kind: 'exchange-failed', command: command.kind, why: 'invalid' });
  switch (command.kind) {
    case 'serial-number':
      takeSerialNumber(turn, reply);
      return;
    case 'counters':
      takeCounters(turn, reply);
      return;
    case 'note':
      takeNote(turn, command.index, reply);
      return;
    case 'escrow-timeout':
      // Not every firmware may know it: without it the unit waits for its host.
      madeSetting(turn, false);
      return;
    case 'enables':
      takeEnables(turn, command, isRefused);
      return;
    case 'gate':
      update(turn, { appliedKinds: command.isOpen ? turn.state.enablesSet : [] });
      pollSoon(turn);
      return;
    case 'stack':
    case 'return':
      pollSoon(turn);
      return;
    case 'reset':
      resetDone(turn);
      return;
    case 'poll':
      return;
  }
}

function pollSoon(turn: EbdsTurn): void {
  update(turn, { pollDueMonoMs: turn.nowMonoMs + turn.state.options.pollBusyIntervalMs });
}

function takeSerialNumber(turn: EbdsTurn, reply: Reply): void {
  const serialNumber = reply.kind === 'auxiliary' ? decodeSerialNumber(reply.data) : undefined;
  update(turn, { serialNumber: serialNumber ?? '', noteKinds: [] });
  answeredQuestion(turn);
}

/** Some units may count nothing: then no note has a reason of its own. */
function takeCounters(turn: EbdsTurn, reply: Reply): void {
  const counters = reply.kind === 'auxiliary' ? decodeCounters(reply.data) : undefined;
  if (turn.state.rejectionWanted) {
    tellRejection(turn, counters);
    return;
  }
  update(turn, { counters });
  answeredQuestion(turn);
}

function takeNote(turn: EbdsTurn, index: number, reply: Reply): void {
  const note = reply.kind === 'status' ? reply.note : undefined;
  if (note?.kind === 'blank') {
    endOfTable(turn);
    return;
  }
  if (note?.kind !== 'note' || note.index !== index) {
    readFailed(turn, 'wrong-device', `note ${index} is not told`);
    return;
  }
  const kind = kindOf(note);
  if (kind === otherKind) {
    const why = note.currency === 'KZT' ? 'has an impossible value' : `is money of "${note.currency}"`;
    readFailed(turn, 'bill-table', `note ${index} ${why}`);
    return;
  }
  update(turn, { noteKinds: [...turn.state.noteKinds, kind] });
  answeredQuestion(turn);
}

function endOfTable(turn: EbdsTurn): void {
  const { noteKinds, serialNumber, status } = turn.state;
  if (noteKinds.length === 0 || status === undefined) {
    readFailed(turn, 'bill-table', 'the table holds no note');
    return;
  }
  const model = modelOf(status);
  const firmware = firmwareOf(status);
  log(turn, { kind: 'identified', identification: { model, firmware, serialNumber } });
  becomeKnown(turn, { protocol: 'ebds', model, firmware, serialNumber }, tableOf(noteKinds));
}

/** One odd answer may be a late one to an earlier question; the same again and again is a device not to be driven. */
function readFailed(turn: EbdsTurn, fault: 'bill-table' | 'wrong-device', detail: string): void {
  const readFailures = turn.state.readFailures + 1;
  update(turn, { readFailures, view: undefined });
  if (readFailures > turn.state.options.retriesMax) refuseDevice(turn, fault, detail);
}

/** A unit that refuses them may want them in the other form. */
function takeEnables(
  turn: EbdsTurn,
  command: Extract<Command, { kind: 'enables' }>,
  isRefused: boolean,
): void {
  if (isRefused) {
    const enablesForm = command.form === 'narrow' ? 'wide' : 'narrow';
    update(turn, { enablesForm, enablesSet: undefined, appliedKinds: undefined, view: undefined });
    return;
  }
  const enablesSet = kindsOf(turn.state, command.notes);
  update(turn, { enablesSet });
  if (!turn.state.isConfigured) madeSetting(turn, turn.state.settingsMade + 1 >= settingsCount);
  if (turn.state.gateSet === true) update(turn, { appliedKinds: enablesSet });
}

/** The unit starts as if its power had come back; its bit and all that it was told are gone. */
function resetDone(turn: EbdsTurn): void {
  const { nowMonoMs, state } = turn;
  const { resetSilenceMsMax, resetQuietMs } = state.options;
  update(turn, {
    ...toldNothing,
    view: undefined,
    busyUntilMonoMs: nowMonoMs + resetSilenceMsMax,
    pollDueMonoMs: nowMonoMs + resetQuietMs,
  });
  wasReset(turn);
}

function exchangeFailed(turn: EbdsTurn, line: Waiting, why: ExchangeFailure): void {
  const { command } = line;
  failExchange(turn, command, why);
  switch (command.kind) {
    case 'reset':
      // No answer is promised (§6).
      resetDone(turn);
      update(turn, { line: { kind: 'free', notBeforeMonoMs: turn.state.pollDueMonoMs } });
      return;
    case 'serial-number':
    case 'counters':
    case 'escrow-timeout':
      sideMessageFailed(turn, command);
      return;
    case 'note':
      readFailed(turn, 'wrong-device', 'the note table is not told');
      return;
    case 'enables':
      update(turn, { enablesSet: undefined, appliedKinds: undefined });
      return;
    case 'gate':
      update(turn, { isGateOpen: false, appliedKinds: undefined });
      return;
    default:
      if (turn.state.phase.kind === 'seeking') pollFailedWhileSeeking(turn);
  }
}

/** Tried a few times; a unit that does not know these messages is driven without them. */
function sideMessageFailed(turn: EbdsTurn, { kind }: Command): void {
  const readFailures = turn.state.readFailures + 1;
  update(turn, { readFailures });
  if (readFailures <= turn.state.options.retriesMax) return;
  update(turn, { readFailures: 0 });
  if (kind === 'escrow-timeout') {
    madeSetting(turn, false);
  } else if (turn.state.rejectionWanted) {
    tellRejection(turn, undefined);
  } else {
    update(turn, kind === 'counters' ? { counters: undefined } : { serialNumber: '', noteKinds: [] });
    answeredQuestion(turn);
  }
}

/** Nothing is reset from here, but the port can be opened anew: perhaps it is that which is dead. */
function pollFailedWhileSeeking(turn: EbdsTurn): void {
  const { phase } = turn.state;
  if (phase.kind !== 'seeking') return;
  update(turn, { phase: { ...phase, pollFailed: true } });
  const { state, nowMonoMs } = turn;
  if (!isLostResetDue(state, nowMonoMs)) return;
  update(turn, { lostResetDueMonoMs: nowMonoMs + state.options.lostResetIntervalMs });
  turn.outputs.push({ kind: 'reopen-link' });
}
