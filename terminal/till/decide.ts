import { unreachable } from '../assert.ts';
import type { Context } from '../context.ts';
import type { AcceptorFault, AcceptorReport, LeftInPath } from '../devices.ts';
import { stay, step, type TillStep } from './change.ts';
import { onCreditReleased, onStacked, releaseBefore } from './credit.ts';
import { onEscrowed, onRejected, onReturned, onReturning } from './escrow.ts';
import { markNote, settleHand } from './notes.ts';
import { assertTill, isNoteMoving, noteOf, type Till } from './state.ts';
import { giveUpNote } from './unknown.ts';

/** What a report of the acceptor means for the money. */
export function onAcceptorReport(till: Till, report: AcceptorReport, context: Context): TillStep {
  const result = handle(till, report, context);
  assertTill(result.till);
  return result;
}

function handle(till: Till, report: AcceptorReport, context: Context): TillStep {
  switch (report.kind) {
    case 'note-accepting':
      // Another note: what goes back now is this one, and says nothing of an earlier one.
      return onMoving({ ...till, returnableNoteId: undefined });
    case 'note-escrowed':
      return onEscrowed(till, report, context);
    case 'note-stacking':
      // One let in has been watched since its escrow; any other has only now come to light.
      return till.inHand === undefined ? onMoving(till) : step(till, { notices: [{ kind: 'note-moving' }] });
    case 'note-stacked':
      return onStacked(till, report, context);
    case 'credit-released':
      return onCreditReleased(till, report.creditId);
    case 'note-returning':
      return onReturning(till, report.reason);
    case 'note-returned':
      return onReturned(till, report);
    case 'note-rejected':
      return onRejected(till, report.reason, context);
    case 'acceptor-recovered':
      return onRecovered(till, report.leftInPath, context);
    case 'acceptor-trouble':
      return onTrouble(till, report.fault, context);
    case 'acceptor-lost':
      // Even a note in the mouth, of which the device would have told in time, may never be told of now.
      return step(shaken(till), { effects: isNoteMoving(till) ? [{ kind: 'watch-note' }] : [] });
    case 'acceptor-connected':
    case 'acceptor-enabled':
    case 'acceptor-disabled':
    case 'acceptor-trouble-ended':
      // These say how the device is, not where a note is; a note in hand keeps its watch.
      return stay(till);
    default:
      return unreachable(report);
  }
}

/** A note is in the path, and the customer's time stands still until it has come to rest, or its watch runs out. */
function onMoving(till: Till): TillStep {
  return step(
    { ...till, accepting: till.inHand === undefined },
    { effects: [{ kind: 'watch-note' }], notices: [{ kind: 'note-moving' }] },
  );
}

/**
 * The path has been brought to rest and all that it had to tell has been told. A note the device was never asked to
 * stack, and that was not past the point of return, has gone back; for any other there is no proof.
 */
function onRecovered(before: Till, leftInPath: LeftInPath, context: Context): TillStep {
  const released = releaseBefore(before);
  const settled = settlePath(
    { ...before, credited: undefined, returnableNoteId: undefined },
    leftInPath,
    context,
  );
  return { ...settled, facts: [...released, ...settled.facts] };
}

function settlePath(till: Till, leftInPath: LeftInPath, context: Context): TillStep {
  const { operation, inHand } = till;
  if (operation === undefined || inHand === undefined) return atRest(till);
  const note = noteOf(operation, inHand.noteId);
  const wentBack = leftInPath === 'head' || (leftInPath === 'nothing' && note?.state === 'escrowed');
  return wentBack ? handReturned(till) : giveUpNote(till, 'no-credit-after-recovery', context);
}

/** Whatever is in hand has gone back, or lies in the mouth for anybody to take. */
function handReturned(till: Till): TillStep {
  const { operation, inHand } = till;
  if (operation === undefined || inHand === undefined) return atRest(till);
  const returned = atRest({ ...till, operation: markNote(operation, inHand.noteId, 'returned') });
  return { ...returned, facts: [{ kind: 'note-returned', noteId: inHand.noteId }] };
}

function atRest(till: Till): TillStep {
  return step(settleHand(till), {
    effects: [{ kind: 'stop-watching-note' }],
    notices: [{ kind: 'notes-at-rest' }],
  });
}

/** Faults after which a note in the machine will give no final report of its own (money rule M12). */
const stranding: ReadonlySet<AcceptorFault> = new Set([
  'jam-in-head',
  'jam-in-cassette',
  'failure',
  'note-stuck',
]);

function onTrouble(till: Till, fault: AcceptorFault, context: Context): TillStep {
  // The device itself shows it outside: it was returned, whether or not anybody takes it.
  if (fault === 'note-in-mouth') return handReturned(till);
  if (!stranding.has(fault)) return onOtherTrouble(fault === 'cassette-removed' ? shaken(till) : till);
  if (till.inHand !== undefined)
    return giveUpNote(till, fault.startsWith('jam') ? 'jam' : 'no-report', context);
  return atRest(till);
}

/** A note on its way out had no watch, for the device tells of its end: behind a fault that may never come. */
function onOtherTrouble(till: Till): TillStep {
  const isUnwatched = till.inHand === undefined ? till.accepting : till.inHand.returning;
  return step(till, { effects: isUnwatched ? [{ kind: 'watch-note' }] : [] });
}

function shaken(till: Till): Till {
  return till.inHand === undefined ? till : { ...till, inHand: { ...till.inHand, shaken: true } };
}

/** The watch ran out: fifty seconds without a final report (money rule M12). */
export function onNoteOverdue(till: Till, context: Context): TillStep {
  if (till.inHand !== undefined) return giveUpNote(till, 'no-report', context);
  return step(settleHand(till), { notices: [{ kind: 'notes-at-rest' }] });
}
