import { isLostResetDue, mayOweCredit } from '../note-path/choose.ts';
import { tellReturning } from '../note-path/escrow.ts';
import { observe } from '../note-path/observe.ts';
import { answeredQuestion, becomeKnown, madeSetting, refuseDevice, wasReset } from '../note-path/phase.ts';
import { log, type Phase, update } from '../note-path/state.ts';
import { type Input, type Step, stepWith, type Wire } from '../note-path/step.ts';
import { decodeBillTable, decodeIdentification } from './bill-table.ts';
import { typesOf } from './choose.ts';
import {
  awaitConfirmation,
  failExchange,
  finishExchange,
  pollInterval,
  receiveBytes,
  receiveUnasked,
  sendNext,
  tickLine,
} from './exchange.ts';
import { ackFrame, type Command, decodeActionAnswer, decodePollState, isEcho } from './message.ts';
import type { CcnetTurn, DialogState, ExchangeFailure } from './state.ts';
import { deviceStateOf } from './words.ts';

/* The host's side of CCNET as a pure machine: what each answer means for the note path. */

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
    const { line, options } = turn.state;
    if (line.kind !== 'crediting') return;
    turn.outputs.push({ kind: 'send', bytes: ackFrame });
    update(turn, { line: { kind: 'free', notBeforeMonoMs: turn.nowMonoMs + options.quietMs } });
  },
  tick: (turn) => tickLine(turn, exchangeFailed),
  sendNext,
};

export function step(state: DialogState, input: Input, nowMonoMs: number): Step<DialogState> {
  return stepWith(wire, state, input, nowMonoMs);
}

function takeAnswer(turn: CcnetTurn, command: Command, payload: Uint8Array): void {
  switch (command.kind) {
    case 'poll':
      takePollAnswer(turn, command, payload);
      return;
    case 'identification':
      takeIdentification(turn, command, payload);
      return;
    case 'get-bill-table':
      takeBillTable(turn, command, payload);
      return;
    default:
      takeActionAnswer(turn, command, payload);
      return;
  }
}

function takePollAnswer(turn: CcnetTurn, command: Command, payload: Uint8Array): void {
  if (isEcho(command, payload)) {
    refuseEcho(turn);
    return;
  }
  if (decodeActionAnswer(payload) === 'nak') {
    exchangeFailed(turn, command, 'nak');
    return;
  }
  const poll = decodePollState(payload);
  // Some other command's late answer: the poll's own may still come.
  if (poll === undefined) {
    log(turn, { kind: 'unexpected-frame', payload });
    return;
  }
  observe(turn, deviceStateOf(poll));
  if (poll.kind === 'stacked' && turn.state.credit?.confirmed !== true) awaitConfirmation(turn);
  else finishExchange(turn, true);
  const busyMs = poll.kind === 'busy' ? poll.forMs : 0;
  update(turn, {
    pollDueMonoMs: turn.state.pollSentMonoMs + pollInterval(turn.state),
    busyUntilMonoMs: turn.nowMonoMs + busyMs,
  });
}

function refuseEcho(turn: CcnetTurn): void {
  finishExchange(turn, false);
  refuseDevice(turn, 'looped-back', 'the line returns our own bytes');
}

function takeIdentification(turn: CcnetTurn, command: Command, payload: Uint8Array): void {
  if (isEcho(command, payload)) {
    refuseEcho(turn);
    return;
  }
  const identification = decodeIdentification(payload);
  if (identification === undefined) {
    readFailed(turn, command, failureOf(turn, payload), 'no validator answers so to IDENTIFICATION');
    return;
  }
  finishExchange(turn, true);
  update(turn, { identification });
  answeredQuestion(turn);
  log(turn, { kind: 'identified', identification: { ...identification } });
}

function takeBillTable(turn: CcnetTurn, command: Command, payload: Uint8Array): void {
  const answer = decodeBillTable(payload);
  if (answer.kind === 'refused') {
    readFailed(turn, command, failureOf(turn, payload), answer.why);
    return;
  }
  finishExchange(turn, true);
  const { identification } = turn.state;
  if (identification === undefined) return;
  becomeKnown(
    turn,
    {
      protocol: 'ccnet',
      model: identification.partNumber,
      serialNumber: identification.serialNumber,
      // CCNET has no version of its own: the part number names the build.
      firmware: undefined,
    },
    answer.table,
  );
}

/** One odd answer may be a late one to an earlier poll; the same again and again is a device not to be driven. */
function readFailed(turn: CcnetTurn, command: Command, why: ExchangeFailure, detail: string): void {
  failExchange(turn, command, why);
  const readFailures = turn.state.readFailures + 1;
  update(turn, { readFailures });
  if (readFailures <= turn.state.options.retriesMax) return;
  refuseDevice(turn, command.kind === 'get-bill-table' ? 'bill-table' : 'wrong-device', detail);
}

/** Why a reading that was answered, but not with what was asked for, has failed. */
function failureOf(turn: CcnetTurn, payload: Uint8Array): ExchangeFailure {
  const answer = decodeActionAnswer(payload);
  if (answer === 'nak' || answer === 'illegal') return answer;
  log(turn, { kind: 'unexpected-frame', payload });
  return 'illegal';
}

function takeActionAnswer(turn: CcnetTurn, command: Command, payload: Uint8Array): void {
  const answer = decodeActionAnswer(payload);
  if (answer === undefined) {
    receiveUnasked(turn, payload);
    return;
  }
  if (answer === 'nak') {
    exchangeFailed(turn, command, 'nak');
    return;
  }
  const tolerated = command.kind === 'set-security';
  if (answer === 'illegal' && !tolerated) {
    exchangeFailed(turn, command, 'illegal');
    return;
  }
  finishExchange(turn, false);
  update(turn, {
    view: undefined,
    pollDueMonoMs: turn.state.pollSentMonoMs + turn.state.options.pollBusyIntervalMs,
  });
  actionDone(turn, command);
}

function actionDone(turn: CcnetTurn, command: Command): void {
  switch (command.kind) {
    case 'enable':
      update(turn, { appliedKinds: typesOf(command.types) });
      return;
    case 'set-security':
      madeSetting(turn, true);
      return;
    case 'return':
      tellReturning(turn);
      return;
    case 'reset':
      wasReset(turn);
      return;
    // An ACK to STACK proves nothing: the next polls tell.
    default:
      return;
  }
}

function exchangeFailed(turn: CcnetTurn, command: Command, why: ExchangeFailure): void {
  if (command.kind === 'identification' || command.kind === 'get-bill-table') {
    readFailed(turn, command, why, `${command.kind} is not answered`);
    return;
  }
  failExchange(turn, command, why);
  const { phase } = turn.state;
  if (command.kind === 'enable') update(turn, { appliedKinds: undefined });
  if (phase.kind !== 'seeking') return;
  if (command.kind === 'poll') pollFailedWhileSeeking(turn, phase);
  // Neither poll nor RESET was answered: perhaps it is the port that is dead.
  if (command.kind === 'reset') turn.outputs.push({ kind: 'reopen-link' });
}

/** Where RESET must wait for a note, the port at least can be opened anew. */
function pollFailedWhileSeeking(turn: CcnetTurn, phase: Extract<Phase, { kind: 'seeking' }>): void {
  update(turn, { phase: { ...phase, pollFailed: true } });
  const { state, nowMonoMs } = turn;
  if (!isLostResetDue(state, nowMonoMs) || !mayOweCredit(state, nowMonoMs)) return;
  update(turn, { lostResetDueMonoMs: nowMonoMs + state.options.lostResetIntervalMs });
  turn.outputs.push({ kind: 'reopen-link' });
}
