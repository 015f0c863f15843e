import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database, { type Database as Sqlite } from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { assert } from '../../terminal/assert.ts';
import type { Fact } from '../../terminal/facts.ts';
import type { Committed } from '../../terminal/store.ts';
import { type Ledger, type LedgerPlace, openLedger } from '../ledger.ts';
import { ledgerFile } from '../open.ts';
import { ed25519Sealer } from '../sealer.ts';
import { periodOpened, started } from './facts.ts';

/** 22 November 2026, 12:00 in Kazakhstan. */
export const startWallMs = Date.UTC(2026, 10, 22, 7, 0, 0);

export const sealKey = generateKeyPairSync('ed25519').privateKey;
export const sealer = ed25519Sealer(sealKey);

/** A folder that is gone when the test is over. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qyzyl-ledger-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function tempPlace(): LedgerPlace {
  const root = tempFolder();
  return { folder: join(root, 'ledger'), anchorPath: join(root, 'anchor', 'ledger.anchor') };
}

/** A ledger in real files, whose clock goes one second further with every commit. */
export class TestLedger {
  readonly place: LedgerPlace;
  ledger: Ledger;
  wallMs = startWallMs;

  constructor(place: LedgerPlace = tempPlace()) {
    this.place = place;
    this.ledger = openLedger(place, { sealer, randomBytes });
    onTestFinished(() => this.ledger.close());
  }

  commit(...facts: readonly Fact[]): Committed {
    this.wallMs += 1_000;
    return this.ledger.commit(facts, this.wallMs);
  }

  /** Ends this process's use of the files and opens them again. */
  reopen(): void {
    this.ledger.close();
    this.ledger = openLedger(this.place, { sealer, randomBytes });
  }

  /** Looks into the database from the side. */
  read<Row>(sql: string, ...parameters: readonly unknown[]): readonly Row[] {
    return withDatabase(this.place, (database) => database.prepare<unknown[], Row>(sql).all(...parameters));
  }
}

/** One that has been started and has a cassette: ready for its first visit. */
export function working(): TestLedger {
  const test = new TestLedger();
  test.commit(started, periodOpened(1));
  return test;
}

/** Opens the database file directly, as a person with a tool would. */
export function withDatabase<Result>(place: LedgerPlace, use: (database: Sqlite) => Result): Result {
  const database = new Database(ledgerFile(place.folder));
  try {
    return use(database);
  } finally {
    database.close();
  }
}

export function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  assert(item !== undefined && items.length === 1, `one was expected, ${items.length} came`);
  return item;
}
