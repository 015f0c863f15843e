import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StorageError } from './errors.ts';

/** Held for as long as the process lives; the kernel lets go of it however the process ends. */
export interface LedgerLock {
  release(): void;
}

/**
 * Makes this process the only one that uses the ledger in `folder` (money rule M6): an exclusive transaction on a
 * database of its own, which stays open. Fails at once with `locked` when another process has it.
 *
 * Nothing else in this process may open the lock file: closing any other handle on it would drop the lock (POSIX).
 */
export function lockLedger(folder: string): LedgerLock {
  const database = new Database(join(folder, 'lock.db'), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw new StorageError('locked', `another process uses the ledger in ${folder}`, error);
  }
  return { release: () => void database.close() };
}
