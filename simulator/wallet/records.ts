import { type Db, query } from './database.ts';

/* What terminals report besides money: events, collections, claims, registers, and where their chains stand. */

export type RecordKind = 'event' | 'collection' | 'claim' | 'register';

export interface Anchor {
  readonly sequence: number;
  readonly head: string;
}

export interface StoredRecord {
  readonly recordId: string;
  readonly terminal: string;
  readonly body: unknown;
}

export interface Records {
  /** Keeps the first body under an id; a repeat changes nothing. */
  store(kind: RecordKind, recordId: string, terminal: string, body: unknown): void;
  all(kind: RecordKind): StoredRecord[];
  /** How a terminal said it was with its newest heartbeat. */
  storeCondition(terminal: string, condition: unknown): void;
  condition(terminal: string): unknown;
  highestAnchor(terminal: string): Anchor | undefined;
  /** False if this anchor cannot lie on the chain seen so far: it is older than the newest and was never seen. */
  storeAnchor(terminal: string, anchor: Anchor): boolean;
}

export function openRecords(db: Db): Records {
  const add = query<[string, string, string, string]>(
    db,
    'INSERT OR IGNORE INTO record (kind, record_id, terminal, body) VALUES (?, ?, ?, ?)',
  );
  const all = query<[string], { recordId: string; terminal: string; body: string }>(
    db,
    'SELECT record_id AS recordId, terminal, body FROM record WHERE kind = ? ORDER BY record_id',
  );
  const highest = query<[string], Anchor>(
    db,
    'SELECT sequence, head FROM anchor WHERE terminal = ? ORDER BY sequence DESC LIMIT 1',
  );
  const seen = query<[string, number], { head: string }>(
    db,
    'SELECT head FROM anchor WHERE terminal = ? AND sequence = ?',
  );
  const addAnchor = query<[string, number, string]>(
    db,
    'INSERT INTO anchor (terminal, sequence, head) VALUES (?, ?, ?)',
  );
  const tellCondition = query<[string, string]>(
    db,
    'INSERT OR REPLACE INTO condition (terminal, body) VALUES (?, ?)',
  );
  const lastCondition = query<[string], { body: string }>(
    db,
    'SELECT body FROM condition WHERE terminal = ?',
  );
  return {
    storeCondition: (terminal, condition) => void tellCondition.run(terminal, JSON.stringify(condition)),
    condition: (terminal) => JSON.parse(lastCondition.one(terminal)?.body ?? 'null'),
    store: (kind, recordId, terminal, body) => void add.run(kind, recordId, terminal, JSON.stringify(body)),
    all: (kind) => all.all(kind).map((row) => ({ ...row, body: JSON.parse(row.body) })),
    highestAnchor: (terminal) => highest.one(terminal),
    storeAnchor: (terminal, anchor) => {
      const newest = highest.one(terminal);
      if (newest !== undefined && anchor.sequence <= newest.sequence) {
        return seen.one(terminal, anchor.sequence)?.head === anchor.head;
      }
      addAnchor.run(terminal, anchor.sequence, anchor.head);
      return true;
    },
  };
}
