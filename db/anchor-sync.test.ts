import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { AnchorFile } from './anchor.ts';

/*
 * That an anchor survives a power cut no test can see on a disk that keeps its power: here the calls themselves are
 * watched, in their order.
 */

const calls = vi.hoisted(() => [] as string[]);

vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs')>();
  return {
    ...real,
    writeSync: (...args: Parameters<typeof real.writeSync>) => {
      calls.push('write');
      return real.writeSync(...args);
    },
    fdatasyncSync: (file: number) => {
      calls.push('data sync');
      real.fdatasyncSync(file);
    },
    fsyncSync: (file: number) => {
      calls.push('sync');
      real.fsyncSync(file);
    },
  };
});

function tempPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qyzyl-anchor-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'kept', 'anchor');
}

it('is on the disk before its write returns, and so are its folder, its file and its name when it is made', () => {
  const anchor = AnchorFile.create(tempPath());
  onTestFinished(() => anchor.close());
  expect(calls).toEqual(['sync', 'write', 'write', 'data sync', 'sync', 'sync']);
  calls.length = 0;
  for (const sequence of [1, 2, 3]) anchor.write({ sequence, head: 'ab'.repeat(32) });
  expect(calls).toEqual(['write', 'data sync', 'write', 'data sync', 'write', 'data sync']);
  expect(anchor.read().sequence).toBe(3);
});
