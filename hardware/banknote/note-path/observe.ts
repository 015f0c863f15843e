import type { AcceptorFault } from '../../../terminal/devices.ts';
import { followCredit, sawStacked } from './credit.ts';
import { type DeviceState, isPause, type Motion, motionOf, sameState } from './device-state.ts';
import { followNote } from './escrow.ts';
import { beginRecovery, makeContact } from './phase.ts';
import { log, report, type Turn, update } from './state.ts';

/* What one good sight of the device means, given all that came before it. */

export function observe(turn: Turn, poll: DeviceState): void {
  const before = turn.state.seen;
  const plain = motionOf(poll);
  const motion = plain === 'unclear' && before !== undefined ? before.motion : plain;
  const sinceMonoMs = before?.motion === motion ? before.sinceMonoMs : turn.nowMonoMs;
  if (before === undefined || !sameState(before.poll, poll)) {
    log(turn, { kind: 'state-changed', state: poll });
  }
  update(turn, { view: poll, seen: { poll, motion, sinceMonoMs } });
  followPhase(turn, poll, before?.poll);
  followTrouble(turn, poll, motion, turn.nowMonoMs - sinceMonoMs);
  followNote(turn, poll, before?.poll);
  if (poll.kind === 'stacked') sawStacked(turn, poll);
  followCredit(turn);
  tellEnabled(turn, poll);
  settleRecovery(turn, poll);
}

function followPhase(turn: Turn, poll: DeviceState, before: DeviceState | undefined): void {
  const { state, nowMonoMs } = turn;
  const silentMs = nowMonoMs - state.lastAnswerMonoMs;
  if (state.phase.kind === 'seeking' || state.phase.kind === 'refused') makeContact(turn);
  else if (silentMs >= state.options.silenceMsMax) beginRecovery(turn, { mayReset: false, reread: false });

  if (poll.kind === 'power-up') {
    beginRecovery(turn, { mayReset: false, reread: before?.kind !== 'power-up' });
    sawAtPowerUp(turn, poll.noteAt);
  }
  if (poll.kind === 'initializing' && before?.kind !== 'initializing')
    beginRecovery(turn, { mayReset: false, reread: false });

  // A pause ends by itself; any other fault that is gone was cleared by hands or by a power cut.
  const leftFault = before?.kind === 'fault' && !isPause(before) && motionOf(poll) !== 'unclear';
  if (leftFault && poll.kind !== 'fault') {
    beginRecovery(turn, { mayReset: false, reread: before.fault === 'cassette-removed' });
  }
}

/** A note that may be inside stays in doubt, whatever other note now lies in the head. */
function sawAtPowerUp(turn: Turn, noteAt: 'nowhere' | 'head' | 'stacker'): void {
  const { found } = turn.state;
  if (noteAt === 'stacker') update(turn, { found: noteAt, isFoundTold: true });
  if (noteAt === 'head' && found === 'nothing') update(turn, { found: noteAt, returnTold: false });
}

function followTrouble(turn: Turn, poll: DeviceState, motion: Motion, forMs: number): void {
  const { options, trouble } = turn.state;
  if (poll.kind === 'fault') {
    raiseTrouble(turn, poll.fault, poll.detail);
    return;
  }
  if (motion === 'moving' && forMs >= options.noteMovingMsMax) {
    raiseTrouble(turn, 'note-stuck', `moving for ${options.noteMovingMsMax} ms`);
    return;
  }
  if (motion === 'returning' && forMs >= options.noteInMouthMsMax) {
    raiseTrouble(turn, 'note-in-mouth', `not taken for ${options.noteInMouthMsMax} ms`);
    return;
  }
  if (motion === 'initializing' && forMs >= options.initializingMsMax) {
    raiseTrouble(turn, 'failure', `initializing for ${options.initializingMsMax} ms`);
    return;
  }
  // A device that starts again has not shown yet that its fault is gone.
  if (trouble === undefined || motion === 'initializing' || motion === 'unclear' || motion === 'fault')
    return;
  update(turn, { trouble: undefined });
  report(turn, { kind: 'acceptor-trouble-ended', fault: trouble });
}

function raiseTrouble(turn: Turn, fault: AcceptorFault, detail: string): void {
  const { trouble } = turn.state;
  if (trouble === fault) return;
  if (trouble !== undefined) report(turn, { kind: 'acceptor-trouble-ended', fault: trouble });
  update(turn, { trouble: fault });
  report(turn, { kind: 'acceptor-trouble', fault, detail });
}

function tellEnabled(turn: Turn, poll: DeviceState): void {
  const { enabledTold, appliedKinds, phase } = turn.state;
  const enabled = poll.kind === 'idling' && phase.kind === 'working' && (appliedKinds ?? []).length > 0;
  if (enabled && !enabledTold) {
    update(turn, { enabledTold: true });
    report(turn, { kind: 'acceptor-enabled' });
  }
  const isWithdrawn = appliedKinds?.length === 0 && poll.kind !== 'idling';
  if ((poll.kind === 'disabled' || isWithdrawn) && enabledTold) {
    update(turn, { enabledTold: false });
    report(turn, { kind: 'acceptor-disabled' });
  }
}

/** The path is at rest, the device known and disabled, and no credit event is owed any more. */
function settleRecovery(turn: Turn, poll: DeviceState): void {
  const { state } = turn;
  const { phase, seen, found } = state;
  if (phase.kind !== 'recovering' || poll.kind !== 'disabled' || seen === undefined) return;
  if (!state.isKnown || state.isReadOld) return;
  const restMs = turn.nowMonoMs - seen.sinceMonoMs;
  const { creditGraceMs, foundCreditGraceMs } = state.options;
  const graceMs = state.isFoundTold ? foundCreditGraceMs : creditGraceMs;
  if (found === 'stacker' && restMs < graceMs) return;
  if (found === 'head' && !state.returnTold) {
    report(turn, { kind: 'note-returned', escrowId: undefined, reason: 'device' });
  }
  update(turn, { phase: { kind: 'working' }, found: 'nothing', isFoundTold: false });
  report(turn, { kind: 'acceptor-recovered', leftInPath: found });
}
