import type { Database as Sqlite, Statement } from 'better-sqlite3';
import { unreachable } from '../terminal/assert.ts';
import type { OperationClosed, PeriodClosed } from '../terminal/facts.ts';
import { Alarms } from './alarms.ts';
import { CashRows } from './cash.ts';
import { Collections, Slips } from './collections.ts';
import { journalRows } from './journal.ts';
import { Messages } from './messages.ts';
import { Notes, type StackedNote } from './notes.ts';
import { Operations } from './operations.ts';
import { TopUps } from './outbox.ts';
import { PaperRoll } from './paper-roll.ts';
import { Periods } from './periods.ts';
import { Prints } from './prints.ts';
import {
  decodePayload,
  type RecordedAt,
  type RecordedFact,
  refuseUnless,
  uuidOfRow,
} from './recorded-fact.ts';
import { Settlements } from './settlements.ts';
import { StaffRows } from './staff.ts';

type WorkFact = {
  readonly kind: `staff-${string}` | `collection-${string}` | `cash-${string}` | `slip-${string}`;
};

/** Everything that is worked out from the journal, fact by fact, inside the transaction that adds the fact. */
export class Projections {
  readonly #operations: Operations;
  readonly #notes: Notes;
  readonly #topUps: TopUps;
  readonly #settlements: Settlements;
  readonly #messages: Messages;
  readonly #periods: Periods;
  readonly #prints: Prints;
  readonly #alarms: Alarms;
  readonly #staff: StaffRows;
  readonly #collections: Collections;
  readonly #slips: Slips;
  readonly #cash: CashRows;
  readonly #paperRoll: PaperRoll;
  readonly #started: Statement<[{ build: string; atMs: number; unclean: 0 | 1 }]>;
  readonly #stopped: Statement<[]>;
  /** Notes proven in this commit after their operation had closed, and not paid by a supplement yet. */
  readonly #owed = new Set<number>();

  constructor(database: Sqlite) {
    this.#operations = new Operations(database);
    this.#notes = new Notes(database);
    this.#topUps = new TopUps(database);
    this.#settlements = new Settlements(database);
    this.#messages = new Messages(database);
    this.#periods = new Periods(database);
    this.#prints = new Prints(database);
    this.#alarms = new Alarms(database);
    this.#staff = new StaffRows(database);
    this.#collections = new Collections(database);
    this.#slips = new Slips(database);
    this.#cash = new CashRows(database);
    this.#paperRoll = new PaperRoll(database);
    this.#started = database.prepare(`
      INSERT INTO terminal_run VALUES (1, 1, @build, @atMs, iif(@unclean, json_array(@atMs), '[]'))
      ON CONFLICT (only_row) DO UPDATE SET running = 1, build = @build, started_at_ms = @atMs,
        unclean_starts_ms = iif(@unclean, (
          SELECT json_group_array(value ORDER BY key) FROM (
            SELECT key, value FROM json_each(json_insert(unclean_starts_ms, '$[#]', @atMs)) ORDER BY key DESC LIMIT 5
          )), '[]')`);
    this.#stopped = database.prepare('UPDATE terminal_run SET running = 0');
  }

  /** Call before the facts of a commit: nothing is left over from one that was rolled back. */
  beginCommit(): void {
    this.#owed.clear();
    this.#operations.beginCommit();
    this.#settlements.beginCommit();
  }

  /** Refuses a commit that leaves money without a way to its wallet. */
  endCommit(): void {
    refuseUnless(
      this.#owed.size === 0,
      'a note proven after its operation closed is paid by a supplement at once',
    );
    this.#operations.endCommit();
    this.#settlements.endCommit();
  }

  apply(fact: RecordedFact, at: RecordedAt): void {
    switch (fact.kind) {
      case 'operation-opened': {
        const supplemented = this.#operations.open(fact, at);
        if (supplemented !== undefined) this.#owed.delete(supplemented);
        if (fact.reroutedFrom !== undefined) this.#settlements.sentOn(fact.reroutedFrom);
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
        this.#settlements.follow(fact);
        return;
      case 'settlement-proposed':
      case 'settlement-confirmed':
      case 'send-asked':
        this.#settlements.apply(fact, at);
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
          | `settlement-${string}`
          | 'send-asked'
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
        this.#closePeriod(fact, at);
        return;
      case 'print-intended':
      case 'print-ended':
        if (fact.kind === 'print-intended') this.#paperRoll.slipBegun();
        this.#prints.apply(fact, at);
        return;
      case 'paper-changed':
        this.#paperRoll.changed(fact.by, at);
        return;
      case 'alarm-raised':
      case 'alarm-ended': {
        const message = this.#alarms.apply(fact, at);
        if (message !== undefined) this.#messages.queue(uuidOfRow(at), message, at);
        return;
      }
      case 'terminal-started':
        this.#notes.doubtMoving();
        this.#started.run({
          build: fact.build,
          atMs: at.wallMs,
          unclean: fact.previousStop === 'unclean' ? 1 : 0,
        });
        return;
      case 'terminal-stopped':
        this.#stopped.run();
        return;
      case 'acceptor-seen':
      case 'device-tested':
      case 'sales-closed':
      case 'sales-opened':
      case 'collector-seen':
        return;
      default:
        this.#applyWork(fact, at);
    }
  }

  /** What staff have done. */
  #applyWork(fact: Extract<RecordedFact, WorkFact>, at: RecordedAt): void {
    switch (fact.kind) {
      case 'collection-begun':
      case 'collection-ended':
        this.#collections.apply(fact, at);
        return;
      case 'cash-counted':
      case 'cash-sealed':
        this.#cash.apply(fact, at);
        return;
      case 'slip-intended':
      case 'slip-ended':
        if (fact.kind === 'slip-intended') this.#paperRoll.slipBegun();
        this.#slips.apply(fact, at);
        return;
      case 'staff-enrolled':
      case 'staff-pin-set':
      case 'staff-blocked':
      case 'staff-unblocked':
      case 'staff-refused':
      case 'staff-signed-in':
      case 'staff-signed-out':
        this.#staff.apply(fact, at);
        return;
      default:
        unreachable(fact);
    }
  }

  #closePeriod(fact: PeriodClosed, at: RecordedAt): void {
    const cassetteNumber = this.#collections.cassetteNumber();
    this.#collections.emptied(at);
    const message = this.#periods.close(fact, at);
    this.#messages.queue(
      fact.periodId,
      { ...message, ...(cassetteNumber === undefined ? {} : { cassetteNumber }) },
      at,
    );
  }

  #close(fact: OperationClosed, at: RecordedAt): void {
    const serial = this.#operations.close(fact, at);
    if (fact.amountMinor > 0) this.#topUps.queue(serial, fact.amountMinor, at);
    if (fact.claimId !== undefined) this.#messages.queueClaim(fact.claimId, serial, fact, at);
  }

  #settle(note: StackedNote | undefined): void {
    if (note === undefined) return;
    this.#periods.count(note);
    const { operation_state: operation } = note;
    if (operation !== null && operation !== 'open') this.#owed.add(note.serial);
  }
}

/** Children before parents, though the foreign keys are looked at only when all is made again. */
export const projectionTables = [
  'paper_roll',
  'cash_count',
  'cash_seal',
  'settlement',
  'slip',
  'collection',
  'staff',
  'sign_in',
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
