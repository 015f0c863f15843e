import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { diskCanaries } from '../../cli/torture/disk/canaries.ts';
import { canaries } from '../../simulator/canaries/list.ts';
import { patchEnvironment } from '../../simulator/canaries/patched-source.ts';

/* `npm run canaries` sends all of them; here each is seen to be plantable, and one is found by any seed, one under its own faults, one by its test. */

const command = fileURLToPath(new URL('../../cli/canaries.ts', import.meta.url));

describe('a planted bug', () => {
  test.each(canaries)('fits the source exactly once: $name', ({ patches }) => {
    expect(patchEnvironment(patches)).toHaveProperty('QYZYL_SOURCE_PATCHES');
    for (const { find, replace } of patches) expect(replace).not.toBe(find);
  });

  test.each(diskCanaries)('of the disk fits the source exactly once: $name', (patch) => {
    expect(patchEnvironment([patch])).toHaveProperty('QYZYL_SOURCE_PATCHES');
  });

  test('has a name of its own', () => {
    const names = [...canaries, ...diskCanaries].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(25);
  });

  test.each([
    ['words that stand nowhere', 'these words stand nowhere'],
    ['words that stand there twice', 'state'],
  ])('that no longer fits ends the run: %s', (_, find) => {
    const patch = { file: 'terminal/till/escrow.ts', find, replace: '' };
    expect(() => patchEnvironment([patch])).toThrow('does not fit terminal/till/escrow.ts any more');
  });

  test.each([
    'credit at escrow',
    'an unsigned answer is believed',
    'a late credit event is matched after the next escrow',
  ])(
    'is found: %s',
    (name) => {
      const { status, stdout } = spawnSync(process.execPath, [command, '--only', name, '--seeds', '20'], {
        encoding: 'utf8',
      });
      expect(stdout).toMatch(/1 planted, 0 not found/);
      expect(status).toBe(0);
    },
    240_000,
  );
});
