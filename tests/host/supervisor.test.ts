import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { superviseTerminal } from '../../host/supervisor.ts';
import { simulatedPlace } from '../electron/stage.ts';

/** The terminal process that has these settings. */
function processOf(settingsPath: string): number {
  for (const name of readdirSync('/proc').filter((entry) => /^[0-9]+$/.test(entry))) {
    try {
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(settingsPath)) return Number(name);
    } catch {
      // Ended while we looked.
    }
  }
  throw new Error('no terminal process');
}

test('a terminal process that hangs is killed, and another one shows its screen', {
  timeout: 90_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'qyzyl-supervisor-'));
  const place = await simulatedPlace(folder);
  let onView: () => void = () => undefined;
  const viewed = (): Promise<void> =>
    new Promise((resolve) => {
      onView = resolve;
    });
  const firstView = viewed();
  const ended = Promise.withResolvers<boolean>();
  const supervisor = superviseTerminal({
    shape: 'headless',
    args: ['--settings', place.settingsPath],
    logTo: 'ignore',
    onMessage: (message) => {
      expect(message).toBeTypeOf('string');
      onView();
    },
    onExit: (_code, willRestart) => ended.resolve(willRestart),
  });
  onTestFinished(async () => {
    await supervisor.stop();
    await place.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await firstView;
  const hung = processOf(place.settingsPath);
  const nextView = viewed();
  process.kill(hung, 'SIGSTOP');
  expect(await ended.promise).toBe(true);
  await nextView;
  expect(processOf(place.settingsPath)).not.toBe(hung);
});
