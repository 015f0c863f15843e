import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { CollectionFact, SlipFact } from '../terminal/facts.ts';
import type { PeriodId, PrintId } from '../terminal/ids.ts';
import type { StaffId } from '../terminal/staff/staff.ts';
import type { StoredCollection } from '../terminal/store.ts';
import { type RecordedAt, refuseUnless } from './recorded-fact.ts';

/** The projection of collectors' work at the cassette. */
export class Collections {
  readonly #begin: Statement<[string, number, string]>;
  readonly #empty: Statement<[number]>;
  readonly #end: Statement<[number, string]>;
  readonly #cassette: Statement<[], string>;

  constructor(database: Sqlite) {
    this.#begin = database.prepare(`
      INSERT INTO collection (period_serial, begun_by, begun_at_ms)
      SELECT serial, ?, ? FROM period WHERE period_id = ? AND how IS NULL`);
    this.#empty = database.prepare('UPDATE collection SET emptied_at_ms = ? WHERE ended_at_ms IS NULL');
    this.#end = database.prepare(`
      UPDATE collection SET ended_at_ms = ?, cassette_number = ?
      WHERE ended_at_ms IS NULL AND emptied_at_ms IS NOT NULL`);
    this.#cassette = database.prepare<[], string>(selectCassette).pluck() as Statement<[], string>;
  }

  apply(fact: CollectionFact, at: RecordedAt): void {
    const { changes } =
      fact.kind === 'collection-begun'
        ? this.#begin.run(fact.by, at.wallMs, fact.periodId)
        : this.#end.run(at.wallMs, fact.cassetteNumber);
    refuseUnless(changes === 1, `${fact.kind} does not fit period ${fact.periodId}`);
  }

  /** The period being collected has closed: its cassette is out. */
  emptied(at: RecordedAt): void {
    this.#empty.run(at.wallMs);
  }

  /** The number of the cassette that is in, if a collector has typed it. */
  cassetteNumber(): string | undefined {
    return this.#cassette.get();
  }
}

const selectCassette = `
  SELECT cassette_number FROM collection WHERE ended_at_ms IS NOT NULL ORDER BY period_serial DESC LIMIT 1`;

export function loadCollection(database: Sqlite): StoredCollection | undefined {
  const row = database
    .prepare<[], { period_id: PeriodId; begun_by: StaffId; emptied_at_ms: number | null }>(
      `SELECT period_id, begun_by, emptied_at_ms FROM collection INDEXED BY collection_one_open
       JOIN period ON period.serial = period_serial WHERE ended_at_ms IS NULL`,
    )
    .get();
  return (
    row && {
      periodId: row.period_id,
      by: row.begun_by,
      stage: row.emptied_at_ms === null ? 'begun' : 'emptied',
    }
  );
}

export function loadCassetteNumber(database: Sqlite): string | undefined {
  return database.prepare<[], string>(selectCassette).pluck().get();
}

/** The projection of collection slips: what was begun, and how each ended. */
export class Slips {
  readonly #intend: Statement<[string, number, number, string]>;
  readonly #end: Statement<[string, number, string]>;

  constructor(database: Sqlite) {
    this.#intend = database.prepare(`
      INSERT INTO slip (print_id, period_serial, copy, changed_at_ms)
      SELECT ?, serial, ?, ? FROM period WHERE period_id = ?`);
    this.#end = database.prepare(
      'UPDATE slip SET outcome = ?, changed_at_ms = ? WHERE print_id = ? AND outcome IS NULL',
    );
  }

  apply(fact: SlipFact, at: RecordedAt): void {
    const { changes } =
      fact.kind === 'slip-intended'
        ? this.#intend.run(fact.printId, Number(fact.copy), at.wallMs, fact.periodId)
        : this.#end.run(fact.outcome, at.wallMs, fact.printId);
    refuseUnless(changes === 1, `${fact.kind} does not fit slip ${fact.printId}`);
  }
}

export function loadOpenSlips(database: Sqlite): readonly PrintId[] {
  return database
    .prepare<[], PrintId>(
      'SELECT print_id FROM slip INDEXED BY slip_open WHERE outcome IS NULL ORDER BY serial',
    )
    .pluck()
    .all() as PrintId[];
}
