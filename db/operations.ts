import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { CancelReason, OperationClosed } from '../terminal/facts.ts';
import type { OperationId } from '../terminal/ids.ts';
import { type RecordedAt, type RecordedOpening, refuseUnless } from './recorded-fact.ts';

interface NoteSums {
  readonly certain_minor: number;
  readonly moving: number;
  readonly unknown: number;
  readonly kept: number;
}

interface OpenRow {
  readonly serial: number;
  readonly supplement_note: number | null;
}

interface ReroutedRow {
  readonly serial: number;
  readonly notes_of: number;
}

interface SupplementedNote {
  readonly note: number;
  readonly operation: number;
}

/** The projection of operations: one visit's, or the supplement of one note (money rules M8, M12). */
export class Operations {
  readonly #insert: Statement<[Record<string, unknown>]>;
  readonly #findOpen: Statement<[string], OpenRow>;
  readonly #findSupplemented: Statement<[Record<string, unknown>], SupplementedNote>;
  readonly #sums: Statement<[number], NoteSums>;
  readonly #reroutedValue: Statement<[number], number>;
  readonly #supplementValue: Statement<[number], number>;
  readonly #cancel: Statement<[number, string, number]>;
  readonly #close: Statement<[number, string, number, string | null, number]>;
  /** Supplements opened in this commit and not closed yet. */
  readonly #openSupplements = new Set<number>();
  readonly #findRerouted: Statement<[Record<string, unknown>], ReroutedRow>;

  constructor(database: Sqlite) {
    this.#insert = database.prepare(`
      INSERT INTO operation (operation_id, operation_number, wallet_hash, holder_masked, currency, language, hold_id,
        limit_minor, offline, without_paper, supplement_of, supplement_note, rerouted_from, notes_of, state, opened_at_ms)
      VALUES (@operationId, @operationNumber, @wallet, @holderMasked, @currency, @language, @holdId,
        @limitMinor, @offline, @withoutPaper, @supplementOf, @supplementNote, @reroutedFrom, @notesOf, 'open', @openedAtMs)`);
    this.#findOpen = database.prepare(
      "SELECT serial, supplement_note FROM operation WHERE operation_id = ? AND state = 'open'",
    );
    this.#findSupplemented = database.prepare(`
      SELECT note.serial AS note, operation.serial AS operation
      FROM note JOIN operation ON operation.serial = note.operation_serial
      WHERE note.note_id = @noteId AND note.state = 'stacked' AND operation.operation_id = @operationId
        AND operation.state = 'closed' AND operation.wallet_hash = @wallet`);
    this.#findRerouted = database.prepare(`
      SELECT operation.serial, coalesce(operation.notes_of, operation.serial) AS notes_of
      FROM operation
      JOIN top_up ON top_up.operation_serial = operation.serial AND top_up.state = 'voided'
      JOIN settlement ON settlement.operation_serial = operation.serial
      WHERE operation_id = @operationId AND settled_as = 'rerouted' AND settlement.wallet_hash = @wallet`);
    this.#reroutedValue = database
      .prepare<[number], number>(
        `SELECT original.amount_minor FROM operation
         JOIN operation AS original ON original.serial = operation.rerouted_from WHERE operation.serial = ?`,
      )
      .pluck() as Statement<[number], number>;
    this.#sums = database.prepare(`
      SELECT
        coalesce(sum(value_minor) FILTER (WHERE state = 'stacked'), 0) AS certain_minor,
        count(*) FILTER (WHERE state IN ('escrowed', 'intended')) AS moving,
        count(*) FILTER (WHERE state = 'unknown') AS unknown,
        count(*) FILTER (WHERE state NOT IN ('returned', 'void')) AS kept
      FROM note WHERE operation_serial = ?`);
    this.#supplementValue = database
      .prepare<[number], number>("SELECT value_minor FROM note WHERE serial = ? AND state = 'stacked'")
      .pluck() as Statement<[number], number>;
    this.#cancel = database.prepare(
      "UPDATE operation SET state = 'cancelled', ended_at_ms = ?, cancel_reason = ? WHERE serial = ?",
    );
    this.#close = database.prepare(`
      UPDATE operation SET state = 'closed', ended_at_ms = ?, end_kind = ?, amount_minor = ?, claim_id = ?
      WHERE serial = ?`);
  }

  /** Returns the note that a supplement pays, if it is one. */
  open(fact: RecordedOpening, at: RecordedAt): number | undefined {
    const { supplementOf } = fact;
    const supplemented = supplementOf && this.#findSupplemented.get({ ...supplementOf, wallet: fact.wallet });
    refuseUnless(
      supplementOf === undefined || supplemented !== undefined,
      'a supplement pays a stacked note of a closed operation into the same wallet',
    );
    const rerouted =
      fact.reroutedFrom && this.#findRerouted.get({ operationId: fact.reroutedFrom, wallet: fact.wallet });
    refuseUnless(
      fact.reroutedFrom === undefined || rerouted !== undefined,
      'money is re-routed from a voided operation to the wallet that two persons have named',
    );
    const { lastInsertRowid } = this.#insert.run({
      operationId: fact.operationId,
      operationNumber: fact.operationNumber,
      wallet: fact.wallet,
      holderMasked: fact.holderMasked ?? null,
      currency: fact.currency,
      language: fact.language,
      holdId: fact.holdId ?? null,
      limitMinor: fact.limitMinor,
      offline: Number(fact.offline),
      withoutPaper: Number(fact.withoutPaper),
      supplementOf: supplemented?.operation ?? null,
      supplementNote: supplemented?.note ?? null,
      reroutedFrom: rerouted?.serial ?? null,
      notesOf: rerouted?.notes_of ?? null,
      openedAtMs: at.wallMs,
    });
    if (supplemented !== undefined || rerouted !== undefined)
      this.#openSupplements.add(Number(lastInsertRowid));
    return supplemented?.note;
  }

  cancel(operationId: OperationId, why: CancelReason, at: RecordedAt): void {
    const { serial } = this.#open(operationId);
    const kept = this.#sums.get(serial)?.kept ?? 0;
    refuseUnless(kept === 0, `operation ${operationId} has a note that was not returned`);
    this.#cancel.run(at.wallMs, why, serial);
  }

  /** Returns the operation's place in its table. */
  close(fact: OperationClosed, at: RecordedAt): number {
    const { serial, supplement_note: supplementNote } = this.#open(fact.operationId);
    const certainMinor =
      this.#reroutedValue.get(serial) ??
      (supplementNote === null
        ? this.#certainMinor(serial, fact)
        : (this.#supplementValue.get(supplementNote) ?? 0));
    refuseUnless(
      certainMinor === fact.amountMinor,
      `operation ${fact.operationId} closes with ${fact.amountMinor}, its notes say ${certainMinor}`,
    );
    this.#close.run(at.wallMs, fact.end, fact.amountMinor, fact.claimId ?? null, serial);
    this.#openSupplements.delete(serial);
    return serial;
  }

  beginCommit(): void {
    this.#openSupplements.clear();
  }

  /** A supplement, or a re-routed operation, left open would wait for a visitor who is long gone. */
  endCommit(): void {
    refuseUnless(this.#openSupplements.size === 0, 'what staff open they close in one transaction');
  }

  #certainMinor(serial: number, fact: OperationClosed): number {
    const sums = this.#sums.get(serial);
    if (sums === undefined) return 0;
    refuseUnless(sums.moving === 0, `operation ${fact.operationId} has a note on its way`);
    refuseUnless(
      sums.unknown === 0 || fact.end === 'needs-help',
      `operation ${fact.operationId} has an unknown note and needs help`,
    );
    return sums.certain_minor;
  }

  #open(operationId: OperationId): OpenRow {
    const row = this.#findOpen.get(operationId);
    refuseUnless(row !== undefined, `operation ${operationId} is not open`);
    return row;
  }
}
