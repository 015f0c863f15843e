import type { AcceptorFault, AcceptorIdentity, Denomination } from '../../../terminal/devices.ts';
import { log, type NoteTable, report, type Turn, update } from './state.ts';

/* How the dialog comes to know its device, loses it, and finds it again. */

/** Says once why there is no device. */
export function tellLost(turn: Turn, fault: AcceptorFault, detail: string): void {
  if (turn.state.lost === fault) return;
  update(turn, { lost: fault, enabledTold: false });
  report(turn, { kind: 'acceptor-lost', fault, detail });
}

/**
 * Forgets what is known about the moment, and nothing about notes: an open escrow or credit waits for what the device
 * will say when it answers again.
 */
export function seekDevice(turn: Turn): void {
  update(turn, {
    phase: { kind: 'seeking', sinceMonoMs: turn.nowMonoMs, pollFailed: false },
    view: undefined,
    enabledTold: false,
  });
}

/** Something answers, but it is no acceptor that we may drive. It is left alone and asked again later. */
export function refuseDevice(turn: Turn, fault: AcceptorFault, detail: string): void {
  seekDevice(turn);
  tellLost(turn, fault, detail);
  update(turn, {
    phase: { kind: 'refused', untilMonoMs: turn.nowMonoMs + turn.state.options.refusedRetryMs },
  });
}

export interface RecoveryStart {
  readonly mayReset: boolean;
  /** The device may be another one, or have other money in its table. */
  readonly reread: boolean;
}

export function beginRecovery(turn: Turn, start: RecoveryStart): void {
  const { phase } = turn.state;
  update(turn, {
    phase: phase.kind === 'recovering' ? phase : { kind: 'recovering', mayReset: start.mayReset },
    settingsMade: 0,
    isConfigured: false,
  });
  if (start.reread) update(turn, { questionsAnswered: 0, isKnown: false, isReadOld: false, readFailures: 0 });
}

/** The device answered after nothing was known of it. */
export function makeContact(turn: Turn): void {
  beginRecovery(turn, { mayReset: true, reread: true });
}

/** One of the questions before the last has been answered. */
export function answeredQuestion(turn: Turn): void {
  update(turn, { questionsAnswered: turn.state.questionsAnswered + 1, readFailures: 0 });
}

/** All questions have been answered: this is the device, and these are its notes. */
export function becomeKnown(
  turn: Turn,
  identity: Omit<AcceptorIdentity, 'denominations'>,
  table: NoteTable,
): void {
  answeredQuestion(turn);
  update(turn, { table, isKnown: true, isReadOld: false, lost: undefined });
  log(turn, { kind: 'bill-table-read', table });
  const denominations = table.filter((kind): kind is Denomination => kind !== undefined);
  report(turn, { kind: 'acceptor-connected', identity: { ...identity, denominations } });
}

/** A setting was taken, the last of them or not. */
export function madeSetting(turn: Turn, isLast: boolean): void {
  update(turn, { settingsMade: turn.state.settingsMade + 1, isConfigured: isLast });
}

/**
 * RESET was acknowledged: whatever was known of the path is over. What was read grows old: a device that loses power
 * between its answers and RESET shows the same state as before, and may come back with other notes in its table.
 */
export function wasReset(turn: Turn): void {
  if (turn.state.phase.kind === 'seeking') makeContact(turn);
  beginRecovery(turn, { mayReset: false, reread: false });
  update(turn, { questionsAnswered: 0, isReadOld: turn.state.isKnown, readFailures: 0 });
}

/** Silence, loss and the end of a refusal; looked at on every step. */
export function watchLiveness(turn: Turn): void {
  const { state, nowMonoMs } = turn;
  const { phase, options } = state;
  if (!state.isLineOpen) return;
  if (phase.kind === 'refused') {
    if (nowMonoMs >= phase.untilMonoMs) seekDevice(turn);
    return;
  }
  const heardMonoMs =
    phase.kind === 'seeking' ? phase.sinceMonoMs : Math.max(state.lastAnswerMonoMs, state.busyUntilMonoMs);
  if (nowMonoMs - heardMonoMs < options.noAnswerMsMax) return;
  if (phase.kind !== 'seeking') seekDevice(turn);
  if (state.lost === 'no-answer') return;
  tellLost(turn, 'no-answer', `silent for ${options.noAnswerMsMax} ms`);
  update(turn, { lostResetDueMonoMs: nowMonoMs });
}
