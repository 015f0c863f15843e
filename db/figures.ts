import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { CassetteFigures, Figures } from '../terminal/fleet/figures.ts';
import { type PeriodSlip, prepareSlip } from './periods.ts';

interface PeriodRow {
  readonly serial: number;
  readonly period_number: number;
  readonly opened_at_ms: number;
}

interface QueueRow {
  readonly waiting: number | null;
  readonly accepted: number | null;
  readonly oldest: number | null;
}

/** Counts what the office wants to know of the terminal's work, each through an index, however long the history. */
export class FiguresReader {
  readonly #period: Statement<[], PeriodRow>;
  readonly #slip: (serial: number) => PeriodSlip;
  readonly #queue: Statement<[], QueueRow>;
  readonly #stopped: Statement<[], number>;
  readonly #unknown: Statement<[], number>;
  readonly #lastPayment: Statement<[], number>;
  readonly #lastCredited: Statement<[], number>;

  constructor(database: Sqlite) {
    this.#period = database.prepare(
      'SELECT serial, period_number, opened_at_ms FROM period INDEXED BY period_one_open WHERE how IS NULL',
    );
    this.#slip = prepareSlip(database);
    this.#queue = database.prepare(`
      SELECT sum(top_up.state = 'waiting') AS waiting, sum(top_up.state = 'accepted') AS accepted,
        min(iif(top_up.state = 'waiting', ended_at_ms, NULL)) AS oldest
      FROM top_up INDEXED BY top_up_newest JOIN operation ON operation.serial = top_up.operation_serial
      WHERE next_try_at_ms IS NOT NULL`);
    this.#stopped = database
      .prepare<[], number>(
        `SELECT count(*) FROM top_up INDEXED BY top_up_stopped WHERE state IN ('refused', 'parked')`,
      )
      .pluck() as Statement<[], number>;
    this.#unknown = database
      .prepare<[], number>(
        `SELECT count(*) FROM note INDEXED BY note_unresolved
         WHERE state IN ('escrowed', 'intended', 'unknown') AND state = 'unknown'`,
      )
      .pluck() as Statement<[], number>;
    this.#lastPayment = database
      .prepare<[], number>(
        `SELECT ended_at_ms FROM operation INDEXED BY operation_by_end WHERE amount_minor > 0
         ORDER BY ended_at_ms DESC LIMIT 1`,
      )
      .pluck() as Statement<[], number>;
    // Only the queue lies between the newest top-up and the newest that is credited.
    this.#lastCredited = database
      .prepare<[], number>(
        `SELECT changed_at_ms FROM top_up WHERE state = 'credited' ORDER BY operation_serial DESC LIMIT 1`,
      )
      .pluck() as Statement<[], number>;
  }

  read(): Figures {
    const queue = this.#queue.get();
    return {
      cassette: this.#cassette(),
      queue: {
        waiting: queue?.waiting ?? 0,
        accepted: queue?.accepted ?? 0,
        stopped: this.#stopped.get() ?? 0,
        oldestWaitingClosedAtMs: queue?.oldest ?? undefined,
      },
      unknownNotes: this.#unknown.get() ?? 0,
      lastPaymentAtMs: this.#lastPayment.get(),
      lastCreditedAtMs: this.#lastCredited.get(),
    };
  }

  #cassette(): CassetteFigures | undefined {
    const period = this.#period.get();
    if (period === undefined) return undefined;
    const { counts, inDoubt } = this.#slip(period.serial);
    return {
      periodNumber: period.period_number,
      openedAtMs: period.opened_at_ms,
      counts,
      notesInDoubt: inDoubt.length,
    };
  }
}
