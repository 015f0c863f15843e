import type { Database as Sqlite, Statement } from 'better-sqlite3';
import { unreachable } from '../terminal/assert.ts';
import type { NoteFact, NoteState } from '../terminal/facts.ts';
import type { NoteId, PeriodId } from '../terminal/ids.ts';
import { type RecordedAt, refuseUnless } from './recorded-fact.ts';

type FactOf<Kind extends NoteFact['kind']> = Extract<NoteFact, { readonly kind: Kind }>;

/** A note that has just become certain. */
export interface StackedNote {
  readonly serial: number;
  readonly operation_serial: number | null;
  readonly value_minor: number | null;
  readonly stacked_period: number;
  readonly in_doubt: 0 | 1;
}

interface ProposalRow {
  readonly state: NoteState;
  readonly proposed_as: string | null;
  readonly proposed_by: string | null;
}

type Named = [Record<string, string | number | null>];

/** The projection of notes. Every change names the states it may start from (money rule M4). */
export class Notes {
  readonly #escrow: Statement<Named>;
  readonly #intend: Statement<Named>;
  readonly #stack: Statement<Named, StackedNote>;
  readonly #end: Statement<Named>;
  readonly #unknown: Statement<Named>;
  readonly #appear: Statement<Named>;
  readonly #release: Statement<Named>;
  readonly #releaseAll: Statement<[]>;
  readonly #propose: Statement<Named>;
  readonly #proposal: Statement<[string], ProposalRow>;
  readonly #doubt: Statement<[]>;

  constructor(database: Sqlite) {
    this.#escrow = database.prepare(`
      INSERT INTO note (note_id, operation_serial, state, value_minor, currency, in_doubt, awaits_release, changed_at_ms)
      SELECT @noteId, serial, 'escrowed', @valueMinor, @currency, 0, 0, @atMs
      FROM operation WHERE operation_id = @operationId AND state = 'open'`);
    this.#intend = database.prepare(`
      UPDATE note SET state = 'intended', changed_at_ms = @atMs,
        intent_period = (SELECT serial FROM period INDEXED BY period_one_open WHERE how IS NULL)
      WHERE note_id = @noteId AND state = 'escrowed'`);
    // Anything between intent and credit that might have changed the cassette leaves the note in doubt (M11).
    this.#stack = database.prepare(`
      UPDATE note SET state = 'stacked', stacked_period = period.serial, awaits_release = @awaitsRelease,
        in_doubt = (in_doubt = 1 OR @isRecovery = 1 OR intent_period IS NOT period.serial), changed_at_ms = @atMs
      FROM period
      WHERE note_id = @noteId AND note.state IN ('escrowed', 'intended', 'unknown') AND period_id = @periodId
      RETURNING note.serial, operation_serial, value_minor, stacked_period, in_doubt`);
    this.#end = database.prepare(`
      UPDATE note SET state = @state, changed_at_ms = @atMs
      WHERE note_id = @noteId AND state IN ('escrowed', 'intended', 'unknown')`);
    this.#unknown = database.prepare(`
      UPDATE note SET state = 'unknown', unknown_why = @why, in_doubt = 1, changed_at_ms = @atMs
      WHERE note_id = @noteId AND state IN ('escrowed', 'intended')`);
    this.#appear = database.prepare(`
      INSERT INTO note (note_id, state, value_minor, currency, intent_period, in_doubt, awaits_release, changed_at_ms)
      SELECT @noteId, 'unknown', @valueMinor, @currency, serial, 1, 1, @atMs
      FROM period WHERE period_id = @periodId`);
    this.#release = database.prepare(
      'UPDATE note SET awaits_release = 0, changed_at_ms = @atMs WHERE note_id = @noteId',
    );
    this.#releaseAll = database.prepare('UPDATE note SET awaits_release = 0 WHERE awaits_release = 1');
    this.#propose = database.prepare(`
      UPDATE note SET proposed_as = @as, proposed_by = @by, proposed_reason = @reason, changed_at_ms = @atMs
      WHERE note_id = @noteId AND state = 'unknown'`);
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
        expectOne(this.#intend.run({ noteId, atMs }), fact);
        return undefined;
      case 'note-stacked':
        this.#releaseAll.run();
        return this.#stackNote(noteId, fact.periodId, { atMs, isRecovery: fact.proof === 'recovery' });
      case 'note-returned':
        expectOne(this.#end.run({ noteId, atMs, state: 'returned' }), fact);
        return undefined;
      case 'note-unknown':
        expectOne(this.#unknown.run({ noteId, atMs, why: fact.why }), fact);
        return undefined;
      case 'note-appeared':
        this.#appearNote(fact, atMs);
        return undefined;
      case 'note-released':
        expectOne(this.#release.run({ noteId, atMs }), fact);
        return undefined;
      case 'note-resolution-proposed':
        expectOne(this.#propose.run({ noteId, atMs, as: fact.as, by: fact.by, reason: fact.reason }), fact);
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
    expectOne(this.#escrow.run({ noteId, operationId, valueMinor, currency, atMs }), fact);
  }

  #appearNote(fact: FactOf<'note-appeared'>, atMs: number): void {
    const { noteId, currency, periodId } = fact;
    this.#releaseAll.run();
    const valueMinor = fact.valueMinor ?? null;
    expectOne(this.#appear.run({ noteId, valueMinor, currency, periodId, atMs }), fact);
  }

  #stackNote(
    noteId: NoteId,
    periodId: PeriodId,
    how: { readonly atMs: number; readonly isRecovery: boolean; readonly byPersons?: true },
  ): StackedNote {
    const stacked = this.#stack.get({
      noteId,
      periodId,
      atMs: how.atMs,
      isRecovery: Number(how.isRecovery),
      awaitsRelease: how.byPersons === true ? 0 : 1,
    });
    refuseUnless(stacked !== undefined, `note ${noteId} cannot become stacked in period ${periodId}`);
    return stacked;
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
      return this.#stackNote(noteId, periodId, { atMs, isRecovery: false, byPersons: true });
    }
    expectOne(this.#end.run({ noteId, atMs, state: as }), fact);
    return undefined;
  }
}

/** The same person does not become another by a capital letter or a space. */
function personKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

function expectOne(result: { readonly changes: number }, fact: NoteFact): void {
  refuseUnless(result.changes === 1, `${fact.kind} does not fit note ${fact.noteId} as it is recorded`);
}
