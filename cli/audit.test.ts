import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database, { type Database as Sqlite } from 'better-sqlite3';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openLedger } from '../db/ledger.ts';
import { ledgerFile } from '../db/open.ts';
import { ed25519Sealer } from '../db/sealer.ts';
import { doubtfulVisit, paidVisit, periodOpened, started } from '../db/testing/facts.ts';

/* A real ledger file, edited as somebody with the disk in hand would. */

const script = fileURLToPath(new URL('./audit.ts', import.meta.url));

let path: string;
let anchor: string;
let rows: number;

beforeEach(() => {
  const data = mkdtempSync(join(tmpdir(), 'qyzyl-audit-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const folder = join(data, 'ledger');
  anchor = join(data, 'anchor');
  const sealer = ed25519Sealer(generateKeyPairSync('ed25519').privateKey);
  const ledger = openLedger({ folder, anchorPath: anchor }, { sealer, randomBytes });
  ledger.commit([started, periodOpened(1)], Date.now());
  for (let serial = 1; serial <= 3; serial += 1) ledger.commit(paidVisit(serial), Date.now());
  rows = ledger.commit(doubtfulVisit(4), Date.now()).sequence;
  ledger.close();
  path = ledgerFile(folder);
});

function verify(...more: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'verify', path, ...more], {
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}

/** The triggers stop this software; they stop nobody who has the file. */
function edit(change: (database: Sqlite) => void): void {
  const database = new Database(path);
  const triggers = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    .pluck();
  for (const trigger of triggers.all()) database.exec(`DROP TRIGGER ${trigger}`);
  database.pragma('foreign_keys = OFF');
  change(database);
  database.close();
}

describe('npm run audit -- verify', () => {
  it('passes a sound ledger, and says what it has not compared', () => {
    expect(verify('--anchor', anchor)).toMatchObject({
      status: 0,
      said: expect.stringContaining('The anchor fits'),
    });
    expect(verify()).toMatchObject({
      status: 0,
      said: expect.stringContaining(`Sound: ${rows} journal rows`),
    });
  });

  it('names a journal row that was edited', () => {
    edit((database) =>
      database.exec(`UPDATE journal SET payload = replace(payload, '50000', '50001') WHERE sequence = 4`),
    );
    expect(verify()).toMatchObject({
      status: 1,
      said: expect.stringContaining('Journal row 4 is not what was written'),
    });
  });

  it('names a journal row that was deleted', () => {
    edit((database) => database.exec('DELETE FROM journal WHERE sequence = 5'));
    expect(verify()).toMatchObject({ status: 1, said: expect.stringContaining('Journal row 5 is missing') });
  });

  it('names the first row of an end that was cut off, with the anchor; without it the cut does not show', () => {
    const last = rows - doubtfulVisit(4).length;
    edit((database) => {
      database.exec(`DELETE FROM journal WHERE sequence > ${last}`);
      database.exec('DELETE FROM sealed_checkpoint');
    });
    expect(verify('--anchor', anchor)).toMatchObject({
      status: 1,
      said: expect.stringContaining(`Journal row ${last + 1} is missing: the journal ends at row ${last}`),
    });
  });

  it('names a row that does not follow from the journal, its column and both values', () => {
    edit((database) =>
      database.exec("UPDATE top_up SET state = 'credited', next_try_at_ms = NULL WHERE operation_serial = 2"),
    );
    expect(verify('--anchor', anchor)).toMatchObject({
      status: 1,
      said: expect.stringContaining(
        'Table top_up, the row with operation_serial 2: state is credited; the journal says waiting',
      ),
    });
  });

  it('names a row that was taken away', () => {
    edit((database) => database.exec('DELETE FROM top_up WHERE operation_serial = 3'));
    expect(verify()).toMatchObject({
      status: 1,
      said: expect.stringMatching(/Table top_up.*operation_serial 3 is missing/),
    });
  });

  it('names a row that the journal knows nothing of', () => {
    edit((database) => database.exec("INSERT INTO alarm VALUES ('note-unknown', 'zz', 'made up', 1)"));
    expect(verify()).toMatchObject({
      status: 1,
      said: expect.stringMatching(/Table alarm: the journal knows nothing of the row with .*subject zz/),
    });
  });

  it('says in one line that a file is not a ledger', () => {
    path = script;
    expect(verify()).toMatchObject({ status: 1, said: expect.stringMatching(/^[^\n]+\n$/) });
  });
});
