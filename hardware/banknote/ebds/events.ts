import { sameKind } from '../note-path/device-state.ts';
import { markMaybeInside } from '../note-path/escrow.ts';
import { observe } from '../note-path/observe.ts';
import { log, update } from '../note-path/state.ts';
import type { NoteBlock } from './note-block.ts';
import type { Status } from './reply.ts';
import type { EbdsTurn } from './state.ts';
import { denominationOf, isNoteInside, kindOf, rejectReasonOf, stateOf } from './words.ts';

/*
 * What a status means for the note path: first what has happened, then how things stand. An event may be said for several
 * answers (§12): it counts when it was not there in the answer before.
 */

/** `isNew`: the unit has answered this very message, and not the one before it once more. */
export function takeStatus(
  turn: EbdsTurn,
  status: Status,
  note: NoteBlock | undefined,
  isNew: boolean,
): void {
  const before = turn.state.status;
  const has = (event: 'powerUp' | 'returned' | 'cheated' | 'rejected'): boolean =>
    status[event] && before?.[event] !== true;
  update(turn, { status });
  // Another note is in the head: an event from here on may be its own.
  if (!status.stacked && (status.accepting || status.escrowed)) update(turn, { creditedKind: undefined });
  if (has('powerUp')) powerCameBack(turn);
  followStart(turn, status);
  if (takeStacked(turn, status, note, isNew)) return;
  if (has('returned')) observe(turn, { kind: 'returned', type: turn.state.escrow?.type });
  if (has('cheated')) observe(turn, { kind: 'fault', fault: 'cheated', detail: 'cheated' });
  if (has('rejected') && !takeRejected(turn, status)) return;
  if (turn.state.rejectionWanted) return;
  const isGateOpen = turn.state.gateSet !== false;
  const state = stateOf(status, note === undefined ? undefined : kindOf(note), isGateOpen);
  if (state !== undefined) observe(turn, state);
  if (status.idling && !status.powerUp) update(turn, { isStarting: false });
}

/** A power cut may decide either way about the note in escrow, and the unit has forgotten what it was told. */
function powerCameBack(turn: EbdsTurn): void {
  markMaybeInside(turn);
  observe(turn, { kind: 'power-up', noteAt: 'nowhere' });
  update(turn, { isStarting: true, rejectionWanted: false, ...toldNothing });
}

/** What a unit remembers of its work after a start. */
export const toldNothing = {
  isGateOpen: false,
  gateSet: undefined,
  enablesSet: undefined,
  appliedKinds: undefined,
} as const;

/** A unit that shows a note in escrow or on its way out while it starts has found it in the head. */
function followStart(turn: EbdsTurn, status: Status): void {
  const { isStarting, found } = turn.state;
  const isInHead = status.escrowed || status.returning || status.returned;
  if (isStarting && isInHead && found === 'nothing') observe(turn, { kind: 'power-up', noteAt: 'head' });
}

/** The credit event (§10). True if it is all that this answer has to say. */
function takeStacked(turn: EbdsTurn, status: Status, note: NoteBlock | undefined, isNew: boolean): boolean {
  if (!status.stacked) {
    update(turn, { stackedShown: 0 });
    return false;
  }
  const isShownAgain = turn.state.stackedShown > 0;
  update(turn, { stackedShown: turn.state.stackedShown + (isNew || !isShownAgain ? 1 : 0) });
  return isShownAgain ? repeatStacked(turn, status, isNew) : takeFirstStacked(turn, status, note);
}

/** Until it is stored the credit is said again and again; afterwards it is waited for that the unit goes on. */
function repeatStacked(turn: EbdsTurn, status: Status, isNew: boolean): boolean {
  const { credit, escrow, stackedShown, options } = turn.state;
  const hasGoneOn = isNoteInside(status);
  // Beside another note that was let in it cannot be told whose event it is: the state that follows decides.
  if (credit === undefined || hasGoneOn || escrow?.maybeInside === true) return false;
  if (credit.confirmed && isNew && stackedShown > options.eventRepliesMax) return false;
  observe(turn, { kind: 'stacked', type: credit.type });
  return true;
}

function takeFirstStacked(turn: EbdsTurn, status: Status, note: NoteBlock | undefined): boolean {
  const { escrow, doubt, credit, creditedKind } = turn.state;
  const kind = note?.kind === 'note' ? kindOf(note) : undefined;
  const letIn = escrow?.maybeInside === true ? escrow : doubt;
  const isExpected = letIn !== undefined && sameKind(letIn.type, kind);
  // A report without a value is no credit, and one with a place in an unread list only for the note that is expected.
  const isWorth = kind !== undefined || (status.value > 0 && isExpected);
  const isSaidAgain = !isExpected && credit === undefined && kind !== undefined && creditedKind === kind;
  if (!isWorth || isSaidAgain) {
    log(turn, { kind: 'credit-came-late', type: kind });
    return false;
  }
  observe(turn, { kind: 'stacked', type: kind, named: denominationOf(kind) });
  update(turn, { creditedKind: kind ?? letIn?.type });
  return true;
}

/** False while the reason has still to be asked for. */
function takeRejected(turn: EbdsTurn, status: Status): boolean {
  if (turn.state.counters !== undefined && status.idling) {
    update(turn, { rejectionWanted: true });
    return false;
  }
  observe(turn, { kind: 'rejecting', reason: 'unreadable', code: 0 });
  return true;
}

/** The reason of the note that was rejected just now; unreadable where the unit does not tell. */
export function tellRejection(turn: EbdsTurn, counters = turn.state.counters): void {
  const before = turn.state.counters;
  const reason =
    before === undefined || counters === undefined ? 'unreadable' : rejectReasonOf(before, counters);
  update(turn, { rejectionWanted: false, counters });
  observe(turn, { kind: 'rejecting', reason, code: 0 });
}
