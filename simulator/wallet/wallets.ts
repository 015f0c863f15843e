import { type Db, query } from './database.ts';
import type { Ledger } from './ledger.ts';

/* Wallets, what may still be paid into them, and the holds that promise it. */

export interface SeedWallet {
  readonly phone: string;
  /** As the check shows it; absent for a wallet without a name. */
  readonly holderName?: string;
  readonly state?: 'open' | 'blocked' | 'closed';
  readonly operationMaxMinor: number;
  /** What it may hold at most, and take in a day; absent if there is no such limit. */
  readonly storedMaxMinor?: number;
  readonly dayMaxMinor?: number;
  readonly balanceMinor?: number;
}

export interface Wallet {
  readonly phone: string;
  readonly holderName: string | null;
  readonly state: 'open' | 'blocked' | 'closed';
  readonly operationMaxMinor: number;
  readonly storedMaxMinor: number | null;
  readonly dayMaxMinor: number | null;
  readonly balanceMinor: number;
  readonly day: string;
  readonly dayCreditedMinor: number;
}

export interface WalletHold {
  readonly holdId: string;
  readonly wallet: string;
  readonly terminal: string;
  readonly untilMs: number;
  readonly amountMinor: number;
  readonly usedMinor: number;
}

export interface Wallets {
  find(phone: string): Wallet | undefined;
  all(): Wallet[];
  /** What `terminal` may pay into this wallet now, others' holds taken off. */
  allowanceMinor(wallet: Wallet, terminal: string, atMs: number): number;
  /** Promises `amountMinor` until `untilMs`; an unused hold of the same terminal is renewed. */
  hold(phone: string, terminal: string, amountMinor: number, atMs: number): WalletHold;
  /** The hold, if it covers this top-up; then the top-up may not be refused for limits. */
  covering(holdId: string, use: HoldUse): WalletHold | undefined;
  takeHold(holdId: string, amountMinor: number): void;
  noteCredit(phone: string, amountMinor: number, atMs: number): void;
  seed(wallet: SeedWallet, atMs: number): void;
}

export interface HoldUse {
  readonly wallet: string;
  readonly terminal: string;
  readonly amountMinor: number;
  readonly openedMs: number;
}

const holdMs = 15 * 60_000;
const kazakhstanOffsetMs = 5 * 3_600_000;

/** The calendar day in Kazakhstan (UTC+5, no summer time). */
export function dayOf(wallMs: number): string {
  return new Date(wallMs + kazakhstanOffsetMs).toISOString().slice(0, 10);
}

export function openWallets(db: Db, ledger: Ledger, newHoldId: () => string): Wallets {
  const columns = `phone, holder_name AS holderName, state, operation_max_minor AS operationMaxMinor,
    stored_max_minor AS storedMaxMinor, day_max_minor AS dayMaxMinor, balance_minor AS balanceMinor,
    day, day_credited_minor AS dayCreditedMinor`;
  const find = query<[string], Wallet>(db, `SELECT ${columns} FROM wallet WHERE phone = ?`);
  const all = query<[], Wallet>(db, `SELECT ${columns} FROM wallet ORDER BY phone`);
  const holdColumns = `hold_id AS holdId, wallet, terminal, until_ms AS untilMs, amount_minor AS amountMinor,
    used_minor AS usedMinor`;
  const findHold = query<[string], WalletHold>(db, `SELECT ${holdColumns} FROM hold WHERE hold_id = ?`);
  const heldByOthers = query<[string, number, string], { sum: number | null }>(
    db,
    `SELECT sum(amount_minor - used_minor) AS sum FROM hold
     WHERE wallet = ? AND until_ms > ? AND terminal <> ? AND used_minor = 0`,
  );
  const renewable = query<[string, number, string], WalletHold>(
    db,
    `SELECT ${holdColumns} FROM hold WHERE wallet = ? AND until_ms > ? AND terminal = ? AND used_minor = 0 LIMIT 1`,
  );
  const putHold = query<[string, string, string, number, number]>(
    db,
    `INSERT INTO hold (hold_id, wallet, terminal, until_ms, amount_minor, used_minor) VALUES (?, ?, ?, ?, ?, 0)
     ON CONFLICT (hold_id) DO UPDATE SET until_ms = excluded.until_ms, amount_minor = excluded.amount_minor`,
  );
  const takeHold = query<[number, string]>(
    db,
    'UPDATE hold SET used_minor = used_minor + ? WHERE hold_id = ?',
  );
  const credit = query<[number, string, number, number, string, string]>(
    db,
    `UPDATE wallet SET balance_minor = balance_minor + ?,
       day_credited_minor = CASE WHEN day = ? THEN day_credited_minor + ? ELSE ? END, day = ? WHERE phone = ?`,
  );
  const add = query<[string, string | null, string, number, number | null, number | null]>(
    db,
    `INSERT OR IGNORE INTO wallet (phone, holder_name, state, operation_max_minor, stored_max_minor, day_max_minor,
       balance_minor, day, day_credited_minor) VALUES (?, ?, ?, ?, ?, ?, 0, '', 0)`,
  );

  return {
    find: (phone) => find.one(phone),
    all: () => all.all(),
    allowanceMinor: (wallet, terminal, atMs) => {
      const today = wallet.day === dayOf(atMs) ? wallet.dayCreditedMinor : 0;
      const stored = room(wallet.storedMaxMinor, wallet.balanceMinor);
      const day = room(wallet.dayMaxMinor, today);
      const left = Math.min(stored, day);
      if (left === Number.POSITIVE_INFINITY) return wallet.operationMaxMinor;
      const held = heldByOthers.one(wallet.phone, atMs, terminal)?.sum ?? 0;
      return Math.max(0, Math.min(wallet.operationMaxMinor, left - held));
    },
    hold: (phone, terminal, amountMinor, atMs) => {
      const holdId = renewable.one(phone, atMs, terminal)?.holdId ?? newHoldId();
      const untilMs = atMs + holdMs;
      putHold.run(holdId, phone, terminal, untilMs, amountMinor);
      return { holdId, wallet: phone, terminal, untilMs, amountMinor, usedMinor: 0 };
    },
    covering: (holdId, use) => {
      const hold = findHold.one(holdId);
      if (hold === undefined || hold.wallet !== use.wallet || hold.terminal !== use.terminal)
        return undefined;
      // What counts is when the visitor paid, not when the message came.
      const fits = use.openedMs <= hold.untilMs && hold.usedMinor + use.amountMinor <= hold.amountMinor;
      return fits ? hold : undefined;
    },
    takeHold: (holdId, amountMinor) => void takeHold.run(amountMinor, holdId),
    noteCredit: (phone, amountMinor, atMs) => {
      const day = dayOf(atMs);
      credit.run(amountMinor, day, amountMinor, amountMinor, day, phone);
    },
    seed: (wallet, atMs) => {
      const isNew = add.run(
        wallet.phone,
        wallet.holderName ?? null,
        wallet.state ?? 'open',
        wallet.operationMaxMinor,
        wallet.storedMaxMinor ?? null,
        wallet.dayMaxMinor ?? null,
      );
      if (isNew === 0 || (wallet.balanceMinor ?? 0) === 0) return;
      ledger.post(
        `opening:${wallet.phone}`,
        'opening',
        `wallet:${wallet.phone}`,
        wallet.balanceMinor ?? 0,
        atMs,
      );
      credit.run(wallet.balanceMinor ?? 0, '', 0, 0, '', wallet.phone);
    },
  };
}

function room(max: number | null, used: number): number {
  return max === null ? Number.POSITIVE_INFINITY : Math.max(0, max - used);
}
