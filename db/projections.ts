import { hash } from 'node:crypto';
import type { Database as Sqlite, Statement } from 'better-sqlite3';
import { unreachable } from '../terminal/assert.ts';
import type { OperationClosed } from '../terminal/facts.ts';
import { Alarms } from './alarms.ts';
import { canonicalJson } from './canonical.ts';
import { journalRows } from './journal.ts';
import { Messages } from './messages.ts';
import { Notes, type StackedNote } from './notes.ts';
import { Operations } from './operations.ts';
import { TopUps } from './outbox.ts';
import { Periods } from './periods.ts';
import { Prints } from './prints.ts';
import {
  decodePayload,
  type RecordedAt,
  type RecordedFact,
  refuseUnless,
  uuidOfRow,
} from './recorded-fact.ts';

/** Everything that is worked out from the journal, fact by fact, inside the transaction that adds the fact. */
export class Projections {
  readonly #operations: Operations;
  readonly #notes: Notes;
  readonly #topUps: TopUps;
  readonly #messages: Messages;
  readonly #periods: Periods;
  readonly #prints: Prints;
  readonly #alarms: Alarms;
  readonly #started: Statement<[string, number]>;
  readonly #stopped: Statement<[]>;
  readonly #isEnded: Statement<[number], number>;
  /** Notes proven in this commit after their operation had closed, and not paid by a supplement yet. */
  readonly #owed = new Set<number>();

  constructor(database: Sqlite) {
    this.#operations = new Operations(database);
    this.#notes = new Notes(database);
    this.#topUps = new TopUps(database);
    this.#messages = new Messages(database);
    this.#periods = new Periods(database);
    this.#prints = new Prints(database);
    this.#alarms = new Alarms(database);
    this.#started = database.prepare('INSERT OR REPLACE INTO terminal_run VALUES (1, 1, ?, ?)');
    this.#stopped = database.prepare('UPDATE terminal_run SET running = 0');
    this.#isEnded = database
      .prepare<[number], number>("SELECT 1 FROM operation WHERE serial = ? AND state <> 'open'")
      .pluck() as Statement<[number], number>;
  }

  /** Call before the facts of a commit: nothing is left over from one that was rolled back. */
  beginCommit(): void {
    this.#owed.clear();
  }

  /** Refuses a commit that leaves money without a way to its wallet. */
  endCommit(): void {
    refuseUnless(
      this.#owed.size === 0,
      'a note proven after its operation closed is paid by a supplement at once',
    );
    this.#operations.checkCommitEnd();
  }

  apply(fact: RecordedFact, at: RecordedAt): void {
    switch (fact.kind) {
      case 'operation-opened': {
        const supplemented = this.#operations.open(fact, at);
        if (supplemented !== undefined) this.#owed.delete(supplemented);
        return;
      }
      case 'operation-cancelled':
        this.#operations.cancel(fact.operationId, fact.why, at);
        return;
      case 'operation-closed':
        this.#close(fact, at);
        return;
      case 'note-escrowed':
      case 'note-intended':
      case 'note-stacked':
      case 'note-returned':
      case 'note-unknown':
      case 'note-appeared':
      case 'note-released':
      case 'note-resolution-proposed':
      case 'note-resolved':
        this.#settle(this.#notes.apply(fact, at));
        return;
      case 'delivery-failed':
      case 'top-up-accepted':
      case 'top-up-credited':
      case 'top-up-refused':
      case 'top-up-voided':
      case 'top-up-parked':
      case 'top-up-requeued':
      case 'void-requested':
        this.#topUps.apply(fact, at);
        return;
      default:
        this.#applyOther(fact, at);
    }
  }

  #applyOther(
    fact: Exclude<
      RecordedFact,
      {
        kind:
          | `operation-${string}`
          | `note-${string}`
          | `top-up-${string}`
          | 'delivery-failed'
          | 'void-requested';
      }
    >,
    at: RecordedAt,
  ): void {
    switch (fact.kind) {
      case 'message-delivered':
        this.#messages.delivered(fact.messageId);
        return;
      case 'message-failed':
        this.#messages.failed(fact.messageId, fact.nextTryAtMs);
        return;
      case 'period-opened':
        this.#periods.open(fact, at);
        return;
      case 'period-closed':
        this.#notes.doubtMoving();
        this.#messages.queue(fact.periodId, this.#periods.close(fact, at), at);
        return;
      case 'print-intended':
      case 'print-ended':
        this.#prints.apply(fact, at);
        return;
      case 'alarm-raised':
      case 'alarm-ended': {
        const message = this.#alarms.apply(fact, at);
        if (message !== undefined) this.#messages.queue(uuidOfRow(at), message, at);
        return;
      }
      case 'terminal-started':
        this.#notes.doubtMoving();
        this.#started.run(fact.build, at.wallMs);
        return;
      case 'terminal-stopped':
        this.#stopped.run();
        return;
      case 'acceptor-seen':
        return;
      default:
        unreachable(fact);
    }
  }

  #close(fact: OperationClosed, at: RecordedAt): void {
    const serial = this.#operations.close(fact, at);
    if (fact.amountMinor > 0) this.#topUps.queue(serial, fact.amountMinor, at);
    if (fact.claimId !== undefined) this.#messages.queueClaim(fact.claimId, serial, fact, at);
  }

  #settle(note: StackedNote | undefined): void {
    if (note === undefined) return;
    this.#periods.count(note);
    if (note.operation_serial === null) return;
    if (this.#isEnded.get(note.operation_serial) !== undefined) this.#owed.add(note.serial);
  }
}

/** Children before parents, though the foreign keys are looked at only when all is made again. */
const projectionTables = [
  'alarm',
  'print',
  'message',
  'top_up',
  'period_count',
  'note',
  'operation',
  'period',
  'terminal_run',
] as const;

/** Empties every projection and makes it again from the journal, in one transaction. */
export function rebuildProjections(database: Sqlite): void {
  database.transaction(() => {
    database.pragma('defer_foreign_keys = ON');
    for (const table of projectionTables) database.exec(`DELETE FROM ${table}`);
    replay(database, new Projections(database), () => {});
  })();
}

/** Applies the journal of `source` to projections that may live in another database. */
export function replay(source: Sqlite, projections: Projections, afterRow: (sequence: number) => void): void {
  projections.beginCommit();
  for (const row of journalRows(source, 0)) {
    projections.apply(decodePayload(row.kind, row.payload), {
      sequence: row.sequence,
      wallMs: row.wall_ms,
      head: row.hash.toString('hex'),
    });
    afterRow(row.sequence);
  }
  projections.endCommit();
}

/** One digest for each projection table: two databases whose digests agree hold the same rows, byte for byte. */
export function projectionDigests(database: Sqlite): Readonly<Record<string, string>> {
  return Object.fromEntries(projectionTables.map((table) => [table, tableDigest(database, table)]));
}

function tableDigest(database: Sqlite, table: string): string {
  const columns = database
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
    .pluck()
    .all(table);
  let digest = '';
  for (const row of database
    .prepare(`SELECT * FROM ${table} ORDER BY ${columns.join(', ')}`)
    .raw()
    .iterate()) {
    digest = hash('sha256', digest + JSON.stringify(row), 'hex');
  }
  return digest;
}

/**
 * The digest a sealed checkpoint carries: all that a start acts upon. Every part is found through an index, so it costs
 * the same with a million operations as with none.
 */
export function workingSetDigest(database: Sqlite): Buffer {
  const parts = workingSet.map((query) => database.prepare(query).raw().all());
  return hash('sha256', canonicalJson(parts), 'buffer');
}

const workingSet = [
  'SELECT max(serial) FROM operation',
  "SELECT * FROM operation INDEXED BY operation_one_open WHERE state = 'open' AND supplement_note IS NULL",
  "SELECT * FROM note INDEXED BY note_unresolved WHERE state IN ('escrowed', 'intended', 'unknown') ORDER BY serial",
  'SELECT serial FROM note INDEXED BY note_awaiting_release WHERE awaits_release = 1',
  'SELECT * FROM period INDEXED BY period_one_open WHERE how IS NULL',
  `SELECT * FROM period_count
   WHERE period_serial = (SELECT serial FROM period INDEXED BY period_one_open WHERE how IS NULL)
   ORDER BY value_minor`,
  'SELECT count(*) FROM top_up INDEXED BY top_up_due WHERE next_try_at_ms IS NOT NULL',
  "SELECT * FROM top_up INDEXED BY top_up_stopped WHERE state IN ('refused', 'parked') ORDER BY operation_serial",
  'SELECT count(*) FROM message INDEXED BY message_due WHERE next_try_at_ms IS NOT NULL',
  'SELECT serial FROM print INDEXED BY print_open WHERE outcome IS NULL ORDER BY serial',
  'SELECT * FROM alarm ORDER BY alarm, subject',
  'SELECT * FROM terminal_run',
];
