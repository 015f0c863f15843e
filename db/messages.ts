import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { OperationClosed } from '../terminal/facts.ts';
import type { ClaimId, NoteId, WalletHash, WalletPhone } from '../terminal/ids.ts';
import type { Currency, Minor } from '../terminal/money.ts';
import type { AlarmMessage, ClaimMessage, CollectionMessage, Message } from '../terminal/store.ts';
import { canonicalJson } from './canonical.ts';
import { type RecordedAt, refuseUnless } from './recorded-fact.ts';

/** A message as it is kept: a phone is its salted hash. */
type RecordedClaim = Omit<ClaimMessage, 'wallet'> & { readonly wallet: WalletHash };
export type RecordedMessage = AlarmMessage | CollectionMessage | RecordedClaim;

interface ClaimedOperation {
  readonly operation_number: string;
  readonly wallet_hash: WalletHash;
  readonly currency: Currency;
}

interface UnknownRow {
  readonly note_id: NoteId;
  readonly value_minor: Minor | null;
}

/**
 * The projection of everything else the backend must hear of: alarms, claims and collections, each queued by the fact
 * that causes it and due at once.
 */
export class Messages {
  readonly #insert: Statement<[string, string, number]>;
  readonly #deliver: Statement<[string]>;
  readonly #fail: Statement<[number, string]>;
  readonly #operation: Statement<[number], ClaimedOperation>;
  readonly #unknownNotes: Statement<[number], UnknownRow>;

  constructor(database: Sqlite) {
    this.#insert = database.prepare(
      'INSERT INTO message (message_id, body, attempts, next_try_at_ms) VALUES (?, ?, 0, ?)',
    );
    this.#deliver = database.prepare('UPDATE message SET next_try_at_ms = NULL WHERE message_id = ?');
    this.#fail = database.prepare(`
      UPDATE message SET attempts = attempts + 1, next_try_at_ms = ?
      WHERE message_id = ? AND next_try_at_ms IS NOT NULL`);
    this.#operation = database.prepare(
      'SELECT operation_number, wallet_hash, currency FROM operation WHERE serial = ?',
    );
    this.#unknownNotes = database.prepare(`
      SELECT note_id, value_minor FROM note WHERE operation_serial = ? AND state = 'unknown' ORDER BY serial`);
  }

  queue(messageId: string, body: RecordedMessage, at: RecordedAt): void {
    this.#insert.run(messageId, canonicalJson(body), at.wallMs);
  }

  queueClaim(claimId: ClaimId, operationSerial: number, fact: OperationClosed, at: RecordedAt): void {
    const operation = this.#operation.get(operationSerial);
    refuseUnless(operation !== undefined, `claim ${claimId} names no operation`);
    const { operationId, amountMinor: certainMinor } = fact;
    const doubtfulNotes = this.#unknownNotes
      .all(operationSerial)
      .map((row) => ({ noteId: row.note_id, operationId, valueMinor: row.value_minor ?? undefined }));
    const claim: RecordedClaim = {
      kind: 'claim',
      claimId,
      operationId,
      operationNumber: operation.operation_number,
      wallet: operation.wallet_hash,
      currency: operation.currency,
      certainMinor,
      doubtfulNotes,
      atMs: at.wallMs,
    };
    this.queue(claimId, claim, at);
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

/** Puts the clear phone back for the way to the backend. */
export function clearMessage(recorded: RecordedMessage, phone: WalletPhone | null): Message {
  if (recorded.kind !== 'claim') return recorded;
  refuseUnless(phone !== null, `the phone of claim ${recorded.claimId} was erased`);
  return { ...recorded, wallet: phone };
}
