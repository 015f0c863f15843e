import type { Database as Sqlite } from 'better-sqlite3';
import type { OperationId, PeriodId } from '../terminal/ids.ts';
import type { Currency, Minor } from '../terminal/money.ts';
import type {
  OperationList,
  OperationSummary,
  PeriodSummary,
  TopUpState,
  TopUpSummary,
} from '../terminal/service-mode/desk.ts';
import { prepareSlip } from './periods.ts';

/* What service mode and "check my payment" look up: plain reading, newest first. */

interface SummaryRow {
  readonly serial: number;
  readonly operation_id: OperationId;
  readonly operation_number: string;
  readonly holder_masked: string | null;
  readonly currency: Currency;
  readonly operation_state: OperationSummary['state'];
  readonly end_kind: OperationSummary['end'] | null;
  readonly amount_minor: Minor | null;
  readonly opened_at_ms: number;
  readonly ended_at_ms: number | null;
  readonly supplement_note: number | null;
  readonly top_up_state: TopUpState | null;
  readonly attempts: number;
  readonly next_try_at_ms: number | null;
  readonly promised_at_ms: number | null;
  readonly reason: string | null;
  readonly changed_at_ms: number;
  readonly settled_as: OperationSummary['settledAs'] | null;
}

const summaryColumns = `
  operation.*, operation.state AS operation_state, top_up.state AS top_up_state, attempts, next_try_at_ms,
  promised_at_ms, reason, changed_at_ms, settled_as`;

const summaryJoins = `
  LEFT JOIN top_up ON top_up.operation_serial = operation.serial
  LEFT JOIN settlement ON settlement.operation_serial = operation.serial`;

const newestFirst = 'AND operation.serial < @before ORDER BY operation.serial DESC LIMIT @limit';

interface Page {
  readonly before: number;
  readonly limit: number;
}

/** Each list is walked through an index from where the last page ended, however many operations there are. */
export const operationLists = {
  all: `SELECT ${summaryColumns} FROM operation ${summaryJoins} WHERE TRUE ${newestFirst}`,
  waiting: `
    SELECT ${summaryColumns} FROM top_up INDEXED BY top_up_newest
    JOIN operation ON operation.serial = top_up.operation_serial
    LEFT JOIN settlement ON settlement.operation_serial = operation.serial
    WHERE next_try_at_ms IS NOT NULL AND top_up.operation_serial < @before
    ORDER BY top_up.operation_serial DESC LIMIT @limit`,
  stopped: `
    SELECT ${summaryColumns} FROM top_up INDEXED BY top_up_stopped
    JOIN operation ON operation.serial = top_up.operation_serial
    LEFT JOIN settlement ON settlement.operation_serial = operation.serial
    WHERE top_up.state IN ('refused', 'parked') AND top_up.operation_serial < @before
    ORDER BY top_up.operation_serial DESC LIMIT @limit`,
  'for-a-person': `
    SELECT ${summaryColumns} FROM settlement INDEXED BY settlement_open
    JOIN operation ON operation.serial = settlement.operation_serial
    JOIN top_up ON top_up.operation_serial = operation.serial
    WHERE settled_as IS NULL AND settlement.operation_serial < @before
    ORDER BY settlement.operation_serial DESC LIMIT @limit`,
  'last-four': `
    SELECT ${summaryColumns} FROM phone INDEXED BY phone_by_last_four
    JOIN operation INDEXED BY operation_by_wallet ON operation.wallet_hash = phone.wallet_hash
    ${summaryJoins}
    WHERE substr(phone, -4) = @digits ${newestFirst}`,
} as const;

/** The newest operation that closed with money until then: from there on back in the order of opening. */
export const lastUntil = `
  SELECT serial FROM operation INDEXED BY operation_by_end
  WHERE amount_minor > 0 AND ended_at_ms <= ? ORDER BY ended_at_ms DESC LIMIT 1`;

/** Operations before the one with serial `before`, newest first. */
export function listOperations(
  database: Sqlite,
  list: OperationList,
  limit: number,
  before = Number.MAX_SAFE_INTEGER,
): readonly OperationSummary[] {
  const page: Page = { before, limit };
  switch (list.kind) {
    case 'until': {
      const last = database.prepare<[number], number>(lastUntil).pluck().get(list.atMs);
      if (last === undefined) return [];
      return listOperations(database, { kind: 'all' }, limit, Math.min(before, last + 1));
    }
    case 'last-four':
      return database
        .prepare<[Page & { digits: string }], SummaryRow>(operationLists['last-four'])
        .all({ ...page, digits: list.digits })
        .map(toSummary);
    default:
      return database.prepare<[Page], SummaryRow>(operationLists[list.kind]).all(page).map(toSummary);
  }
}

export function findOperation(
  database: Sqlite,
  column: 'serial' | 'operation_id' | 'operation_number',
  value: string | number,
): OperationSummary | undefined {
  const row = database
    .prepare<[string | number], SummaryRow>(
      `SELECT ${summaryColumns} FROM operation ${summaryJoins} WHERE operation.${column} = ?`,
    )
    .get(value);
  return row && toSummary(row);
}

function toSummary(row: SummaryRow): OperationSummary {
  return {
    serial: row.serial,
    operationId: row.operation_id,
    operationNumber: row.operation_number,
    holderMasked: row.holder_masked ?? undefined,
    currency: row.currency,
    state: row.operation_state,
    end: row.end_kind ?? undefined,
    amountMinor: row.amount_minor ?? undefined,
    openedAtMs: row.opened_at_ms,
    endedAtMs: row.ended_at_ms ?? undefined,
    isSupplement: row.supplement_note !== null,
    topUp: row.top_up_state === null ? undefined : toTopUp(row, row.top_up_state),
    settledAs: row.settled_as ?? undefined,
  };
}

function toTopUp(row: SummaryRow, state: TopUpState): TopUpSummary {
  return {
    state,
    attempts: row.attempts,
    nextTryAtMs: row.next_try_at_ms ?? undefined,
    promisedAtMs: row.promised_at_ms ?? undefined,
    reason: row.reason ?? undefined,
    changedAtMs: row.changed_at_ms,
  };
}

interface PeriodRow {
  readonly serial: number;
  readonly period_id: PeriodId;
  readonly period_number: number;
  readonly opened_at_ms: number;
  readonly closed_at_ms: number | null;
  readonly how: PeriodSummary['how'] | null;
  readonly counted_by: string | null;
  readonly counted: string | null;
  readonly seal_number: string | null;
  readonly bag_number: string | null;
  readonly cassette_number: string | null;
  readonly has_slip: 0 | 1;
}

/** Through the numbers of periods, from the newest or from where the last page ended. */
export const selectPeriods = `
  SELECT period.*, counted_by, counts AS counted, seal_number, bag_number,
    (SELECT cassette_number FROM collection AS former
      WHERE former.period_serial < period.serial AND cassette_number IS NOT NULL
      ORDER BY former.period_serial DESC LIMIT 1) AS cassette_number,
    EXISTS (SELECT 1 FROM slip INDEXED BY slip_one_original WHERE slip.period_serial = period.serial
      AND copy = 0 AND (outcome IS NULL OR outcome <> 'failed')) AS has_slip
  FROM period
  LEFT JOIN cash_count ON cash_count.period_serial = period.serial
  LEFT JOIN cash_seal ON cash_seal.period_serial = period.serial
  WHERE period_number < ? ORDER BY period_number DESC LIMIT ?`;

export function listPeriods(
  database: Sqlite,
  limit: number,
  before = Number.MAX_SAFE_INTEGER,
): readonly PeriodSummary[] {
  const slip = prepareSlip(database);
  return database
    .prepare<[number, number], PeriodRow>(selectPeriods)
    .all(before, limit)
    .map((row) => ({
      periodId: row.period_id,
      periodNumber: row.period_number,
      openedAtMs: row.opened_at_ms,
      closedAtMs: row.closed_at_ms ?? undefined,
      how: row.how ?? undefined,
      cassetteNumber: row.cassette_number ?? undefined,
      sealNumber: row.seal_number ?? undefined,
      bagNumber: row.bag_number ?? undefined,
      countedBy: row.counted_by ?? undefined,
      counted: row.counted === null ? undefined : (JSON.parse(row.counted) as PeriodSummary['counts']),
      hasSlip: row.has_slip === 1,
      ...slip(row.serial),
    }));
}
