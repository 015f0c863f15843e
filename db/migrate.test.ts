import Database, { type Database as Sqlite } from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { knownMigrations, type Migration, migrate } from './migrate.ts';
import { TestLedger, tempPlace, withDatabase } from './testing/fixture.ts';

function emptyDatabase(): Sqlite {
  const database = new Database(':memory:');
  onTestFinished(() => void database.close());
  return database;
}

/** What a later release might bring. */
function step(number: number, release: number, additive: boolean): Migration {
  const sql = `CREATE TABLE later_${number} (id INTEGER PRIMARY KEY) STRICT`;
  return { number, name: `later-${number}`, release, additive, sql };
}

const known = knownMigrations();
const next = known.length + 1;

function madeBy(...later: readonly Migration[]): Sqlite {
  const database = emptyDatabase();
  migrate(database, [...known, ...later]);
  return database;
}

describe('migrations', () => {
  it('bring a database forward once, also one with rows in it', () => {
    const database = emptyDatabase();
    migrate(database, known);
    database.exec("INSERT INTO alarm VALUES ('a', 'b', 'c', 1)");
    const later = { ...step(next, 2, true), sql: 'ALTER TABLE alarm ADD COLUMN seen INTEGER' };
    migrate(database, [...known, later]);
    migrate(database, [...known, later]);
    expect(database.prepare('SELECT * FROM alarm').all()).toEqual([
      { alarm: 'a', subject: 'b', detail: 'c', raised_at_ms: 1, seen: null },
    ]);
    expect(database.prepare('SELECT max(number) FROM migration').pluck().get()).toBe(next);
  });

  it('make only strict tables', () => {
    const loose = { ...step(next, 2, true), sql: 'CREATE TABLE loose (id INTEGER PRIMARY KEY)' };
    expect(() => madeBy(loose)).toThrow(/every table is STRICT/);
  });

  it('that fail leave nothing half done', () => {
    const database = madeBy();
    const broken = {
      ...step(next, 2, true),
      sql: 'CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; NONSENSE',
    };
    expect(() => migrate(database, [...known, broken])).toThrow();
    expect(() => migrate(database, known)).not.toThrow();
  });
});

describe('the release before', () => {
  it('opens a database that was only added to', () => {
    const database = madeBy(step(next, 2, true), step(next + 1, 2, true));
    expect(() => migrate(database, known)).not.toThrow();
  });

  it('refuses one that was changed', () => {
    const database = madeBy(step(next, 2, true), step(next + 1, 2, false));
    const refusal = expect.objectContaining({
      code: 'too-new',
      message: expect.stringContaining('release 2'),
    });
    expect(() => migrate(database, known)).toThrow(refusal);
  });

  it('refuses one that two releases have been at', () => {
    const database = madeBy(step(next, 2, true), step(next + 1, 3, true));
    expect(() => migrate(database, known)).toThrow(expect.objectContaining({ code: 'too-new' }));
  });
});

describe('a database that does not match the software', () => {
  const mismatch = expect.objectContaining({ code: 'schema-mismatch' });

  it.each([
    'ALTER TABLE note ADD COLUMN remark TEXT',
    'DROP TRIGGER journal_refuses_delete',
    'DROP INDEX note_one_moving',
    'CREATE TABLE mine (id INTEGER) STRICT',
  ])('is refused after %s', (sql) => {
    const database = madeBy();
    database.exec(sql);
    expect(() => migrate(database, known)).toThrow(mismatch);
  });

  it('is refused by the release before as well', () => {
    const database = madeBy(step(next, 2, true));
    database.exec('DROP TRIGGER journal_refuses_delete');
    expect(() => migrate(database, known)).toThrow(mismatch);
  });

  it('is refused when it is another program’s', () => {
    const database = emptyDatabase();
    database.exec('CREATE TABLE theirs (id INTEGER)');
    expect(() => migrate(database, known)).toThrow(mismatch);
  });

  it('keeps the ledger closed', () => {
    const test = new TestLedger(tempPlace());
    test.ledger.close();
    withDatabase(test.place, (database) => database.exec('DROP INDEX note_one_moving'));
    expect(() => test.reopen()).toThrow(mismatch);
  });
});
