import { isPause } from './device-state.ts';
import { mayStack } from './guards.ts';
import { leaseLive, type PathState } from './state.ts';

/*
 * What is wanted now, whatever the acceptor speaks. Nothing is queued: each action follows from the last answer and from
 * what is wanted at the very moment of writing, so that no stale wish ever reaches the wire.
 */

export type Action =
  /** The next question about who the device is and which notes it knows. */
  | { readonly kind: 'read' }
  /** The next of the settings that a reset wipes out. */
  | { readonly kind: 'configure' }
  /** Take notes of these kinds into escrow; none: take no note. */
  | { readonly kind: 'accept'; readonly kinds: readonly number[] }
  | { readonly kind: 'stack' }
  | { readonly kind: 'return' }
  | { readonly kind: 'reset' };

/** The action that is wanted and allowed at this moment, besides asking for the state. */
export function chooseAction(state: PathState, nowMonoMs: number): Action | undefined {
  const { phase, view } = state;
  if (phase.kind === 'seeking') {
    // The poll just before has failed: an acceptor that hears us but cannot speak may be freed by a RESET.
    return isLostResetDue(state, nowMonoMs) && !mayOweCredit(state, nowMonoMs)
      ? { kind: 'reset' }
      : undefined;
  }
  if (phase.kind === 'refused' || view === undefined) return undefined;
  if (state.resetWanted && mayReset(state)) return { kind: 'reset' };
  switch (view.kind) {
    case 'power-up':
      return nextReading(state) ?? { kind: 'reset' };
    case 'initializing':
      if (view.awaitsSettings !== true) return undefined;
      return nextReading(state) ?? nextSetting(state) ?? { kind: 'accept', kinds: [] };
    case 'fault':
      // In a pause a note waits behind another one: no RESET may decide where it goes.
      if (isPause(view)) return undefined;
      return (
        nextReading(state) ?? (phase.kind === 'recovering' && phase.mayReset ? { kind: 'reset' } : undefined)
      );
    case 'disabled':
      return nextReading(state) ?? nextSetting(state) ?? acceptance(state, nowMonoMs);
    case 'idling':
      return acceptance(state, nowMonoMs);
    case 'escrow':
    case 'holding':
      if (state.escrow?.wish.kind === 'return') return { kind: 'return' };
      return mayStack(state, nowMonoMs) ? { kind: 'stack' } : undefined;
    case 'returning':
      return view.mayDisable === true ? withdrawal(state, nowMonoMs) : undefined;
    case 'rejecting':
      return view.untilTaken === true ? withdrawal(state, nowMonoMs) : undefined;
    // Everything else moves or ends by itself.
    default:
      return undefined;
  }
}

export function isLostResetDue(state: PathState, nowMonoMs: number): boolean {
  const { lost, phase, lostResetDueMonoMs } = state;
  return (
    lost === 'no-answer' && phase.kind === 'seeking' && phase.pollFailed && nowMonoMs >= lostResetDueMonoMs
  );
}

/**
 * A note was let in, and its credit event may be all that a silent device has to say: RESET would wipe it out if only
 * the line is bad. After the longest that a note may take it is in doubt anyway, and the device is worth more.
 */
export function mayOweCredit(state: PathState, nowMonoMs: number): boolean {
  const { credit, escrow, lastAnswerMonoMs, options } = state;
  const silentMs = nowMonoMs - lastAnswerMonoMs;
  if (credit === undefined && silentMs < options.unheardMsMax) return true;
  return escrow?.maybeInside === true && silentMs < options.noteMovingMsMax;
}

/** RESET is for a path at rest, a fault, or a note that has been stuck for too long; never for a moving note. */
function mayReset(state: PathState): boolean {
  const kind = state.view?.kind;
  if (kind === 'idling' || kind === 'disabled' || kind === 'fault') return true;
  return state.trouble === 'note-stuck' || state.trouble === 'note-in-mouth';
}

function nextReading(state: PathState): Action | undefined {
  const isAtRest = state.view?.kind === 'disabled';
  const isDue = state.isKnown ? state.isReadOld && isAtRest : isAtRest || !state.readsOnlyAtRest;
  if (!isDue) return undefined;
  return { kind: 'read' };
}

function nextSetting(state: PathState): Action | undefined {
  return state.isConfigured ? undefined : { kind: 'configure' };
}

function acceptance(state: PathState, nowMonoMs: number): Action | undefined {
  const kinds = wantedKinds(state, nowMonoMs);
  const isEnabled = state.view?.kind === 'idling';
  if (kinds.length === 0) return isEnabled ? { kind: 'accept', kinds } : undefined;
  return isEnabled && sameKinds(state.appliedKinds, kinds) ? undefined : { kind: 'accept', kinds };
}

/** Nothing more may come in behind the note that goes out. */
function withdrawal(state: PathState, nowMonoMs: number): Action | undefined {
  const isOpen = state.appliedKinds?.length !== 0;
  return isOpen && wantedKinds(state, nowMonoMs).length === 0 ? { kind: 'accept', kinds: [] } : undefined;
}

/** What the lease welcomes, as far as the device knows it: the numbers of the kinds, rising. */
export function wantedKinds(state: PathState, nowMonoMs: number): readonly number[] {
  if (state.phase.kind !== 'working' || !leaseLive(state, nowMonoMs)) return [];
  const welcome = state.lease?.denominations ?? [];
  return state.table.flatMap((kind, type) =>
    kind !== undefined && welcome.includes(kind.valueMinor) ? [type] : [],
  );
}

export function sameKinds(applied: readonly number[] | undefined, wanted: readonly number[]): boolean {
  return applied?.length === wanted.length && applied.every((kind, index) => kind === wanted[index]);
}
