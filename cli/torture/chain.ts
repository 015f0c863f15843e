import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';

/*
 * The journal's chain and its anchors as an outsider checks them who has read docs/money.md and nothing of the product's
 * code: what the product says of its own chain proves nothing.
 */

export interface Anchor {
  readonly sequence: number;
  readonly head: string;
}

interface Row {
  readonly sequence: number;
  readonly format: number;
  readonly wall_ms: number;
  readonly kind: string;
  readonly payload: string;
  readonly hash: Buffer;
}

/** Walks the chain from its end at the last walk, and keeps every head: history may grow, never change. */
export class ChainWalk {
  readonly #databasePath: string;
  readonly #heads: string[] = ['0'.repeat(64)];

  constructor(databasePath: string) {
    this.#databasePath = databasePath;
  }

  get rows(): number {
    return this.#heads.length - 1;
  }

  /** What is wrong with the chain, if anything. */
  goOn(): string | undefined {
    const database = new Database(this.#databasePath, { readonly: true, fileMustExist: true });
    try {
      const end = database
        .prepare<[], number>('SELECT coalesce(max(sequence), 0) FROM journal')
        .pluck()
        .get();
      if ((end ?? 0) < this.rows) return `the journal had ${this.rows} rows and has ${end}`;
      // One row that was there already: it must still be the same.
      const from = Math.max(0, this.rows - 1);
      const rows = database
        .prepare<[number], Row>('SELECT * FROM journal WHERE sequence > ? ORDER BY sequence')
        .all(from);
      return this.#follow(rows, from);
    } finally {
      database.close();
    }
  }

  contains({ sequence, head }: Anchor): boolean {
    return this.#heads[sequence] === head;
  }

  #follow(rows: readonly Row[], from: number): string | undefined {
    let sequence = from;
    for (const row of rows) {
      sequence += 1;
      const text = [
        `qyzyl-journal/${row.format}`,
        row.sequence,
        this.#heads[sequence - 1],
        row.wall_ms,
        row.kind,
        row.payload,
      ].join('\n');
      const head = createHash('sha256').update(text, 'utf8').digest('hex');
      const stored = row.hash.toString('hex');
      const before = this.#heads[sequence];
      if (row.sequence !== sequence || head !== stored || (before !== undefined && before !== head)) {
        return `the chain breaks at row ${sequence}`;
      }
      this.#heads[sequence] = head;
    }
    return undefined;
  }
}

const slotBytes = 4_096;
const slotPattern = /^(qyzyl-anchor\/1 (\d+) ([0-9a-f]{64})) ([0-9a-f]{64})\n/;

/** The highest anchor that stands whole in the file; `undefined` if none does. */
export function readAnchorFile(path: string): Anchor | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  let best: Anchor | undefined;
  for (let at = 0; at < bytes.length; at += slotBytes) {
    const slot = bytes.toString('latin1', at, at + slotBytes);
    const [, text = '', sequence, head = '', checksum] = slotPattern.exec(slot) ?? [];
    if (createHash('sha256').update(text).digest('hex') !== checksum) continue;
    if (best === undefined || Number(sequence) > best.sequence) best = { sequence: Number(sequence), head };
  }
  return best;
}
