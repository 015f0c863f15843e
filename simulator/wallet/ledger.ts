import { assert } from '../../terminal/assert.ts';
import { type Db, query } from './database.ts';

/*
 * Double entry: every posting has entries whose sum is zero, debits positive. Money a terminal holds for a wallet is
 * debited to `cash-in-transit:<terminal>` and credited to `wallet:<phone>`. Nothing is ever changed or deleted.
 */

export interface LedgerEntry {
  /** An operation id, or `opening:<phone>`. */
  readonly cause: string;
  readonly account: string;
  /** Debit positive, credit negative. */
  readonly amountMinor: number;
  readonly postedMs: number;
}

export interface Ledger {
  /** Books `amountMinor` from one account to another; a cause is booked once or fails. */
  post(cause: string, debit: string, credit: string, amountMinor: number, atMs: number): void;
  /** What an account holds to its credit. */
  creditBalanceMinor(account: string): number;
  /** What has been booked for this cause; zero if nothing. */
  bookedMinor(cause: string): number;
  entries(): LedgerEntry[];
  /** Fails unless every posting, and so the whole ledger, sums to zero. */
  check(): void;
}

export function openLedger(db: Db): Ledger {
  const findAccount = query<[string], { account_id: number }>(
    db,
    'SELECT account_id FROM account WHERE name = ?',
  );
  const addAccount = query<[string], { account_id: number }>(
    db,
    'INSERT INTO account (name) VALUES (?) RETURNING account_id',
  );
  const addPosting = query<[string, number], { posting_id: number }>(
    db,
    'INSERT INTO posting (cause, posted_ms) VALUES (?, ?) RETURNING posting_id',
  );
  const addEntry = query<[number, number, number]>(
    db,
    'INSERT INTO entry (posting_id, account_id, amount_minor) VALUES (?, ?, ?)',
  );
  const balance = query<[string], { sum: number | null }>(
    db,
    'SELECT sum(amount_minor) AS sum FROM entry JOIN account USING (account_id) WHERE name = ?',
  );
  const booked = query<[string], { sum: number | null }>(
    db,
    'SELECT sum(amount_minor) AS sum FROM entry JOIN posting USING (posting_id) WHERE cause = ? AND amount_minor > 0',
  );
  const every = query<[], LedgerEntry>(
    db,
    `SELECT cause, name AS account, amount_minor AS amountMinor, posted_ms AS postedMs
     FROM entry JOIN posting USING (posting_id) JOIN account USING (account_id) ORDER BY posting_id, account_id`,
  );
  const unbalanced = query<[], { cause: string }>(
    db,
    `SELECT cause FROM posting LEFT JOIN entry USING (posting_id)
     GROUP BY posting_id HAVING coalesce(sum(amount_minor), 1) <> 0 OR count(*) < 2`,
  );
  const accountId = (name: string): number => {
    const id = (findAccount.one(name) ?? addAccount.one(name))?.account_id;
    assert(id !== undefined, 'an account is there once it has been added');
    return id;
  };

  return {
    post: (cause, debit, credit, amountMinor, atMs) => {
      assert(Number.isSafeInteger(amountMinor) && amountMinor > 0, 'only a positive amount can be booked');
      const posting = addPosting.one(cause, atMs)?.posting_id;
      assert(posting !== undefined, 'a posting has an id');
      addEntry.run(posting, accountId(debit), amountMinor);
      addEntry.run(posting, accountId(credit), -amountMinor);
    },
    creditBalanceMinor: (account) => -(balance.one(account)?.sum ?? 0) || 0,
    bookedMinor: (cause) => booked.one(cause)?.sum ?? 0,
    entries: () => every.all(),
    check: () => {
      const first = unbalanced.one();
      assert(first === undefined, `the posting for ${first?.cause} does not balance`);
    },
  };
}
