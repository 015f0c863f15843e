import type { Database as Sqlite } from 'better-sqlite3';
import { unreachable } from '../terminal/assert.ts';
import type { DeskAnswer, DeskQuery, RecentEvent, RecentEventKind } from '../terminal/service-mode/desk.ts';
import { auditRows } from './audit-rows.ts';
import { deviceRecord } from './device-record.ts';
import { findPayment } from './find-payment.ts';
import { listOperations, listPeriods } from './history.ts';
import { operationDetail } from './operation-detail.ts';
import { listUnknownNotes } from './unknown-notes.ts';

/** Answers the questions of staff and customers, on a connection that only reads. */
export function readDesk(database: Sqlite, query: DeskQuery): DeskAnswer {
  switch (query.kind) {
    case 'recent-events':
      return { kind: 'recent-events', events: recentEvents(database, query.limit) };
    case 'payment':
      return { kind: 'payment', payment: findPayment(database, query.clue) };
    case 'periods':
      return { kind: 'periods', periods: listPeriods(database, query.limit, query.before) };
    case 'operations': {
      const found = listOperations(database, query.list, query.limit + 1, query.before);
      const operations = found.slice(0, query.limit);
      return { kind: 'operations', operations, hasMore: found.length > query.limit };
    }
    case 'operation':
      return { kind: 'operation', operation: operationDetail(database, query.which) };
    case 'unknown-notes':
      return { kind: 'unknown-notes', notes: listUnknownNotes(database) };
    case 'device-record':
      return { kind: 'device-record', record: deviceRecord(database, query.device, query.limit) };
    case 'audit': {
      const found = auditRows(database, query.filter, query.limit + 1, query.before);
      return { kind: 'audit', rows: found.slice(0, query.limit), hasMore: found.length > query.limit };
    }
    default:
      return unreachable(query);
  }
}

interface EventRow {
  readonly sequence: number;
  readonly wall_ms: number;
  readonly kind: RecentEventKind;
  readonly payload: string;
}

/**
 * Found through an index that holds these kinds alone: millions of other rows lie between them. A call for help stays
 * secret: whoever forced somebody to sign in reads this list too.
 */
function recentEvents(database: Sqlite, limit: number): readonly RecentEvent[] {
  return database
    .prepare<[number], EventRow>(
      `SELECT sequence, wall_ms, kind, payload FROM journal INDEXED BY journal_event
       WHERE kind IN ('terminal-started', 'terminal-stopped', 'acceptor-seen', 'alarm-raised', 'alarm-ended',
         'staff-signed-in', 'period-closed')
         AND payload ->> 'alarm' IS NOT 'staff-under-duress'
       ORDER BY sequence DESC LIMIT ?`,
    )
    .all(limit)
    .map(({ sequence, wall_ms, kind, payload }) => ({
      sequence,
      atMs: wall_ms,
      kind,
      about: aboutOf(JSON.parse(payload) as Readonly<Record<string, unknown>>),
    }));
}

/** What the row is about, in the one word that tells such rows apart. */
function aboutOf(payload: Readonly<Record<string, unknown>>): string {
  const word = payload['alarm'] ?? payload['staffId'] ?? payload['how'] ?? payload['model'] ?? '';
  return String(word);
}
