import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StorageErrorCode } from './errors.ts';
import { openLedger } from './ledger.ts';
import { ledgerFile, openWriter } from './open.ts';
import { ed25519Sealer } from './sealer.ts';
import {
  fiveHundred,
  noteId,
  opened,
  operationId,
  paidVisit,
  periodOpened,
  started,
} from './testing/facts.ts';
import { sealer, TestLedger, tempPlace, withDatabase } from './testing/fixture.ts';

function soldTwice(): TestLedger {
  const test = new TestLedger();
  test.commit(started, periodOpened(1));
  test.commit(...paidVisit(1));
  test.commit(...paidVisit(2));
  return test;
}

function expectRefused(test: TestLedger, code: StorageErrorCode, message: RegExp): void {
  const refusal = expect.objectContaining({ code, message: expect.stringMatching(message) });
  expect(() => openLedger(test.place, { sealer, randomBytes })).toThrow(refusal);
}

/** Takes the write-ahead log away from under rows that were durable, as a careless copy would. */
function loseLog(test: TestLedger): void {
  const file = ledgerFile(test.place.folder);
  const atCheckpoint = readFileSync(file);
  test.commit(opened(3));
  const whole = readFileSync(file);
  expect(whole.equals(atCheckpoint)).toBe(true);
  expect(readFileSync(`${file}-wal`).length).toBeGreaterThan(0);
  test.ledger.close();
  writeFileSync(file, atCheckpoint);
}

describe('durable settings', () => {
  it('are set and read back on the writing connection', () => {
    const place = tempPlace();
    new TestLedger(place).ledger.close();
    const database = openWriter(place.folder);
    const read = (pragma: string): unknown => database.pragma(pragma, { simple: true });
    expect(['journal_mode', 'synchronous', 'foreign_keys', 'wal_autocheckpoint'].map(read)).toEqual([
      'wal',
      2,
      1,
      0,
    ]);
    expect(read('busy_timeout')).toBeLessThanOrEqual(100);
    database.close();
  });

  it('leave the log alone until a checkpoint is asked for', () => {
    const test = new TestLedger();
    test.commit(started, periodOpened(1));
    const file = ledgerFile(test.place.folder);
    const before = readFileSync(file);
    for (let serial = 1; serial <= 300; serial += 1) test.commit(...paidVisit(serial));
    expect(readFileSync(file).equals(before)).toBe(true);
    test.ledger.checkpoint();
    expect(readFileSync(file).length).toBeGreaterThan(before.length);
  });
});

describe('the anchor', () => {
  it('tells when the log was lost', () => {
    const test = soldTwice();
    test.ledger.checkpoint();
    loseLog(test);
    expectRefused(test, 'rolled-back', /does not contain/);
  });

  it('tells when an older copy was put back', () => {
    const test = soldTwice();
    test.ledger.close();
    const file = ledgerFile(test.place.folder);
    copyFileSync(file, `${file}.copy`);
    test.reopen();
    test.commit(...paidVisit(3));
    test.ledger.close();
    copyFileSync(`${file}.copy`, file);
    expectRefused(test, 'rolled-back', /does not contain/);
  });

  it('tells when the database is gone', () => {
    const test = soldTwice();
    test.ledger.close();
    rmSync(test.place.folder, { recursive: true });
    expectRefused(test, 'rolled-back', /knows row 12/);
  });

  it('is missed when it is missing', () => {
    const test = soldTwice();
    test.ledger.close();
    rmSync(test.place.anchorPath);
    expectRefused(test, 'anchor-missing', /no anchor/);
  });

  it('is missed when nothing in it can be read', () => {
    const test = soldTwice();
    test.ledger.close();
    writeFileSync(test.place.anchorPath, new Uint8Array(8_192));
    expectRefused(test, 'anchor-missing', /no readable anchor/);
  });

  it.each([0, 4_096])('stands a write torn at byte %i: the other slot is the one before', (slot) => {
    const test = soldTwice();
    const { sequence, head } = test.ledger.load();
    test.ledger.close();
    const bytes = readFileSync(test.place.anchorPath);
    bytes.fill(0, slot + 20, slot + 40);
    writeFileSync(test.place.anchorPath, bytes);
    test.reopen();
    expect(test.ledger.load()).toMatchObject({ sequence, head });
  });

  it('never writes over the newest slot, also as the first thing after a start', () => {
    const test = soldTwice();
    const newest = test.ledger.load().head;
    test.reopen();
    test.commit(opened(3));
    expect(readFileSync(test.place.anchorPath, 'latin1')).toContain(newest);
  });

  it('may be behind: the process died between the commit and the anchor', () => {
    const test = soldTwice();
    const before = readFileSync(test.place.anchorPath);
    test.commit(opened(3));
    test.ledger.close();
    writeFileSync(test.place.anchorPath, before);
    test.reopen();
    expect(test.ledger.load().openOperation?.operationId).toBe(operationId(3));
  });
});

describe('damage', () => {
  /** Gets past the triggers, as an edited file would. */
  function tamper(test: TestLedger, sql: string): void {
    test.ledger.close();
    withDatabase(test.place, (database) => {
      const triggers = database
        .prepare<[], { name: string; sql: string }>(
          "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
        )
        .all();
      for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
      database.exec(sql);
      for (const trigger of triggers) database.exec(trigger.sql);
    });
  }

  const secondVisit = `sequence = 9`;

  it.each([
    [
      'a changed amount',
      `UPDATE journal SET payload = replace(payload, '50000', '90000') WHERE ${secondVisit}`,
    ],
    ['a changed time', `UPDATE journal SET wall_ms = wall_ms + 1 WHERE ${secondVisit}`],
    ['a changed kind', `UPDATE journal SET kind = 'note-returned' WHERE ${secondVisit}`],
    ['a changed format', `UPDATE journal SET format = 2 WHERE ${secondVisit}`],
    ['a changed hash', `UPDATE journal SET hash = zeroblob(32) WHERE ${secondVisit}`],
    ['a row taken out', `DELETE FROM journal WHERE ${secondVisit}`],
  ])('%s in the journal is found by the walk', (_what, sql) => {
    const test = soldTwice();
    const { head } = test.ledger.load();
    tamper(test, `DELETE FROM sealed_checkpoint; ${sql}`);
    expect(head).toHaveLength(64);
    expectRefused(test, 'damaged', /chain breaks at row (9|10)/);
  });

  it('a checkpoint sealed with another key is not ours', () => {
    const test = soldTwice();
    test.ledger.close();
    const stranger = ed25519Sealer(generateKeyPairSync('ed25519').privateKey);
    expect(() => openLedger(test.place, { sealer: stranger, randomBytes })).toThrow(/is not ours/);
  });

  it('a checkpoint that speaks of another chain is not believed', () => {
    const test = soldTwice();
    tamper(test, 'UPDATE sealed_checkpoint SET sequence = sequence - 1');
    expectRefused(test, 'damaged', /seal of the checkpoint/);
  });

  it('projections that changed behind a clean stop do not match the seal', () => {
    const test = soldTwice();
    tamper(test, "UPDATE top_up SET state = 'credited', next_try_at_ms = NULL WHERE operation_serial = 1");
    expectRefused(test, 'damaged', /projections are not what/);
  });

  it('a flipped byte in the file is found', () => {
    const test = soldTwice();
    test.ledger.close();
    const file = ledgerFile(test.place.folder);
    const bytes = readFileSync(file);
    const at = bytes.indexOf(noteId(2));
    expect(at).toBeGreaterThan(0);
    const inJournal = bytes.indexOf(`"noteId":"${noteId(2)}"`);
    bytes[inJournal + 30] = 0x39;
    writeFileSync(file, bytes);
    withDatabase(test.place, (database) => {
      database.exec('DROP TRIGGER sealed_checkpoint_refuses_delete; DELETE FROM sealed_checkpoint');
      database.exec(
        `CREATE TRIGGER sealed_checkpoint_refuses_delete BEFORE DELETE ON sealed_checkpoint
BEGIN SELECT RAISE(ABORT, 'a sealed checkpoint never changes'); END`,
      );
    });
    expectRefused(test, 'damaged', /chain breaks/);
  });

  it('a file that is no database is said to be damaged', () => {
    const test = soldTwice();
    test.ledger.close();
    writeFileSync(ledgerFile(test.place.folder), randomBytes(8_192));
    expectRefused(test, 'damaged', /not a database/);
  });
});

describe('the journal', () => {
  it('refuses update, delete, replacement and gaps', () => {
    const test = soldTwice();
    test.ledger.close();
    withDatabase(test.place, (database) => {
      for (const sql of [
        'UPDATE journal SET payload = payload',
        'DELETE FROM journal WHERE sequence = 1',
        'INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE sequence = 1',
        'INSERT INTO journal SELECT sequence + 13, format, wall_ms, kind, payload, hash FROM journal LIMIT 1',
        "UPDATE sealed_checkpoint SET seal = x'00'",
        'DELETE FROM sealed_checkpoint',
      ]) {
        expect(() => database.exec(sql), sql).toThrow(/append-only|without a gap|never changes/);
      }
    });
  });

  it('is chained by SHA-256 over format, sequence, hash before, time, kind and canonical payload', () => {
    const test = new TestLedger();
    test.commit(started);
    const { head } = test.commit(opened(1));
    const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
    const first = sha256(
      `qyzyl-journal/1\n1\n${'0'.repeat(64)}\n${test.wallMs - 1_000}\nterminal-started\n{"build":"test","previousStop":"first"}`,
    );
    const [phone] = test.read<{ wallet_hash: string }>('SELECT wallet_hash FROM phone');
    const payload = `{"currency":"KZT","holderMasked":"Айгүл С.","language":"kk","limitMinor":1250000,"offline":false,"operationId":"${operationId(1)}","operationNumber":"${opened(1).operationNumber}","wallet":"${phone?.wallet_hash}","withoutPaper":false}`;
    expect(head).toBe(sha256(`qyzyl-journal/1\n2\n${first}\n${test.wallMs}\noperation-opened\n${payload}`));
  });
});

describe('sealed checkpoints', () => {
  it('are written every few thousand rows, and only what follows the last is walked', () => {
    const test = new TestLedger();
    test.commit(started, periodOpened(1));
    for (let serial = 1; serial <= 2_100; serial += 1) {
      if (serial % 100 === 1) test.ledger.commitGroup(visits(serial, test.wallMs));
    }
    const sealed = test.read<{ sequence: number }>(
      'SELECT sequence FROM sealed_checkpoint ORDER BY sequence',
    );
    expect(sealed.map(({ sequence }) => sequence)).toEqual([5_002, 10_002]);
    expect(existsSync(test.place.anchorPath)).toBe(true);
  });

  function visits(from: number, wallMs: number) {
    return Array.from({ length: 100 }, (_, index) => ({
      facts: paidVisit(from + index, fiveHundred),
      wallMs,
    }));
  }
});
