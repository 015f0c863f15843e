import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { OperationId, WalletPhone } from '../terminal/ids.ts';
import { limits } from '../terminal/limits.ts';
import type { Currency, Minor } from '../terminal/money.ts';
import type { AnyTopUp, TopUpState } from '../terminal/service-mode/desk.ts';
import type { DueMessages, DueTopUps, RegisterRow, TopUpRow } from '../terminal/store.ts';
import { clearMessage, type RecordedMessage } from './messages.ts';

interface DueRow {
  readonly serial: number;
  readonly operation_id: OperationId;
  readonly operation_number: string;
  readonly phone: WalletPhone;
  readonly amount_minor: Minor;
  readonly currency: Currency;
  readonly hold_id: string | null;
  readonly opened_at_ms: number;
  readonly ended_at_ms: number;
  readonly supplement_note: number | null;
  readonly notes_of: number;
  readonly supplement_of_id: OperationId | null;
  readonly state: TopUpState;
  readonly attempts: number;
  readonly promised_at_ms: number | null;
}

const topUpColumns = `
  operation.serial, operation.operation_id, operation.operation_number, phone.phone, top_up.amount_minor,
  operation.currency, operation.hold_id, operation.opened_at_ms, operation.ended_at_ms,
  coalesce(source.serial, operation.serial) AS notes_of,
  iif(source.serial IS NULL, operation.supplement_note, source.supplement_note) AS supplement_note,
  original.operation_id AS supplement_of_id, top_up.state, top_up.attempts, top_up.promised_at_ms`;

/** Money that was re-routed is made of the notes of the operation that it came with. */
const topUpJoins = `
  JOIN operation ON operation.serial = top_up.operation_serial
  JOIN phone ON phone.wallet_hash = operation.wallet_hash
  LEFT JOIN operation AS original ON original.serial = operation.supplement_of
  LEFT JOIN operation AS source ON source.serial = operation.notes_of`;

interface MessageDueRow {
  readonly message_id: string;
  readonly body: string;
  readonly attempts: number;
  readonly phone: WalletPhone | null;
}

type Counts = TopUpRow['notes'];

interface Look {
  readonly atMs: number;
  readonly limit: number;
}

/** Asks the outbox what is due, and what became of a day. */
export class DueRows {
  readonly #topUps: Statement<[Look], DueRow & { readonly state: TopUpRow['state'] }>;
  readonly #oneTopUp: Statement<[string], DueRow>;
  readonly #nextTopUp: Statement<[number], number | null>;
  readonly #oldestTopUp: Statement<[], number>;
  readonly #notes: Statement<[number], Minor>;
  readonly #supplementNote: Statement<[number], Minor>;
  readonly #register: Statement<[number, number], RegisterRow>;
  readonly #messages: Statement<[Look], MessageDueRow>;
  readonly #nextMessage: Statement<[number], number | null>;

  // A plus keeps SQLite from planning a statement anew for each value: that can take longer than to run it.
  constructor(database: Sqlite) {
    this.#topUps = database.prepare(`
      SELECT ${topUpColumns}
      FROM top_up INDEXED BY top_up_newest ${topUpJoins}
      WHERE ${isDue('top_up')}
      ORDER BY top_up.operation_serial DESC LIMIT +@limit`);
    this.#oneTopUp = database.prepare(`
      SELECT ${topUpColumns}
      FROM operation AS one JOIN top_up ON top_up.operation_serial = one.serial ${topUpJoins}
      WHERE one.operation_id = ?`);
    this.#nextTopUp = next(database, 'top_up');
    this.#oldestTopUp = database
      .prepare<[], number>(
        `SELECT ended_at_ms FROM top_up INDEXED BY top_up_newest
         JOIN operation ON operation.serial = operation_serial
         WHERE next_try_at_ms IS NOT NULL AND top_up.state = 'waiting' ORDER BY operation_serial LIMIT 1`,
      )
      .pluck() as Statement<[], number>;
    // A note proven after its operation had closed is paid by its supplement, not here.
    this.#notes = database
      .prepare<[number], Minor>(
        `SELECT value_minor FROM note
         WHERE operation_serial = +? AND state = 'stacked'
           AND NOT EXISTS (SELECT 1 FROM operation WHERE supplement_note = note.serial)`,
      )
      .pluck() as Statement<[number], Minor>;
    this.#supplementNote = database
      .prepare<[number], Minor>('SELECT value_minor FROM note WHERE serial = ?')
      .pluck() as Statement<[number], Minor>;
    this.#register = database.prepare(`
      SELECT operation_id AS operationId, top_up.amount_minor AS amountMinor,
        CASE
          WHEN top_up.state = 'credited' THEN 'credited'
          WHEN next_try_at_ms IS NOT NULL THEN 'open'
          ELSE 'ended'
        END AS state
      FROM operation INDEXED BY operation_by_end
      JOIN top_up ON top_up.operation_serial = operation.serial
      WHERE operation.amount_minor > 0 AND ended_at_ms >= +? AND ended_at_ms < +?
      ORDER BY operation.serial`);
    this.#messages = database.prepare(`
      SELECT message_id, body, attempts, phone FROM message INDEXED BY message_oldest
      LEFT JOIN phone ON wallet_hash = body ->> 'wallet'
      WHERE ${isDue('message')} ORDER BY serial LIMIT +@limit`);
    this.#nextMessage = next(database, 'message');
  }

  /** The newest money first: a visitor who still stands there never waits behind old trouble. */
  topUps(atMs: number, limit: number): DueTopUps {
    return {
      rows: this.#topUps.all({ atMs, limit }).map((row) => this.#toTopUp(row)),
      nextDueAtMs: this.#nextTopUp.get(atMs) ?? undefined,
      oldestWaitingClosedAtMs: this.#oldestTopUp.get(),
    };
  }

  /** A top-up in whatever state. */
  topUp(operationId: OperationId): AnyTopUp | undefined {
    const row = this.#oneTopUp.get(operationId);
    return row && this.#toTopUp(row);
  }

  /** Every top-up that closed in `fromMs` ≤ t < `toMs`. */
  register(fromMs: number, toMs: number): readonly RegisterRow[] {
    return this.#register.all(fromMs, toMs);
  }

  /** The oldest first: the end of an alarm is told after its beginning. */
  messages(atMs: number, limit: number): DueMessages {
    const rows = this.#messages.all({ atMs, limit }).map((row) => ({
      messageId: row.message_id,
      attempts: row.attempts,
      body: clearMessage(JSON.parse(row.body) as RecordedMessage, row.phone),
    }));
    return { rows, nextDueAtMs: this.#nextMessage.get(atMs) ?? undefined };
  }

  #toTopUp<State extends TopUpState>(
    row: DueRow & { readonly state: State },
  ): AnyTopUp & { readonly state: State } {
    const notes =
      row.supplement_note === null
        ? this.#notes.all(row.notes_of)
        : this.#supplementNote.all(row.supplement_note);
    return {
      operationId: row.operation_id,
      operationNumber: row.operation_number,
      wallet: row.phone,
      amountMinor: row.amount_minor,
      currency: row.currency,
      holdId: row.hold_id ?? undefined,
      openedAtMs: row.opened_at_ms,
      closedAtMs: row.ended_at_ms,
      notes: countsOf(notes),
      supplementOf: row.supplement_of_id ?? undefined,
      state: row.state,
      attempts: row.attempts,
      promisedAtMs: row.promised_at_ms ?? undefined,
    };
  }
}

/** Smallest first. To group a handful of rows costs the database several times what finding them does. */
function countsOf(valuesMinor: readonly Minor[]): Counts {
  const counts = new Map<Minor, number>();
  for (const valueMinor of valuesMinor.toSorted((a, b) => a - b)) {
    counts.set(valueMinor, (counts.get(valueMinor) ?? 0) + 1);
  }
  return [...counts].map(([valueMinor, count]) => ({ valueMinor, count }));
}

function isDue(table: 'top_up' | 'message'): string {
  const time = `${table}.next_try_at_ms`;
  return `${time} IS NOT NULL AND (${time} <= +@atMs OR ${time} > @atMs + ${limits.nextTryAheadMsMax})`;
}

function next(database: Sqlite, table: 'top_up' | 'message'): Statement<[number], number | null> {
  return database
    .prepare<[number], number | null>(
      `SELECT min(next_try_at_ms) FROM ${table} INDEXED BY ${table}_due WHERE next_try_at_ms > +?`,
    )
    .pluck() as Statement<[number], number | null>;
}
