import Database, { type Database as Sqlite } from 'better-sqlite3';
import { type ChainTip, emptyTip } from './anchor.ts';
import { type BrokenLink, brokenLink, containsTip, journalRows, tipOf } from './journal.ts';
import { migrate } from './migrate.ts';
import { Projections, projectionTables, replay } from './projections.ts';
import { projectionShapes, type TableShape } from './table-digest.ts';

/* For an auditor, who believes neither the terminal nor those who look after it: is this ledger what was written? */

export type AuditVerdict =
  | {
      readonly kind: 'sound';
      readonly tip: ChainTip;
      /** How many tables follow from the journal. */
      readonly tables: number;
    }
  /** The first thing that does not hold, in plain words. */
  | { readonly kind: 'broken'; readonly words: string };

/**
 * Walks the chain, compares its end with the anchor if there is one, makes every projection again from the journal and
 * compares it with the stored one. Nothing is written.
 */
export function auditLedger(database: Sqlite, anchor: ChainTip | undefined): AuditVerdict {
  return database.transaction(() => {
    const walked = walk(database);
    if ('kind' in walked) return walked;
    const words = anchorFault(database, walked, anchor) ?? projectionFault(database);
    if (words !== undefined) return broken(words);
    return { kind: 'sound', tip: walked, tables: projectionTables.length } satisfies AuditVerdict;
  })();
}

function broken(words: string): AuditVerdict {
  return { kind: 'broken', words };
}

function walk(database: Sqlite): ChainTip | AuditVerdict {
  let tip = emptyTip;
  for (const row of journalRows(database, 0)) {
    const fault = brokenLink(tip, row);
    if (fault !== undefined) return broken(linkWords(fault, tip, row.sequence));
    tip = tipOf(row);
  }
  return tip;
}

function linkWords(fault: BrokenLink, tip: ChainTip, sequence: number): string {
  switch (fault) {
    case 'gap':
      return `Journal row ${tip.sequence + 1} is missing: after row ${tip.sequence} comes row ${sequence}.`;
    case 'format':
      return `Journal row ${sequence} has a form that this program does not know.`;
    case 'hash':
      return `Journal row ${sequence} is not what was written: its content and the row before it do not give its hash.`;
  }
}

function anchorFault(database: Sqlite, tip: ChainTip, anchor: ChainTip | undefined): string | undefined {
  if (anchor === undefined || containsTip(database, anchor)) return undefined;
  return anchor.sequence > tip.sequence
    ? `Journal row ${tip.sequence + 1} is missing: the journal ends at row ${tip.sequence}, the anchor knows row ${anchor.sequence}.`
    : `Journal row ${anchor.sequence} is not the one that the anchor knows: the journal was written anew.`;
}

function projectionFault(database: Sqlite): string | undefined {
  const scratch = new Database('');
  try {
    migrate(scratch);
    let last = 0;
    try {
      scratch.transaction(() =>
        replay(database, new Projections(scratch), (sequence) => {
          last = sequence;
        }),
      )();
    } catch (error) {
      return `Journal row ${last + 1} contradicts those before it: ${error instanceof Error ? error.message : error}.`;
    }
    return projectionShapes(scratch)
      .map((shape) => tableFault(database, scratch, shape))
      .find((words) => words !== undefined);
  } finally {
    scratch.close();
  }
}

type Cells = readonly unknown[];

/** Both tables in the order of their keys, side by side: the first difference names the row. */
function tableFault(stored: Sqlite, remade: Sqlite, shape: TableShape): string | undefined {
  const { table, columns, key } = shape;
  const select = `SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${key.join(', ')}`;
  const left = stored.prepare<[], Cells>(select).raw().iterate() as IterableIterator<Cells>;
  const right = remade.prepare<[], Cells>(select).raw().iterate() as IterableIterator<Cells>;
  try {
    for (;;) {
      const [one, other] = [left.next(), right.next()];
      if (one.done && other.done) return undefined;
      const words = rowFault(shape, one.done ? undefined : one.value, other.done ? undefined : other.value);
      if (words !== undefined) return words;
    }
  } finally {
    left.return?.();
    right.return?.();
  }
}

function rowFault(
  shape: TableShape,
  stored: Cells | undefined,
  remade: Cells | undefined,
): string | undefined {
  const { table, columns, key } = shape;
  const nameOf = (cells: Cells): string =>
    key.map((column) => `${column} ${cells[columns.indexOf(column)]}`).join(', ');
  const missing = (cells: Cells): string =>
    `Table ${table}: the row with ${nameOf(cells)} is missing; the journal says that it exists.`;
  const added = (cells: Cells): string =>
    `Table ${table}: the journal knows nothing of the row with ${nameOf(cells)}.`;
  if (stored === undefined) return remade && missing(remade);
  if (remade === undefined) return added(stored);
  const keyIndex = key
    .map((column) => columns.indexOf(column))
    .find((index) => stored[index] !== remade[index]);
  if (keyIndex !== undefined) {
    return isAfter(stored[keyIndex], remade[keyIndex]) ? missing(remade) : added(stored);
  }
  const wrong = columns.find((_column, index) => stored[index] !== remade[index]);
  if (wrong === undefined) return undefined;
  const index = columns.indexOf(wrong);
  return `Table ${table}, the row with ${nameOf(stored)}: ${wrong} is ${stored[index]}; the journal says ${remade[index]}.`;
}

/** In the order of a key: numbers or ASCII text. */
function isAfter(one: unknown, other: unknown): boolean {
  return typeof one === 'number' && typeof other === 'number' ? one > other : String(one) > String(other);
}
