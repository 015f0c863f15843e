import type { Database as Sqlite } from 'better-sqlite3';
import type { Language, NoteState } from '../terminal/facts.ts';
import type { NoteId, OperationId, PeriodId, PrintId, WalletPhone } from '../terminal/ids.ts';
import type { Currency, Minor } from '../terminal/money.ts';
import type { StoredNote, StoredOperation, StoredPeriod, StoredState } from '../terminal/store.ts';
import { loadCassetteNumber, loadCollection, loadOpenSlips } from './collections.ts';
import { readTip } from './journal.ts';
import { loadRefusals, loadStaff } from './staff.ts';

/** Everything a fresh process must know. Each part is found through an index, however long the history. */
export function loadState(database: Sqlite): StoredState {
  const { sequence, head } = readTip(database);
  const unreleased = database
    .prepare<[], NoteRow>(
      `${selectNotes('note INDEXED BY note_awaiting_release')} WHERE note.awaits_release = 1`,
    )
    .get();
  return {
    sequence,
    head,
    latestRowWallMs: latestRowWallMs(database),
    previousStop: previousStop(database),
    uncleanStartsMs: uncleanStarts(database),
    nextOperationSerial: nextOperationSerial(database),
    period: openPeriod(database),
    openOperation: openOperation(database),
    unresolvedNotes: unresolvedNotes(database),
    newestNoteId: database
      .prepare<[], NoteId>('SELECT note_id FROM note ORDER BY serial DESC LIMIT 1')
      .pluck()
      .get() as NoteId | undefined,
    unreleasedNote: unreleased && toStoredNote(unreleased),
    openPrints: database
      .prepare<[], PrintId>(
        'SELECT print_id FROM print INDEXED BY print_open WHERE outcome IS NULL ORDER BY serial',
      )
      .pluck()
      .all() as PrintId[],
    isPaperInDoubt: isLastPrintUnknown(database),
    standingAlarms: database
      .prepare<[], { alarm: string; subject: string }>(
        'SELECT alarm, subject FROM alarm ORDER BY alarm, subject',
      )
      .all(),
    openSlips: loadOpenSlips(database),
    collection: loadCollection(database),
    cassetteNumber: loadCassetteNumber(database),
    staff: loadStaff(database),
    staffRefusals: loadRefusals(database),
  };
}

function isLastPrintUnknown(database: Sqlite): boolean {
  const outcome = database
    .prepare<[], string | null>('SELECT outcome FROM print ORDER BY serial DESC LIMIT 1')
    .pluck()
    .get();
  return outcome === 'unknown';
}

/** More than are written while a clock that was set back is found out. */
const recentRows = 500;

/** Not simply the last row's: that one may have been written after the clock was set back. */
function latestRowWallMs(database: Sqlite): number | undefined {
  const latest = database
    .prepare<[number], number | null>(
      'SELECT max(wall_ms) FROM (SELECT wall_ms FROM journal ORDER BY sequence DESC LIMIT ?)',
    )
    .pluck()
    .get(recentRows);
  return latest ?? undefined;
}

function previousStop(database: Sqlite): StoredState['previousStop'] {
  const running = database.prepare<[], number>('SELECT running FROM terminal_run').pluck().get();
  if (running === undefined) return 'first';
  return running === 1 ? 'unclean' : 'clean';
}

function uncleanStarts(database: Sqlite): readonly number[] {
  return database
    .prepare<[], number>('SELECT value FROM terminal_run, json_each(unclean_starts_ms) ORDER BY key')
    .pluck()
    .all();
}

function nextOperationSerial(database: Sqlite): number {
  const last = database.prepare<[], number | null>('SELECT max(serial) FROM operation').pluck().get();
  return (last ?? 0) + 1;
}

function openPeriod(database: Sqlite): StoredPeriod | undefined {
  const row = database
    .prepare<[], { period_id: PeriodId; period_number: number }>(
      'SELECT period_id, period_number FROM period INDEXED BY period_one_open WHERE how IS NULL',
    )
    .get();
  return row && { periodId: row.period_id, periodNumber: row.period_number };
}

interface OperationRow {
  readonly serial: number;
  readonly operation_id: OperationId;
  readonly operation_number: string;
  readonly phone: WalletPhone;
  readonly holder_masked: string | null;
  readonly currency: Currency;
  readonly language: Language;
  readonly limit_minor: Minor;
  readonly hold_id: string | null;
  readonly offline: 0 | 1;
  readonly without_paper: 0 | 1;
  readonly opened_at_ms: number;
}

function openOperation(database: Sqlite): StoredOperation | undefined {
  const row = database
    .prepare<[], OperationRow>(
      `SELECT operation.*, phone FROM operation INDEXED BY operation_one_open
       JOIN phone USING (wallet_hash)
       WHERE state = 'open' AND supplement_note IS NULL`,
    )
    .get();
  if (row === undefined) return undefined;
  const notes = database
    .prepare<[number], NoteRow>(`${selectNotes('note')} WHERE note.operation_serial = ? ORDER BY note.serial`)
    .all(row.serial);
  return {
    operationId: row.operation_id,
    operationNumber: row.operation_number,
    wallet: row.phone,
    holderMasked: row.holder_masked ?? undefined,
    currency: row.currency,
    language: row.language,
    limitMinor: row.limit_minor,
    holdId: row.hold_id ?? undefined,
    offline: row.offline === 1,
    withoutPaper: row.without_paper === 1,
    openedAtMs: row.opened_at_ms,
    lastActivityMs: notes.length === 0 ? row.opened_at_ms : lastInsertedMs(database, row),
    notes: notes.map(toStoredNote),
  };
}

/** What a device reports after a start is no sign that somebody still stands there: a note that goes in is. */
function lastInsertedMs(database: Sqlite, { operation_id, opened_at_ms }: OperationRow): number {
  const inserted = database
    .prepare<[OperationId], number>(
      `SELECT wall_ms FROM journal WHERE kind = 'note-escrowed' AND payload ->> 'operationId' = ?
       ORDER BY sequence DESC LIMIT 1`,
    )
    .pluck()
    .get(operation_id);
  return inserted ?? opened_at_ms;
}

function unresolvedNotes(database: Sqlite): readonly StoredNote[] {
  return database
    .prepare<[], NoteRow>(
      `${selectNotes('note INDEXED BY note_unresolved')}
       WHERE note.state IN ('escrowed', 'intended', 'unknown') ORDER BY note.serial`,
    )
    .all()
    .map(toStoredNote);
}

export interface NoteRow {
  readonly note_id: NoteId;
  readonly operation_id: OperationId | null;
  readonly state: NoteState;
  readonly value_minor: Minor | null;
  readonly currency: Currency;
  readonly changed_at_ms: number;
  readonly operation_state: 'open' | 'cancelled' | 'closed' | null;
  readonly phone: WalletPhone | null;
  readonly holder_masked: string | null;
  readonly language: Language | null;
}

/** A note with what a supplement for it would need. */
export const noteColumns = `
  note.note_id, operation.operation_id, note.state, note.value_minor, note.currency, note.changed_at_ms,
  operation.state AS operation_state, phone.phone, operation.holder_masked, operation.language`;

function selectNotes(source: string): string {
  return `
    SELECT ${noteColumns} FROM ${source}
    LEFT JOIN operation ON operation.serial = note.operation_serial
    LEFT JOIN phone ON phone.wallet_hash = operation.wallet_hash`;
}

export function toStoredNote(row: NoteRow): StoredNote {
  const { operation_state: state, phone: wallet, language } = row;
  const hasOperation = state !== null && wallet !== null && language !== null;
  return {
    noteId: row.note_id,
    operationId: row.operation_id ?? undefined,
    state: row.state,
    valueMinor: row.value_minor ?? undefined,
    currency: row.currency,
    operation: hasOperation
      ? { closed: state !== 'open', wallet, holderMasked: row.holder_masked ?? undefined, language }
      : undefined,
  };
}
