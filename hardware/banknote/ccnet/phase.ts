import type { AcceptorFault } from '../../../terminal/devices.ts';
import { report, type Turn, update } from './state.ts';

/* How the dialog comes to know its device, loses it, and finds it again. */

const nothing = new Uint8Array(0);

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
    rest: nothing,
    failures: 0,
    enabledTold: false,
    pollDueMonoMs: turn.nowMonoMs,
  });
}

/** Something answers, but it is no validator that we may drive. It is left alone and asked again later. */
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
    securitySet: false,
  });
  if (start.reread) update(turn, { reading: 'identification', readFailures: 0 });
}

/** The device answered after nothing was known of it. */
export function makeContact(turn: Turn): void {
  beginRecovery(turn, { mayReset: true, reread: true });
}

/** Silence, loss and the end of a refusal; looked at on every step. */
export function watchLiveness(turn: Turn): void {
  const { state, nowMonoMs } = turn;
  const { phase, options } = state;
  if (state.line.kind === 'closed') return;
  if (phase.kind === 'refused') {
    if (nowMonoMs >= phase.untilMonoMs) seekDevice(turn);
    return;
  }
  const heardMonoMs =
    phase.kind === 'seeking' ? phase.sinceMonoMs : Math.max(state.lastAnswerMonoMs, state.busyUntilMonoMs);
  if (nowMonoMs - heardMonoMs < options.noAnswerMsMax || state.lost === 'no-answer') return;
  if (phase.kind !== 'seeking') seekDevice(turn);
  tellLost(turn, 'no-answer', `silent for ${options.noAnswerMsMax} ms`);
  update(turn, { lostResetDueMonoMs: nowMonoMs });
}
