import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { PeriodFact } from '../terminal/facts.ts';
import type { Minor } from '../terminal/money.ts';
import type { Message } from '../terminal/store.ts';
import type { StackedNote } from './notes.ts';
import { type RecordedAt, refuseUnless } from './recorded-fact.ts';

type Opened = Extract<PeriodFact, { readonly kind: 'period-opened' }>;
type Closed = Extract<PeriodFact, { readonly kind: 'period-closed' }>;

interface ClosedRow {
  readonly serial: number;
  readonly period_number: number;
}

interface CountRow {
  readonly value_minor: Minor;
  readonly note_count: number;
}

/** What a collection slip says: the certain sum, and each doubtful note by itself (money rule M11). */
export interface PeriodSlip {
  readonly counts: readonly { readonly valueMinor: Minor; readonly count: number }[];
  readonly inDoubt: readonly { readonly valueMinor: Minor | undefined }[];
}

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
      RETURNING serial, period_number`);
    this.#count = database.prepare(`
      INSERT INTO period_count VALUES (?, ?, 1)
      ON CONFLICT DO UPDATE SET note_count = note_count + 1`);
    this.#slip = prepareSlip(database);
  }

  open(fact: Opened, at: RecordedAt): void {
    this.#open.run(fact.periodId, fact.periodNumber, at.wallMs);
  }

  /** Returns what the backend is told. Notes on their way have been marked as in doubt before. */
  close({ periodId, how }: Closed, at: RecordedAt): Extract<Message, { kind: 'collection' }> {
    const closed = this.#close.get(at.wallMs, how, periodId);
    refuseUnless(closed !== undefined, `period ${periodId} is not open`);
    const slip = this.#slip(closed.serial);
    return {
      kind: 'collection',
      periodId,
      periodNumber: closed.period_number,
      how,
      ...slip,
      atMs: at.wallMs,
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
  const inDoubt = database.prepare<[{ serial: number }], { value_minor: Minor | null }>(`
    SELECT value_minor FROM note INDEXED BY note_in_doubt
    WHERE in_doubt = 1 AND state NOT IN ('returned', 'void')
      AND (intent_period = @serial OR stacked_period = @serial
        OR (stacked_period IS NULL AND intent_period = @serial - 1))
    ORDER BY serial`);
  return (serial) => ({
    counts: counts.all(serial).map((row) => ({ valueMinor: row.value_minor, count: row.note_count })),
    inDoubt: inDoubt.all({ serial }).map((row) => ({ valueMinor: row.value_minor ?? undefined })),
  });
}
