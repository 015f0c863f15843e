import { assert } from '../assert.ts';
import type { Context } from '../context.ts';
import type { AcceptorReport, RejectReason, ReturnReason } from '../devices.ts';
import type { Fact } from '../facts.ts';
import { type ComingBackReason, step, type TillStep } from './change.ts';
import { markNote, settleHand } from './notes.ts';
import { noteOf, type Operation, roomMinor, type Till } from './state.ts';
import { giveUpNote } from './unknown.ts';

type EscrowedReport = Extract<AcceptorReport, { kind: 'note-escrowed' }>;
type ReturnedReport = Extract<AcceptorReport, { kind: 'note-returned' }>;

/**
 * A note waits for our word. It is recorded and intended in one durable transaction before the stack command may leave
 * (money rule M3), or it goes back with a reason of its own.
 */
export function onEscrowed(till: Till, report: EscrowedReport, context: Context): TillStep {
  const { operation } = till;
  if (till.inHand?.escrowId === report.escrowId) return returnAgain(till, report);
  if (till.inHand !== undefined) {
    // Two notes at once cannot be: the first left no final report, so persons must find it.
    const doubtful = giveUpNote(till, 'no-report', context);
    return {
      ...doubtful,
      effects: [...doubtful.effects, { kind: 'return-note', escrowId: report.escrowId }],
    };
  }
  // From here on a late credit event could be this note's (money rule M4).
  const seen: Till = { ...till, accepting: false, provableNoteId: undefined, returnableNoteId: undefined };
  const refusal = refusalOf(seen, report, context);
  const isOurs = operation !== undefined && report.denomination?.currency === operation.currency;
  if (!isOurs || report.denomination === undefined) {
    return step(seen, {
      effects: [{ kind: 'return-note', escrowId: report.escrowId }],
      notices: [{ kind: 'note-coming-back', reason: refusal ?? 'not-now' }],
    });
  }
  const { noteId } = context.fresh;
  const { valueMinor, currency } = report.denomination;
  const escrowed: Fact = {
    kind: 'note-escrowed',
    noteId,
    operationId: operation.operationId,
    valueMinor,
    currency,
  };
  const withNote = (state: 'escrowed' | 'intended'): Till => ({
    ...seen,
    operation: { ...operation, notes: [...operation.notes, { noteId, valueMinor, state }] },
    inHand: { noteId, escrowId: report.escrowId, returning: false, shaken: false },
  });
  if (refusal !== undefined) {
    return step(withNote('escrowed'), {
      facts: [escrowed],
      effects: [{ kind: 'return-note', escrowId: report.escrowId }, { kind: 'watch-note' }],
      notices: [{ kind: 'note-coming-back', reason: refusal }],
    });
  }
  return step(withNote('intended'), {
    facts: [escrowed, { kind: 'note-intended', noteId }],
    effects: [{ kind: 'stack', escrowId: report.escrowId }, { kind: 'watch-note' }],
    notices: [{ kind: 'note-moving' }],
  });
}

/** The same sight of escrow told twice: the driver lost our word for it, and the moment to stack has passed. */
function returnAgain(till: Till, report: EscrowedReport): TillStep {
  return step(till, { effects: [{ kind: 'return-note', escrowId: report.escrowId }] });
}

function refusalOf(till: Till, report: EscrowedReport, context: Context): ComingBackReason | undefined {
  const { denomination } = report;
  const { denominations, currency } = context.settings;
  const isKnown =
    denomination !== undefined &&
    denomination.currency === currency &&
    denominations.includes(denomination.valueMinor);
  if (!isKnown) return 'kind-not-accepted';
  if (till.operation === undefined || till.intake === 'closed') return 'not-now';
  return fits(till.operation, denomination.valueMinor) ? undefined : 'over-limit';
}

function fits(operation: Operation, valueMinor: number): boolean {
  return valueMinor <= roomMinor(operation);
}

/** On its way back, or in the mouth: it may lie there as long as nobody takes it, so its silence is no loss. */
export function onReturning(till: Till, reason: ReturnReason): TillStep {
  const { inHand } = till;
  const seen: Till =
    inHand === undefined ? { ...till, accepting: true } : { ...till, inHand: { ...inHand, returning: true } };
  return step(seen, {
    effects: [{ kind: 'stop-watching-note' }],
    // A return that we asked for has been explained already, with the true reason.
    notices: reason === 'host' ? [] : [{ kind: 'note-coming-back', reason: toldAs(reason) }],
  });
}

/** Gone back, proven by the device. */
export function onReturned(till: Till, report: ReturnedReport): TillStep {
  const { operation, inHand } = till;
  const isHand =
    inHand !== undefined && (report.escrowId === undefined || report.escrowId === inHand.escrowId);
  if (operation !== undefined && isHand) {
    assert(noteOf(operation, inHand.noteId) !== undefined, 'the note in hand is in the operation');
    return step(settleHand({ ...till, operation: markNote(operation, inHand.noteId, 'returned') }), {
      facts: [{ kind: 'note-returned', noteId: inHand.noteId }],
      effects: [{ kind: 'stop-watching-note' }],
      notices: [{ kind: 'notes-at-rest' }],
    });
  }
  const late = till.unknownNotes.find(
    (note) => note.noteId === till.returnableNoteId && note.payer !== undefined,
  );
  if (inHand === undefined && late !== undefined) {
    return step(
      {
        ...till,
        accepting: false,
        unknownNotes: till.unknownNotes.filter((note) => note !== late),
        provableNoteId: undefined,
        returnableNoteId: undefined,
      },
      {
        facts: [
          { kind: 'note-returned', noteId: late.noteId },
          { kind: 'alarm-ended', alarm: 'note-unknown', subject: late.noteId },
        ],
        notices: [{ kind: 'notes-at-rest' }],
      },
    );
  }
  if (inHand !== undefined) return step(till, {});
  return step(
    { ...settleHand(till) },
    { effects: [{ kind: 'stop-watching-note' }], notices: [{ kind: 'notes-at-rest' }] },
  );
}

/** Given back by the device itself before it ever reached escrow. */
export function onRejected(till: Till, reason: RejectReason, context: Context): TillStep {
  if (till.inHand !== undefined) return step(till, {});
  const isOverLimit = reason === 'kind-not-accepted' && isAnyKindTooLarge(till, context);
  const told = isOverLimit ? 'over-limit' : rejectToldAs(reason);
  return step(settleHand(till), {
    effects: [{ kind: 'stop-watching-note' }],
    notices: [{ kind: 'note-coming-back', reason: told }, { kind: 'notes-at-rest' }],
  });
}

/** The device does not say which kind it was; where some no longer fit and are switched off, it was most likely one of them. */
function isAnyKindTooLarge({ operation }: Till, context: Context): boolean {
  return (
    operation !== undefined &&
    context.settings.denominations.some((valueMinor) => !fits(operation, valueMinor))
  );
}

function toldAs(reason: Exclude<ReturnReason, 'host'>): ComingBackReason {
  switch (reason) {
    case 'kind-not-accepted':
      return 'kind-not-accepted';
    case 'device':
      return 'unreadable';
    case 'lease-expired':
    case 'escrow-stale':
      return 'not-now';
  }
}

/** "Doubtful" is told as "not accepted": the word for a forgery is never said (the customer is not accused). */
function rejectToldAs(reason: RejectReason): ComingBackReason {
  switch (reason) {
    case 'kind-not-accepted':
    case 'doubtful':
      return 'kind-not-accepted';
    case 'unreadable':
    case 'left-in-head':
    case 'mechanical':
      return 'unreadable';
  }
}
