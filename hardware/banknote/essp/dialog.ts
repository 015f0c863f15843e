import { isLostResetDue } from '../note-path/choose.ts';
import { tellReturning } from '../note-path/escrow.ts';
import { observe } from '../note-path/observe.ts';
import { answeredQuestion, becomeKnown, madeSetting, refuseDevice, wasReset } from '../note-path/phase.ts';
import { log, update } from '../note-path/state.ts';
import { type Input, type Step, stepWith, type Wire } from '../note-path/step.ts';
import { channelsOf } from './choose.ts';
import { hostSecret, powerModulo, sessionKey } from './cipher.ts';
import { takeEvents, tellRejection } from './events.ts';
import { dropSession, finishExchange, type Received, receiveBytes, sendNext, tickLine } from './exchange.ts';
import { type Command, decodeAnswer, decodeEvents, type Refusal } from './message.ts';
import { decodeSerialNumber, decodeSetup } from './setup.ts';
import type { DialogState, EsspTurn, Waiting } from './state.ts';

/* The host's side of eSSP as a pure machine: what each answer means for the session and for the note path. */

const nothing = new Uint8Array(0);
/** The newest version first (§5); the older ones are tried as long as the unit refuses. */
const newestVersion = 8;
const oldestVersion = 6;

const wire: Wire<DialogState> = {
  opened: (turn) => {
    dropSession(turn, 0);
  },
  closed: (turn) => {
    dropSession(turn, 0);
    update(turn, { line: { kind: 'closed' } });
  },
  bytes: (turn, chunk) => receiveBytes(turn, chunk, takeReceived),
  creditConfirmed: () => undefined,
  tick: (turn) => tickLine(turn, givenUp),
  sendNext,
};

export function step(state: DialogState, input: Input, nowMonoMs: number): Step<DialogState> {
  return stepWith(wire, state, input, nowMonoMs);
}

function takeReceived(turn: EsspTurn, line: Waiting, received: Received): void {
  if (received.kind === 'echo') {
    dropSession(turn, 0);
    refuseDevice(turn, 'looped-back', 'the line returns our own bytes');
    return;
  }
  if (line.command.kind === 'sync') {
    // Whatever it says, and be it an old answer once more: somebody is there.
    finishExchange(turn);
    takeOk(turn, line.command, received.kind === 'data' ? received.data : nothing);
    return;
  }
  const answer = received.kind === 'data' ? decodeAnswer(received.data) : undefined;
  const isOutOfStep =
    received.kind === 'undecipherable' || (answer?.kind === 'refused' && answer.why === 'no-key');
  if (isOutOfStep) {
    // §7: any packet that cannot be read ends the session.
    log(turn, { kind: 'exchange-failed', command: line.command.kind, why: 'key' });
    dropSession(turn, turn.state.options.syncIntervalMs);
    return;
  }
  if (answer === undefined) {
    log(turn, { kind: 'exchange-failed', command: line.command.kind, why: 'unfit' });
    return;
  }
  finishExchange(turn);
  if (line.insteadOf !== undefined)
    takeEither(turn, line.insteadOf, answer.kind === 'ok' ? answer.data : undefined);
  else if (answer.kind === 'ok') takeOk(turn, line.command, answer.data);
  else takeRefusal(turn, line.command, answer.why);
}

/** An answer to one of two commands: what cannot be told from it is made sure of by saying the second one once more. */
function takeEither(turn: EsspTurn, first: Command, data: Uint8Array | undefined): void {
  if (first.kind !== 'poll') {
    update(turn, { enabledSet: undefined, appliedKinds: undefined, view: undefined });
    return;
  }
  if (data !== undefined && data.length > 0) takePoll(turn, first, data);
  update(turn, { escrowTold: 'unknown' });
}

function takeOk(turn: EsspTurn, command: Command, data: Uint8Array): void {
  switch (command.kind) {
    case 'sync':
      update(turn, { sequence: 0, session: { kind: 'opening', step: 'generator' } });
      return;
    case 'set-generator':
      update(turn, { session: { kind: 'opening', step: 'modulus' } });
      return;
    case 'set-modulus':
      update(turn, { session: { kind: 'opening', step: 'exchange' } });
      return;
    case 'key-exchange':
      takeKey(turn, data);
      return;
    case 'protocol':
      update(turn, { session: { kind: 'open' }, knowsAck: true });
      return;
    case 'setup':
      takeSetup(turn, command, data);
      return;
    case 'serial-number':
      takeSerialNumber(turn, command, data);
      return;
    case 'poll':
      takePoll(turn, command, data);
      return;
    case 'hold':
      if (turn.state.toldChannel !== undefined)
        observe(turn, { kind: 'escrow', type: turn.state.toldChannel });
      return;
    case 'last-reject':
      tellRejection(turn, data[0] ?? 0xff);
      return;
    case 'event-ack':
      update(turn, { ackWanted: false });
      pollSoon(turn);
      return;
    default:
      actionDone(turn, command);
  }
}

function actionDone(turn: EsspTurn, command: Command): void {
  pollSoon(turn);
  // A note that nobody here has let in goes back; it is known from now on.
  if (command.kind === 'reject' && turn.state.escrow === undefined) observe(turn, { kind: 'holding' });
  update(turn, { view: undefined });
  switch (command.kind) {
    case 'inhibits':
      update(turn, { takenSet: command.taken });
      if (!turn.state.isConfigured) madeSetting(turn, true);
      if (turn.state.enabledSet === true) update(turn, { appliedKinds: channelsOf(command.taken) });
      return;
    case 'enable':
      update(turn, { enabledSet: true, appliedKinds: channelsOf(turn.state.takenSet ?? 0) });
      return;
    case 'disable':
      update(turn, { enabledSet: false, appliedKinds: [] });
      return;
    case 'reject':
      tellReturning(turn);
      update(turn, { escrowTold: 'none', toldChannel: undefined });
      return;
    case 'reset': {
      const { resetSilenceMsMax, resetQuietMs } = turn.state.options;
      dropSession(turn, resetQuietMs);
      update(turn, { busyUntilMonoMs: turn.nowMonoMs + resetSilenceMsMax, isFull: false });
      wasReset(turn);
      return;
    }
    default:
      return;
  }
}

function pollSoon(turn: EsspTurn): void {
  const { pollSentMonoMs, options } = turn.state;
  update(turn, {
    pollDueMonoMs: Math.min(turn.state.pollDueMonoMs, pollSentMonoMs + options.pollBusyIntervalMs),
  });
}

function takeKey(turn: EsspTurn, data: Uint8Array): void {
  const { options, keySeed, exchangesMade } = turn.state;
  if (data.length !== 8) {
    dropSession(turn, options.syncIntervalMs);
    return;
  }
  const theirs = new DataView(data.buffer, data.byteOffset, 8).getBigUint64(0, true);
  const agreed = powerModulo(theirs, hostSecret(keySeed, exchangesMade), options.modulus);
  update(turn, { keys: { key: sessionKey(agreed), count: 0 }, exchangesMade: exchangesMade + 1 });
  askProtocol(turn, newestVersion);
}

/** A unit without encryption is driven all the same: its events are told once, and the books say what they do not know. */
function goOnPlain(turn: EsspTurn): void {
  update(turn, { keys: undefined });
  askProtocol(turn, newestVersion);
}

function askProtocol(turn: EsspTurn, version: number): void {
  update(turn, { session: { kind: 'opening', step: 'protocol', version } });
}

function takeSetup(turn: EsspTurn, command: Command, data: Uint8Array): void {
  const setup = decodeSetup(data);
  if (setup.kind === 'refused') {
    readFailed(turn, command, setup.why, setup.isWrongMoney);
    return;
  }
  update(turn, { setup });
  answeredQuestion(turn);
}

function takeSerialNumber(turn: EsspTurn, command: Command, data: Uint8Array): void {
  const serialNumber = decodeSerialNumber(data);
  const { setup } = turn.state;
  if (serialNumber === undefined || setup === undefined) {
    readFailed(turn, command, 'the serial number is no number', false);
    return;
  }
  const { model, firmware, dataset, table } = setup;
  log(turn, { kind: 'identified', identification: { model, firmware, dataset, serialNumber } });
  becomeKnown(turn, { protocol: 'essp', model, firmware, serialNumber }, table);
}

/** One odd answer may be damage; the same again and again is a device not to be driven. */
function readFailed(turn: EsspTurn, command: Command, detail: string, isWrongMoney: boolean): void {
  log(turn, { kind: 'exchange-failed', command: command.kind, why: detail });
  const readFailures = turn.state.readFailures + 1;
  update(turn, { readFailures, view: undefined });
  if (readFailures <= turn.state.options.readFailuresMax) return;
  dropSession(turn, 0);
  refuseDevice(turn, isWrongMoney ? 'bill-table' : 'wrong-device', detail);
}

function takePoll(turn: EsspTurn, command: Command, data: Uint8Array): void {
  const list = decodeEvents(data);
  if (list === undefined || list.unknown !== undefined) {
    // §6: what follows has no known length.
    log(turn, { kind: 'unexpected-frame', payload: data });
  }
  takeEvents(turn, list ?? { events: [], unknown: 0 }, command.kind === 'poll' && command.acked);
}

function takeRefusal(turn: EsspTurn, command: Command, why: Refusal): void {
  // That no note lies in escrow is what REJECT is there to make sure of.
  const isGoodNews = command.kind === 'reject' && (why === 'cannot-process' || why === 'fail');
  if (!isGoodNews) log(turn, { kind: 'exchange-failed', command: command.kind, why });
  const notBeforeMonoMs = turn.nowMonoMs + turn.state.options.refusedQuietMs;
  update(turn, { line: { kind: 'free', notBeforeMonoMs } });
  switch (command.kind) {
    case 'set-generator':
    case 'set-modulus':
      goOnPlain(turn);
      return;
    case 'key-exchange':
      // The primes have not come through (§4): from the beginning.
      dropSession(turn, turn.state.options.syncIntervalMs);
      return;
    case 'protocol':
      if (command.version > oldestVersion) askProtocol(turn, command.version - 1);
      else {
        dropSession(turn, 0);
        refuseDevice(turn, 'wrong-device', `protocol ${oldestVersion} is refused`);
      }
      return;
    case 'setup':
    case 'serial-number':
      readFailed(turn, command, `${command.kind} is refused`, false);
      return;
    case 'poll':
      // Not done, so that whatever lay in escrow still lies there.
      if (command.acked && (why === 'unknown-command' || why === 'out-of-range'))
        update(turn, { knowsAck: false });
      else pollRefused(turn, why);
      return;
    // No note in escrow; or a unit that says it otherwise (§12).
    case 'hold':
    case 'reject':
      if (why === 'cannot-process' || why === 'fail') {
        update(turn, { escrowTold: 'none', toldChannel: undefined, view: undefined });
        pollSoon(turn);
      } else if (why === 'software-error') pollRefused(turn, why);
      else refusesToServe(turn, command);
      return;
    case 'last-reject':
      tellRejection(turn, 0xff);
      return;
    case 'event-ack':
      update(turn, { ackWanted: false });
      return;
    default:
      update(turn, { view: undefined, appliedKinds: undefined, enabledSet: undefined, takenSet: undefined });
  }
}

function pollRefused(turn: EsspTurn, why: Refusal): void {
  observe(turn, { kind: 'fault', fault: 'failure', detail: `the unit answers ${why}` });
}

function refusesToServe(turn: EsspTurn, command: Command): void {
  dropSession(turn, 0);
  refuseDevice(turn, 'wrong-device', `${command.kind} is refused`);
}

/** Nothing came back to the same bytes, sent again and again. */
function givenUp(turn: EsspTurn): void {
  const { phase, options } = turn.state;
  dropSession(turn, 0);
  if (phase.kind !== 'seeking') return;
  update(turn, { phase: { ...phase, pollFailed: true } });
  const { state, nowMonoMs } = turn;
  if (!isLostResetDue(state, nowMonoMs)) return;
  // Perhaps it is the port that is dead.
  update(turn, { lostResetDueMonoMs: nowMonoMs + options.lostResetIntervalMs });
  turn.outputs.push({ kind: 'reopen-link' });
}
