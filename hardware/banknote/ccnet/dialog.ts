import { unreachable } from '../../../terminal/assert.ts';
import type { AcceptorLease, Denomination } from '../../../terminal/devices.ts';
import type { CreditId, EscrowId } from '../../../terminal/ids.ts';
import { decodeBillTable, decodeIdentification } from './bill-table.ts';
import { isLostResetDue, mayOweCredit } from './choose.ts';
import { followCredit } from './credit.ts';
import { reviseWish, tellReturning, wishReturn, wishStack } from './escrow.ts';
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
import { observe } from './observe.ts';
import { beginRecovery, makeContact, refuseDevice, seekDevice, tellLost, watchLiveness } from './phase.ts';
import {
  type DialogState,
  type ExchangeFailure,
  log,
  type Output,
  type Phase,
  report,
  type Turn,
  update,
} from './state.ts';

/*
 * The host's side of CCNET as a pure machine: state and input in, state and outputs out. It reads no clock and touches
 * no port.
 */

export type Input =
  | { readonly kind: 'link-opened' }
  | { readonly kind: 'link-failed'; readonly detail: string }
  | { readonly kind: 'link-closed'; readonly reason: string }
  | { readonly kind: 'bytes'; readonly chunk: Uint8Array }
  | { readonly kind: 'time' }
  | { readonly kind: 'lease'; readonly lease: AcceptorLease | undefined }
  | { readonly kind: 'stack'; readonly escrowId: EscrowId }
  | { readonly kind: 'return'; readonly escrowId: EscrowId }
  | { readonly kind: 'confirm'; readonly creditId: CreditId }
  | { readonly kind: 'reset' };

export interface Step {
  readonly state: DialogState;
  readonly outputs: readonly Output[];
}

export function step(state: DialogState, input: Input, nowMonoMs: number): Step {
  const turn: Turn = { state, nowMonoMs, outputs: [] };
  // By the lease as it stood: one that ran out while nothing moved here is not mended by its renewal (money rule M7).
  reviseWish(turn);
  take(turn, input);
  tickLine(turn, exchangeFailed);
  watchLiveness(turn);
  reviseWish(turn);
  sendNext(turn);
  return { state: turn.state, outputs: turn.outputs };
}

function take(turn: Turn, input: Input): void {
  switch (input.kind) {
    case 'link-opened':
      seekDevice(turn);
      update(turn, { line: { kind: 'free', notBeforeMonoMs: turn.nowMonoMs } });
      return;
    case 'link-failed':
      lineGone(turn, input.detail);
      return;
    case 'link-closed':
      lineGone(turn, input.reason);
      return;
    case 'bytes':
      receiveBytes(turn, input.chunk, takeAnswer);
      return;
    case 'time':
      return;
    case 'lease':
      update(turn, { lease: input.lease });
      return;
    case 'stack':
      wishStack(turn, input.escrowId);
      return;
    case 'return':
      if (turn.state.escrow?.id === input.escrowId) wishReturn(turn, 'host');
      return;
    case 'confirm':
      confirmCredit(turn, input.creditId);
      return;
    case 'reset':
      update(turn, { resetWanted: true });
      return;
    default:
      unreachable(input);
      return;
  }
}

function lineGone(turn: Turn, detail: string): void {
  seekDevice(turn);
  update(turn, { line: { kind: 'closed' } });
  tellLost(turn, 'not-connected', detail);
}

function confirmCredit(turn: Turn, creditId: CreditId): void {
  const { credit, line } = turn.state;
  if (credit?.id !== creditId || credit.confirmed) return;
  update(turn, { credit: { ...credit, confirmed: true } });
  if (line.kind === 'crediting') {
    turn.outputs.push({ kind: 'send', bytes: ackFrame });
    const { quietMs } = turn.state.options;
    update(turn, { line: { kind: 'free', notBeforeMonoMs: turn.nowMonoMs + quietMs } });
  }
  followCredit(turn);
}

function takeAnswer(turn: Turn, command: Command, payload: Uint8Array): void {
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

function takePollAnswer(turn: Turn, command: Command, payload: Uint8Array): void {
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
  observe(turn, poll);
  if (poll.kind === 'stacked' && turn.state.credit?.confirmed !== true) awaitConfirmation(turn);
  else finishExchange(turn, true);
  const busyMs = poll.kind === 'busy' ? poll.forMs : 0;
  update(turn, {
    pollDueMonoMs: turn.state.pollSentMonoMs + pollInterval(turn.state),
    busyUntilMonoMs: turn.nowMonoMs + busyMs,
  });
}

function refuseEcho(turn: Turn): void {
  finishExchange(turn, false);
  refuseDevice(turn, 'looped-back', 'the line returns our own bytes');
}

function takeIdentification(turn: Turn, command: Command, payload: Uint8Array): void {
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
  update(turn, { identification, reading: 'bill-table', readFailures: 0 });
  log(turn, { kind: 'identified', identification });
}

function takeBillTable(turn: Turn, command: Command, payload: Uint8Array): void {
  const answer = decodeBillTable(payload);
  if (answer.kind === 'refused') {
    readFailed(turn, command, failureOf(turn, payload), answer.why);
    return;
  }
  finishExchange(turn, true);
  const { identification } = turn.state;
  if (identification === undefined) return;
  update(turn, { table: answer.table, reading: 'done', readFailures: 0, lost: undefined });
  log(turn, { kind: 'bill-table-read', table: answer.table });
  report(turn, {
    kind: 'acceptor-connected',
    identity: {
      protocol: 'ccnet',
      model: identification.partNumber,
      serialNumber: identification.serialNumber,
      // CCNET has no version of its own: the part number names the build.
      firmware: undefined,
      denominations: answer.table.filter((kind): kind is Denomination => kind !== undefined),
    },
  });
}

/** One odd answer may be a late one to an earlier poll; the same again and again is a device not to be driven. */
function readFailed(turn: Turn, command: Command, why: ExchangeFailure, detail: string): void {
  failExchange(turn, command, why);
  const readFailures = turn.state.readFailures + 1;
  update(turn, { readFailures });
  if (readFailures <= turn.state.options.retriesMax) return;
  refuseDevice(turn, command.kind === 'get-bill-table' ? 'bill-table' : 'wrong-device', detail);
}

/** Why a reading that was answered, but not with what was asked for, has failed. */
function failureOf(turn: Turn, payload: Uint8Array): ExchangeFailure {
  const answer = decodeActionAnswer(payload);
  if (answer === 'nak' || answer === 'illegal') return answer;
  log(turn, { kind: 'unexpected-frame', payload });
  return 'illegal';
}

function takeActionAnswer(turn: Turn, command: Command, payload: Uint8Array): void {
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

function actionDone(turn: Turn, command: Command): void {
  switch (command.kind) {
    case 'enable':
      update(turn, { appliedTypes: command.types });
      return;
    case 'set-security':
      update(turn, { securitySet: true });
      return;
    case 'return':
      tellReturning(turn);
      return;
    case 'reset':
      if (turn.state.phase.kind === 'seeking') makeContact(turn);
      beginRecovery(turn, { mayReset: false, reread: false });
      return;
    // An ACK to STACK proves nothing: the next polls tell.
    default:
      return;
  }
}

function exchangeFailed(turn: Turn, command: Command, why: ExchangeFailure): void {
  if (command.kind === 'identification' || command.kind === 'get-bill-table') {
    readFailed(turn, command, why, `${command.kind} is not answered`);
    return;
  }
  failExchange(turn, command, why);
  const { phase } = turn.state;
  if (command.kind === 'enable') update(turn, { appliedTypes: undefined });
  if (phase.kind !== 'seeking') return;
  if (command.kind === 'poll') pollFailedWhileSeeking(turn, phase);
  // Neither poll nor RESET was answered: perhaps it is the port that is dead.
  if (command.kind === 'reset') turn.outputs.push({ kind: 'reopen-link' });
}

/** Where RESET must wait for a note, the port at least can be opened anew. */
function pollFailedWhileSeeking(turn: Turn, phase: Extract<Phase, { kind: 'seeking' }>): void {
  update(turn, { phase: { ...phase, pollFailed: true } });
  const { state, nowMonoMs } = turn;
  if (!isLostResetDue(state, nowMonoMs) || !mayOweCredit(state, nowMonoMs)) return;
  update(turn, { lostResetDueMonoMs: nowMonoMs + state.options.lostResetIntervalMs });
  turn.outputs.push({ kind: 'reopen-link' });
}
