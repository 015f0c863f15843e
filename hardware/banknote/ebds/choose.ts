import { chooseAction, sameKinds } from '../note-path/choose.ts';
import { leaseLive } from '../note-path/state.ts';
import type { Command } from './command.ts';
import type { DialogState } from './state.ts';

/** What a unit is told after each start, before it may take a note: its time-out, and that no note is welcome yet. */
export const settingsCount = 2;

const questionsBeforeNotes = 2;

/** The message other than a poll that is wanted and allowed at this moment. */
export function chooseCommand(state: DialogState, nowMonoMs: number): Command | undefined {
  // The unit may take it for a message sent again, and do nothing: a poll finds out first how things stand.
  if (state.isToggleUsed) return undefined;
  if (state.rejectionWanted) return { kind: 'counters' };
  const action = chooseAction(state, nowMonoMs);
  switch (action?.kind) {
    case 'read':
      return question(state);
    case 'configure':
      return state.settingsMade === 0
        ? { kind: 'escrow-timeout', seconds: state.options.escrowTimeoutS }
        : enables(state, []);
    case 'accept':
      return acceptCommand(state, action.kinds);
    case 'stack':
    case 'return':
      return { kind: action.kind };
    case 'reset':
      // A lost unit is never reset: what it would lose may be a credit. One that starts needs none.
      return state.phase.kind === 'seeking' || state.view?.kind === 'power-up'
        ? undefined
        : { kind: 'reset' };
    case undefined:
      return closing(state);
  }
}

function question({ questionsAnswered }: DialogState): Command {
  if (questionsAnswered === 0) return { kind: 'serial-number' };
  if (questionsAnswered === 1) return { kind: 'counters' };
  return { kind: 'note', index: questionsAnswered - questionsBeforeNotes + 1 };
}

/** The gate shuts at once; it opens when the unit has heard which notes are welcome. */
function acceptCommand(state: DialogState, kinds: readonly number[]): Command {
  if (kinds.length === 0) return { kind: 'gate', isOpen: false };
  return sameKinds(state.enablesSet, kinds) ? { kind: 'gate', isOpen: true } : enables(state, kinds);
}

/** Not every firmware is known to heed the gate in extended mode (§13): no note stays welcome behind a shut one. */
function closing(state: DialogState): Command | undefined {
  const isShut = state.view?.kind === 'disabled' && state.phase.kind === 'working';
  return isShut && !sameKinds(state.enablesSet, []) ? enables(state, []) : undefined;
}

function enables({ noteKinds, enablesForm }: DialogState, kinds: readonly number[]): Command {
  const notes = noteKinds.flatMap((kind, at) => (kinds.includes(kind) ? [at + 1] : []));
  return { kind: 'enables', notes, form: enablesForm };
}

/** The kinds that these entries of the note table stand for. */
export function kindsOf({ noteKinds }: DialogState, notes: readonly number[]): readonly number[] {
  return [...new Set(notes.flatMap((index) => noteKinds[index - 1] ?? []))].sort((one, other) => one - other);
}

/** Every message says whether notes are let in: with no lease only as long as a note moves, which nothing may disturb. */
export function mayStayOpen(state: DialogState, nowMonoMs: number): boolean {
  if (!state.isGateOpen || state.phase.kind !== 'working') return false;
  const motion = state.seen?.motion;
  const isAtRest = motion === 'rest' || motion === 'final' || motion === 'fault';
  return !isAtRest || leaseLive(state, nowMonoMs);
}
