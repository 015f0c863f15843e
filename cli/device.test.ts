import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';

function runDevice(...args: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, ['cli/device.ts', ...args]);
  onTestFinished(() => void child.kill());
  return child;
}

describe('device simulate', () => {
  it.each(['--pty', '--tcp'])('serves %s until quit', async (shape) => {
    const child = runDevice('simulate', 'ccnet', shape, '--fast');
    const exit = once(child, 'exit');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<unknown> => JSON.parse((await lines.next()).value ?? '');
    expect(await next()).toEqual({ protocol: 'ccnet', path: expect.stringMatching(/^(\/|127\.0\.0\.1:\d)/) });
    expect(await next()).toEqual({ kind: 'power-on' });
    child.stdin.write('jam\n');
    expect(await next()).toEqual({ kind: 'obstructed', place: 'head' });
    child.stdin.write('quit\n');
    expect(await exit).toEqual([0, null]);
  });

  it('removes its port when it is stopped', async () => {
    const child = runDevice('simulate', 'ccnet', '--pty', '--fast');
    const exit = once(child, 'exit');
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    const { path } = JSON.parse(String(line)) as { path: string };
    expect(existsSync(path)).toBe(true);
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    [['simulate', 'ccnet']],
    [['simulate', 'ccnet', '--pty', '--tcp']],
    [['simulate', 'toString', '--tcp']],
    [['simulate', 'ccnet', '--tcp', '--loud']],
    [['dance']],
    [[]],
  ])('explains itself when called with %j', async (args) => {
    const child = runDevice(...args);
    const exit = once(child, 'exit');
    expect(await text(child.stderr)).toContain('usage: device');
    expect((await exit)[0]).toBe(2);
  });
});
