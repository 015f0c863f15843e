import { assert } from '../assert.ts';
import type { Context } from '../context.ts';
import type { UnknownWhy } from '../facts.ts';
import { step, type TillStep } from './change.ts';
import { markNote, settleHand } from './notes.ts';
import { closeNeedingHelp } from './operation.ts';
import { noteOf, type Till } from './state.ts';

/**
 * Nobody can say where the note in hand is: it becomes `unknown`, its operation closes as *needs help* with the certain
 * sum on its way, and one alarm goes out; all in one transaction (money rule M12).
 */
export function giveUpNote(till: Till, why: UnknownWhy, context: Context): TillStep {
  const { operation, inHand } = till;
  assert(operation !== undefined && inHand !== undefined, 'there is a note to give up');
  const note = noteOf(operation, inHand.noteId);
  assert(note !== undefined, 'the note in hand is in the operation');
  const { operationId, wallet, holderMasked, language } = operation;
  const doubtful = markNote(operation, note.noteId, 'unknown');
  const marked = settleHand({ ...till, operation: doubtful });
  const closed = closeNeedingHelp(marked, context);
  return step(
    {
      ...closed.till,
      unknownNotes: [
        ...till.unknownNotes,
        {
          noteId: note.noteId,
          valueMinor: note.valueMinor,
          payer: { operationId, wallet, holderMasked, language },
        },
      ],
      provableNoteId: note.noteId,
      returnableNoteId: why === 'no-credit-after-recovery' ? undefined : note.noteId,
    },
    {
      facts: [
        { kind: 'note-unknown', noteId: note.noteId, why },
        { kind: 'alarm-raised', alarm: 'note-unknown', subject: note.noteId, detail: why },
        ...closed.facts,
      ],
      effects: [{ kind: 'stop-watching-note' }],
      notices: [{ kind: 'operation-doubtful', operation: doubtful }],
      topUps: closed.topUp === undefined ? [] : [closed.topUp],
    },
  );
}
