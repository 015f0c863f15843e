import { hash } from 'node:crypto';
import type { Database as Sqlite, Statement } from 'better-sqlite3';
import { type ChainTip, emptyTip } from './anchor.ts';
import { StorageError } from './errors.ts';
import type { RecordedAt } from './recorded-fact.ts';

/** Stands inside the hashed bytes, so that a later form can never pass for this one. */
const format = 1;

export interface JournalRow {
  readonly sequence: number;
  readonly format: number;
  readonly wall_ms: number;
  readonly kind: string;
  /** Canonical JSON of the fact without its kind; a phone stands in it as its hash. */
  readonly payload: string;
  readonly hash: Buffer;
}

/**
 * The hash of a row: SHA-256 over the format version, the sequence, the hash before, the wall time, the kind and the
 * payload, one a line. Only the payload, which comes last, could hold a line end, so no two rows share their bytes.
 */
function chainHash(row: Omit<JournalRow, 'hash'>, previousHead: string): string {
  const text = `qyzyl-journal/${row.format}\n${row.sequence}\n${previousHead}\n${row.wall_ms}\n${row.kind}\n${row.payload}`;
  return hash('sha256', text, 'hex');
}

/** Adds rows to the end of the chain. The caller owns the transaction, and the tip until it is committed. */
export class JournalWriter {
  readonly #insert: Statement<[number, number, number, string, string, Buffer]>;

  constructor(database: Sqlite) {
    this.#insert = database.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)');
  }

  append(tip: ChainTip, wallMs: number, kind: string, payload: string): RecordedAt {
    const sequence = tip.sequence + 1;
    const head = chainHash({ sequence, format, wall_ms: wallMs, kind, payload }, tip.head);
    this.#insert.run(sequence, format, wallMs, kind, payload, Buffer.from(head, 'hex'));
    return { sequence, head, wallMs };
  }
}

/** The tip the table claims; nothing is verified. */
export function readTip(database: Sqlite): ChainTip {
  const row = database.prepare<[], JournalRow>('SELECT * FROM journal ORDER BY sequence DESC LIMIT 1').get();
  return row === undefined ? emptyTip : tipOf(row);
}

/** Whether the chain passes through `tip`. */
export function containsTip(database: Sqlite, tip: ChainTip): boolean {
  if (tip.sequence === 0) return tip.head === emptyTip.head;
  const found = database
    .prepare<[number], Buffer>('SELECT hash FROM journal WHERE sequence = ?')
    .pluck()
    .get(tip.sequence);
  return found?.toString('hex') === tip.head;
}

/** So many rows are read at once: a long walk must not hold the write-ahead log back. */
const rowsPerRead = 2_000;

/**
 * Walks the chain from a tip known to be good to the last row, hashing every row anew. Throws `damaged` at the first
 * row that does not follow.
 */
export function verifyChain(
  database: Sqlite,
  from: ChainTip = emptyTip,
  onRow: (row: JournalRow) => void = () => {},
): ChainTip {
  let tip = from;
  for (const row of journalRows(database, from.sequence)) {
    tip = verifiedTip(tip, row);
    onRow(row);
  }
  return tip;
}

/** Rows after `afterSequence`, in order. */
export function* journalRows(database: Sqlite, afterSequence: number): Generator<JournalRow> {
  const next = database.prepare<[number, number], JournalRow>(
    'SELECT * FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?',
  );
  let last = afterSequence;
  for (;;) {
    const rows = next.all(last, rowsPerRead);
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.sequence;
  }
}

function verifiedTip(tip: ChainTip, row: JournalRow): ChainTip {
  if (brokenLink(tip, row) === undefined) return tipOf(row);
  throw new StorageError('damaged', `the journal's chain breaks at row ${row.sequence}`);
}

/** What is wrong with a row after the one at `tip`. */
export type BrokenLink = 'gap' | 'format' | 'hash';

export function brokenLink(tip: ChainTip, row: JournalRow): BrokenLink | undefined {
  if (row.sequence !== tip.sequence + 1) return 'gap';
  if (row.format !== format) return 'format';
  return chainHash(row, tip.head) === tipOf(row).head ? undefined : 'hash';
}

export function tipOf(row: JournalRow): ChainTip {
  return { sequence: row.sequence, head: row.hash.toString('hex') };
}
