import type { Database as Sqlite } from 'better-sqlite3';
import type { DeviceName } from '../terminal/device-facts.ts';
import type { AlarmCode } from '../terminal/faults.ts';
import { notesIn } from '../terminal/fleet/figures.ts';
import type { DeviceRecord, DeviceTrouble, PaperRollRecord } from '../terminal/service-mode/desk.ts';
import { FiguresReader } from './figures.ts';

/* What the ledger knows of a device: its counters, and its complaints. */

/** Whose complaint an alarm is. What only money or people have to do with is nobody's here. */
const alarmsOf: Readonly<Record<DeviceName, readonly AlarmCode[]>> = {
  acceptor: [
    'acceptor-trouble',
    'note-left-in-mouth',
    'cassette-removed-unannounced',
    'cassette-filling',
    'notes-rejected',
  ],
  printer: ['printer-trouble', 'paper-low'],
  backend: ['answer-mismatch', 'promise-broken', 'queue-too-old', 'queue-slow', 'register-differs'],
  // One that shows nothing has nobody to tell.
  screen: [],
  disk: ['storage-trouble', 'ledger-damaged', 'ledger-rolled-back', 'crash-loop', 'disk-filling'],
  clock: ['clock-wrong', 'clock-drifting'],
};

interface TroubleRow {
  readonly wall_ms: number;
  readonly alarm: AlarmCode;
  readonly subject: string;
}

/** The newest `limit` complaints, through the index that holds what happened to the machine and nothing else. */
export function deviceRecord(database: Sqlite, device: DeviceName, limit: number): DeviceRecord {
  const troubles = database
    .prepare<[string, number], TroubleRow>(
      `SELECT wall_ms, payload ->> 'alarm' AS alarm, payload ->> 'subject' AS subject
       FROM journal INDEXED BY journal_event
       WHERE kind IN ('terminal-started', 'terminal-stopped', 'acceptor-seen', 'alarm-raised', 'alarm-ended',
         'staff-signed-in', 'period-closed')
         AND kind = 'alarm-raised' AND payload ->> 'alarm' IN (SELECT value FROM json_each(?))
       ORDER BY sequence DESC LIMIT ?`,
    )
    .all(JSON.stringify(alarmsOf[device]), limit)
    .map(({ wall_ms, alarm, subject }): DeviceTrouble => ({ atMs: wall_ms, alarm, subject }));
  const { cassette, queue } = new FiguresReader(database).read();
  return {
    troubles,
    noteCount: cassette === undefined ? 0 : notesIn(cassette),
    waitingCount: queue.waiting + queue.accepted,
    roll: rollRecord(database),
  };
}

interface RollRow {
  readonly changed_at_ms: number | null;
  readonly slips: number;
}

function rollRecord(database: Sqlite): PaperRollRecord {
  const row = database.prepare<[], RollRow>('SELECT changed_at_ms, slips FROM paper_roll').get();
  return { changedAtMs: row?.changed_at_ms ?? undefined, slips: row?.slips ?? 0 };
}
