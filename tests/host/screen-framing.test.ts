import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { frameOrigin } from '../../host/frame-origin.ts';

const dock = 'http://127.0.0.1:41234';
const folder = mkdtempSync(join(tmpdir(), 'qyzyl-framing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('who may show the screen in a frame', () => {
  test('the dock, beside a simulated terminal', () => {
    expect(frameOrigin(true, dock)).toBe(dock);
  });

  test('nobody, on a real terminal, and nobody unless asked', () => {
    expect(frameOrigin(false, dock)).toBeUndefined();
    expect(frameOrigin(true, undefined)).toBeUndefined();
  });

  test.each([
    '*',
    'http://127.0.0.1',
    'https://127.0.0.1:41234',
    'http://127.0.0.1:41234/',
    'http://127.0.0.1:41234 https://evil.example',
    "http://127.0.0.1:41234; script-src 'unsafe-inline'",
    'http://127.0.0.1.evil.example:41234',
    'http://192.168.0.7:41234',
    'null',
    '',
  ])('never %j', (wanted) => {
    expect(frameOrigin(true, wanted)).toBeUndefined();
  });

  test('whatever is wanted, the answer is one address of this machine or none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (wanted) => {
        expect(frameOrigin(true, wanted) ?? dock).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      }),
    );
  });
});

describe('the terminal process', () => {
  test.each([
    ['a simulated terminal lets its dock in', true, `frame-ancestors ${dock}`],
    ['a real terminal lets nobody in, whatever its environment says', false, "frame-ancestors 'none'"],
  ])(
    '%s',
    async (_name, simulated, policy) => {
      const place = mkdtempSync(join(folder, 'place-'));
      writeFileSync(join(place, 'index.html'), '<!doctype html><title>Qyzyl</title>');
      const settingsPath = join(place, 'settings.json');
      writeFileSync(settingsPath, JSON.stringify(settingsIn(place, simulated)));
      const entry = fileURLToPath(new URL('../../host/browser.ts', import.meta.url));
      const host = fork(entry, ['--settings', settingsPath, '--page', place], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        env: { ...process.env, QYZYL_DOCK_ORIGIN: dock },
      });
      try {
        const served = await new Promise<{ url: string }>((resolve, reject) => {
          host.once('message', (message) => resolve(message as { url: string }));
          host.once('exit', (code) => reject(new Error(`the process ended with ${code}`)));
        });
        const page = await fetch(served.url);
        expect(page.status).toBe(200);
        expect(page.headers.get('content-security-policy')?.split('; ')).toContain(policy);
      } finally {
        host.kill('SIGKILL');
      }
    },
    30_000,
  );
});

/** Neither devices nor a backend are there; the screen is served all the same. */
function settingsIn(place: string, simulated: boolean): object {
  return {
    simulated,
    terminal: {
      number: '10027344',
      address: 'Алматы, Абай даңғылы, 10',
      operatorName: 'Qyzyl Terminal ЖШС',
      operatorBin: '180440000002',
      supportPhone: '8 800 080 00 27',
    },
    acceptor: { protocol: 'ccnet', line: { kind: 'serial', path: join(place, 'no-acceptor') } },
    printer: { profile: 'epson-tm-t88vi', line: { kind: 'serial', path: join(place, 'no-printer') } },
    backend: { url: `${simulated ? 'http' : 'https'}://127.0.0.1:1`, publicKeys: ['A'.repeat(43)] },
    storage: {
      databaseFolder: join(place, 'ledger'),
      anchorFile: join(place, 'anchor', 'anchor'),
      deviceKeyFile: join(place, 'device-key.json'),
      sealKeyFile: join(place, 'seal-key.pem'),
    },
  };
}
