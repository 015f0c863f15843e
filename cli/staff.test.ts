import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLedger } from '../db/ledger.ts';
import { ed25519Sealer } from '../db/sealer.ts';
import { periodOpened, started } from '../db/testing/facts.ts';
import { enrolmentFile, enrolmentPath } from '../host/enrolment-file.ts';
import { pinKeeper } from '../host/pin-keeper.ts';
import { openSealKey } from '../host/seal-key.ts';
import type { StaffId } from '../terminal/staff/staff.ts';
import { settingsFile } from '../terminal/testing/samples.ts';

const script = fileURLToPath(new URL('./staff.ts', import.meta.url));

function stoppedTerminal() {
  const data = mkdtempSync(join(tmpdir(), 'qyzyl-staff-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const storage = {
    databaseFolder: join(data, 'ledger'),
    anchorFile: join(data, 'anchor'),
    deviceKeyFile: join(data, 'device-key.json'),
    sealKeyFile: join(data, 'seal-key.pem'),
  };
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ ...settingsFile, storage }));
  const open = () =>
    openLedger(
      { folder: storage.databaseFolder, anchorPath: storage.anchorFile },
      { sealer: ed25519Sealer(openSealKey(storage.sealKeyFile)), randomBytes },
    );
  const ledger = open();
  ledger.commit([started, periodOpened(1)], Date.now());
  ledger.close();
  const staff = (...words: string[]) => {
    const args = [script, ...words, '--settings', join(data, 'settings.json')];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  return { storage, open, staff };
}

describe('The command line for staff', () => {
  it('prints a code that vouches for the first person, and can do so while the terminal runs', async () => {
    const { storage, open, staff } = stoppedTerminal();
    const running = open();
    const { status, stdout } = staff('enrol');
    running.close();
    const code = /: (\d{8})/.exec(stdout)?.[1] ?? '';
    expect(status).toBe(0);
    expect(await pinKeeper(enrolmentPath(storage)).checkEnrolment(code)).toBe(true);
    enrolmentFile(enrolmentPath(storage)).remove();
    expect(await pinKeeper(enrolmentPath(storage)).checkEnrolment(code)).toBe(false);
  });

  it('adds a person with a PIN to be changed, blocks and lists them', async () => {
    const { storage, open, staff } = stoppedTerminal();
    const pin = /PIN (\d{6})/.exec(staff('add', '--role', 'collector').stdout)?.[1] ?? '';
    expect(staff('list').stdout).toBe('1001  collector      must choose a PIN\n');
    expect(staff('block', '1001').stdout).toBe('1001 is blocked.\n');
    expect(staff('add', '--role', 'auditor').stdout).toContain('Id 1002');
    const ledger = open();
    const verifier = ledger.pinVerifier('1001' as StaffId);
    const { staff: members } = ledger.load();
    ledger.close();
    expect(await pinKeeper(enrolmentPath(storage)).check(pin, verifier)).toBe('fits');
    expect(members).toMatchObject([
      { staffId: '1001', role: 'collector', isBlocked: true, mustChangePin: true },
      { staffId: '1002', role: 'auditor', isBlocked: false },
    ]);
  });

  it.each([
    [['add'], 'Say which role'],
    [['add', '--role', 'king'], 'Say which role'],
    [['block', '7777'], 'Nobody has the id 7777.'],
    [['promote'], 'Usage'],
  ])('explains itself when called with %j', (words, says) => {
    const { status, stderr } = stoppedTerminal().staff(...words);
    expect(status).toBe(1);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('    at ');
  });
});
