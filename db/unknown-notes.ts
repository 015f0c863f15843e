import type { Database as Sqlite } from 'better-sqlite3';
import type { NoteResolution, UnknownWhy } from '../terminal/facts.ts';
import type { PeriodId } from '../terminal/ids.ts';
import type { UnknownNote } from '../terminal/notes-desk.ts';
import { type NoteRow, noteColumns, toStoredNote } from './load.ts';

interface UnknownRow extends NoteRow {
  readonly unknown_why: UnknownWhy | null;
  readonly operation_number: string | null;
  readonly period_id: PeriodId | null;
  readonly period_number: number | null;
  readonly proposed_as: NoteResolution | null;
  readonly proposed_by: string | null;
  readonly proposed_reason: string | null;
}

/** Every note that waits for persons or for a late report of the device, oldest first (money rule M4). */
export function listUnknownNotes(database: Sqlite): readonly UnknownNote[] {
  return database
    .prepare<[], UnknownRow>(
      `SELECT ${noteColumns}, note.unknown_why, note.proposed_as, note.proposed_by, note.proposed_reason,
         operation.operation_number, period.period_id, period.period_number
       FROM note INDEXED BY note_unresolved
       LEFT JOIN operation ON operation.serial = note.operation_serial
       LEFT JOIN phone ON phone.wallet_hash = operation.wallet_hash
       LEFT JOIN period ON period.serial = note.intent_period
       WHERE note.state IN ('escrowed', 'intended', 'unknown') AND note.state = 'unknown'
       ORDER BY note.serial`,
    )
    .all()
    .map(toUnknownNote);
}

function toUnknownNote(row: UnknownRow): UnknownNote {
  const { noteId, valueMinor, currency, operation, operationId } = toStoredNote(row);
  const { operation_number: operationNumber, period_id: periodId, period_number: periodNumber } = row;
  const hasOperation = operation !== undefined && operationId !== undefined && operationNumber !== null;
  return {
    noteId,
    valueMinor,
    currency,
    why: row.unknown_why ?? undefined,
    changedAtMs: row.changed_at_ms,
    period: periodId === null || periodNumber === null ? undefined : { periodId, periodNumber },
    operation: hasOperation ? { ...operation, operationId, operationNumber } : undefined,
    proposal: toProposal(row),
  };
}

function toProposal({
  proposed_as: as,
  proposed_by: by,
  proposed_reason: reason,
}: UnknownRow): UnknownNote['proposal'] {
  return as === null || by === null || reason === null ? undefined : { as, by, reason };
}
