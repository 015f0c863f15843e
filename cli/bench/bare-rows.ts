import { join } from 'node:path';
import Database, { type Database as Sqlite } from 'better-sqlite3';
import { migrate } from '../../db/migrate.ts';
import { unreachable } from '../../terminal/assert.ts';
import type { Fact } from '../../terminal/facts.ts';
import { noteMinor, operationId, period } from './sample-facts.ts';

export type NoteFact = Extract<Fact, { readonly kind: 'note-escrowed' | 'note-intended' | 'note-stacked' }>;

/**
 * The rows that notes leave in the ledger, written by better-sqlite3 alone: the same tables and indexes, WAL and FULL,
 * notes found by their ids, payloads as JSON. But no thread, no chain, no anchor, and nothing is looked up or checked.
 */
export class BareRows {
  readonly #database: Sqlite;
  readonly #write: (facts: readonly NoteFact[]) => void;
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
    this.#write = this.#database.transaction((facts: readonly NoteFact[]) => {
      for (const fact of facts) append(fact, Date.now());
    });
  }

  /** One transaction; returns once it is on the disk. */
  commit(facts: readonly NoteFact[]): void {
    this.#write(facts);
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
      INSERT INTO period VALUES (1, '${period}', 1, 0, NULL, NULL);
      INSERT INTO operation (serial, operation_id, operation_number, wallet_hash, currency, language, limit_minor, offline,
        without_paper, state, opened_at_ms)
      VALUES (1, '${operationId(1)}', '1', '${'0'.repeat(64)}', 'KZT', 'kk', 50000000, 0, 0, 'open', 0)`);
  }

  #prepareAppend(): (fact: NoteFact, atMs: number) => void {
    const journal = this.#database.prepare('INSERT INTO journal VALUES (?, 1, ?, ?, ?, ?)');
    const hash = Buffer.alloc(32, 0x51);
    const project = this.#prepareProjections();
    return (fact, atMs) => {
      const { kind, ...payload } = fact;
      this.#sequence += 1;
      journal.run(this.#sequence, atMs, kind, JSON.stringify(payload), hash);
      project(fact, atMs);
    };
  }

  #prepareProjections(): (fact: NoteFact, atMs: number) => void {
    const escrow = this.#database.prepare(`
      INSERT INTO note (note_id, operation_serial, state, value_minor, currency, in_doubt, awaits_release, changed_at_ms)
      SELECT ?, serial, 'escrowed', ?, ?, 0, 0, ? FROM operation WHERE operation_id = ?`);
    const intend = this.#database.prepare(
      "UPDATE note SET state = 'intended', intent_period = 1, changed_at_ms = ? WHERE note_id = ?",
    );
    const release = this.#database.prepare('UPDATE note SET awaits_release = 0 WHERE awaits_release = 1');
    const stack = this.#database.prepare(`
      UPDATE note SET state = 'stacked', stacked_period = 1, awaits_release = 1, changed_at_ms = ? WHERE note_id = ?`);
    const count = this.#database.prepare(`
      INSERT INTO period_count VALUES (1, ?, 1) ON CONFLICT DO UPDATE SET note_count = note_count + 1`);
    return (fact, atMs) => {
      switch (fact.kind) {
        case 'note-escrowed':
          escrow.run(fact.noteId, fact.valueMinor, fact.currency, atMs, fact.operationId);
          return;
        case 'note-intended':
          intend.run(atMs, fact.noteId);
          return;
        case 'note-stacked':
          release.run();
          stack.run(atMs, fact.noteId);
          count.run(noteMinor);
          return;
        default:
          unreachable(fact);
      }
    };
  }
}
