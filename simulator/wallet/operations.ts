import type { TopUpBody, VoidBody } from './bodies.ts';
import { type Db, query } from './database.ts';
import type { Ledger } from './ledger.ts';
import { dayOf, type Wallets } from './wallets.ts';

/*
 * What becomes of an operation id. `credited` and `voided` are for ever, and so is a refusal that is not retryable,
 * save that it can still be voided. An accepted operation is credited when it falls due.
 */

export interface Operation {
  readonly operationId: string;
  readonly terminal: string;
  readonly wallet: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly holdId: string | null;
  /** How much of the hold it takes up: nothing, or its amount. */
  readonly usedHold: number;
  readonly state: 'accepted' | 'refused' | 'credited' | 'voided';
  readonly reason: string | null;
  readonly retryable: number | null;
  readonly dueMs: number | null;
  readonly promisedMs: number | null;
  readonly finalMs: number | null;
}

/** How the backend feels about new operations just now. */
export interface Mood {
  readonly refuse?: { readonly reason: string; readonly retryable: boolean };
  /** Take it on now and credit it later. */
  readonly accept?: { readonly creditAfterMs: number; readonly promises: boolean };
}

export interface Operations {
  find(operationId: string): Operation | undefined;
  all(): Operation[];
  topUp(terminal: string, body: TopUpBody, mood: Mood, atMs: number): Operation;
  void(terminal: string, body: VoidBody, atMs: number): Operation;
  /** Credits all accepted operations that are due; gives when the next one will be. */
  settleDue(atMs: number): number | undefined;
  creditedOn(terminal: string, day: string): RegisterRow[];
}

export interface RegisterRow {
  readonly operationId: string;
  readonly amountMinor: number;
}

const tooOldMs = 396 * 24 * 3_600_000; // 13 months

export function openOperations(db: Db, ledger: Ledger, wallets: Wallets): Operations {
  const statements = prepare(db);

  const credit = (operation: Operation, atMs: number): void => {
    ledger.post(
      operation.operationId,
      `cash-in-transit:${operation.terminal}`,
      `wallet:${operation.wallet}`,
      operation.amountMinor,
      atMs,
    );
    wallets.noteCredit(operation.wallet, operation.amountMinor, atMs);
  };

  const put = (operation: Operation, body: Partial<TopUpBody>): Operation => {
    statements.put.run(
      operation.operationId,
      operation.terminal,
      operation.wallet,
      operation.amountMinor,
      operation.currency,
      body.closedAt === undefined ? null : dayOf(body.closedAt),
      body.closedAt ?? null,
      body.openedAt ?? null,
      body.supplementOf ?? null,
      operation.holdId,
      operation.usedHold,
      operation.state,
      operation.reason,
      operation.retryable,
      operation.dueMs,
      operation.promisedMs,
      operation.finalMs,
    );
    return operation;
  };

  const takeOn = (fresh: Operation, body: TopUpBody, mood: Mood, atMs: number): Operation => {
    const covered = holdFor(wallets, fresh, body);
    const refusal = mood.refuse ?? refusalOf(wallets, fresh, body, covered, atMs);
    if (refusal !== undefined) {
      const { reason, retryable } = refusal;
      return put({ ...fresh, state: 'refused', reason, retryable: retryable ? 1 : 0 }, body);
    }
    const usedHold = covered === undefined ? 0 : fresh.amountMinor;
    if (covered !== undefined) wallets.takeHold(covered, usedHold);
    if (mood.accept !== undefined) {
      const dueMs = atMs + mood.accept.creditAfterMs;
      const promisedMs = mood.accept.promises ? dueMs : null;
      return put({ ...fresh, usedHold, state: 'accepted', dueMs, promisedMs }, body);
    }
    const credited = put({ ...fresh, usedHold, state: 'credited', finalMs: atMs }, body);
    credit(credited, atMs);
    return credited;
  };

  return {
    find: (operationId) => statements.find.one(operationId),
    all: () => statements.all.all(),
    topUp: (terminal, body, mood, atMs) => {
      const known = statements.find.one(body.operationId);
      if (known === undefined) return takeOn(freshOperation(terminal, body), body, mood, atMs);
      const mayChange = known.state === 'refused' && known.retryable === 1 && isSame(known, terminal, body);
      return mayChange ? takeOn(freshOperation(terminal, body), body, mood, atMs) : known;
    },
    void: (terminal, body, atMs) => {
      const known = statements.find.one(body.operationId);
      if (known?.state === 'credited' || known?.state === 'voided') return known;
      const operation = known ?? freshOperation(terminal, body);
      if (operation.usedHold > 0 && operation.holdId !== null) {
        wallets.takeHold(operation.holdId, -operation.usedHold);
      }
      if (known === undefined) return put({ ...operation, state: 'voided', finalMs: atMs }, {});
      statements.close.run('voided', atMs, operation.operationId);
      return { ...operation, state: 'voided', finalMs: atMs };
    },
    settleDue: (atMs) => {
      for (const operation of statements.due.all(atMs)) {
        credit(operation, atMs);
        statements.close.run('credited', atMs, operation.operationId);
      }
      return statements.nextDue.one()?.dueMs ?? undefined;
    },
    creditedOn: (terminal, day) => statements.register.all(terminal, day),
  };
}

function prepare(db: Db) {
  const columns = `operation_id AS operationId, terminal, wallet, amount_minor AS amountMinor, currency,
    hold_id AS holdId, used_hold AS usedHold, state, reason, retryable, due_ms AS dueMs, promised_ms AS promisedMs,
    final_ms AS finalMs`;
  return {
    find: query<[string], Operation>(db, `SELECT ${columns} FROM operation WHERE operation_id = ?`),
    all: query<[], Operation>(db, `SELECT ${columns} FROM operation ORDER BY operation_id`),
    put: query<(string | number | null)[]>(
      db,
      `INSERT OR REPLACE INTO operation (operation_id, terminal, wallet, amount_minor, currency, closed_day, closed_ms,
         opened_ms, supplement_of, hold_id, used_hold, state, reason, retryable, due_ms, promised_ms, final_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    close: query<[string, number, string]>(
      db,
      'UPDATE operation SET state = ?, final_ms = ?, due_ms = NULL WHERE operation_id = ?',
    ),
    due: query<[number], Operation>(
      db,
      `SELECT ${columns} FROM operation WHERE state = 'accepted' AND due_ms <= ? ORDER BY due_ms, operation_id`,
    ),
    nextDue: query<[], { dueMs: number | null }>(
      db,
      "SELECT min(due_ms) AS dueMs FROM operation WHERE state = 'accepted'",
    ),
    register: query<[string, string], RegisterRow>(
      db,
      `SELECT operation_id AS operationId, amount_minor AS amountMinor FROM operation
       WHERE terminal = ? AND closed_day = ? AND state = 'credited' ORDER BY operation_id`,
    ),
  };
}

function freshOperation(terminal: string, body: TopUpBody | VoidBody): Operation {
  return {
    operationId: body.operationId,
    terminal,
    wallet: body.wallet,
    amountMinor: body.amountMinor,
    currency: body.currency,
    holdId: 'holdId' in body ? (body.holdId ?? null) : null,
    usedHold: 0,
    state: 'refused',
    reason: null,
    retryable: null,
    dueMs: null,
    promisedMs: null,
    finalMs: null,
  };
}

/** Another content under a known id is never acted on: the answer repeats the first one, and the terminal will notice. */
function isSame(known: Operation, terminal: string, body: TopUpBody): boolean {
  return (
    known.terminal === terminal &&
    known.wallet === body.wallet &&
    known.amountMinor === body.amountMinor &&
    known.currency === body.currency
  );
}

function holdFor(wallets: Wallets, operation: Operation, body: TopUpBody): string | undefined {
  if (operation.holdId === null) return undefined;
  const use = { ...operation, openedMs: body.openedAt };
  return wallets.covering(operation.holdId, use)?.holdId;
}

function refusalOf(
  wallets: Wallets,
  operation: Operation,
  body: TopUpBody,
  coveredBy: string | undefined,
  atMs: number,
): { reason: string; retryable: boolean } | undefined {
  if (operation.currency !== 'KZT') return { reason: 'currency-not-accepted', retryable: false };
  if (body.closedAt < atMs - tooOldMs) return { reason: 'operation-too-old', retryable: false };
  if (body.supplementOf === operation.operationId) {
    return { reason: 'supplement-not-accepted', retryable: false };
  }
  const wallet = wallets.find(operation.wallet);
  if (wallet === undefined) return { reason: 'wallet-unknown', retryable: true };
  if (wallet.state === 'closed') return { reason: 'wallet-closed', retryable: false };
  if (wallet.state === 'blocked') return { reason: 'wallet-blocked', retryable: true };
  if (coveredBy !== undefined) return undefined;
  const isWithin = operation.amountMinor <= wallets.allowanceMinor(wallet, operation.terminal, atMs);
  return isWithin ? undefined : { reason: 'limit-exceeded', retryable: true };
}
