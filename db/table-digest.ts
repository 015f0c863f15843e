import { hash } from 'node:crypto';
import type { Database as Sqlite } from 'better-sqlite3';
import { projectionTables } from './projections.ts';

export interface TableShape {
  readonly table: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** The columns of every projection table, as `database` has them. */
export function projectionShapes(database: Sqlite): readonly TableShape[] {
  const info = database.prepare<[string], { name: string; pk: number }>(
    'SELECT name, pk FROM pragma_table_info(?) ORDER BY pk, cid',
  );
  return projectionTables.map((table) => {
    const columns = info.all(table);
    const key = columns.filter(({ pk }) => pk > 0);
    return { table, columns: columns.map(({ name }) => name), key: key.map(({ name }) => name) };
  });
}

/** Two databases whose digests of a table agree hold the same rows there, byte for byte. */
export function tableDigest(database: Sqlite, { table, columns, key }: TableShape): string {
  const rows = database.prepare(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${key.join(', ')}`);
  let digest = '';
  for (const row of rows.raw().iterate()) digest = hash('sha256', digest + JSON.stringify(row), 'hex');
  return digest;
}
