import type { Database as Sqlite } from 'better-sqlite3';
import type { OperationId, PeriodId } from '../terminal/ids.ts';
import type { Currency, Minor } from '../terminal/money.ts';
import type { PeriodSummary } from '../terminal/service-mode/desk.ts';
import { prepareSlip } from './periods.ts';

/* What service mode and "check my payment" look up: plain reading, newest first. */

export type TopUpState = 'waiting' | 'accepted' | 'voiding' | 'credited' | 'refused' | 'parked' | 'voided';

/** An operation as people see it afterwards. No phone: who may see one is decided elsewhere. */
export interface OperationSummary {
  readonly serial: number;
  readonly operationId: OperationId;
  readonly operationNumber: string;
  readonly holderMasked: string | undefined;
  readonly currency: Currency;
  readonly state: 'open' | 'cancelled' | 'closed';
  readonly end: 'paid' | 'needs-help' | undefined;
  readonly amountMinor: Minor | undefined;
  readonly openedAtMs: number;
  readonly endedAtMs: number | undefined;
  readonly isSupplement: boolean;
  /** Absent when no money went on its way. */
  readonly topUp: TopUpSummary | undefined;
}

export interface TopUpSummary {
  readonly state: TopUpState;
  readonly attempts: number;
  readonly nextTryAtMs: number | undefined;
  readonly promisedAtMs: number | undefined;
  readonly reason: string | undefined;
  readonly changedAtMs: number;
}

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
}

const summaryColumns = `
  operation.*, operation.state AS operation_state, top_up.state AS top_up_state, attempts, next_try_at_ms,
  promised_at_ms, reason, changed_at_ms`;

/** Operations opened before the one with serial `beforeSerial`, or the last ones. */
export function listOperations(
  database: Sqlite,
  limit: number,
  beforeSerial = Number.MAX_SAFE_INTEGER,
): readonly OperationSummary[] {
  return database
    .prepare<[number, number], SummaryRow>(
      `SELECT ${summaryColumns} FROM operation
       LEFT JOIN top_up ON top_up.operation_serial = operation.serial
       WHERE operation.serial < ? ORDER BY operation.serial DESC LIMIT ?`,
    )
    .all(beforeSerial, limit)
    .map(toSummary);
}

export function findOperation(database: Sqlite, operationNumber: string): OperationSummary | undefined {
  const row = database
    .prepare<[string], SummaryRow>(
      `SELECT ${summaryColumns} FROM operation
       LEFT JOIN top_up ON top_up.operation_serial = operation.serial
       WHERE operation_number = ?`,
    )
    .get(operationNumber);
  return row && toSummary(row);
}

/** Refused and parked top-ups: they wait for a person (money rule M9). */
export function listStoppedTopUps(database: Sqlite, limit: number): readonly OperationSummary[] {
  return database
    .prepare<[number], SummaryRow>(
      `SELECT ${summaryColumns} FROM top_up INDEXED BY top_up_stopped
       JOIN operation ON operation.serial = top_up.operation_serial
       WHERE top_up.state IN ('refused', 'parked') ORDER BY top_up.operation_serial DESC LIMIT ?`,
    )
    .all(limit)
    .map(toSummary);
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
}

export function listPeriods(database: Sqlite, limit: number): readonly PeriodSummary[] {
  const slip = prepareSlip(database);
  return database
    .prepare<[number], PeriodRow>('SELECT * FROM period ORDER BY serial DESC LIMIT ?')
    .all(limit)
    .map((row) => ({
      periodId: row.period_id,
      periodNumber: row.period_number,
      openedAtMs: row.opened_at_ms,
      closedAtMs: row.closed_at_ms ?? undefined,
      how: row.how ?? undefined,
      ...slip(row.serial),
    }));
}
