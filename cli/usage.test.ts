import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const commands = [
  ...['start.ts', 'demo.ts', 'fuzz.ts', 'torture.ts', 'simulate.ts', 'sweep.ts', 'bench.ts', 'canaries.ts'],
  ...['package-deb.ts', 'pair.ts', 'notes.ts', 'staff.ts', 'audit.ts', 'device.ts', 'screen.ts'],
];

function run(command: string, ...words: string[]) {
  const script = fileURLToPath(new URL(`./${command}`, import.meta.url));
  const before = command === 'screen.ts' ? ['screenshots'] : command === 'device.ts' ? ['simulate'] : [];
  return spawnSync(process.execPath, [script, ...before, ...words], { encoding: 'utf8' });
}

describe.each(commands)('%s', { timeout: 30_000 }, (command) => {
  test('names an option that it does not know, in plain words', () => {
    const { status, stderr } = run(command, '--no-such-option');
    expect(stderr).toMatch(/no-such-option/);
    expect(stderr).toMatch(/^usage/im);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(2);
  });

  test('says its usage when asked', () => {
    const { status, stdout, stderr } = run(command, '--help');
    expect(stdout).toMatch(/^usage/im);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
