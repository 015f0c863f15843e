import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { CashFact } from '../terminal/facts.ts';
import { canonicalJson } from './canonical.ts';
import { type RecordedAt, refuseUnless } from './recorded-fact.ts';

/** The projection of cassettes that have gone: how they travelled, and what was found in them. */
export class CashRows {
  readonly #count: Statement<[string, number, string, string]>;
  readonly #seal: Statement<[string, string, string]>;

  constructor(database: Sqlite) {
    const closedPeriod = 'FROM period WHERE period_id = ? AND how IS NOT NULL';
    this.#count = database.prepare(`
      INSERT INTO cash_count (period_serial, counted_by, counted_at_ms, counts) SELECT serial, ?, ?, ? ${closedPeriod}
      ON CONFLICT DO UPDATE SET counted_by = excluded.counted_by, counted_at_ms = excluded.counted_at_ms,
        counts = excluded.counts`);
    this.#seal = database.prepare(`
      INSERT INTO cash_seal (period_serial, seal_number, bag_number) SELECT serial, ?, ? ${closedPeriod}
      ON CONFLICT DO UPDATE SET seal_number = excluded.seal_number, bag_number = excluded.bag_number`);
  }

  apply(fact: CashFact, at: RecordedAt): void {
    const { periodId } = fact;
    // As the journal will give it back: a rebuilt row is the same, byte for byte.
    const { changes } =
      fact.kind === 'cash-counted'
        ? this.#count.run(fact.by, at.wallMs, canonicalJson(fact.counts), periodId)
        : this.#seal.run(fact.sealNumber, fact.bagNumber, periodId);
    refuseUnless(changes === 1, `${fact.kind} does not fit period ${periodId}: it has not been collected`);
  }
}
