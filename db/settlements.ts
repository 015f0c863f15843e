import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { OperationId } from '../terminal/ids.ts';
import { isSamePerson } from '../terminal/notes-desk.ts';
import type { SettlementFact } from '../terminal/settlement-facts.ts';
import type { TopUpFact } from './outbox.ts';
import { type RecordedAt, type RecordedProposal, refuseUnless } from './recorded-fact.ts';

type RecordedSettlement =
  | Exclude<SettlementFact, { readonly kind: 'settlement-proposed' }>
  | RecordedProposal;

interface StandingProposal {
  readonly proposed_as: string | null;
  readonly proposed_by: string | null;
  readonly proposed_reason: string | null;
}

/** The projection of what waits for persons, and of how they settled it (money rule M9). */
export class Settlements {
  readonly #wait: Statement<[OperationId]>;
  readonly #goOn: Statement<[OperationId]>;
  readonly #propose: Statement<[Record<string, string | null>]>;
  readonly #standing: Statement<[OperationId], StandingProposal>;
  readonly #settle: Statement<[Record<string, string | number>]>;
  /** Re-routed in this commit, and not on its way yet. */
  readonly #owed = new Set<OperationId>();

  constructor(database: Sqlite) {
    const isVoided = `EXISTS (
      SELECT 1 FROM top_up WHERE top_up.operation_serial = settlement.operation_serial AND state = 'voided')`;
    const ofOperation = 'operation_serial = (SELECT serial FROM operation WHERE operation_id = @operationId)';
    this.#wait = database.prepare(`
      INSERT INTO settlement (operation_serial) SELECT serial FROM operation WHERE operation_id = ?
      ON CONFLICT DO NOTHING`);
    this.#goOn = database.prepare(`
      DELETE FROM settlement
      WHERE operation_serial = (SELECT serial FROM operation WHERE operation_id = ?) AND settled_as IS NULL`);
    this.#propose = database.prepare(`
      UPDATE settlement SET proposed_as = @as, proposed_by = @by, proposed_reason = @reason, wallet_hash = @wallet
      WHERE ${ofOperation} AND settled_as IS NULL AND ${isVoided}`);
    this.#standing = database.prepare(`
      SELECT proposed_as, proposed_by, proposed_reason FROM settlement
      WHERE operation_serial = (SELECT serial FROM operation WHERE operation_id = ?)
        AND settled_as IS NULL AND ${isVoided}`);
    this.#settle = database.prepare(`
      UPDATE settlement SET settled_as = @as, settled_by = @by, settled_at_ms = @atMs WHERE ${ofOperation}`);
  }

  beginCommit(): void {
    this.#owed.clear();
  }

  endCommit(): void {
    refuseUnless(this.#owed.size === 0, 'money that is re-routed goes on its way in the same commit');
  }

  /** What the backend says, or a person does, about a top-up puts it on the list or takes it off. */
  follow(fact: TopUpFact): void {
    switch (fact.kind) {
      case 'top-up-refused':
      case 'top-up-parked':
      case 'top-up-voided':
        this.#wait.run(fact.operationId);
        return;
      case 'top-up-credited':
      case 'top-up-requeued':
        this.#goOn.run(fact.operationId);
        return;
      default:
        return;
    }
  }

  /** A new operation carries the money of this one. */
  sentOn(operationId: OperationId): void {
    this.#owed.delete(operationId);
  }

  apply(fact: RecordedSettlement, at: RecordedAt): void {
    const { operationId } = fact;
    switch (fact.kind) {
      case 'settlement-proposed': {
        const { as, by, reason, wallet } = fact;
        const { changes } = this.#propose.run({ operationId, as, by, reason, wallet: wallet ?? null });
        refuseUnless(changes === 1, `operation ${operationId} is not voided, or is settled already`);
        return;
      }
      case 'settlement-confirmed':
        this.#confirm(fact, at);
        return;
      case 'send-asked':
        return;
    }
  }

  /** The second person confirms exactly what the first proposed. */
  #confirm(fact: Extract<SettlementFact, { kind: 'settlement-confirmed' }>, at: RecordedAt): void {
    const { operationId, as, proposedBy, confirmedBy, reason } = fact;
    const standing = this.#standing.get(operationId);
    refuseUnless(
      standing?.proposed_as === as &&
        standing.proposed_by === proposedBy &&
        standing.proposed_reason === reason,
      `operation ${operationId} has no such settlement proposed`,
    );
    refuseUnless(!isSamePerson(proposedBy, confirmedBy), 'two different persons settle an operation');
    this.#settle.run({ operationId, as, by: confirmedBy, atMs: at.wallMs });
    if (as === 'rerouted') this.#owed.add(operationId);
  }
}
