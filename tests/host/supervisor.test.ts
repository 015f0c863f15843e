import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Supervisor, superviseTerminal } from '../../host/supervisor.ts';
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

interface Supervised {
  readonly settingsPath: string;
  readonly supervisor: Supervisor;
  /** The next screen that a terminal process shows. */
  viewed(): Promise<void>;
  /** Whether another one follows the next end. */
  ended(): Promise<boolean>;
}

async function supervised(): Promise<Supervised> {
  const folder = mkdtempSync(join(tmpdir(), 'qyzyl-supervisor-'));
  const place = await simulatedPlace(folder);
  let view = Promise.withResolvers<void>();
  let end = Promise.withResolvers<boolean>();
  const supervisor = superviseTerminal({
    shape: 'headless',
    args: ['--settings', place.settingsPath],
    logTo: 'ignore',
    onMessage: (message) => {
      expect(message).toBeTypeOf('string');
      view.resolve();
    },
    onExit: (_code, willRestart) => end.resolve(willRestart),
  });
  onTestFinished(async () => {
    await supervisor.stop();
    await place.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    settingsPath: place.settingsPath,
    supervisor,
    viewed: () => {
      view = Promise.withResolvers();
      return view.promise;
    },
    ended: () => {
      end = Promise.withResolvers();
      return end.promise;
    },
  };
}

test('a terminal process that hangs is killed, and another one shows its screen', {
  timeout: 90_000,
}, async () => {
  const { settingsPath, viewed, ended } = await supervised();
  await viewed();
  const hung = processOf(settingsPath);
  const nextView = viewed();
  const end = ended();
  process.kill(hung, 'SIGSTOP');
  expect(await end).toBe(true);
  await nextView;
  expect(processOf(settingsPath)).not.toBe(hung);
});

test('a terminal process that never says a word is killed, and another one shows its screen', {
  timeout: 90_000,
}, async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { settingsPath, viewed, ended } = await supervised();
  const mute = processOf(settingsPath);
  process.kill(mute, 'SIGSTOP');
  const end = ended();
  vi.advanceTimersByTime(119_000);
  expect(processOf(settingsPath)).toBe(mute);
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers();
  const nextView = viewed();
  expect(await end).toBe(true);
  await nextView;
  expect(processOf(settingsPath)).not.toBe(mute);
});

test('the fifth crash in ten minutes is followed by a pause of a minute', { timeout: 90_000 }, async () => {
  const { settingsPath, supervisor, ended } = await supervised();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const crash = async (): Promise<void> => {
    const end = ended();
    supervisor.kill();
    expect(await end).toBe(true);
  };
  for (const pauseMs of [200, 1_000, 5_000, 15_000]) {
    await crash();
    vi.advanceTimersByTime(pauseMs);
  }
  await crash();
  vi.advanceTimersByTime(59_000);
  expect(() => processOf(settingsPath)).toThrow();
  vi.advanceTimersByTime(1_000);
  expect(processOf(settingsPath)).toBeGreaterThan(0);
});
