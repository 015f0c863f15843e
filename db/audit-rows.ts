import type { Database as Sqlite } from 'better-sqlite3';
import type { AuditFilter, AuditRow } from '../terminal/service-mode/desk.ts';

/* The journal as auditors read it: newest first, by kind, person and day, through indexes that hold nothing else. */

interface Row {
  readonly sequence: number;
  readonly wall_ms: number;
  readonly kind: string;
  readonly payload: string;
}

interface Range {
  readonly after: number;
  readonly before: number;
  readonly limit: number;
}

const peopleKinds = `('staff-enrolled', 'staff-pin-set', 'staff-blocked', 'staff-unblocked', 'staff-refused',
  'staff-signed-in', 'staff-signed-out', 'collection-begun', 'collection-ended', 'collector-seen',
  'note-resolution-proposed', 'note-resolved', 'settlement-proposed', 'settlement-confirmed', 'send-asked',
  'top-up-requeued', 'void-requested', 'cash-counted', 'cash-sealed', 'device-tested', 'paper-changed', 'sales-closed', 'sales-opened')`;
const machineKinds = `('terminal-started', 'terminal-stopped', 'acceptor-seen', 'alarm-raised', 'alarm-ended',
  'staff-signed-in', 'period-closed')`;
const range = 'sequence > @after AND sequence < @before ORDER BY sequence DESC LIMIT @limit';
const columns = 'sequence, wall_ms, kind, payload';

/** A call for help under duress is told to the backend alone: whoever forced it reads here too. */
const notDuress = "payload ->> 'alarm' IS NOT 'staff-under-duress'";

/** Money is most of the journal: it is met at once when one walks back from its end. */
export const auditQueries = {
  people: `SELECT ${columns} FROM journal INDEXED BY journal_of_people WHERE kind IN ${peopleKinds} AND ${range}`,
  machine: `SELECT ${columns} FROM journal INDEXED BY journal_event
    WHERE kind IN ${machineKinds} AND ${notDuress} AND ${range}`,
  money: `SELECT ${columns} FROM journal
    WHERE (kind GLOB 'operation-*' OR kind GLOB 'note-*' OR kind GLOB 'top-up-*' OR kind GLOB 'print-*') AND ${range}`,
  person: `SELECT ${columns} FROM journal INDEXED BY journal_by_person
    WHERE kind IN ${peopleKinds}
      AND coalesce(payload ->> 'by', payload ->> 'confirmedBy', payload ->> 'staffId') = @staffId AND ${range}`,
} as const;

export function auditRows(
  database: Sqlite,
  { group, staffId, day }: AuditFilter,
  limit: number,
  before = Number.MAX_SAFE_INTEGER,
): readonly AuditRow[] {
  const after = day === undefined ? 0 : lastBefore(database, day.fromMs);
  const end = day === undefined ? before : Math.min(before, lastBefore(database, day.toMs) + 1);
  const page: Range = { after, before: end, limit };
  const sql = staffId === undefined ? auditQueries[group] : auditQueries.person;
  return database
    .prepare<[Range & { staffId: string | null }], Row>(sql)
    .all({ ...page, staffId: staffId ?? null })
    .map(({ sequence, wall_ms, kind, payload }) => ({
      sequence,
      atMs: wall_ms,
      kind,
      ...tellingPart(payload),
    }));
}

/** The last row written before that moment; rows follow the clock, so that halving finds it. */
function lastBefore(database: Sqlite, atMs: number): number {
  const wallMsOf = database
    .prepare<[number], number>('SELECT wall_ms FROM journal WHERE sequence = ?')
    .pluck();
  let low = 0;
  let high = database.prepare<[], number | null>('SELECT max(sequence) FROM journal').pluck().get() ?? 0;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((wallMsOf.get(middle) ?? 0) < atMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Who did it, why, and what it is about, as far as a row of the journal says. */
export function tellingPart(payload: string): Omit<AuditRow, 'sequence' | 'atMs' | 'kind'> {
  const row = JSON.parse(payload) as Readonly<Record<string, unknown>>;
  return {
    by: wordOf(row['by'] ?? row['confirmedBy'] ?? row['staffId']),
    why: whyOf(row),
    amountMinor: numberOf(row['amountMinor'] ?? row['valueMinor']),
  };
}

/** In one word, and how much of it where that has been counted: `touch-dead: 3`. */
function whyOf(row: Readonly<Record<string, unknown>>): string | undefined {
  const why = wordOf(row['reason'] ?? row['why'] ?? row['alarm'] ?? row['as'] ?? row['how']);
  const dead = numberOf(row['deadCells']);
  return why === undefined || dead === undefined ? why : `${why}: ${dead}`;
}

function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
