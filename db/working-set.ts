import { hash } from 'node:crypto';
import type { Database as Sqlite } from 'better-sqlite3';

/**
 * The digest that a sealed checkpoint carries: all that a start acts upon. Every part is found through an index, so it
 * costs the same with a million operations as with none. Columns are named one by one: what was sealed must come out
 * the same when a later release has added some.
 */
export function workingSetDigest(database: Sqlite): Buffer {
  const parts = workingSet.map((query) => database.prepare(query).raw().all());
  return hash('sha256', JSON.stringify(parts), 'buffer');
}

const workingSet = [
  'SELECT max(serial) FROM operation',
  `SELECT serial, operation_id, operation_number, wallet_hash, limit_minor, opened_at_ms
   FROM operation INDEXED BY operation_one_open WHERE state = 'open' AND supplement_note IS NULL`,
  `SELECT serial, note_id, operation_serial, state, value_minor, intent_period, proposed_as, proposed_by
   FROM note INDEXED BY note_unresolved WHERE state IN ('escrowed', 'intended', 'unknown') ORDER BY serial`,
  'SELECT serial FROM note INDEXED BY note_awaiting_release WHERE awaits_release = 1',
  'SELECT serial, period_id, period_number FROM period INDEXED BY period_one_open WHERE how IS NULL',
  `SELECT value_minor, note_count FROM period_count
   WHERE period_serial = (SELECT serial FROM period INDEXED BY period_one_open WHERE how IS NULL)
   ORDER BY value_minor`,
  'SELECT count(*) FROM top_up INDEXED BY top_up_due WHERE next_try_at_ms IS NOT NULL',
  `SELECT operation_serial, state, amount_minor
   FROM top_up INDEXED BY top_up_stopped WHERE state IN ('refused', 'parked') ORDER BY operation_serial`,
  'SELECT count(*) FROM message INDEXED BY message_due WHERE next_try_at_ms IS NOT NULL',
  'SELECT serial, print_id FROM print INDEXED BY print_open WHERE outcome IS NULL ORDER BY serial',
  'SELECT alarm, subject FROM alarm ORDER BY alarm, subject',
  'SELECT running, build, unclean_starts_ms FROM terminal_run',
];
