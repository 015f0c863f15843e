import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { AuditFact } from '../terminal/facts.ts';
import type { AlarmMessage } from '../terminal/store.ts';
import type { RecordedAt } from './recorded-fact.ts';

type AlarmFact = Extract<AuditFact, { readonly kind: 'alarm-raised' | 'alarm-ended' }>;

/**
 * The projection of standing alarms. Raising one that stands, or ending one that does not, changes nothing: a terminal
 * must not stop because it complained twice.
 */
export class Alarms {
  readonly #raise: Statement<[string, string, string, number]>;
  readonly #end: Statement<[string, string]>;

  constructor(database: Sqlite) {
    this.#raise = database.prepare('INSERT INTO alarm VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
    this.#end = database.prepare('DELETE FROM alarm WHERE alarm = ? AND subject = ?');
  }

  /** Returns what the backend is told, if anything changed. */
  apply(fact: AlarmFact, at: RecordedAt): AlarmMessage | undefined {
    const { alarm, subject } = fact;
    const raised = fact.kind === 'alarm-raised';
    const detail = raised ? fact.detail : '';
    const { changes } = raised
      ? this.#raise.run(alarm, subject, detail, at.wallMs)
      : this.#end.run(alarm, subject);
    return changes === 0 ? undefined : { kind: 'alarm', alarm, subject, detail, raised, atMs: at.wallMs };
  }
}
