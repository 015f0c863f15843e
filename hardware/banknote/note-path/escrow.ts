import { unreachable } from '../../../terminal/assert.ts';
import type { ReturnReason } from '../../../terminal/devices.ts';
import type { EscrowId } from '../../../terminal/ids.ts';
import { limits } from '../../../terminal/limits.ts';
import { type DeviceState, isPause, sameKind } from './device-state.ts';
import { beginRecovery } from './phase.ts';
import { type Escrow, leaseLive, newId, report, type Turn, update } from './state.ts';

/* One note from the throat to its escrow, and out of it. */

/** `before` is the state of the poll before this one: a repeat tells nothing new. */
export function followNote(turn: Turn, poll: DeviceState, before: DeviceState | undefined): void {
  switch (poll.kind) {
    case 'accepting':
      escrowLeft(turn);
      if (!turn.state.drawingIn) report(turn, { kind: 'note-accepting' });
      update(turn, { drawingIn: true });
      return;
    case 'escrow':
      sawEscrow(turn, poll.type);
      return;
    case 'holding':
      if (turn.state.escrow === undefined) openEscrow(turn, undefined);
      return;
    case 'stacking':
      // Whoever let it in: a unit that says so may not be told otherwise by our own wishes.
      markMaybeInside(turn);
      if (before?.kind !== 'stacking') report(turn, { kind: 'note-stacking' });
      return;
    case 'returning':
      sawReturning(turn, before);
      return;
    case 'returned':
      if (before?.kind !== 'returned' || before.type !== poll.type) sawReturned(turn, poll.type);
      return;
    case 'rejecting':
      escrowLeft(turn);
      if (before?.kind !== 'rejecting' || before.code !== poll.code) {
        report(turn, { kind: 'note-rejected', reason: poll.reason });
      }
      update(turn, { drawingIn: false });
      return;
    case 'idling':
    case 'disabled':
      cameToRest(turn, before);
      return;
    case 'fault':
      sawFault(turn, poll);
      return;
    // A power cut decides nothing about a note in escrow: what comes after it does.
    case 'power-up':
    case 'initializing':
      update(turn, { drawingIn: false });
      return;
    case 'stacked':
    case 'settling':
    case 'busy':
    case 'unlisted':
      return;
    default:
      unreachable(poll);
  }
}

function cameToRest(turn: Turn, before: DeviceState | undefined): void {
  const { escrow, drawingIn } = turn.state;
  if (escrow !== undefined) escrowLeft(turn);
  // The word that it is back was missed, or there is none: leaving the return for rest says the same.
  else if (before?.kind === 'returning') tellStrangerReturned(turn);
  // The rejection was missed, or the customer drew the note back.
  else if (drawingIn) report(turn, { kind: 'note-rejected', reason: 'mechanical' });
  update(turn, { drawingIn: false });
}

/** A pause ends by itself. Any other fault is ended by hands, which may put the note anywhere. */
function sawFault(turn: Turn, fault: DeviceState): void {
  if (isPause(fault)) return;
  update(turn, { drawingIn: false });
  markMaybeInside(turn);
}

/** From here on the note in escrow may be inside: only the device can tell. */
export function markMaybeInside(turn: Turn): void {
  const { escrow } = turn.state;
  if (escrow !== undefined) update(turn, { escrow: { ...escrow, maybeInside: true } });
}

function sawEscrow(turn: Turn, type: number): void {
  const { escrow } = turn.state;
  if (escrow !== undefined && (escrow.type === undefined || escrow.type === type)) {
    if (escrow.type === undefined) update(turn, { escrow: { ...escrow, type } });
    return;
  }
  escrowLeft(turn);
  openEscrow(turn, type);
}

/** Outside a working phase a note in escrow may be anyone's: it is not announced, only returned. */
function openEscrow(turn: Turn, type: number | undefined): void {
  const announced = turn.state.phase.kind === 'working' && type !== undefined;
  const id = announced ? (newId(turn, 'e') as EscrowId) : undefined;
  const denomination = type === undefined ? undefined : turn.state.table[type];
  const escrow: Escrow = {
    id,
    type,
    denomination,
    firstSeenMonoMs: turn.nowMonoMs,
    wish: id === undefined ? { kind: 'return', reason: 'escrow-stale' } : { kind: 'undecided' },
    maybeInside: false,
    returningTold: false,
    returningSeen: false,
  };
  update(turn, { escrow, drawingIn: false });
  if (id === undefined) return;
  // A late credit event belongs to an earlier note only until the next one is in escrow (money rule M4).
  update(turn, { doubt: undefined });
  report(turn, { kind: 'note-escrowed', escrowId: id, denomination });
}

/**
 * The path shows something else and no final event was seen. If nothing can have taken the note in, or once the
 * device has said that it is returning it, that means returned; else nobody knows, and the device is brought to rest
 * before anything more.
 */
function escrowLeft(turn: Turn): void {
  const { escrow, found } = turn.state;
  if (escrow === undefined) return;
  if (!escrow.maybeInside || escrow.returningSeen || found === 'head') {
    tellReturned(turn, escrow);
    return;
  }
  update(turn, { escrow: undefined, doubt: escrow, found: 'stacker' });
  beginRecovery(turn, { mayReset: false, reread: false });
}

function sawReturning(turn: Turn, before: DeviceState | undefined): void {
  const { escrow } = turn.state;
  if (escrow === undefined) {
    if (before?.kind !== 'returning') report(turn, { kind: 'note-returning', reason: 'device' });
    return;
  }
  update(turn, { escrow: { ...escrow, returningSeen: true } });
  tellReturning(turn);
}

/** Said once for each note, at the first sign that it is on its way back. */
export function tellReturning(turn: Turn): void {
  const { escrow } = turn.state;
  if (escrow === undefined || escrow.returningTold) return;
  update(turn, { escrow: { ...escrow, returningTold: true } });
  report(turn, { kind: 'note-returning', reason: returnReason(escrow) });
}

function sawReturned(turn: Turn, type: number | undefined): void {
  const { escrow, doubt } = turn.state;
  if (escrow !== undefined && (!escrow.maybeInside || sameKind(escrow.type, type))) {
    tellReturned(turn, escrow);
    return;
  }
  if (escrow === undefined && doubt !== undefined && sameKind(doubt.type, type)) {
    update(turn, { doubt: undefined });
    tellReturned(turn, doubt);
    return;
  }
  tellStrangerReturned(turn);
}

/** A note that was never announced has gone back. */
function tellStrangerReturned(turn: Turn): void {
  update(turn, { returnTold: true });
  report(turn, { kind: 'note-returned', escrowId: undefined, reason: 'device' });
}

function tellReturned(turn: Turn, escrow: Escrow): void {
  if (turn.state.escrow === escrow) update(turn, { escrow: undefined });
  update(turn, { returnTold: true });
  report(turn, { kind: 'note-returned', escrowId: escrow.id, reason: returnReason(escrow) });
}

function returnReason(escrow: Escrow): ReturnReason {
  return escrow.wish.kind === 'return' ? escrow.wish.reason : 'device';
}

/** Turns a wish that may no longer be granted into a return; looked at on every step while the note lies in escrow. */
export function reviseWish(turn: Turn): void {
  const { escrow, seen, phase } = turn.state;
  if (escrow === undefined || escrow.wish.kind === 'return') return;
  if (seen?.poll.kind !== 'escrow' && seen?.poll.kind !== 'holding') return;
  const ageMs = turn.nowMonoMs - escrow.firstSeenMonoMs;
  if (phase.kind !== 'working' || ageMs >= limits.escrowDecisionMsMax) wishReturn(turn, 'escrow-stale');
  else if (!leaseLive(turn.state, turn.nowMonoMs)) wishReturn(turn, 'lease-expired');
}

export function wishStack(turn: Turn, escrowId: EscrowId): void {
  const { escrow } = turn.state;
  if (escrow?.id !== escrowId || escrow.wish.kind === 'return') return;
  if (escrow.denomination === undefined) {
    wishReturn(turn, 'kind-not-accepted');
    return;
  }
  update(turn, { escrow: { ...escrow, wish: { kind: 'stack' } } });
}

/** A return is never taken back. */
export function wishReturn(turn: Turn, reason: ReturnReason): void {
  const { escrow } = turn.state;
  if (escrow === undefined || escrow.wish.kind === 'return') return;
  update(turn, { escrow: { ...escrow, wish: { kind: 'return', reason } } });
}
