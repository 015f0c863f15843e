import { createHmac } from 'node:crypto';
import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { WalletHash, WalletPhone } from '../terminal/ids.ts';

const saltBytes = 16;

export type RandomBytes = (count: number) => Uint8Array;

/**
 * The one erasable table (money rule M13). Each phone has a salt of its own: with the row, the salt is gone, and the
 * hash that stays in the journal can no longer be searched for among all possible numbers.
 */
export class Phones {
  readonly #find: Statement<[string], WalletHash>;
  readonly #insert: Statement<[string, string, Uint8Array]>;
  readonly #randomBytes: RandomBytes;

  constructor(database: Sqlite, randomBytes: RandomBytes) {
    this.#find = database
      .prepare<[string], WalletHash>('SELECT wallet_hash FROM phone WHERE phone = ?')
      .pluck() as Statement<[string], WalletHash>;
    this.#insert = database.prepare('INSERT INTO phone VALUES (?, ?, ?)');
    this.#randomBytes = randomBytes;
  }

  /** The hash that stands for a phone, made and remembered at its first visit. Within the caller's transaction. */
  hashOf(phone: WalletPhone): WalletHash {
    const known = this.#find.get(phone);
    if (known !== undefined) return known;
    const salt = this.#randomBytes(saltBytes);
    const made = createHmac('sha256', salt).update(phone).digest('hex') as WalletHash;
    this.#insert.run(made, phone, salt);
    return made;
  }
}

export type Erasure = 'erased' | 'not-known' | 'money-on-its-way';

/** Forgets a phone for good, unless money of it is on its way or in doubt: the number is where that money goes. */
export function erasePhone(database: Sqlite, phone: WalletPhone): Erasure {
  const wallet = database
    .prepare<[string], string>('SELECT wallet_hash FROM phone WHERE phone = ?')
    .pluck()
    .get(phone);
  if (wallet === undefined) return 'not-known';
  const open = database
    .prepare<[string, string], number>(
      `SELECT 1 FROM operation
       LEFT JOIN top_up ON top_up.operation_serial = operation.serial
       LEFT JOIN message ON message.message_id = operation.claim_id
       LEFT JOIN note ON note.operation_serial = operation.serial
       LEFT JOIN settlement ON settlement.operation_serial = operation.serial
       WHERE operation.wallet_hash = ? AND (operation.state = 'open'
         OR top_up.state NOT IN ('credited', 'voided')
         OR (settlement.operation_serial IS NOT NULL AND settlement.settled_as IS NULL)
         OR message.next_try_at_ms IS NOT NULL
         OR note.state IN ('escrowed', 'intended', 'unknown'))
       UNION ALL
       SELECT 1 FROM settlement WHERE wallet_hash = ? AND settled_as IS NULL
       LIMIT 1`,
    )
    .get(wallet, wallet);
  if (open !== undefined) return 'money-on-its-way';
  database.prepare('DELETE FROM phone WHERE wallet_hash = ?').run(wallet);
  return 'erased';
}
