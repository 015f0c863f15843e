import { limits } from '../../../terminal/limits.ts';
import { type Command, pauseCode, type TypeMask } from './message.ts';
import { type DialogState, leaseLive } from './state.ts';

/*
 * What to send now. Nothing is queued: each command follows from the last poll and from what is wanted at the very
 * moment of writing, so that no stale wish ever reaches the wire.
 */

/** The command other than a poll that is wanted and allowed at this moment. */
export function chooseAction(state: DialogState, nowMonoMs: number): Command | undefined {
  const { phase, view } = state;
  if (phase.kind === 'seeking') {
    // The poll just before has failed: a validator that hears us but cannot speak may be freed by a RESET (§4).
    return isLostResetDue(state, nowMonoMs) && !mayOweCredit(state, nowMonoMs)
      ? { kind: 'reset' }
      : undefined;
  }
  if (phase.kind === 'refused' || view === undefined) return undefined;
  if (state.resetWanted && mayReset(state)) return { kind: 'reset' };
  switch (view.kind) {
    case 'power-up':
      return nextReading(state) ?? { kind: 'reset' };
    case 'fault':
      // In a pause a note waits behind another one: no RESET may decide where it goes.
      if (view.code === pauseCode) return undefined;
      return (
        nextReading(state) ?? (phase.kind === 'recovering' && phase.mayReset ? { kind: 'reset' } : undefined)
      );
    case 'disabled':
      return nextReading(state) ?? securityCommand(state) ?? maskCommand(state, nowMonoMs);
    case 'idling':
      return maskCommand(state, nowMonoMs);
    case 'escrow':
    case 'holding':
      return escrowCommand(state, nowMonoMs);
    // Everything else moves or ends by itself.
    default:
      return undefined;
  }
}

export function isLostResetDue(state: DialogState, nowMonoMs: number): boolean {
  const { lost, phase, lostResetDueMonoMs } = state;
  return (
    lost === 'no-answer' && phase.kind === 'seeking' && phase.pollFailed && nowMonoMs >= lostResetDueMonoMs
  );
}

/**
 * A note was let in, and its credit event may be all that a silent device has to say: RESET would wipe it out if only
 * the line is bad. After the longest that a note may take it is in doubt anyway, and the device is worth more.
 */
export function mayOweCredit(state: DialogState, nowMonoMs: number): boolean {
  const { escrow, lastAnswerMonoMs, options } = state;
  return escrow?.maybeInside === true && nowMonoMs - lastAnswerMonoMs < options.noteMovingMsMax;
}

/** RESET is for a path at rest, a fault, or a note that has been stuck for too long; never for a moving note. */
function mayReset(state: DialogState): boolean {
  const kind = state.view?.kind;
  if (kind === 'idling' || kind === 'disabled' || kind === 'fault') return true;
  return state.trouble === 'note-stuck' || state.trouble === 'note-in-mouth';
}

function nextReading(state: DialogState): Command | undefined {
  switch (state.reading) {
    case 'identification':
      return { kind: 'identification' };
    case 'bill-table':
      return { kind: 'get-bill-table' };
    case 'done':
      return undefined;
  }
}

function securityCommand(state: DialogState): Command | undefined {
  return state.securitySet ? undefined : { kind: 'set-security', high: state.options.highSecurityTypes };
}

function maskCommand(state: DialogState, nowMonoMs: number): Command | undefined {
  const types = wantedTypes(state, nowMonoMs);
  const enabled = state.view?.kind === 'idling';
  if (types === 0) return enabled ? { kind: 'enable', types } : undefined;
  return enabled && state.appliedTypes === types ? undefined : { kind: 'enable', types };
}

/** What the lease welcomes, as far as the device knows it. */
export function wantedTypes(state: DialogState, nowMonoMs: number): TypeMask {
  if (state.phase.kind !== 'working' || !leaseLive(state, nowMonoMs)) return 0;
  const welcome = state.lease?.denominations ?? [];
  return state.table.reduce(
    (mask, kind, type) =>
      kind !== undefined && welcome.includes(kind.valueMinor) ? mask | (1 << type) : mask,
    0,
  );
}

function escrowCommand(state: DialogState, nowMonoMs: number): Command | undefined {
  if (state.escrow?.wish.kind === 'return') return { kind: 'return' };
  return mayStack(state, nowMonoMs) ? { kind: 'stack' } : undefined;
}

/** Money rules M3 and M7: this escrow, seen in the last poll, first seen less than two seconds ago, lease live. */
export function mayStack(state: DialogState, nowMonoMs: number): boolean {
  const { escrow, view } = state;
  return (
    state.phase.kind === 'working' &&
    (view?.kind === 'escrow' || view?.kind === 'holding') &&
    escrow?.wish.kind === 'stack' &&
    nowMonoMs - escrow.firstSeenMonoMs < limits.escrowDecisionMsMax &&
    leaseLive(state, nowMonoMs)
  );
}
