import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { exitCodes } from '../../host/exit-codes.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'qyzyl-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function start(text: string): Promise<{ stderr: string }> {
  const path = join(folder, 'settings.json');
  writeFileSync(path, text);
  return run(process.execPath, ['host/headless.ts', '--settings', path]);
}

test('every fault of a settings file is named at once, and nothing is opened', async () => {
  const faulty = {
    terminal: { number: '1', address: '', operatorName: 'Q', operatorBin: '12', supportPhone: '8 800' },
    limits: { minimum: 1_000 },
    colour: 'red',
    acceptor: { protocol: 'unheard-of', line: { kind: 'serial', path: join(folder, 'port') } },
    printer: { profile: 'generic-raster', line: { kind: 'serial', path: join(folder, 'port') } },
    backend: { url: 'http://wallet.example', publicKeys: [] },
    storage: {
      databaseFolder: join(folder, 'ledger'),
      anchorFile: join(folder, 'ledger', 'anchor'),
      deviceKeyFile: join(folder, 'key'),
      sealKeyFile: join(folder, 'seal'),
    },
  };
  const error = await start(JSON.stringify(faulty)).then(
    () => undefined,
    (reason: { code: number; stderr: string }) => reason,
  );
  expect(error?.code).toBe(exitCodes.settings);
  for (const fault of [
    'terminal.number',
    'terminal.address',
    'terminal.operatorBin',
    'acceptor.protocol',
    'backend.publicKeys',
    'colour',
    'limits.minimum',
    'backend.url',
    'storage.anchorFile',
  ]) {
    expect(error?.stderr).toContain(fault);
  }
});

test('a file that is not JSON is named, not thrown', async () => {
  await expect(start('{')).rejects.toMatchObject({
    code: exitCodes.settings,
    stderr: expect.stringContaining('settings.json'),
  });
});
