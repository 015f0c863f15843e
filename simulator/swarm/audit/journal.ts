import Database from 'better-sqlite3';

/*
 * The ledger as an auditor reads it: the stored file, with queries of its own. Nothing of the terminal's code is asked.
 */

export interface NoteRecord {
  readonly noteId: string;
  readonly operationId: string | null;
  readonly state: 'escrowed' | 'intended' | 'stacked' | 'returned' | 'unknown' | 'void';
  readonly valueMinor: number | null;
  readonly inDoubt: 0 | 1;
  readonly intentPeriod: string | null;
  readonly stackedPeriod: string | null;
}

export interface OperationRecord {
  readonly operationId: string;
  readonly operationNumber: string;
  readonly state: 'open' | 'cancelled' | 'closed';
  readonly end: 'paid' | 'needs-help' | null;
  readonly amountMinor: number | null;
  /** Absent once it was erased. */
  readonly phone: string | null;
  readonly supplementOf: string | null;
  readonly supplementNote: string | null;
  /** Whose money it carries on, after two persons had re-routed that. */
  readonly reroutedFrom: string | null;
  /** How two persons have settled it. */
  readonly settledAs: 'by-hand' | 'rerouted' | null;
  readonly topUp: string | null;
  /** Why it is parked or refused. */
  readonly topUpReason: string | null;
}

export interface Journal {
  notes(): readonly NoteRecord[];
  operations(): readonly OperationRecord[];
  /** Every alarm ever raised, by code and subject, in order. */
  alarmsRaised(): readonly { readonly alarm: string; readonly subject: string }[];
  /** Certain notes by period and value. */
  slips(): readonly { readonly period: string; readonly valueMinor: number; readonly count: number }[];
  /** A collector's work at the cassette has begun and not ended. */
  isCollecting(): boolean;
  /** Top-ups and messages without a final answer. */
  waiting(): number;
  close(): void;
}

export function readJournal(databasePath: string): Journal {
  const database = new Database(databasePath, { readonly: true, fileMustExist: true });
  const statements = new Map<string, Database.Statement<[], unknown>>();
  const all = <Row>(sql: string): Row[] => {
    const statement = statements.get(sql) ?? database.prepare<[], unknown>(sql);
    statements.set(sql, statement);
    return statement.all() as Row[];
  };
  return {
    notes: () =>
      all(`
        SELECT note_id AS noteId, operation_id AS operationId, note.state, value_minor AS valueMinor,
          in_doubt AS inDoubt, meant.period_id AS intentPeriod, held.period_id AS stackedPeriod
        FROM note LEFT JOIN operation ON operation.serial = operation_serial
        LEFT JOIN period AS meant ON meant.serial = intent_period
        LEFT JOIN period AS held ON held.serial = stacked_period ORDER BY note.serial`),
    operations: () =>
      all(`
        SELECT one.operation_id AS operationId, one.operation_number AS operationNumber, one.state,
          one.end_kind AS end, one.amount_minor AS amountMinor, phone, former.operation_id AS supplementOf,
          note_id AS supplementNote, origin.operation_id AS reroutedFrom, settled_as AS settledAs,
          top_up.state AS topUp, top_up.reason AS topUpReason
        FROM operation AS one LEFT JOIN phone USING (wallet_hash)
        LEFT JOIN operation AS origin ON origin.serial = one.rerouted_from
        LEFT JOIN settlement ON settlement.operation_serial = one.serial
        LEFT JOIN operation AS former ON former.serial = one.supplement_of
        LEFT JOIN note ON note.serial = one.supplement_note
        LEFT JOIN top_up ON top_up.operation_serial = one.serial ORDER BY one.serial`),
    alarmsRaised: () =>
      all<{ payload: string }>(
        "SELECT payload FROM journal WHERE kind = 'alarm-raised' ORDER BY sequence",
      ).map(({ payload }) => JSON.parse(payload) as { alarm: string; subject: string }),
    slips: () =>
      all(`
        SELECT period_id AS period, value_minor AS valueMinor, note_count AS count FROM period_count
        JOIN period ON period.serial = period_serial`),
    isCollecting: () => all('SELECT 1 FROM collection WHERE ended_at_ms IS NULL').length > 0,
    waiting: () =>
      all<{ count: number }>(`
        SELECT (SELECT count(*) FROM top_up WHERE next_try_at_ms IS NOT NULL)
          + (SELECT count(*) FROM message WHERE next_try_at_ms IS NOT NULL) AS count`)[0]?.count ?? 0,
    close: () => void database.close(),
  };
}
