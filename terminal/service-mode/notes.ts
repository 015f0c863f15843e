import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { NoteResolution, OperationOpened } from '../facts.ts';
import {
  confirmResolution,
  type DeskAnswer as NoteAnswer,
  proposeResolution,
  type UnknownNote,
} from '../notes-desk.ts';
import { freshTopUp } from '../settlement.ts';
import { may } from '../staff/roles.ts';
import type { SignedIn } from '../staff/staff.ts';
import type { TopUpRow } from '../store.ts';
import type { Till } from '../till/state.ts';
import type { DeskAnswer } from './desk.ts';
import type { StaffPressed } from './event.ts';
import { showHome } from './home.ts';
import { stay, turnTo } from './pages.ts';
import { type NotesPage, noteReasons, type ServiceMode } from './state.ts';

/* Notes that no device can place any more: one person proposes with a reason, another confirms (money rule M4). */

const resolutions: readonly NoteResolution[] = ['stacked', 'returned', 'void'];

export function openNotes(terminal: Terminal, who: SignedIn, context: Context): Decision {
  const page: NotesPage = {
    kind: 'notes',
    who,
    requestId: undefined,
    notes: undefined,
    index: 0,
    as: undefined,
    fault: undefined,
  };
  return andThen(turnTo(terminal, page, context), (next) => readNotesAgain(next, page, context));
}

/** A device may still place one by itself: what is shown is read anew whenever anything is recorded of notes. */
export function readNotesAgain(terminal: Terminal, page: NotesPage, context: Context): Decision {
  const { serviceMode } = terminal;
  if (serviceMode === undefined) return decided(terminal);
  const { requestId } = context.fresh;
  return andThen(stay(terminal, serviceMode, { ...page, requestId }), (next) =>
    decided(next, { effects: [{ kind: 'read-desk', requestId, query: { kind: 'unknown-notes' } }] }),
  );
}

export function onNotesRead(
  terminal: Terminal,
  mode: ServiceMode,
  page: NotesPage,
  answer: DeskAnswer,
): Decision {
  const notes = answer.kind === 'unknown-notes' ? answer.notes : undefined;
  const fault = notes === undefined ? 'unreadable' : page.fault;
  const index = Math.min(page.index, Math.max(0, (notes?.length ?? 0) - 1));
  return stay(terminal, mode, { ...page, requestId: undefined, notes, index, fault });
}

export function shownNote({ notes, index }: NotesPage): UnknownNote | undefined {
  return notes?.[index];
}

/** What this person may do with the note that is shown. */
export function noteDeeds(page: NotesPage): { readonly propose: boolean; readonly confirm: boolean } {
  const note = shownNote(page);
  const { who, requestId } = page;
  if (note === undefined || requestId !== undefined) return { propose: false, confirm: false };
  const proposal = note.proposal;
  return {
    propose: may(who.role, 'propose-note'),
    confirm: may(who.role, 'confirm-note') && proposal !== undefined && proposal.by !== who.staffId,
  };
}

export function onNotesPress(
  terminal: Terminal,
  mode: ServiceMode,
  page: NotesPage,
  press: StaffPressed,
  context: Context,
): Decision {
  const { index, notes = [], as } = page;
  const deeds = noteDeeds(page);
  const note = shownNote(page);
  const clean: NotesPage = { ...page, as: undefined, fault: undefined };
  switch (press.action) {
    case 'staff-back':
      return as === undefined ? showHome(terminal, page.who, context) : stay(terminal, mode, clean);
    case 'staff-older':
      return stay(terminal, mode, { ...clean, index: Math.min(index + 1, Math.max(0, notes.length - 1)) });
    case 'staff-newer':
      return stay(terminal, mode, { ...clean, index: Math.max(0, index - 1) });
    case 'staff-propose': {
      const chosen = resolutions.find((resolution) => resolution === press.value);
      return deeds.propose && chosen !== undefined
        ? stay(terminal, mode, { ...clean, as: chosen })
        : decided(terminal);
    }
    case 'staff-reason': {
      const reason = noteReasons.find((known) => known === press.value);
      if (!deeds.propose || note === undefined || as === undefined || reason === undefined) {
        return decided(terminal);
      }
      const answer = proposeResolution(note, { as, by: page.who.staffId, reason });
      return record(terminal, mode, clean, note, answer, context);
    }
    case 'staff-confirm': {
      if (!deeds.confirm || note === undefined) return decided(terminal);
      const answer = confirmResolution(note, {
        by: page.who.staffId,
        periodId: undefined,
        nextOperationSerial: terminal.till.nextOperationSerial,
        ids: { uuidV7: () => context.fresh.operationId },
      });
      return record(terminal, mode, clean, note, answer, context);
    }
    default:
      return decided(terminal);
  }
}

function record(
  terminal: Terminal,
  mode: ServiceMode,
  page: NotesPage,
  note: UnknownNote,
  answer: NoteAnswer,
  context: Context,
): Decision {
  if (answer.kind === 'refused') return stay(terminal, mode, { ...page, fault: answer.why });
  const { facts } = answer;
  const isSettled = facts.some(({ kind }) => kind === 'note-resolved');
  const opened = facts.find((fact) => fact.kind === 'operation-opened');
  const topUp = opened && supplementRow(note, opened, context);
  const till = isSettled ? withoutNote(terminal.till, note, opened !== undefined) : terminal.till;
  return andThen(stay({ ...terminal, till }, mode, page), (next) =>
    andThen(decided(next, { facts, topUps: topUp === undefined ? [] : [topUp] }), (recorded) =>
      readNotesAgain(recorded, page, context),
    ),
  );
}

function supplementRow(note: UnknownNote, opened: OperationOpened, context: Context): TopUpRow | undefined {
  const { valueMinor } = note;
  if (valueMinor === undefined) return undefined;
  return freshTopUp(opened, valueMinor, [{ valueMinor, count: 1 }], context.now.wallMs);
}

/** No late word of the device counts for it any more. */
function withoutNote(till: Till, { noteId }: UnknownNote, hasSupplement: boolean): Till {
  return {
    ...till,
    unknownNotes: till.unknownNotes.filter((note) => note.noteId !== noteId),
    provableNoteId: till.provableNoteId === noteId ? undefined : till.provableNoteId,
    returnableNoteId: till.returnableNoteId === noteId ? undefined : till.returnableNoteId,
    nextOperationSerial: till.nextOperationSerial + (hasSupplement ? 1 : 0),
  };
}
