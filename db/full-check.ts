import { closeSync, openSync, writeSync } from 'node:fs';
import Database, { type Database as Sqlite } from 'better-sqlite3';
import { AnchorFile, type ChainTip, readAnchorFile } from './anchor.ts';
import { verifyAllSeals, workingSetsSealed } from './checkpoints.ts';
import { StorageError } from './errors.ts';
import { containsTip, journalRows, verifyChain } from './journal.ts';
import { migrate } from './migrate.ts';
import { Projections, replay } from './projections.ts';
import type { Sealer } from './sealer.ts';
import { projectionShapes, tableDigest } from './table-digest.ts';
import { workingSetDigest } from './working-set.ts';

export interface FullCheck {
  readonly tip: ChainTip;
  readonly sealedCheckpoints: number;
}

/**
 * Walks the whole chain, every seal, the anchor and SQLite's own structures (money rule M6). For the reading thread,
 * daily and after an unclean stop; throws `damaged` or `rolled-back` at the first thing that does not hold.
 */
export function fullCheck(database: Sqlite, anchorPath: string, sealer: Sealer): FullCheck {
  const verdict = database.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw new StorageError('damaged', `quick_check: ${verdict}`);
  // The anchor is read first: while the walk goes on, the writer may add rows beyond it.
  const anchor = readAnchor(anchorPath);
  const sealedCheckpoints = verifyAllSeals(database, sealer);
  const tip = verifyChain(database);
  if (!containsTip(database, anchor)) {
    throw new StorageError('rolled-back', `the chain does not contain the anchor at row ${anchor.sequence}`);
  }
  return { tip, sealedCheckpoints };
}

function readAnchor(path: string): ChainTip {
  if (!AnchorFile.exists(path)) throw new StorageError('anchor-missing', `there is no anchor at ${path}`);
  return readAnchorFile(path);
}

/**
 * Makes every projection again from the journal, in a scratch database, and compares: with what each sealed checkpoint
 * said at its time, and in the end with the projections that stand, byte for byte.
 */
export function checkProjections(database: Sqlite): void {
  const scratch = new Database('');
  try {
    migrate(scratch);
    scratch.pragma('foreign_keys = ON');
    // One view of the journal and of its projections, whatever the writer does meanwhile.
    database.transaction(() => {
      scratch.transaction(() => replayAndCompare(database, scratch))();
      compareAll(database, scratch);
    })();
  } finally {
    scratch.close();
  }
}

function replayAndCompare(database: Sqlite, scratch: Sqlite): void {
  const sealed = workingSetsSealed(database);
  replay(database, new Projections(scratch), (sequence) => {
    const expected = sealed.get(sequence);
    if (expected === undefined || workingSetDigest(scratch).equals(expected)) return;
    throw new StorageError('damaged', `the checkpoint at row ${sequence} does not follow from the journal`);
  });
}

function compareAll(database: Sqlite, scratch: Sqlite): void {
  // A later release may have added columns that this one neither fills nor reads.
  for (const shape of projectionShapes(scratch)) {
    if (tableDigest(database, shape) === tableDigest(scratch, shape)) continue;
    throw new StorageError('damaged', `the projection ${shape.table} does not follow from the journal`);
  }
}

/**
 * Writes the journal as lines of JSON that anybody can check without this software: each row's hash is SHA-256 over
 * `qyzyl-journal/<format>`, sequence, previous hash, wall time, kind and payload, joined by line ends.
 */
export function exportJournal(database: Sqlite, path: string): number {
  const file = openSync(path, 'wx', 0o600);
  let rows = 0;
  try {
    for (const row of journalRows(database, 0)) {
      const { sequence, format, wall_ms: wallMs, kind, payload, hash } = row;
      writeSync(
        file,
        `${JSON.stringify({ sequence, format, wallMs, kind, payload, hash: hash.toString('hex') })}\n`,
      );
      rows += 1;
    }
  } finally {
    closeSync(file);
  }
  return rows;
}
