import type { Database as Sqlite, Statement } from 'better-sqlite3';
import { unreachable } from '../terminal/assert.ts';
import type { NoteFact, NoteResolution, NoteState, UnknownWhy } from '../terminal/facts.ts';
import type { NoteId, OperationId, PeriodId } from '../terminal/ids.ts';
import type { Currency, Minor } from '../terminal/money.ts';
import { StorageError } from './errors.ts';
import { type RecordedAt, refuseUnless } from './recorded-fact.ts';

type FactOf<Kind extends NoteFact['kind']> = Extract<NoteFact, { readonly kind: Kind }>;

/** A note that has just become certain. */
export interface StackedNote {
  readonly serial: number;
  readonly operation_serial: number | null;
  /** Of the operation it belongs to, if it has one. */
  readonly operation_state: 'open' | 'cancelled' | 'closed' | null;
  readonly value_minor: number | null;
  readonly stacked_period: number;
  readonly in_doubt: 0 | 1;
}

/** A note beside the period that its credit event names. */
interface FoundNote extends Omit<StackedNote, 'stacked_period'> {
  readonly state: NoteState;
  readonly intent_period: number | null;
  readonly stacked_period: number | null;
}

interface Stacking {
  readonly noteId: NoteId;
  readonly periodId: PeriodId;
  readonly atMs: number;
  readonly isRecovery: boolean;
  /** The device repeats a credit event; what persons settle it knows nothing of. */
  readonly awaitsRelease: boolean;
}

interface ProposalRow {
  readonly state: NoteState;
  readonly proposed_as: string | null;
  readonly proposed_by: string | null;
}

/** The projection of notes. Every change names the states it may start from (money rule M4). */
export class Notes {
  readonly #escrow: Statement<[NoteId, Minor, Currency, number, OperationId]>;
  readonly #intend: Statement<[number, NoteId]>;
  readonly #findNote: Statement<[PeriodId, NoteId], FoundNote>;
  readonly #stack: Statement<[number, 0 | 1, number, number]>;
  readonly #stackInDoubt: Statement<[number, 0 | 1, number, number]>;
  readonly #return: Statement<[number, NoteId]>;
  readonly #void: Statement<[number, NoteId]>;
  readonly #unknown: Statement<[UnknownWhy, number, NoteId]>;
  readonly #appear: Statement<[NoteId, Minor | null, Currency, number, PeriodId]>;
  readonly #release: Statement<[number, NoteId]>;
  readonly #releaseAll: Statement<[]>;
  readonly #propose: Statement<[NoteResolution, string, string, number, NoteId]>;
  readonly #proposal: Statement<[NoteId], ProposalRow>;
  readonly #doubt: Statement<[]>;

  constructor(database: Sqlite) {
    this.#escrow = database.prepare(`
      INSERT INTO note (note_id, operation_serial, state, value_minor, currency, in_doubt, awaits_release, changed_at_ms)
      SELECT ?, serial, 'escrowed', ?, ?, 0, 0, ? FROM operation WHERE operation_id = ? AND state = 'open'`);
    this.#intend = database.prepare(`
      UPDATE note SET state = 'intended', changed_at_ms = ?,
        intent_period = (SELECT serial FROM period INDEXED BY period_one_open WHERE how IS NULL)
      WHERE note_id = ? AND state = 'escrowed'`);
    // A plus keeps SQLite from planning the statement anew for each value: that takes ten times as long as to run it.
    this.#findNote = database.prepare(`
      SELECT note.serial, note.state, operation_serial, operation.state AS operation_state, value_minor, in_doubt, intent_period,
        (SELECT serial FROM period WHERE period_id = +?) AS stacked_period
      FROM note LEFT JOIN operation ON operation.serial = operation_serial
      WHERE note_id = +?`);
    // What stands in a statement, and what does not, lets SQLite see which partial indexes it leaves alone.
    this.#stack = database.prepare(`
      UPDATE note SET state = 'stacked', stacked_period = ?, awaits_release = ?, changed_at_ms = ? WHERE serial = ?`);
    this.#stackInDoubt = database.prepare(`
      UPDATE note SET state = 'stacked', stacked_period = ?, awaits_release = ?, changed_at_ms = ?, in_doubt = 1
      WHERE serial = ?`);
    this.#return = database.prepare(`
      UPDATE note SET state = 'returned', changed_at_ms = ?
      WHERE note_id = ? AND state IN ('escrowed', 'intended', 'unknown')`);
    this.#void = database.prepare(`
      UPDATE note SET state = 'void', changed_at_ms = ? WHERE note_id = ? AND state = 'unknown'`);
    this.#unknown = database.prepare(`
      UPDATE note SET state = 'unknown', unknown_why = ?, in_doubt = 1, changed_at_ms = ?
      WHERE note_id = ? AND state IN ('escrowed', 'intended')`);
    this.#appear = database.prepare(`
      INSERT INTO note (note_id, state, value_minor, currency, intent_period, in_doubt, awaits_release, changed_at_ms)
      SELECT ?, 'unknown', ?, ?, serial, 1, 1, ? FROM period WHERE period_id = ?`);
    this.#release = database.prepare(
      'UPDATE note SET awaits_release = 0, changed_at_ms = ? WHERE note_id = ?',
    );
    this.#releaseAll = database.prepare('UPDATE note SET awaits_release = 0 WHERE awaits_release = 1');
    this.#propose = database.prepare(`
      UPDATE note SET proposed_as = ?, proposed_by = ?, proposed_reason = ?, changed_at_ms = ?
      WHERE note_id = ? AND state = 'unknown'`);
    this.#proposal = database.prepare('SELECT state, proposed_as, proposed_by FROM note WHERE note_id = ?');
    this.#doubt = database.prepare("UPDATE note SET in_doubt = 1 WHERE state IN ('escrowed', 'intended')");
  }

  /** Returns the note when the fact has made it certain. */
  apply(fact: NoteFact, at: RecordedAt): StackedNote | undefined {
    const { noteId } = fact;
    const atMs = at.wallMs;
    switch (fact.kind) {
      case 'note-escrowed':
        this.#escrowNote(fact, atMs);
        return undefined;
      case 'note-intended':
        expectOne(this.#intend.run(atMs, noteId), fact);
        return undefined;
      case 'note-stacked':
        this.#releaseAll.run();
        return this.#stackNote({
          noteId,
          periodId: fact.periodId,
          atMs,
          isRecovery: fact.proof === 'recovery',
          awaitsRelease: true,
        });
      case 'note-returned':
        expectOne(this.#return.run(atMs, noteId), fact);
        return undefined;
      case 'note-unknown':
        expectOne(this.#unknown.run(fact.why, atMs, noteId), fact);
        return undefined;
      case 'note-appeared':
        this.#appearNote(fact, atMs);
        return undefined;
      case 'note-released':
        expectOne(this.#release.run(atMs, noteId), fact);
        return undefined;
      case 'note-resolution-proposed':
        expectOne(this.#propose.run(fact.as, fact.by, fact.reason, atMs, noteId), fact);
        return undefined;
      case 'note-resolved':
        return this.#resolve(fact, atMs);
      default:
        return unreachable(fact);
    }
  }

  /** Power went, or the cassette did: whatever is on its way now cannot be placed for certain (money rule M11). */
  doubtMoving(): void {
    this.#doubt.run();
  }

  #escrowNote(fact: FactOf<'note-escrowed'>, atMs: number): void {
    const { noteId, operationId, valueMinor, currency } = fact;
    expectOne(this.#escrow.run(noteId, valueMinor, currency, atMs, operationId), fact);
  }

  #appearNote(fact: FactOf<'note-appeared'>, atMs: number): void {
    const { noteId, currency, periodId } = fact;
    this.#releaseAll.run();
    const valueMinor = fact.valueMinor ?? null;
    expectOne(this.#appear.run(noteId, valueMinor, currency, atMs, periodId), fact);
  }

  /** Anything between intent and credit that might have changed the cassette leaves the note in doubt (M11). */
  #stackNote({ noteId, periodId, atMs, isRecovery, awaitsRelease }: Stacking): StackedNote {
    const note = this.#findNote.get(periodId, noteId);
    const period = note?.stacked_period ?? undefined;
    if (note === undefined || period === undefined || !mayBecomeStacked(note)) {
      throw new StorageError('refused', `note ${noteId} cannot become stacked in period ${periodId}`);
    }
    const isInDoubt = note.in_doubt === 1 || isRecovery || note.intent_period !== period;
    const stack = isInDoubt ? this.#stackInDoubt : this.#stack;
    stack.run(period, awaitsRelease ? 1 : 0, atMs, note.serial);
    return { ...note, stacked_period: period, in_doubt: isInDoubt ? 1 : 0 };
  }

  /** Two named persons, and the second confirms exactly what the first proposed (money rule M4). */
  #resolve(fact: FactOf<'note-resolved'>, atMs: number): StackedNote | undefined {
    const { noteId, as, proposedBy, confirmedBy, periodId } = fact;
    const proposal = this.#proposal.get(noteId);
    const stands =
      proposal?.state === 'unknown' && proposal.proposed_as === as && proposal.proposed_by === proposedBy;
    refuseUnless(stands, `note ${noteId} has no such proposal standing`);
    refuseUnless(personKey(proposedBy) !== personKey(confirmedBy), 'two different persons resolve a note');
    refuseUnless(
      (as === 'stacked') === (periodId !== undefined),
      'a stacked note names its period, others do not',
    );
    if (periodId !== undefined) {
      return this.#stackNote({ noteId, periodId, atMs, isRecovery: false, awaitsRelease: false });
    }
    const end = as === 'void' ? this.#void : this.#return;
    expectOne(end.run(atMs, noteId), fact);
    return undefined;
  }
}

function mayBecomeStacked({ state }: FoundNote): boolean {
  return state === 'escrowed' || state === 'intended' || state === 'unknown';
}

/** The same person does not become another by a capital letter or a space. */
function personKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

function expectOne(result: { readonly changes: number }, { kind, noteId }: NoteFact): void {
  if (result.changes === 1) return;
  throw new StorageError('refused', `${kind} does not fit note ${noteId} as it is recorded`);
}
