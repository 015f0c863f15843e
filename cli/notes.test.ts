import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Ledger, openLedger } from '../db/ledger.ts';
import { ed25519Sealer } from '../db/sealer.ts';
import { appeared, doubtfulVisit, noteId, periodOpened, started, twoThousand } from '../db/testing/facts.ts';
import { openSealKey } from '../host/seal-key.ts';

const script = fileURLToPath(new URL('./notes.ts', import.meta.url));

function tempData(): string {
  const data = mkdtempSync(join(tmpdir(), 'qyzyl-notes-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  writeFileSync(join(data, 'settings.json'), JSON.stringify(settingsAt(data)));
  return data;
}

function storageAt(data: string) {
  return {
    databaseFolder: join(data, 'ledger'),
    anchorFile: join(data, 'anchor'),
    deviceKeyFile: join(data, 'device-key.json'),
    sealKeyFile: join(data, 'seal-key.pem'),
  };
}

function settingsAt(data: string): unknown {
  const line = { kind: 'serial', path: '/dev/null' };
  return {
    simulated: true,
    terminal: {
      number: '00270001',
      address: 'Алматы, Абай даңғылы, 10',
      operatorName: 'Qyzyl Terminal ЖШС',
      operatorBin: '180440000002',
      supportPhone: '8 800 080 00 27',
    },
    acceptor: { protocol: 'ccnet', line },
    printer: { profile: 'epson-tm-t88vi', line },
    backend: { url: 'http://127.0.0.1:1', publicKeys: ['A'.repeat(43)] },
    storage: storageAt(data),
  };
}

function openAt(data: string): Ledger {
  const { databaseFolder: folder, anchorFile: anchorPath, sealKeyFile } = storageAt(data);
  return openLedger({ folder, anchorPath }, { sealer: ed25519Sealer(openSealKey(sealKeyFile)), randomBytes });
}

function withUnknownNotes(): string {
  const data = tempData();
  const ledger = openAt(data);
  ledger.commit([started, periodOpened(1), ...doubtfulVisit(1), appeared(9, 1)], Date.now());
  ledger.close();
  return data;
}

function notes(
  data: string,
  ...words: readonly string[]
): { output: string; complaint: string; code: number | null } {
  const ran = spawnSync(process.execPath, [script, ...words, '--settings', join(data, 'settings.json')], {
    encoding: 'utf8',
  });
  return { output: ran.stdout, complaint: ran.stderr, code: ran.status };
}

describe('npm run notes', () => {
  it('lists unknown notes, without a phone', () => {
    const { output, code } = notes(withUnknownNotes(), 'list');
    expect(code).toBe(0);
    expect(output).toContain(noteId(12));
    expect(output).toContain('2\u00a0000\u00a0₸');
    expect(output).toContain('credit event without a record');
    expect(output).not.toContain('7701');
  });

  it('settles a note when two persons say so, and pays it', () => {
    const data = withUnknownNotes();
    const proposed = notes(data, 'propose', '12', 'stacked', '--by', 'Aigul', '--reason', 'found');
    expect(proposed).toMatchObject({ code: 0, complaint: '' });
    expect(notes(data, 'confirm', '12', '--by', 'aigul').complaint).toContain('second person');
    expect(notes(data, 'confirm', '12', '--by', 'Baurzhan')).toMatchObject({ code: 0, complaint: '' });
    expect(notes(data, 'list').output).not.toContain(noteId(12));
    const ledger = openAt(data);
    expect(ledger.dueTopUps(Date.now(), 1).rows).toMatchObject([{ amountMinor: twoThousand }]);
    ledger.close();
  });

  it.each([
    ['a note that is not there', ['propose', '777', 'void', '--by', 'A', '--reason', 'x'], 'No unknown note'],
    ['nothing proposed', ['confirm', '12', '--by', 'B'], 'Nobody has proposed'],
    ['no command', [], 'Usage'],
  ])('says in one line what is wrong: %s', (_what, words, complaint) => {
    const ran = notes(withUnknownNotes(), ...words);
    expect(ran.code).toBe(1);
    expect(ran.complaint).toContain(complaint);
    expect(ran.complaint).not.toContain('    at ');
  });

  it('lets a terminal sell again after a pulled cassette, under a name, and only then', () => {
    const data = withUnknownNotes();
    expect(notes(data, 'cassette-seen', '--by', 'aigul').complaint).toContain('No cassette was pulled');
    const before = openAt(data);
    const alarm = 'cassette-removed-unannounced';
    before.commit([{ kind: 'alarm-raised', alarm, subject: 'cassette', detail: '' }], Date.now());
    before.close();
    expect(notes(data, 'cassette-seen').complaint).toContain('who you are');
    expect(notes(data, 'cassette-seen', '--by', 'aigul')).toMatchObject({ code: 0, complaint: '' });
    const after = openAt(data);
    expect(after.load().standingAlarms.map((standing) => standing.alarm)).not.toContain(alarm);
    after.close();
  });

  it('makes no ledger where there is none, and keeps out of one that is in use', () => {
    const empty = tempData();
    expect(notes(empty, 'list').complaint).toContain('no ledger');
    const data = withUnknownNotes();
    const ledger = openAt(data);
    expect(notes(data, 'list').complaint).toContain('another process');
    ledger.close();
  });
});
