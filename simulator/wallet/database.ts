import { rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';

/* The backend's own database. It shares nothing with the terminal's. */

const schema = `
CREATE TABLE IF NOT EXISTS backend_key (id INTEGER PRIMARY KEY CHECK (id = 1), private_key TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS terminal (number TEXT PRIMARY KEY, address TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS device_key (
  key_id TEXT PRIMARY KEY, terminal TEXT NOT NULL REFERENCES terminal, public_key TEXT NOT NULL,
  valid_until_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pairing_code (
  code TEXT PRIMARY KEY, terminal TEXT NOT NULL REFERENCES terminal, valid_until_ms INTEGER NOT NULL, used_by TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS nonce (
  key_id TEXT NOT NULL, nonce TEXT NOT NULL, created_ms INTEGER NOT NULL, PRIMARY KEY (key_id, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS nonce_by_age ON nonce (created_ms);

CREATE TABLE IF NOT EXISTS wallet (
  phone TEXT PRIMARY KEY, holder_name TEXT, state TEXT NOT NULL CHECK (state IN ('open', 'blocked', 'closed')),
  operation_max_minor INTEGER NOT NULL, stored_max_minor INTEGER, day_max_minor INTEGER,
  balance_minor INTEGER NOT NULL, day TEXT NOT NULL, day_credited_minor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hold (
  hold_id TEXT PRIMARY KEY, wallet TEXT NOT NULL REFERENCES wallet, terminal TEXT NOT NULL REFERENCES terminal,
  until_ms INTEGER NOT NULL, amount_minor INTEGER NOT NULL, used_minor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS hold_by_wallet ON hold (wallet, until_ms);

CREATE TABLE IF NOT EXISTS operation (
  operation_id TEXT PRIMARY KEY, terminal TEXT NOT NULL REFERENCES terminal, wallet TEXT NOT NULL,
  amount_minor INTEGER NOT NULL, currency TEXT NOT NULL, closed_day TEXT, closed_ms INTEGER, opened_ms INTEGER,
  supplement_of TEXT, hold_id TEXT, used_hold INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('accepted', 'refused', 'credited', 'voided')),
  reason TEXT, retryable INTEGER, due_ms INTEGER, promised_ms INTEGER, final_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS operation_by_day ON operation (terminal, closed_day);
CREATE INDEX IF NOT EXISTS operation_due ON operation (due_ms) WHERE state = 'accepted';

CREATE TABLE IF NOT EXISTS account (account_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS posting (
  posting_id INTEGER PRIMARY KEY, cause TEXT NOT NULL UNIQUE, posted_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS entry (
  posting_id INTEGER NOT NULL REFERENCES posting, account_id INTEGER NOT NULL REFERENCES account,
  amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0), PRIMARY KEY (posting_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entry_by_account ON entry (account_id, amount_minor);

CREATE TABLE IF NOT EXISTS record (
  kind TEXT NOT NULL CHECK (kind IN ('event', 'collection', 'claim', 'register')), record_id TEXT NOT NULL,
  terminal TEXT NOT NULL REFERENCES terminal, body TEXT NOT NULL, PRIMARY KEY (kind, record_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS condition (
  terminal TEXT PRIMARY KEY REFERENCES terminal, body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS anchor (
  terminal TEXT NOT NULL REFERENCES terminal, sequence INTEGER NOT NULL, head TEXT NOT NULL,
  PRIMARY KEY (terminal, sequence)
) STRICT, WITHOUT ROWID;
`;

export type Db = Database.Database;

/** What a backup holds: the whole database as one image. */
export type Backup = Uint8Array;

/** Opens the database, making it if need be; without a path it lives in memory. */
export function openDatabase(path: string | undefined, image?: Backup): Db {
  const db = path === undefined ? openInMemory(image) : openFile(path, image);
  db.pragma('foreign_keys = ON');
  db.exec(schema);
  return db;
}

function openInMemory(image: Backup | undefined): Db {
  return image === undefined ? new Database(':memory:') : new Database(Buffer.from(image));
}

function openFile(path: string, image: Backup | undefined): Db {
  if (image !== undefined) {
    for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    writeFileSync(path, image);
  }
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  return db;
}

/** One prepared statement with the shapes of what goes in and comes out. */
export interface Query<Parameters extends unknown[], Row> {
  readonly one: (...parameters: Parameters) => Row | undefined;
  readonly all: (...parameters: Parameters) => Row[];
  /** For statements that change rows; gives the number of rows changed. */
  readonly run: (...parameters: Parameters) => number;
}

export function query<Parameters extends unknown[], Row = never>(
  db: Db,
  sql: string,
): Query<Parameters, Row> {
  const statement: Database.Statement<unknown[], Row> = db.prepare(sql);
  return {
    one: (...parameters) => statement.get(...parameters),
    all: (...parameters) => statement.all(...parameters),
    run: (...parameters) => statement.run(...parameters).changes,
  };
}
