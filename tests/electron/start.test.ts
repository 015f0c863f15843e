import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exitCodes } from '../../host/exit-codes.ts';
import { proves } from './proves.ts';

vi.mock('electron', () => import('./fake-electron/electron.ts'));

/* The real entry file, read as a program start reads it. */

const started = { argv: process.argv, env: process.env, execArgv: process.execArgv };

beforeEach(() => {
  process.argv = ['/opt/Qyzyl/qyzyl'];
  process.env = { PATH: '/usr/bin', CHROME_DESKTOP: 'qyzyl.desktop' };
  process.execArgv = [];
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  Object.assign(process, started);
  vi.restoreAllMocks();
});

async function exitCodesOfStart(): Promise<readonly number[]> {
  vi.resetModules();
  // Whichever stand-in the entry file is about to get.
  const { app } = (await import('electron')) as unknown as typeof import('./fake-electron/electron.ts');
  // A start that is not refused ends at the lock, which is another's here.
  app.hasLock = false;
  await import('../../electron/main.ts');
  return app.exitCodes.splice(0);
}

test('an ordinary start goes on to the shell', async () => {
  process.argv.push('--settings=/srv/qyzyl.json');
  expect(await exitCodesOfStart()).toEqual([75]);
});

proves('command-line', 'handler called', async () => {
  process.argv.push('--remote-debugging-port=9222');
  expect(await exitCodesOfStart()).toEqual([exitCodes.settings]);
});

proves('environment', 'handler called', async () => {
  process.env['NODE_OPTIONS'] = '--require /tmp/payload.js';
  expect(await exitCodesOfStart()).toEqual([exitCodes.settings]);
});

test('an inspector given to Node itself is refused as well', async () => {
  process.execArgv = ['--inspect'];
  expect(await exitCodesOfStart()).toEqual([exitCodes.settings]);
});
