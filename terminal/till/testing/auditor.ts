import { assert } from '../../assert.ts';
import type { Fact, NoteState } from '../../facts.ts';
import type { TillStep } from '../change.ts';

/*
 * An auditor who reads what is stored and what is done, decision by decision, and knows the rules of money but nothing
 * of how the till works. It throws at the first breach.
 */

export interface Auditor {
  /** One decision; `stackedMinor` is the value of a new credit event that the device told in it. */
  see(step: Pick<TillStep, 'facts' | 'effects' | 'topUps'>, stackedMinor?: number): void;
  /** All notes that were ever credited to somebody. */
  creditedMinor(): number;
  /** The amounts that operations were closed with. */
  closedMinor(): number;
  /** All that the device has said it stacked. */
  reportedMinor(): number;
}

interface Note {
  state: NoteState;
  readonly valueMinor: number;
  readonly operationId: string | undefined;
  alarms: number;
}

/** Money rule M4: from where to where a note may go. */
const leadsTo: Readonly<Record<NoteState, readonly NoteState[]>> = {
  escrowed: ['intended', 'stacked', 'returned', 'unknown'],
  intended: ['stacked', 'returned', 'unknown'],
  unknown: ['stacked', 'returned', 'void'],
  stacked: [],
  returned: [],
  void: [],
};

export function createAuditor(): Auditor {
  const notes = new Map<string, Note>();
  const operations = new Map<string, 'open' | 'closed' | 'cancelled'>();
  const supplemented = new Set<string>();
  const stacksOf = new Map<string, number>();
  let intents = 0;
  let creditedMinor = 0;
  let closedMinor = 0;
  let reportedMinor = 0;
  let topUpMinor = 0;

  const noteOf = (id: string): Note => {
    const note = notes.get(id);
    assert(note !== undefined, `the note ${id} has been recorded`);
    return note;
  };

  const move = (id: string, to: NoteState): Note => {
    const note = noteOf(id);
    assert(leadsTo[note.state].includes(to), `a note that is ${note.state} does not become ${to}`);
    const isLate = note.state === 'unknown';
    const isOpen = note.operationId !== undefined && operations.get(note.operationId) === 'open';
    assert(isLate || isOpen, 'only an unknown note outlives its operation');
    note.state = to;
    return note;
  };

  const end = (operationId: string, how: 'closed' | 'cancelled'): readonly Note[] => {
    assert(operations.get(operationId) === 'open', 'an operation ends once');
    operations.set(operationId, how);
    return [...notes.values()].filter((note) => note.operationId === operationId);
  };

  const seeNote = (fact: Fact): void => {
    switch (fact.kind) {
      case 'note-escrowed':
        assert(!notes.has(fact.noteId), 'a note is new once');
        assert(operations.get(fact.operationId) === 'open', 'a note comes into an open operation');
        notes.set(fact.noteId, { ...fact, state: 'escrowed', alarms: 0 });
        return;
      case 'note-appeared':
        notes.set(fact.noteId, {
          valueMinor: fact.valueMinor ?? 0,
          operationId: undefined,
          state: 'unknown',
          alarms: 0,
        });
        return;
      case 'note-intended':
        move(fact.noteId, 'intended');
        intents += 1;
        return;
      case 'note-stacked':
        creditedMinor += move(fact.noteId, 'stacked').valueMinor;
        return;
      case 'note-returned':
        move(fact.noteId, 'returned');
        return;
      case 'note-unknown':
        move(fact.noteId, 'unknown');
        return;
      default:
    }
  };

  const seeOperation = (fact: Fact): void => {
    switch (fact.kind) {
      case 'operation-opened': {
        assert(!operations.has(fact.operationId), 'an operation is new once');
        operations.set(fact.operationId, 'open');
        if (fact.supplementOf === undefined) return;
        const { noteId } = fact.supplementOf;
        assert(!supplemented.has(noteId), 'a note has at most one supplement');
        assert(noteOf(noteId).state === 'stacked', 'a supplement pays a proven note');
        supplemented.add(noteId);
        return;
      }
      case 'operation-closed': {
        const own = end(fact.operationId, 'closed');
        const hasUnknown = own.some((note) => note.state === 'unknown');
        assert(
          own.every((note) => note.state !== 'escrowed' && note.state !== 'intended'),
          'an operation closes once its notes are placed',
        );
        assert(
          (fact.end === 'needs-help') === hasUnknown && (fact.claimId !== undefined) === hasUnknown,
          'an operation needs help if a note of it is unknown, and then has a claim',
        );
        closedMinor += fact.amountMinor;
        return;
      }
      case 'operation-cancelled':
        assert(
          end(fact.operationId, 'cancelled').every((note) => note.state === 'returned'),
          'only an operation whose notes all went back is cancelled',
        );
        return;
      default:
    }
  };

  const seeAlarms = (facts: readonly Fact[]): void => {
    for (const fact of facts) {
      if (fact.kind !== 'alarm-raised' || !notes.has(fact.subject)) continue;
      noteOf(fact.subject).alarms += 1;
    }
    for (const fact of facts) {
      if (fact.kind !== 'note-unknown' && fact.kind !== 'note-appeared') continue;
      assert(noteOf(fact.noteId).alarms === 1, 'an unknown note raises one alarm');
    }
    for (const note of notes.values()) assert(note.alarms <= 1, 'no note raises a second alarm');
  };

  return {
    see(step, stackedMinor = 0) {
      reportedMinor += stackedMinor;
      for (const fact of step.facts) {
        seeNote(fact);
        seeOperation(fact);
      }
      seeAlarms(step.facts);
      for (const effect of step.effects) {
        if (effect.kind !== 'stack') continue;
        stacksOf.set(effect.escrowId, (stacksOf.get(effect.escrowId) ?? 0) + 1);
        assert(stacksOf.get(effect.escrowId) === 1, 'one sight of escrow is stacked once');
        assert(stacksOf.size <= intents, 'a stack command has an intent of its own (M3)');
      }
      topUpMinor += step.topUps.reduce((sum, row) => sum + row.amountMinor, 0);
      assert(topUpMinor === closedMinor, 'what was closed with money is on its way, once');
    },
    creditedMinor: () => creditedMinor,
    closedMinor: () => closedMinor,
    reportedMinor: () => reportedMinor,
  };
}
