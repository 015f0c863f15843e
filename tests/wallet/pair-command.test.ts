import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { simulatedSettingsFile, simulatedTerminalNumber } from '../../host/compose-simulated.ts';
import { openDeviceKeys } from '../../host/device-key.ts';
import { systemClock } from '../../host/system-clock.ts';
import { startWalletServer, type WalletServer } from '../../simulator/wallet-server.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'qyzyl-pair-'));
const settingsPath = join(folder, 'settings.json');
let backend: WalletServer;

beforeAll(async () => {
  backend = await startWalletServer({ clock: systemClock });
  const line = { kind: 'tcp', host: '127.0.0.1', port: 1 } as const;
  const place = { folder, acceptorLine: line, printer: { profile: 'generic-raster', line } };
  writeFileSync(settingsPath, JSON.stringify(simulatedSettingsFile(place, backend)));
});

afterAll(async () => {
  await backend.close();
  rmSync(folder, { recursive: true });
});

const pair = (...args: string[]) =>
  run(process.execPath, ['cli/pair.ts', '--settings', settingsPath, ...args]);

test('a wrong code is named, and the terminal stays unknown', async () => {
  await expect(pair('--code', '00000000')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('does not take this code'),
  });
});

test('a code from the backend makes the terminal known, and a rotation goes over to a new key', async () => {
  const code = backend.pairingCode(simulatedTerminalNumber);
  const paired = await pair('--code', code);
  const first = openDeviceKeys(join(folder, 'device-key.json')).current().keyId;
  expect(paired.stdout).toContain(first);

  const rotated = await pair('--rotate');
  const second = openDeviceKeys(join(folder, 'device-key.json')).current().keyId;
  expect(second).not.toBe(first);
  expect(rotated.stdout).toContain(second);
});
