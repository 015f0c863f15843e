import type { Database as Sqlite } from 'better-sqlite3';
import type { OperationId, WalletPhone } from '../terminal/ids.ts';
import type {
  HistoryRow,
  OperationClue,
  OperationDetail,
  SettlementProposal,
} from '../terminal/service-mode/desk.ts';
import type { SettlementWay } from '../terminal/settlement-facts.ts';
import { tellingPart } from './audit-rows.ts';
import { DueRows } from './due.ts';
import { paymentOf } from './find-payment.ts';
import { findOperation } from './history.ts';

/** Everything staff see of one operation, and everything they may act upon. */
export function operationDetail(database: Sqlite, clue: OperationClue): OperationDetail | undefined {
  const summary = summaryOf(database, clue);
  if (summary === undefined) return undefined;
  return {
    summary,
    payment: paymentOf(database, summary.serial),
    topUp: new DueRows(database).topUp(summary.operationId),
    proposal: proposalOf(database, summary.serial),
    history: historyOf(database, summary.operationId),
  };
}

function summaryOf(database: Sqlite, clue: OperationClue) {
  switch (clue.by) {
    case 'id':
      return findOperation(database, 'operation_id', clue.operationId);
    case 'number':
      return findOperation(database, 'operation_number', clue.operationNumber);
    case 'serial':
      return findOperation(database, 'serial', clue.serial);
  }
}

interface ProposalRow {
  readonly proposed_as: SettlementWay;
  readonly proposed_by: string;
  readonly proposed_reason: string;
  readonly phone: WalletPhone | null;
}

function proposalOf(database: Sqlite, serial: number): SettlementProposal | undefined {
  const row = database
    .prepare<[number], ProposalRow>(
      `SELECT proposed_as, proposed_by, proposed_reason, phone FROM settlement LEFT JOIN phone USING (wallet_hash)
       WHERE operation_serial = ? AND proposed_as IS NOT NULL AND settled_as IS NULL`,
    )
    .get(serial);
  return (
    row && {
      as: row.proposed_as,
      by: row.proposed_by,
      reason: row.proposed_reason,
      wallet: row.phone ?? undefined,
    }
  );
}

const historyRows = 12;

/** Through an index that holds these kinds alone. Newest first. */
export const selectHistory = `
  SELECT sequence, wall_ms, kind, payload FROM journal INDEXED BY journal_of_operation
  WHERE payload ->> 'operationId' = ? AND kind IN ('operation-closed', 'delivery-failed', 'top-up-accepted',
    'top-up-credited', 'top-up-refused', 'top-up-voided', 'top-up-parked', 'top-up-requeued', 'void-requested',
    'send-asked', 'settlement-proposed', 'settlement-confirmed', 'print-intended')
  ORDER BY sequence DESC LIMIT ${historyRows}`;

function historyOf(database: Sqlite, operationId: OperationId): readonly HistoryRow[] {
  return database
    .prepare<[string], { sequence: number; wall_ms: number; kind: string; payload: string }>(selectHistory)
    .all(operationId)
    .map(({ sequence, wall_ms, kind, payload }) => ({
      sequence,
      atMs: wall_ms,
      kind,
      ...tellingPart(payload),
    }));
}
