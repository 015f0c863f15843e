import { assert } from '../assert.ts';
import type { Language, NoteState } from '../facts.ts';
import type { CreditId, EscrowId, NoteId, OperationId, WalletPhone } from '../ids.ts';
import { addMinor, type Currency, type Minor, minor } from '../money.ts';
import type {
  NoteOperation,
  StoredCollection,
  StoredNote,
  StoredOperation,
  StoredPeriod,
  StoredState,
} from '../store.ts';

/*
 * The till: which note is where, and to which operation it belongs. It decides what is credited and never looks at
 * a screen.
 */

export interface Till {
  readonly period: StoredPeriod;
  /** A collector is at work: nothing is sold until another cassette is in. */
  readonly collection: StoredCollection | undefined;
  /** The number of the cassette that is in, as a collector has typed it. */
  readonly cassetteNumber: string | undefined;
  readonly nextOperationSerial: number;
  /** The visitor's operation, from the accepted conditions to its close. */
  readonly operation: Operation | undefined;
  readonly intake: Intake;
  /** A note is in the path that is not in the books: on its way to escrow, or back. */
  readonly accepting: boolean;
  /** The one unresolved note of the acceptor (money rule M4); always one of the open operation's. */
  readonly inHand: NoteInHand | undefined;
  /** Closed as *needs help*; a late report of the device or two persons resolve them. */
  readonly unknownNotes: readonly UnknownNote[];
  /** The unknown note that a late credit event may still prove: the newest note, until the next escrow. */
  readonly provableNoteId: NoteId | undefined;
  /**
   * The same note as long as it may still be told to have gone back. A note that goes back once another has come in, or
   * once the path has been at rest, is not this one; nor can a fresh process tell the two apart.
   */
  readonly returnableNoteId: NoteId | undefined;
  /** The credit event that the device may still repeat. */
  readonly credited: CreditedNote | undefined;
}

/**
 * `open`: notes are welcome. `last-note`: the customer has pressed Pay while one was moving; it still counts.
 * `closed`: whatever comes to escrow goes back.
 */
export type Intake = 'open' | 'last-note' | 'closed';

export interface Operation {
  readonly operationId: OperationId;
  readonly operationNumber: string;
  readonly wallet: WalletPhone;
  readonly holderMasked: string | undefined;
  readonly currency: Currency;
  readonly language: Language;
  readonly limitMinor: Minor;
  readonly holdId: string | undefined;
  readonly offline: boolean;
  readonly withoutPaper: boolean;
  readonly openedAtMs: number;
  readonly notes: readonly OperationNote[];
}

export interface OperationNote {
  readonly noteId: NoteId;
  readonly valueMinor: Minor;
  readonly state: NoteState;
}

export interface NoteInHand {
  readonly noteId: NoteId;
  /** Absent after a restart: the escrow it came from is another process's. */
  readonly escrowId: EscrowId | undefined;
  /** It has been seen on its way back, or in the mouth. */
  readonly returning: boolean;
  /** A removed cassette, a restart or silence lies between intent and credit: its period is in doubt (money rule M11). */
  readonly shaken: boolean;
}

export interface UnknownNote {
  readonly noteId: NoteId;
  readonly valueMinor: Minor | undefined;
  /** Absent for a note that appeared without a record: only persons can place it. */
  readonly payer: Payer | undefined;
}

/** Whom a note proven late is paid to. */
export interface Payer {
  readonly operationId: OperationId;
  readonly wallet: WalletPhone;
  readonly holderMasked: string | undefined;
  readonly language: Language;
}

export interface CreditedNote {
  readonly noteId: NoteId;
  /** Absent after a restart, until the device repeats the event. */
  readonly creditId: CreditId | undefined;
  readonly valueMinor: Minor | undefined;
}

/** The till as the journal left it. */
export function tillFromStore(stored: StoredState, period: StoredPeriod): Till {
  const inHand = stored.unresolvedNotes.find(
    (note) => note.state === 'escrowed' || note.state === 'intended',
  );
  const unknownNotes = stored.unresolvedNotes
    .filter((note) => note.state === 'unknown')
    .map(unknownFromStore);
  const till: Till = {
    period,
    collection: stored.collection,
    cassetteNumber: stored.cassetteNumber,
    nextOperationSerial: stored.nextOperationSerial,
    operation: stored.openOperation === undefined ? undefined : operationFromStore(stored.openOperation),
    intake: 'closed',
    accepting: false,
    inHand:
      inHand === undefined
        ? undefined
        : { noteId: inHand.noteId, escrowId: undefined, returning: false, shaken: true },
    unknownNotes,
    provableNoteId: unknownNotes.find((note) => note.noteId === stored.newestNoteId)?.noteId,
    returnableNoteId: undefined,
    credited:
      stored.unreleasedNote === undefined
        ? undefined
        : {
            noteId: stored.unreleasedNote.noteId,
            creditId: undefined,
            valueMinor: stored.unreleasedNote.valueMinor,
          },
  };
  assertTill(till);
  return till;
}

function operationFromStore(stored: StoredOperation): Operation {
  return {
    operationId: stored.operationId,
    operationNumber: stored.operationNumber,
    wallet: stored.wallet,
    holderMasked: stored.holderMasked,
    currency: stored.currency,
    language: stored.language,
    limitMinor: stored.limitMinor,
    holdId: stored.holdId,
    offline: stored.offline,
    withoutPaper: stored.withoutPaper,
    openedAtMs: stored.openedAtMs,
    notes: stored.notes.map((note) => {
      assert(note.valueMinor !== undefined, 'a note of an operation has a value');
      return { noteId: note.noteId, valueMinor: note.valueMinor, state: note.state };
    }),
  };
}

function unknownFromStore(note: StoredNote): UnknownNote {
  return {
    noteId: note.noteId,
    valueMinor: note.valueMinor,
    payer: payerFromStore(note.operationId, note.operation),
  };
}

function payerFromStore(
  operationId: OperationId | undefined,
  operation: NoteOperation | undefined,
): Payer | undefined {
  if (operationId === undefined || operation === undefined) return undefined;
  const { wallet, holderMasked, language } = operation;
  return { operationId, wallet, holderMasked, language };
}

// ---------------------------------------------------------------- what can be read off

/** What is certain to be in the cassette: the sum that Pay forwards. */
export function certainSumMinor(operation: Operation): Minor {
  return addMinor(
    ...operation.notes.filter((note) => note.state === 'stacked').map((note) => note.valueMinor),
  );
}

/** Room left, with every note counted that is in the cassette or may yet get there. */
export function roomMinor(operation: Operation): Minor {
  const taken = operation.notes.filter((note) => note.state !== 'returned' && note.state !== 'void');
  const sum = addMinor(...taken.map((note) => note.valueMinor));
  return minor(Math.max(0, operation.limitMinor - sum));
}

export function noteOf(operation: Operation, noteId: NoteId): OperationNote | undefined {
  return operation.notes.find((note) => note.noteId === noteId);
}

/** A note is somewhere between the mouth and the cassette: no visit ends now, and Pay waits. */
export function isNoteMoving(till: Till): boolean {
  return till.accepting || till.inHand !== undefined;
}

/** A note is on its way out, or has come back and nobody has taken it yet. */
export function isNoteComingBack(till: Till): boolean {
  return till.inHand?.returning === true;
}

/** Once a note was intended the operation ends only as paid or needs help (money rule M12). */
export function canCancel(operation: Operation): boolean {
  return operation.notes.every((note) => note.state === 'returned');
}

export function assertTill(till: Till): void {
  const { operation, inHand } = till;
  if (inHand !== undefined) {
    assert(operation !== undefined, 'a note in hand belongs to the open operation');
    const note = noteOf(operation, inHand.noteId);
    assert(
      note?.state === 'escrowed' || note?.state === 'intended',
      'a note in hand is escrowed or intended',
    );
  }
  const unresolved =
    operation?.notes.filter((note) => note.state === 'escrowed' || note.state === 'intended') ?? [];
  assert(
    unresolved.length === (inHand === undefined ? 0 : 1),
    'at most one note is unresolved, and it is the one in hand',
  );
  assert(
    operation === undefined || operation.notes.every((note) => note.state !== 'unknown'),
    'an operation with an unknown note is closed',
  );
  assert(till.intake === 'closed' || operation !== undefined, 'notes are welcome only in an open operation');
  const known =
    till.provableNoteId === undefined || till.unknownNotes.some((n) => n.noteId === till.provableNoteId);
  assert(known, 'a provable note is an unknown one');
  assert(
    till.returnableNoteId === undefined || till.returnableNoteId === till.provableNoteId,
    'a note that may have gone back is the newest one',
  );
  if (operation !== undefined) {
    assert(certainSumMinor(operation) <= operation.limitMinor, 'no more is credited than the limit allows');
  }
}
