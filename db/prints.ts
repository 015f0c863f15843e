import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { PrintFact } from '../terminal/facts.ts';
import { type RecordedAt, refuseUnless } from './recorded-fact.ts';

/** The projection of receipts: what was begun, and how each ended (money rule M15). */
export class Prints {
  readonly #intend: Statement<[string, number, number, string]>;
  readonly #end: Statement<[string, number, string]>;

  constructor(database: Sqlite) {
    this.#intend = database.prepare(`
      INSERT INTO print (print_id, operation_serial, copy, changed_at_ms)
      SELECT ?, serial, ?, ? FROM operation WHERE operation_id = ?`);
    this.#end = database.prepare(
      'UPDATE print SET outcome = ?, changed_at_ms = ? WHERE print_id = ? AND outcome IS NULL',
    );
  }

  apply(fact: PrintFact, at: RecordedAt): void {
    const { changes } =
      fact.kind === 'print-intended'
        ? this.#intend.run(fact.printId, Number(fact.copy), at.wallMs, fact.operationId)
        : this.#end.run(fact.outcome, at.wallMs, fact.printId);
    refuseUnless(changes === 1, `${fact.kind} does not fit print ${fact.printId}`);
  }
}
