import { isLostResetDue, mayOweCredit } from '../note-path/choose.ts';
import { tellReturning } from '../note-path/escrow.ts';
import { observe } from '../note-path/observe.ts';
import { answeredQuestion, becomeKnown, madeSetting, refuseDevice, wasReset } from '../note-path/phase.ts';
import { log, type Phase, update } from '../note-path/state.ts';
import { type Input, type Step, stepWith, type Wire } from '../note-path/step.ts';
import { kindsOf, settingsCount } from './choose.ts';
import { decodeCurrencyAssign, decodeVersion } from './currency.ts';
import {
  awaitConfirmation,
  failExchange,
  finishExchange,
  pollInterval,
  receiveBytes,
  sendNext,
  tickLine,
} from './exchange.ts';
import {
  ackFrame,
  type Command,
  decodeActionAnswer,
  decodeRefusal,
  decodeStatus,
  isEcho,
  type Status,
} from './message.ts';
import type { DialogState, ExchangeFailure, Id003Turn } from './state.ts';
import { deviceStateOf } from './words.ts';

/* The host's side of ID-003 as a pure machine: what each answer means for the note path. */

const nothing = new Uint8Array(0);

const wire: Wire<DialogState> = {
  opened: (turn) => {
    const { nowMonoMs } = turn;
    const line = { kind: 'free', notBeforeMonoMs: nowMonoMs } as const;
    const heard = { provenMonoMs: undefined, proofWanted: false };
    update(turn, { line, rest: nothing, failures: 0, pollDueMonoMs: nowMonoMs, ...heard });
  },
  closed: (turn) => update(turn, { line: { kind: 'closed' } }),
  bytes: (turn, chunk) => receiveBytes(turn, chunk, takeAnswer),
  creditConfirmed: (turn) => {
    if (turn.state.line.kind === 'crediting') acknowledge(turn);
  },
  tick: (turn) => tickLine(turn, exchangeFailed),
  sendNext,
};

export function step(state: DialogState, input: Input, nowMonoMs: number): Step<DialogState> {
  return stepWith(wire, state, input, nowMonoMs);
}

/** Nothing is sent back to an ACK (§3). */
function acknowledge(turn: Id003Turn): void {
  turn.outputs.push({ kind: 'send', bytes: ackFrame });
  finishExchange(turn);
}

function takeAnswer(turn: Id003Turn, command: Command, payload: Uint8Array): void {
  switch (command.kind) {
    case 'status':
      takeStatus(turn, command, payload);
      return;
    case 'version':
      takeVersion(turn, command, payload);
      return;
    case 'currency-assign':
      takeCurrencyAssign(turn, command, payload);
      return;
    default:
      takeActionAnswer(turn, command, payload);
      return;
  }
}

function takeStatus(turn: Id003Turn, command: Command, payload: Uint8Array): void {
  const refusal = decodeRefusal(payload);
  if (refusal !== undefined) {
    exchangeFailed(turn, command, refusal);
    return;
  }
  const status = decodeStatus(payload);
  // Some other command's late answer: this one's own may still come.
  if (status === undefined) {
    log(turn, { kind: 'unexpected-frame', payload });
    return;
  }
  if (status.kind === 'idling' && !isProven(turn)) {
    wantProof(turn);
    return;
  }
  if (status.kind !== 'idling') update(turn, { provenMonoMs: undefined });
  observe(turn, deviceStateOf(status, isNoteOut(turn.state)));
  endStatusExchange(turn, status);
  update(turn, { pollDueMonoMs: turn.state.pollSentMonoMs + pollInterval(turn.state) });
}

function endStatusExchange(turn: Id003Turn, status: Status): void {
  if (status.kind !== 'vend-valid') finishExchange(turn);
  else if (turn.state.credit?.confirmed === true) acknowledge(turn);
  else awaitConfirmation(turn);
}

function isProven({ state, nowMonoMs }: Id003Turn): boolean {
  return state.provenMonoMs !== undefined && nowMonoMs - state.provenMonoMs <= state.options.proofMsMax;
}

/** Until then it is as if nothing had been said, for the silence too. */
function wantProof(turn: Id003Turn): void {
  const { nowMonoMs, state } = turn;
  update(turn, {
    proofWanted: true,
    line: { kind: 'free', notBeforeMonoMs: nowMonoMs + state.options.quietMs },
    pollDueMonoMs: nowMonoMs,
  });
}

function isNoteOut({ escrow, seen }: DialogState): boolean {
  return escrow !== undefined || seen?.poll.kind === 'returning';
}

/** Any answer but our own bytes proves that there is an acceptor; only one with a text says which. */
function takeVersion(turn: Id003Turn, command: Command, payload: Uint8Array): void {
  if (isEcho(command, payload)) {
    finishExchange(turn);
    update(turn, { proofWanted: false });
    refuseDevice(turn, 'looped-back', 'the line returns our own bytes');
    return;
  }
  const version = decodeVersion(payload);
  const refusal = decodeRefusal(payload);
  if (version === undefined && refusal === undefined) {
    log(turn, { kind: 'unexpected-frame', payload });
    return;
  }
  const { state } = turn;
  const wasForProof = state.proofWanted;
  update(turn, { provenMonoMs: turn.nowMonoMs, proofWanted: false, pollDueMonoMs: turn.nowMonoMs });
  if (wasForProof) {
    finishExchange(turn);
    return;
  }
  if (version === undefined) {
    readFailed(turn, command, refusal ?? 'unfit', 'VERSION is refused');
    return;
  }
  finishExchange(turn);
  update(turn, { version });
  answeredQuestion(turn);
  log(turn, { kind: 'identified', identification: { ...version } });
}

function takeCurrencyAssign(turn: Id003Turn, command: Command, payload: Uint8Array): void {
  const refusal = decodeRefusal(payload);
  if (refusal !== undefined) {
    readFailed(turn, command, refusal, 'CURRENCY ASSIGN is refused');
    return;
  }
  const answer = decodeCurrencyAssign(payload);
  if (answer.kind === 'refused') {
    readFailed(turn, command, 'unfit', answer.why);
    return;
  }
  finishExchange(turn);
  const { version } = turn.state;
  if (version === undefined) return;
  // The protocol has no serial number.
  becomeKnown(turn, { protocol: 'id003', ...version, serialNumber: '' }, answer.table);
}

/** One odd answer may be a late one to an earlier question; the same again and again is a device not to be driven. */
function readFailed(turn: Id003Turn, command: Command, why: ExchangeFailure, detail: string): void {
  const isAtRest = turn.state.view?.kind === 'disabled';
  failExchange(turn, command, why);
  // Which states allow it is not documented: at rest it must.
  if (why === 'invalid' && !isAtRest) {
    update(turn, { readsOnlyAtRest: true });
    return;
  }
  const readFailures = turn.state.readFailures + 1;
  update(turn, { readFailures });
  if (readFailures <= turn.state.options.retriesMax) return;
  refuseDevice(turn, command.kind === 'currency-assign' ? 'bill-table' : 'wrong-device', detail);
}

function takeActionAnswer(turn: Id003Turn, command: Command, payload: Uint8Array): void {
  const answer = decodeActionAnswer(command, payload);
  if (answer === undefined) {
    log(turn, { kind: 'unexpected-frame', payload });
    return;
  }
  if (answer !== 'done' && !isTolerated(command, answer)) {
    exchangeFailed(turn, command, answer);
    return;
  }
  finishExchange(turn, command.kind === 'reset' ? turn.state.options.resetQuietMs : undefined);
  const pollDueMonoMs = turn.state.pollSentMonoMs + turn.state.options.pollBusyIntervalMs;
  update(turn, { view: undefined, pollDueMonoMs });
  actionDone(turn, command);
}

/** Settings that some firmware may not know. Without them notes are read and stacked all the same. */
function isTolerated({ kind }: Command, answer: ExchangeFailure): boolean {
  const isDispensable =
    kind === 'set-security' || kind === 'set-direction' || kind === 'set-options' || kind === 'set-polled';
  return answer === 'invalid' && isDispensable;
}

function actionDone(turn: Id003Turn, command: Command): void {
  switch (command.kind) {
    case 'set-denominations':
      update(turn, { takenSet: command.taken });
      if (!turn.state.isConfigured) setAnother(turn);
      else if (turn.state.inhibitSet === false) update(turn, { appliedKinds: kindsOf(command.taken) });
      return;
    case 'set-security':
    case 'set-direction':
    case 'set-options':
    case 'set-polled':
      setAnother(turn);
      return;
    case 'inhibit':
      update(turn, {
        inhibitSet: command.on,
        appliedKinds: command.on ? [] : kindsOf(turn.state.takenSet ?? 0),
      });
      return;
    case 'return':
      tellReturning(turn);
      return;
    case 'reset':
      update(turn, { takenSet: undefined, inhibitSet: undefined, appliedKinds: undefined });
      wasReset(turn);
      return;
    // An ACK to STACK-2 proves nothing: the next statuses tell.
    default:
      return;
  }
}

function setAnother(turn: Id003Turn): void {
  madeSetting(turn, turn.state.settingsMade + 1 >= settingsCount);
}

function exchangeFailed(turn: Id003Turn, command: Command, why: ExchangeFailure): void {
  const isRead =
    command.kind === 'currency-assign' || (command.kind === 'version' && !turn.state.proofWanted);
  if (isRead) {
    readFailed(turn, command, why, `${command.kind} is not answered`);
    return;
  }
  failExchange(turn, command, why);
  if (command.kind === 'set-denominations') denominationsFailed(turn, why);
  if (command.kind === 'inhibit') update(turn, { inhibitSet: undefined, appliedKinds: undefined });
  const { phase } = turn.state;
  if (phase.kind !== 'seeking') return;
  if (command.kind === 'status' || command.kind === 'version') pollFailedWhileSeeking(turn, phase);
  if (command.kind === 'reset') lostResetFailed(turn, why);
}

function lostResetFailed(turn: Id003Turn, why: ExchangeFailure): void {
  const { nowMonoMs, state } = turn;
  if (why === 'communication-error') {
    // It lives, and could not read what came after a long silence: RESET once more, before it falls silent again.
    update(turn, { lostResetDueMonoMs: nowMonoMs + state.options.lostPollIntervalMs });
    return;
  }
  // Neither question nor RESET was answered: perhaps it is the port that is dead.
  turn.outputs.push({ kind: 'reopen-link' });
}

/** Whether an enabled acceptor takes them is not documented; an inhibited one must. */
function denominationsFailed(turn: Id003Turn, why: ExchangeFailure): void {
  const inhibitsFirst = turn.state.inhibitsFirst || (why === 'invalid' && turn.state.inhibitSet === false);
  update(turn, { takenSet: undefined, appliedKinds: undefined, inhibitsFirst });
}

/** Where RESET must wait for a note, the port at least can be opened anew. */
function pollFailedWhileSeeking(turn: Id003Turn, phase: Extract<Phase, { kind: 'seeking' }>): void {
  update(turn, { phase: { ...phase, pollFailed: true } });
  const { state, nowMonoMs } = turn;
  if (!isLostResetDue(state, nowMonoMs) || !mayOweCredit(state, nowMonoMs)) return;
  update(turn, { lostResetDueMonoMs: nowMonoMs + state.options.lostResetIntervalMs });
  turn.outputs.push({ kind: 'reopen-link' });
}
