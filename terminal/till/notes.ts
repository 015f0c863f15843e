import type { NoteState } from '../facts.ts';
import type { NoteId } from '../ids.ts';
import type { Operation, Till } from './state.ts';

/** The operation with one note in another state. */
export function markNote(operation: Operation, noteId: NoteId, state: NoteState): Operation {
  return {
    ...operation,
    notes: operation.notes.map((note) => (note.noteId === noteId ? { ...note, state } : note)),
  };
}

/** Nothing moves any more; a last note asked for by Pay has had its turn. */
export function settleHand(till: Till): Till {
  return {
    ...till,
    inHand: undefined,
    accepting: false,
    intake: till.intake === 'last-note' ? 'closed' : till.intake,
  };
}
