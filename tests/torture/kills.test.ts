import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { torture } from '../../cli/torture/run.ts';

/** A few cycles of `npm run torture`, so that it keeps working; thousands are run by hand. */
test('the real process, killed and started again, loses and doubles nothing', async () => {
  const root = mkdtempSync(join(tmpdir(), 'qyzyl-torture-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const report = await torture({ seed: 1, cycles: 3, lanes: 1, root });
  expect(report.violation).toBeUndefined();
  expect(report.cycles).toHaveLength(3);
  expect(report.notes).toBeGreaterThan(0);
  expect(report.creditedMinor).toBeGreaterThan(0);
}, 240_000);
