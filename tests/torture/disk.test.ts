import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { diskCanaries, sendDiskCanary } from '../../cli/torture/disk/canaries.ts';
import { canRecord } from '../../cli/torture/disk/record.ts';
import { tortureDisk } from '../../cli/torture/disk/run.ts';

function keepIn(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qyzyl-disk-kept-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A bounded run of `npm run torture -- --disk`. */
describe.skipIf(!canRecord())('the power is cut at every sync (needs Linux, and gcc libc6-dev)', () => {
  test('nothing acknowledged is lost, nothing is half applied, no older database is used', () => {
    const report = tortureDisk({ seed: 1, commits: 15, draws: 1, keepIn: keepIn() });
    expect(report.violations).toEqual([]);
    expect(report.commits).toBeGreaterThanOrEqual(15);
    // A commit waits for the log and for the anchor file.
    expect(report.syncs).toBeGreaterThan(report.commits);
    expect(report.rolledBack).toBeGreaterThan(0);
  }, 240_000);

  test.each(diskCanaries)(
    'planted, and found: $name',
    ({ name: _name, rule: _rule, ...patch }) => {
      expect(sendDiskCanary(patch, 1, keepIn()).violations).not.toEqual([]);
    },
    240_000,
  );
});
