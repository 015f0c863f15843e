import Database, { type Database as Sqlite } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditQueries } from './audit-rows.ts';
import { lastUntil, operationLists, selectPeriods } from './history.ts';
import { migrate } from './migrate.ts';
import { selectHistory } from './operation-detail.ts';

/* With a million operations nothing that staff look up may walk over all of them. */

let database: Sqlite;

beforeEach(() => {
  database = new Database(':memory:');
  migrate(database);
});
afterEach(() => database.close());

function planOf(sql: string): string {
  const parameters = { after: 0, before: 1, limit: 5, digits: '0001', staffId: '1001' };
  const isNamed = sql.includes('@before');
  const statement = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
  const steps = isNamed ? statement.all(parameters) : statement.all('1');
  return steps.map(({ detail }) => detail).join('\n');
}

/** A scan of a whole table, or of a whole index. */
const scan = /^SCAN /m;
/** These partial indexes hold only what waits: walking along one from its end is what the list is for. */
const waitingOnly =
  /^SCAN (top_up USING INDEX top_up_(newest|stopped)|settlement USING INDEX settlement_open)$/gm;

describe('every list of operations', () => {
  it.each(Object.entries(operationLists))('%s: is found through an index', (_name, sql) => {
    const plan = planOf(sql);
    expect(plan).toContain('USING');
    expect(plan.replace(waitingOnly, '')).not.toMatch(scan);
  });

  it.each(Object.entries(auditQueries))('of the journal, %s: is found through an index', (_name, sql) => {
    const plan = planOf(sql);
    expect(plan).toMatch(/^SEARCH journal USING/);
    expect(plan).not.toMatch(scan);
    expect(plan).not.toContain('TEMP B-TREE');
  });

  it('the last one until a time is found through an index', () => {
    expect(planOf(lastUntil)).toMatch(/^SEARCH operation USING (COVERING )?INDEX operation_by_end/);
  });

  it('the history of one is found through an index that holds nothing else', () => {
    expect(planOf(selectHistory)).toBe('SEARCH journal USING INDEX journal_of_operation (<expr>=?)');
  });

  it('past collections are found through their numbers', () => {
    const steps = database
      .prepare<[number, number], { detail: string }>(`EXPLAIN QUERY PLAN ${selectPeriods}`)
      .all(1, 5);
    const plan = steps.map(({ detail }) => detail).join('\n');
    expect(plan).toContain('SEARCH period USING INDEX');
    expect(plan).not.toMatch(scan);
    expect(plan).not.toContain('TEMP B-TREE');
  });

  it('notices a query that walks over everything', () => {
    expect(planOf('SELECT * FROM operation WHERE holder_masked = ?')).toMatch(scan);
  });
});
