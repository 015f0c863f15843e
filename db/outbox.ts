import type { Database as Sqlite, Statement } from 'better-sqlite3';
import { unreachable } from '../terminal/assert.ts';
import type { DeliveryFact } from '../terminal/facts.ts';
import { type RecordedAt, refuseUnless } from './recorded-fact.ts';

export type TopUpFact = Exclude<DeliveryFact, { readonly kind: 'message-delivered' | 'message-failed' }>;

type Named = [Record<string, string | number | null>];

/**
 * The projection of top-ups on their way to the wallet (money rules M9, M10). `attempts` counts the tries without
 * progress since the row came into its state.
 */
export class TopUps {
  readonly #queue: Statement<[number, number, number, number]>;
  readonly #fail: Statement<Named>;
  readonly #accept: Statement<Named>;
  readonly #finish: Statement<Named>;
  readonly #requeue: Statement<Named>;
  readonly #void: Statement<Named>;

  constructor(database: Sqlite) {
    const ofOperation = 'operation_serial = (SELECT serial FROM operation WHERE operation_id = @operationId)';
    this.#queue = database.prepare(`
      INSERT INTO top_up (operation_serial, state, amount_minor, attempts, next_try_at_ms, changed_at_ms)
      VALUES (?, 'waiting', ?, 0, ?, ?)`);
    this.#fail = database.prepare(`
      UPDATE top_up SET attempts = attempts + 1, next_try_at_ms = @nextTryAtMs, reason = @reason, changed_at_ms = @atMs
      WHERE ${ofOperation} AND state IN ('waiting', 'accepted', 'voiding')`);
    // A void that a person has asked for stands until the backend has ended the id one way or the other.
    this.#accept = database.prepare(`
      UPDATE top_up SET
        attempts = iif(state = 'waiting', 0, attempts + 1),
        state = iif(state = 'waiting', 'accepted', state),
        promised_at_ms = coalesce(@promisedAtMs, promised_at_ms),
        next_try_at_ms = @nextTryAtMs, reason = NULL, changed_at_ms = @atMs
      WHERE ${ofOperation} AND state IN ('waiting', 'accepted', 'voiding')`);
    this.#finish = database.prepare(`
      UPDATE top_up SET state = @state, next_try_at_ms = NULL, reason = @reason, changed_at_ms = @atMs
      WHERE ${ofOperation} AND state IN ('waiting', 'accepted', 'voiding')`);
    this.#requeue = database.prepare(`
      UPDATE top_up SET state = 'waiting', attempts = 0, promised_at_ms = NULL, reason = NULL,
        next_try_at_ms = @nextTryAtMs, changed_at_ms = @atMs
      WHERE ${ofOperation} AND state IN ('refused', 'parked')`);
    this.#void = database.prepare(`
      UPDATE top_up SET state = 'voiding', attempts = 0, reason = NULL, next_try_at_ms = @nextTryAtMs,
        changed_at_ms = @atMs
      WHERE ${ofOperation} AND state IN ('waiting', 'accepted', 'refused', 'parked')`);
  }

  /** A closed operation's certain sum, due at once. */
  queue(operationSerial: number, amountMinor: number, at: RecordedAt): void {
    this.#queue.run(operationSerial, amountMinor, at.wallMs, at.wallMs);
  }

  apply(fact: TopUpFact, at: RecordedAt): void {
    const { changes } = this.#run(fact, at.wallMs);
    refuseUnless(changes === 1, `${fact.kind} does not fit the top-up of operation ${fact.operationId}`);
  }

  #run(fact: TopUpFact, atMs: number): { readonly changes: number } {
    const { operationId } = fact;
    switch (fact.kind) {
      case 'delivery-failed':
        return this.#fail.run({ operationId, atMs, nextTryAtMs: fact.nextTryAtMs, reason: fact.why });
      case 'top-up-accepted': {
        const promisedAtMs = fact.promisedAtMs ?? null;
        return this.#accept.run({ operationId, atMs, nextTryAtMs: fact.nextTryAtMs, promisedAtMs });
      }
      case 'top-up-credited':
        return this.#finish.run({ operationId, atMs, state: 'credited', reason: null });
      case 'top-up-refused':
        return this.#finish.run({ operationId, atMs, state: 'refused', reason: fact.reason });
      case 'top-up-voided':
        return this.#finish.run({ operationId, atMs, state: 'voided', reason: null });
      case 'top-up-parked':
        return this.#finish.run({ operationId, atMs, state: 'parked', reason: fact.why });
      case 'top-up-requeued':
        return this.#requeue.run({ operationId, atMs, nextTryAtMs: fact.nextTryAtMs });
      case 'void-requested':
        return this.#void.run({ operationId, atMs, nextTryAtMs: fact.nextTryAtMs });
      default:
        return unreachable(fact);
    }
  }
}
