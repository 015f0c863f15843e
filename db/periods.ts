import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { PeriodFact } from '../terminal/facts.ts';
import type { NoteId, OperationId } from '../terminal/ids.ts';
import type { Minor } from '../terminal/money.ts';
import type { CollectionMessage } from '../terminal/store.ts';
import type { StackedNote } from './notes.ts';
import { type RecordedAt, refuseUnless } from './recorded-fact.ts';

type Opened = Extract<PeriodFact, { readonly kind: 'period-opened' }>;
type Closed = Extract<PeriodFact, { readonly kind: 'period-closed' }>;

interface ClosedRow {
  readonly serial: number;
  readonly period_number: number;
  readonly opened_at_ms: number;
}

interface DoubtfulRow {
  readonly note_id: NoteId;
  readonly operation_id: OperationId | null;
  readonly value_minor: Minor | null;
}

interface CountRow {
  readonly value_minor: Minor;
  readonly note_count: number;
}

/** What a collection slip says: the certain sum, and each doubtful note by itself (money rule M11). */
export type PeriodSlip = Pick<CollectionMessage, 'counts' | 'inDoubt'>;

/** The projection of cassette periods. */
export class Periods {
  readonly #open: Statement<[string, number, number]>;
  readonly #close: Statement<[number, string, string], ClosedRow>;
  readonly #count: Statement<[number, number]>;
  readonly #slip: (serial: number) => PeriodSlip;

  constructor(database: Sqlite) {
    this.#open = database.prepare(
      'INSERT INTO period (period_id, period_number, opened_at_ms) VALUES (?, ?, ?)',
    );
    this.#close = database.prepare(`
      UPDATE period SET closed_at_ms = ?, how = ? WHERE period_id = ? AND how IS NULL
      RETURNING serial, period_number, opened_at_ms`);
    this.#count = database.prepare(`
      INSERT INTO period_count VALUES (?, ?, 1)
      ON CONFLICT DO UPDATE SET note_count = note_count + 1`);
    this.#slip = prepareSlip(database);
  }

  open(fact: Opened, at: RecordedAt): void {
    this.#open.run(fact.periodId, fact.periodNumber, at.wallMs);
  }

  /** Returns what the backend is told. Notes on their way have been marked as in doubt before. */
  close({ periodId, how, by }: Closed, at: RecordedAt): CollectionMessage {
    const closed = this.#close.get(at.wallMs, how, periodId);
    refuseUnless(closed !== undefined, `period ${periodId} is not open`);
    return {
      kind: 'collection',
      periodId,
      periodNumber: closed.period_number,
      how,
      ...(by === undefined ? {} : { collectorId: by }),
      // The only one there is (`money.ts`).
      currency: 'KZT',
      ...this.#slip(closed.serial),
      openedAtMs: closed.opened_at_ms,
      closedAtMs: at.wallMs,
    };
  }

  /** A note in doubt is never in the certain sum. */
  count(note: StackedNote): void {
    if (note.in_doubt === 1 || note.value_minor === null) return;
    this.#count.run(note.stacked_period, note.value_minor);
  }
}

/**
 * A doubtful note stands on the slip of the cassette it was meant for and on that of the one its credit event named;
 * while nothing is proven, on that of the next one.
 */
export function prepareSlip(database: Sqlite): (serial: number) => PeriodSlip {
  const counts = database.prepare<[number], CountRow>(
    'SELECT value_minor, note_count FROM period_count WHERE period_serial = ? ORDER BY value_minor DESC',
  );
  const inDoubt = database.prepare<[{ serial: number }], DoubtfulRow>(`
    SELECT note_id, operation_id, value_minor FROM note INDEXED BY note_in_doubt
    LEFT JOIN operation ON operation.serial = operation_serial
    WHERE in_doubt = 1 AND note.state NOT IN ('returned', 'void')
      AND (intent_period = @serial OR stacked_period = @serial
        OR (stacked_period IS NULL AND intent_period = @serial - 1))
    ORDER BY note.serial`);
  return (serial) => ({
    counts: counts.all(serial).map((row) => ({ valueMinor: row.value_minor, count: row.note_count })),
    inDoubt: inDoubt.all({ serial }).map((row) => ({
      noteId: row.note_id,
      operationId: row.operation_id ?? undefined,
      valueMinor: row.value_minor ?? undefined,
    })),
  });
}
