import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { VirtualClock } from '../virtual-clock.ts';
import { openWorldClock } from './world-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'qyzyl-clock-'));
afterAll(() => rmSync(folder, { recursive: true }));
const hourMs = 3_600_000;

describe('the world’s clock', () => {
  test('runs ahead on the wall and never in the count of elapsed time, and remembers it', () => {
    const real = new VirtualClock();
    const file = join(folder, 'ahead');
    const clock = openWorldClock(real, file);
    expect(clock.wallMs()).toBe(real.wallMs());
    clock.runAhead(hourMs);
    clock.runAhead(hourMs);
    expect(clock.wallMs()).toBe(real.wallMs() + 2 * hourMs);
    expect(clock.monoMs()).toBe(real.monoMs());
    expect(openWorldClock(real, file).aheadMs()).toBe(2 * hourMs);
  });

  test.each(['soon', '-5', '1.5', '1e300'])('refuses a file that says %s', (text) => {
    const file = join(folder, 'faulty');
    writeFileSync(file, text);
    expect(() => openWorldClock(new VirtualClock(), file)).toThrow('does not hold milliseconds');
  });
});

describe('a process whose date is ahead', () => {
  const inProcess = (script: string): unknown => {
    const file = join(folder, 'script.mjs');
    writeFileSync(file, script);
    const preload = new URL('./date-ahead.ts', import.meta.url).href;
    const env = { ...process.env, QYZYL_CLOCK_AHEAD_MS: String(hourMs) };
    return JSON.parse(String(execFileSync(process.execPath, ['--import', preload, file], { env })));
  };

  test('has another now, by every name it goes by, in its workers too', () => {
    const script = `
      import { isMainThread, parentPort, Worker } from 'node:worker_threads';
      const own = [Date.now(), new Date().getTime()];
      if (isMainThread) {
        const worker = new Worker(new URL(import.meta.url));
        worker.once('message', (others) => console.log(JSON.stringify([...own, ...others])));
      } else parentPort.postMessage(own);`;
    const before = Date.now();
    for (const now of inProcess(script) as number[]) {
      expect(now).toBeGreaterThanOrEqual(before + hourMs);
      expect(now).toBeLessThan(before + hourMs + 60_000);
    }
  });

  test('keeps every date that is named', () => {
    const script = `console.log(JSON.stringify([
      new Date(0).getTime(), new Date('2026-01-01T00:00:00Z').getTime(), Date.UTC(2026, 0, 1),
      new Date() instanceof Date,
    ]))`;
    const newYearMs = Date.UTC(2026, 0, 1);
    expect(inProcess(script)).toEqual([0, newYearMs, newYearMs, true]);
  });
});
