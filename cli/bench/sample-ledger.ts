import { hash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Commit, type LedgerPlace, openLedger } from '../../db/ledger.ts';
import { knownMigrations } from '../../db/migrate.ts';
import { ed25519Sealer } from '../../db/sealer.ts';
import { openSealKey } from '../../host/seal-key.ts';
import { benchFolder } from './folders.ts';
import { started, visit } from './sample-facts.ts';

/** So many visits share a transaction: this is how a ledger is made quickly, not how one is written. */
const visitsPerTransaction = 500;
const visitEveryMs = 20_000;

/** Where the parts of a terminal keep their ledger under one folder. */
export function placeIn(folder: string): LedgerPlace {
  return { folder: join(folder, 'ledger'), anchorPath: join(folder, 'anchor', 'anchor') };
}

/** Writes a ledger of that many visits, the last of them a moment ago. */
export function writeLedger(folder: string, visitCount: number, isCredited: boolean): void {
  mkdirSync(folder, { recursive: true });
  const sealer = ed25519Sealer(openSealKey(join(folder, 'seal-key.pem')));
  const ledger = openLedger(placeIn(folder), { sealer, randomBytes });
  const firstMs = Date.now() - (visitCount + 1) * visitEveryMs;
  ledger.commit(started, firstMs);
  for (let made = 0; made < visitCount; made += visitsPerTransaction) {
    const count = Math.min(visitsPerTransaction, visitCount - made);
    const commits = Array.from({ length: count }, (_, at): Commit => {
      const serial = made + at + 1;
      return { facts: visit(serial, isCredited), wallMs: firstMs + serial * visitEveryMs };
    });
    ledger.commitGroup(commits);
    if (made % 50_000 === 0) ledger.checkpoint();
  }
  ledger.commit([{ kind: 'terminal-stopped' }], Date.now());
  ledger.checkpoint();
  ledger.close();
}

/** A ledger that takes minutes to make is kept, as long as the schema and the sample visits stay the same. */
export function keptLedger(visitCount: number): string {
  const folder = join(benchFolder, `ledger-${visitCount}`);
  const markPath = join(folder, 'made-of');
  const mark = madeOf(visitCount);
  if (existsSync(markPath) && readFileSync(markPath, 'utf8') === mark) return folder;
  rmSync(folder, { recursive: true, force: true });
  writeLedger(folder, visitCount, true);
  writeFileSync(markPath, mark);
  return folder;
}

function madeOf(visitCount: number): string {
  const schema = knownMigrations().map(({ sql }) => sql);
  return hash('sha256', JSON.stringify([schema, visitCount, visit(1, true)]), 'hex');
}
