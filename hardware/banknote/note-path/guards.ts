import { assert } from '../../../terminal/assert.ts';
import { limits } from '../../../terminal/limits.ts';
import { markMaybeInside } from './escrow.ts';
import { leaseLive, type PathState, type Turn, update } from './state.ts';

/*
 * The last guards before the wire, the same for every protocol. A dialog asks them in the same turn as it writes the
 * bytes, and says afterwards what it wrote.
 */

/** Money rules M3 and M7: this escrow, seen in the last answer, first seen less than two seconds ago, lease live. */
export function mayStack(state: PathState, nowMonoMs: number): boolean {
  const { escrow, view } = state;
  return (
    state.phase.kind === 'working' &&
    (view?.kind === 'escrow' || view?.kind === 'holding') &&
    escrow?.wish.kind === 'stack' &&
    nowMonoMs - escrow.firstSeenMonoMs < limits.escrowDecisionMsMax &&
    leaseLive(state, nowMonoMs)
  );
}

/** Call before writing whatever lets the acceptor stack the note. From here on it may go in, whatever is answered. */
export function passStack(turn: Turn): void {
  assert(mayStack(turn.state, turn.nowMonoMs), 'a stack byte needs a live lease and a young escrow');
  markMaybeInside(turn);
}

/** Call before writing what makes the acceptor take notes of these kinds; none disables it. */
export function passAccept(turn: Turn, kinds: readonly number[]): void {
  if (kinds.length === 0) return;
  assert(leaseLive(turn.state, turn.nowMonoMs), 'an enable byte needs a live lease');
}

/** Call before writing a RESET, which may decide about a note either way. */
export function passReset(turn: Turn): void {
  markMaybeInside(turn);
  const { state, nowMonoMs } = turn;
  update(turn, { resetWanted: false, lostResetDueMonoMs: nowMonoMs + state.options.lostResetIntervalMs });
  if (state.phase.kind === 'recovering') update(turn, { phase: { ...state.phase, mayReset: false } });
  if (state.phase.kind === 'seeking') update(turn, { phase: { ...state.phase, pollFailed: false } });
}
