import type { Database as Sqlite } from 'better-sqlite3';
import { AnchorFile } from './anchor.ts';
import { StorageError } from './errors.ts';
import { containsTip, readTip } from './journal.ts';

/** The chain must contain the anchor, or durable rows are gone (money rule M13). */
export function openAnchor(database: Sqlite, path: string): AnchorFile {
  const isEmpty = readTip(database).sequence === 0;
  if (!AnchorFile.exists(path)) {
    if (isEmpty) return AnchorFile.create(path);
    throw new StorageError('anchor-missing', `the ledger has rows, but there is no anchor at ${path}`);
  }
  const anchor = AnchorFile.open(path);
  const tip = anchor.read();
  if (containsTip(database, tip)) return anchor;
  anchor.close();
  throw new StorageError(
    'rolled-back',
    `the anchor knows row ${tip.sequence}; the chain does not contain it`,
  );
}
