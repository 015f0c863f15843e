import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { StaffId } from '../terminal/staff/staff.ts';
import type { RecordedAt } from './recorded-fact.ts';

/** The projection of the roll in the printer: every slip that was begun has used some of it. */
export class PaperRoll {
  readonly #slip: Statement<[]>;
  readonly #change: Statement<[number, string]>;

  constructor(database: Sqlite) {
    this.#slip = database.prepare(`
      INSERT INTO paper_roll VALUES (1, NULL, NULL, 1) ON CONFLICT (only_row) DO UPDATE SET slips = slips + 1`);
    this.#change = database.prepare(`
      INSERT INTO paper_roll VALUES (1, ?, ?, 0) ON CONFLICT (only_row) DO UPDATE SET
        changed_at_ms = excluded.changed_at_ms, changed_by = excluded.changed_by, slips = 0`);
  }

  slipBegun(): void {
    this.#slip.run();
  }

  changed(by: StaffId, at: RecordedAt): void {
    this.#change.run(at.wallMs, by);
  }
}
