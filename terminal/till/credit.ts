import { assert } from '../assert.ts';
import type { Context } from '../context.ts';
import type { AcceptorReport } from '../devices.ts';
import type { Fact } from '../facts.ts';
import type { CreditId } from '../ids.ts';
import type { Minor } from '../money.ts';
import { stay, step, type TillStep } from './change.ts';
import { markNote, settleHand } from './notes.ts';
import { paySupplement } from './operation.ts';
import {
  certainSumMinor,
  type NoteInHand,
  noteOf,
  type Operation,
  type Till,
  type UnknownNote,
} from './state.ts';
import { giveUpNote } from './unknown.ts';

type StackedReport = Extract<AcceptorReport, { kind: 'note-stacked' }>;

/**
 * The protocol's credit event: the only thing that makes money of a note (money rule M2). Each record is credited at
 * most once; an event that fits none becomes an unknown note with an alarm (M5). The device is told to forget the
 * event only after the facts are durable.
 */
export function onStacked(till: Till, report: StackedReport, context: Context): TillStep {
  if (isRepeat(till, report)) return repeatedCredit(till, report.creditId);
  const { operation, inHand } = till;
  if (operation !== undefined && inHand !== undefined) {
    const fits = fitsHand(operation, inHand, report);
    if (fits && isWithinLimit(operation, inHand)) return creditHand(till, operation, inHand, report);
    // The device speaks of another note than the books, and neither can be trusted alone; or it kept a note that was
    // refused, and the sum before it must not be drawn into what the backend may say of that.
    const doubtful = giveUpNote(till, 'no-report', context);
    const { unknownNotes } = doubtful.till;
    const late = fits ? unknownNotes.find((note) => note.noteId === inHand.noteId) : undefined;
    return joined(
      doubtful,
      late === undefined
        ? recordUnplaced(doubtful.till, report, context)
        : proveLate(doubtful.till, late, report, context),
    );
  }
  const late = till.unknownNotes.find(
    (note) => note.noteId === till.provableNoteId && fitsUnknown(note, report),
  );
  if (late !== undefined) return proveLate(till, late, report, context);
  return recordUnplaced(till, report, context);
}

/**
 * A repeat carries the same id. After a start or a link break the driver cannot know it for one; but a credit event
 * without an escrow before it can only be the last one again, as long as that was not released.
 */
function isRepeat(till: Till, report: StackedReport): boolean {
  const { credited } = till;
  if (credited === undefined) return false;
  if (credited.creditId === report.creditId) return true;
  return (
    till.inHand === undefined && report.escrowId === undefined && mayBeWorth(report, credited.valueMinor)
  );
}

/**
 * Just after a start the driver has not read the device's table and cannot name the kind (CCNET: the table is not told
 * before the credit event is acknowledged). Nothing is stacked unasked, so it can only be the note let in last.
 */
function mayBeWorth(report: StackedReport, valueMinor: Minor | undefined): boolean {
  return report.denomination === undefined || report.denomination.valueMinor === valueMinor;
}

function repeatedCredit(till: Till, creditId: CreditId): TillStep {
  assert(till.credited !== undefined, 'a repeat has a first');
  return step(
    { ...till, credited: { ...till.credited, creditId } },
    { effects: [{ kind: 'confirm-credit', creditId }] },
  );
}

function fitsHand(operation: Operation, inHand: NoteInHand, report: StackedReport): boolean {
  const note = noteOf(operation, inHand.noteId);
  const { denomination, escrowId } = report;
  const sameEscrow = escrowId === undefined || escrowId === inHand.escrowId;
  if (denomination === undefined) return sameEscrow && note?.state === 'intended';
  return (
    sameEscrow && note?.valueMinor === denomination.valueMinor && denomination.currency === operation.currency
  );
}

function isWithinLimit(operation: Operation, inHand: NoteInHand): boolean {
  const valueMinor = noteOf(operation, inHand.noteId)?.valueMinor ?? 0;
  return certainSumMinor(operation) + valueMinor <= operation.limitMinor;
}

function creditHand(till: Till, operation: Operation, inHand: NoteInHand, report: StackedReport): TillStep {
  const note = noteOf(operation, inHand.noteId);
  assert(note !== undefined, 'the note in hand is in the operation');
  const credited = { noteId: note.noteId, creditId: report.creditId, valueMinor: note.valueMinor };
  const proof =
    inHand.shaken || report.isRecovery === true || report.escrowId === undefined
      ? 'recovery'
      : 'credit-event';
  const next = settleHand({ ...till, operation: markNote(operation, note.noteId, 'stacked'), credited });
  return step(next, {
    facts: [
      ...releaseBefore(till),
      { kind: 'note-stacked', noteId: note.noteId, periodId: till.period.periodId, proof },
    ],
    effects: [{ kind: 'confirm-credit', creditId: report.creditId }, { kind: 'stop-watching-note' }],
    notices: [{ kind: 'note-counted', valueMinor: note.valueMinor }, { kind: 'notes-at-rest' }],
  });
}

/** An unknown note has proven itself: its operation is closed, so a supplement pays it (money rule M8). */
function proveLate(till: Till, note: UnknownNote, report: StackedReport, context: Context): TillStep {
  const valueMinor = note.valueMinor ?? reportedMinor(report);
  assert(valueMinor !== undefined && note.payer !== undefined, 'a provable note has a value and a payer');
  const known: Till = {
    ...till,
    accepting: false,
    unknownNotes: till.unknownNotes.filter((other) => other !== note),
    provableNoteId: undefined,
    returnableNoteId: undefined,
    credited: { noteId: note.noteId, creditId: report.creditId, valueMinor },
  };
  const paid = paySupplement(known, { noteId: note.noteId, valueMinor }, note.payer, context);
  return step(paid.till, {
    facts: [
      ...releaseBefore(till),
      { kind: 'note-stacked', noteId: note.noteId, periodId: till.period.periodId, proof: 'recovery' },
      { kind: 'alarm-ended', alarm: 'note-unknown', subject: note.noteId },
      ...paid.facts,
    ],
    ...restingWith(report),
    topUps: paid.topUp === undefined ? [] : [paid.topUp],
  });
}

/** A credit event with no fitting record (money rule M5): money is in the cassette, and persons must place it. */
function recordUnplaced(till: Till, report: StackedReport, context: Context): TillStep {
  const { noteId } = context.fresh;
  const valueMinor = reportedMinor(report);
  const next: Till = {
    ...till,
    accepting: false,
    unknownNotes: [...till.unknownNotes, { noteId, valueMinor, payer: undefined }],
    credited: { noteId, creditId: report.creditId, valueMinor },
  };
  const facts: readonly Fact[] = [
    ...releaseBefore(till),
    {
      kind: 'note-appeared',
      noteId,
      valueMinor,
      currency: context.settings.currency,
      periodId: till.period.periodId,
    },
    { kind: 'alarm-raised', alarm: 'credit-without-record', subject: noteId, detail: '' },
  ];
  return step(next, { facts, ...restingWith(report) });
}

/** Whatever note this was, it no longer moves. */
function restingWith({ creditId }: StackedReport): Pick<TillStep, 'effects' | 'notices'> {
  return {
    effects: [{ kind: 'confirm-credit', creditId }, { kind: 'stop-watching-note' }],
    notices: [{ kind: 'notes-at-rest' }],
  };
}

/** The device has stopped repeating the credit event: the next one is another note. */
export function onCreditReleased(till: Till, creditId: CreditId): TillStep {
  const { credited } = till;
  if (credited === undefined || credited.creditId !== creditId) return stay(till);
  return step({ ...till, credited: undefined }, { facts: releaseBefore(till) });
}

/** A new credit event says as much as silence: the one before it is over. */
export function releaseBefore(till: Till): readonly Fact[] {
  return till.credited === undefined ? [] : [{ kind: 'note-released', noteId: till.credited.noteId }];
}

function fitsUnknown(note: UnknownNote, report: StackedReport): boolean {
  if (note.payer === undefined) return false;
  return note.valueMinor === undefined
    ? reportedMinor(report) !== undefined
    : mayBeWorth(report, note.valueMinor);
}

function reportedMinor(report: StackedReport): Minor | undefined {
  return report.denomination?.valueMinor;
}

function joined(first: TillStep, second: TillStep): TillStep {
  return {
    till: second.till,
    facts: [...first.facts, ...second.facts],
    effects: [...first.effects, ...second.effects],
    notices: [...first.notices, ...second.notices],
    topUps: [...first.topUps, ...second.topUps],
  };
}
