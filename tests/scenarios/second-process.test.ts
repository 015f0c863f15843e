import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectMoneySoon } from './expect-money.ts';
import { ledgerFiles } from './ledger-files.ts';
import { expectNextVisitorServed } from './next-visitor.ts';
import { bringTo, finishVisit, stages } from './stages.ts';
import { World } from './world.ts';

/* One process per ledger (money rule M6): a second one is told why it may not start, and disturbs nobody. */

const otherProcess = fileURLToPath(new URL('../../db/testing/crash-child.ts', import.meta.url));

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

describe('a second process is started on the same ledger', () => {
  test.each(stages)('at: $stage', async ({ stage }) => {
    await bringTo(world, stage);
    const viewBefore = JSON.stringify(world.view);
    await expect(world.boot()).rejects.toMatchObject({ name: 'StorageError', code: 'locked' });
    expect(JSON.stringify(world.view)).toBe(viewBefore);
    await finishVisit(world);
    const boxedTenge = world.cassetteMinor() / 100;
    await expectMoneySoon(world, { boxedTenge, creditedTenge: boxedTenge });
    await expectNextVisitorServed(world);
  });
});

test('a process of its own is refused by name, also after one inside this process was', async () => {
  await world.toAttract();
  expect(startOther()).toContain("code: 'locked'");
  await expect(world.boot()).rejects.toMatchObject({ code: 'locked' });
  expect(startOther()).toContain("code: 'locked'");
  await expectNextVisitorServed(world);
});

test('the ledger is free again as soon as the first process has died', async () => {
  await bringTo(world, 'between notes');
  await world.restart();
  await finishVisit(world);
});

/** What it complains of. */
function startOther(): string {
  const { folder, anchorPath } = ledgerFiles(world);
  const key = world.machine.sealKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const { stderr, status } = spawnSync(process.execPath, [otherProcess, folder, anchorPath, key], {
    encoding: 'utf8',
    timeout: 15_000,
  });
  expect(status).toBe(1);
  return stderr;
}
