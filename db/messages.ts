import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { NoteState, OperationClosed } from '../terminal/facts.ts';
import type { ClaimId } from '../terminal/ids.ts';
import type { Minor } from '../terminal/money.ts';
import type { Message } from '../terminal/store.ts';
import { canonicalJson } from './canonical.ts';
import { type RecordedAt, refuseUnless } from './recorded-fact.ts';

interface NoteRow {
  readonly value_minor: Minor | null;
  readonly state: NoteState;
}

/**
 * The projection of everything else the backend must hear of: alarms, claims and collections, each queued by the fact
 * that causes it and due at once.
 */
export class Messages {
  readonly #insert: Statement<[string, string, number]>;
  readonly #deliver: Statement<[string]>;
  readonly #fail: Statement<[number, string]>;
  readonly #operationNumber: Statement<[number], string>;
  readonly #notes: Statement<[number], NoteRow>;

  constructor(database: Sqlite) {
    this.#insert = database.prepare(
      'INSERT INTO message (message_id, body, attempts, next_try_at_ms) VALUES (?, ?, 0, ?)',
    );
    this.#deliver = database.prepare('UPDATE message SET next_try_at_ms = NULL WHERE message_id = ?');
    this.#fail = database.prepare(`
      UPDATE message SET attempts = attempts + 1, next_try_at_ms = ?
      WHERE message_id = ? AND next_try_at_ms IS NOT NULL`);
    this.#operationNumber = database
      .prepare<[number], string>('SELECT operation_number FROM operation WHERE serial = ?')
      .pluck() as Statement<[number], string>;
    this.#notes = database.prepare(
      'SELECT value_minor, state FROM note WHERE operation_serial = ? ORDER BY serial',
    );
  }

  queue(messageId: string, body: Message, at: RecordedAt): void {
    this.#insert.run(messageId, canonicalJson(body), at.wallMs);
  }

  queueClaim(claimId: ClaimId, operationSerial: number, fact: OperationClosed, at: RecordedAt): void {
    const notes = this.#notes.all(operationSerial).map((note) => ({
      valueMinor: note.value_minor ?? undefined,
      state: note.state,
    }));
    const operationNumber = this.#operationNumber.get(operationSerial) ?? '';
    const { operationId } = fact;
    this.queue(claimId, { kind: 'claim', claimId, operationId, operationNumber, notes, atMs: at.wallMs }, at);
  }

  delivered(messageId: string): void {
    const { changes } = this.#deliver.run(messageId);
    refuseUnless(changes === 1, `there is no message ${messageId}`);
  }

  failed(messageId: string, nextTryAtMs: number): void {
    const { changes } = this.#fail.run(nextTryAtMs, messageId);
    refuseUnless(changes === 1, `no message ${messageId} is on its way`);
  }
}
