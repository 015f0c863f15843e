import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database, { type Database as Sqlite } from 'better-sqlite3';
import { migrate } from '../../db/migrate.ts';
import { encodePayload, type RecordedFact } from '../../db/recorded-fact.ts';
import type { Fact, NoteFact } from '../../terminal/facts.ts';
import { noteMinor } from './sample-facts.ts';

/*
 * The rows that notes leave in the ledger, written by better-sqlite3 alone: the same tables and indexes, WAL and FULL,
 * but no thread, no chain, no anchor, and nothing is looked up or checked. Whatever can be made beforehand is.
 */

/** One fact as it is bound to the statements. */
interface BareRow {
  readonly kind: NoteFact['kind'];
  readonly noteSerial: number;
  readonly noteId: string;
  readonly payload: string;
  readonly hash: Buffer;
}

export class BareRows {
  readonly #database: Sqlite;
  readonly #write: (rows: readonly BareRow[]) => void;
  #sequence = 0;

  constructor(folder: string) {
    this.#database = new Database(join(folder, 'bare.db'));
    this.#database.pragma('journal_mode = WAL');
    this.#database.pragma('synchronous = FULL');
    // As in the ledger, checkpoints run between rounds: neither side pays for one inside a commit.
    this.#database.pragma('wal_autocheckpoint = 0');
    migrate(this.#database);
    this.#prepareVisit();
    const append = this.#prepareAppend();
    this.#write = this.#database.transaction((rows: readonly BareRow[]) => {
      for (const row of rows) append(row, Date.now());
    });
  }

  rowsOf(facts: readonly Fact[], noteSerial: number): readonly BareRow[] {
    return (facts as readonly NoteFact[]).map((fact) => ({
      kind: fact.kind,
      noteSerial,
      noteId: fact.noteId,
      payload: encodePayload(fact satisfies RecordedFact),
      hash: randomBytes(32),
    }));
  }

  /** One transaction; returns once it is on the disk. */
  commit(rows: readonly BareRow[]): void {
    this.#write(rows);
  }

  checkpoint(): void {
    this.#database.pragma('wal_checkpoint(RESTART)');
  }

  close(): void {
    this.#database.close();
  }

  /** One cassette and one open operation that all notes belong to. */
  #prepareVisit(): void {
    this.#database.exec(`
      INSERT INTO period VALUES (1, 'period', 1, 0, NULL, NULL);
      INSERT INTO operation (serial, operation_id, operation_number, wallet_hash, currency, language, limit_minor, offline,
        without_paper, state, opened_at_ms)
      VALUES (1, 'operation', '1', '${'0'.repeat(64)}', 'KZT', 'kk', 50000000, 0, 0, 'open', 0)`);
  }

  #prepareAppend(): (row: BareRow, atMs: number) => void {
    const journal = this.#database.prepare('INSERT INTO journal VALUES (?, 1, ?, ?, ?, ?)');
    const escrow = this.#database.prepare(`
      INSERT INTO note (serial, note_id, operation_serial, state, value_minor, currency, in_doubt, awaits_release,
        changed_at_ms)
      VALUES (?, ?, 1, 'escrowed', ?, 'KZT', 0, 0, ?)`);
    const intend = this.#database.prepare(
      "UPDATE note SET state = 'intended', intent_period = 1, changed_at_ms = ? WHERE serial = ?",
    );
    const release = this.#database.prepare('UPDATE note SET awaits_release = 0 WHERE serial = ?');
    const stack = this.#database.prepare(`
      UPDATE note SET state = 'stacked', stacked_period = 1, awaits_release = 1, changed_at_ms = ? WHERE serial = ?`);
    const count = this.#database.prepare(`
      INSERT INTO period_count VALUES (1, ?, 1) ON CONFLICT DO UPDATE SET note_count = note_count + 1`);
    return ({ kind, noteSerial, noteId, payload, hash }, atMs) => {
      this.#sequence += 1;
      journal.run(this.#sequence, atMs, kind, payload, hash);
      if (kind === 'note-escrowed') escrow.run(noteSerial, noteId, noteMinor, atMs);
      else if (kind === 'note-intended') intend.run(atMs, noteSerial);
      else {
        release.run(noteSerial - 1);
        stack.run(atMs, noteSerial);
        count.run(noteMinor);
      }
    };
  }
}
