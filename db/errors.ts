/**
 * Why the ledger cannot be used. Each one keeps the acceptor disabled (money rules M6, M14).
 *
 * - `locked`: another process has this database.
 * - `too-new`: written by a later release than this one can read.
 * - `schema-mismatch`: its tables are not the ones this software made.
 * - `damaged`: the chain, a seal or the file itself does not hold together.
 * - `rolled-back`: the chain does not contain the anchor: rows that were durable are gone.
 * - `anchor-missing`: there are rows, but nothing outside to hold them against.
 * - `durability`: SQLite did not take a setting that keeps commits safe.
 * - `full`: no space left, and no reserve left either.
 * - `refused`: the facts contradict what is already recorded; nothing of them was kept.
 * - `stopped`: an earlier failure, or `close`, ended this store; start afresh.
 * - `io`: anything else the disk or SQLite said.
 */
export type StorageErrorCode =
  | 'locked'
  | 'too-new'
  | 'schema-mismatch'
  | 'damaged'
  | 'rolled-back'
  | 'anchor-missing'
  | 'durability'
  | 'full'
  | 'refused'
  | 'stopped'
  | 'io';

export class StorageError extends Error {
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StorageError';
    this.code = code;
  }
}

/** Gives whatever SQLite, the file system or a guard threw its name. */
export function toStorageError(thrown: unknown): StorageError {
  if (thrown instanceof StorageError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new StorageError(codeOf(sqliteCodeOf(thrown)), message, thrown);
}

/** SQLite found no room: for rows, or for the index of its write-ahead log. */
export function isDiskFull(thrown: unknown): boolean {
  const code = sqliteCodeOf(thrown);
  return code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE' || code === 'ENOSPC';
}

function sqliteCodeOf(thrown: unknown): string {
  if (!(thrown instanceof Error) || !('code' in thrown)) return '';
  return String(thrown.code);
}

function codeOf(sqliteCode: string): StorageErrorCode {
  if (sqliteCode === 'SQLITE_FULL' || sqliteCode === 'ENOSPC') return 'full';
  if (sqliteCode.startsWith('SQLITE_CORRUPT') || sqliteCode === 'SQLITE_NOTADB') return 'damaged';
  if (sqliteCode.startsWith('SQLITE_CONSTRAINT')) return 'refused';
  return 'io';
}
