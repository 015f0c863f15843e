import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database, { type Database as Sqlite } from 'better-sqlite3';
import { syncFolder } from './anchor.ts';
import { StorageError, toStorageError } from './errors.ts';
import { migrate } from './migrate.ts';

/** Nothing may hold the writer up for longer: another reader, at worst, makes a checkpoint wait (money rule M6). */
const busyTimeoutMs = 50;

/** What the write-ahead log may keep of the disk after a busy day. */
const logBytesKept = 64 * 1024 * 1024;

/** Before this release a checkpoint could lose committed rows of a database that is written again at once. */
const oldestSqlite = '3.51.3';

/** The database file of a ledger folder. */
export function ledgerFile(folder: string): string {
  return join(folder, 'ledger.db');
}

/** Opens the one writing connection; the caller holds the lock. Makes and migrates the database as needed. */
export function openWriter(folder: string): Sqlite {
  const path = ledgerFile(folder);
  const isNew = !existsSync(path);
  const database = new Database(path, { timeout: busyTimeoutMs });
  try {
    setPragmas(database);
    migrate(database);
    if (isNew) syncFolder(folder);
  } catch (error) {
    database.close();
    throw toStorageError(error);
  }
  return database;
}

/** Opens a connection that can only read, beside the writer of this process. */
export function openReader(folder: string): Sqlite {
  const database = new Database(ledgerFile(folder), {
    readonly: true,
    fileMustExist: true,
    timeout: busyTimeoutMs,
  });
  database.pragma('query_only = ON');
  // It reads from end to end now and then: what it has read is of no use to it afterwards.
  database.pragma('cache_size = -4000');
  return database;
}

/** Each setting is set, then read back: SQLite ignores what it cannot do without a word. */
const durableSettings: readonly (readonly [pragma: string, set: string, readBack: unknown])[] = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['wal_autocheckpoint', '0', 0],
  // The log keeps its size when it starts over: writing into a file that need not grow is twice as fast.
  ['journal_size_limit', String(logBytesKept), logBytesKept],
  ['busy_timeout', String(busyTimeoutMs), busyTimeoutMs],
  ['secure_delete', 'ON', 1],
  ['recursive_triggers', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
];

function setPragmas(database: Sqlite): void {
  const version = String(database.prepare('SELECT sqlite_version()').pluck().get());
  if (compareVersions(version, oldestSqlite) < 0) {
    throw new StorageError('durability', `SQLite ${version} is older than ${oldestSqlite}`);
  }
  for (const [pragma, value, expected] of durableSettings) {
    database.pragma(`${pragma} = ${value}`);
    const actual = database.pragma(pragma, { simple: true });
    if (actual === expected) continue;
    throw new StorageError('durability', `SQLite keeps ${pragma} at ${actual}; ${value} is needed`);
  }
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
