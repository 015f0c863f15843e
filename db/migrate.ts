import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import Database, { type Database as Sqlite } from 'better-sqlite3';
import { assert } from '../terminal/assert.ts';
import { StorageError } from './errors.ts';

/** One step of the schema. Steps only add; there is no way back but an older copy of everything. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  /** Releases count up; the database knows which one last changed it. */
  readonly release: number;
  /** The release before can still work with the result. */
  readonly additive: boolean;
  readonly sql: string;
}

const folder = new URL('./migrations/', import.meta.url);
const fileName = /^(\d{4})-([a-z0-9-]+)\.sql$/;
const header = /^-- release (\d+)(, additive)?\n/;

/** The steps this software knows, in order. A file's first line says its release: `-- release 2, additive`. */
export function knownMigrations(): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  const migrations = names.sort().map((name) => {
    const sql = readFileSync(new URL(name, folder), 'utf8');
    const [, number, title] = fileName.exec(name) ?? [];
    const [, release, additive] = header.exec(sql) ?? [];
    assert(number !== undefined && title !== undefined, `a migration is named 0001-what.sql, not ${name}`);
    assert(release !== undefined, `${name} begins with its release`);
    return {
      number: Number(number),
      name: title,
      release: Number(release),
      additive: additive !== undefined,
      sql,
    };
  });
  migrations.forEach((migration, index) => {
    assert(migration.number === index + 1, 'migrations are numbered without a gap');
  });
  return migrations;
}

const migrationTable = `
  CREATE TABLE migration (
    number INTEGER PRIMARY KEY CHECK (number >= 1),
    name TEXT NOT NULL,
    release INTEGER NOT NULL,
    additive INTEGER NOT NULL CHECK (additive IN (0, 1)),
    schema_digest TEXT NOT NULL
  ) STRICT`;

interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly release: number;
  readonly additive: 0 | 1;
  readonly schema_digest: string;
}

/**
 * Brings the database to this software's schema, or refuses it: `too-new` when it was changed by a later release in
 * a way this one cannot read, `schema-mismatch` when its tables are not what the migrations make.
 */
export function migrate(database: Sqlite, migrations: readonly Migration[] = knownMigrations()): void {
  const applied = appliedMigrations(database);
  checkCompatible(applied, migrations);
  checkDigest(database, applied, migrations);
  const missing = migrations.slice(applied.length);
  if (missing.length === 0) return;
  database.transaction(() => {
    if (applied.length === 0) database.exec(migrationTable);
    for (const migration of missing) apply(database, migration);
  })();
}

function appliedMigrations(database: Sqlite): readonly AppliedMigration[] {
  const hasTables = database.prepare("SELECT 1 FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").get();
  if (hasTables === undefined) return [];
  const hasMigrations = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migration'").get();
  if (hasMigrations === undefined) {
    throw new StorageError('schema-mismatch', 'the file is a database, but not a ledger of this software');
  }
  return database.prepare<[], AppliedMigration>('SELECT * FROM migration ORDER BY number').all();
}

/** A later release's database is used for one release back, and only if all that release did was add. */
function checkCompatible(applied: readonly AppliedMigration[], migrations: readonly Migration[]): void {
  const ownRelease = migrations.at(-1)?.release ?? 0;
  for (const step of applied.slice(migrations.length)) {
    const canRead = step.additive === 1 && step.release <= ownRelease + 1;
    if (canRead) continue;
    throw new StorageError(
      'too-new',
      `the ledger was changed by release ${step.release} (${step.number} ${step.name}); this is release ${ownRelease}`,
    );
  }
  for (const [index, migration] of migrations.slice(0, applied.length).entries()) {
    if (applied[index]?.name === migration.name) continue;
    throw new StorageError('schema-mismatch', `the ledger's step ${index + 1} is not ${migration.name}`);
  }
}

function checkDigest(
  database: Sqlite,
  applied: readonly AppliedMigration[],
  migrations: readonly Migration[],
): void {
  const last = applied.at(-1);
  if (last === undefined) return;
  const known = migrations.slice(0, applied.length);
  const isAllKnown = known.length === applied.length;
  const expected = isAllKnown ? digestAfter(known) : last.schema_digest;
  if (schemaDigest(database) === expected) return;
  throw new StorageError('schema-mismatch', 'the tables of the ledger are not the ones this software made');
}

/** What the tables look like when nothing but these steps was ever done to them. */
function digestAfter(migrations: readonly Migration[]): string {
  const scratch = new Database(':memory:');
  try {
    scratch.exec(migrationTable);
    for (const migration of migrations) scratch.exec(migration.sql);
    return schemaDigest(scratch);
  } finally {
    scratch.close();
  }
}

function apply(database: Sqlite, migration: Migration): void {
  database.exec(migration.sql);
  checkStrict(database);
  database
    .prepare('INSERT INTO migration VALUES (?, ?, ?, ?, ?)')
    .run(
      migration.number,
      migration.name,
      migration.release,
      migration.additive ? 1 : 0,
      schemaDigest(database),
    );
}

function checkStrict(database: Sqlite): void {
  const loose = database
    .prepare(
      "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all();
  assert(loose.length === 0, `every table is STRICT, also ${loose.join(', ')}`);
}

function schemaDigest(database: Sqlite): string {
  const rows = database
    .prepare(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name",
    )
    .all();
  return hash('sha256', JSON.stringify(rows), 'hex');
}
