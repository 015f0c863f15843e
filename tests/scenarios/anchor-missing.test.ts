import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectClosed } from './expect-closed.ts';
import { expectMoneySoon } from './expect-money.ts';
import { type LedgerFiles, ledgerFiles } from './ledger-files.ts';
import { expectNextVisitorServed } from './next-visitor.ts';
import { bringTo, finishVisit, movingTenge, stages } from './stages.ts';
import { World } from './world.ts';

/*
 * The file that knows how far the chain had come is gone or cannot be read. Without it nobody can tell a whole ledger
 * from an old one, so nothing is sold (money rule M13).
 */

let world: World;
let files: LedgerFiles;
beforeEach(() => {
  world = new World();
  files = ledgerFiles(world);
});
afterEach(() => world.close());

describe('the anchor file is gone after a death', () => {
  test.each(stages)('at: $stage', async ({ stage }) => {
    await bringTo(world, stage);
    world.kill();
    files.copy('true');
    rmSync(files.anchorPath);
    await expectClosed(world, 'anchor-missing');
    // It does not come back by itself.
    expect(existsSync(files.anchorPath)).toBe(false);

    world.kill();
    files.putBackAnchor('true');
    await world.boot();
    await world.clock.advance(10_000);
    await finishVisit(world);
    // That note came back while nothing could be stored; the acceptor does not tell it twice (CCNET §8).
    const unknownTenge = stage === 'intent stored, no stack byte yet' ? [movingTenge] : [];
    const boxedTenge = world.cassetteMinor() / 100;
    await expectMoneySoon(world, { boxedTenge, creditedTenge: boxedTenge, unknownTenge });
    await expectNextVisitorServed(world);
  });
});

describe('the anchor file cannot be read', () => {
  beforeEach(async () => {
    await world.toAttract();
    await expectNextVisitorServed(world);
    world.kill();
  });

  /** Spoils one byte of the place where each of its two slots says how far the chain had come. */
  function spoilSlots(...slots: readonly number[]): void {
    const bytes = readFileSync(files.anchorPath);
    for (const slot of slots) bytes.writeUInt8(bytes.readUInt8(slot * 4_096 + 20) ^ 1, slot * 4_096 + 20);
    writeFileSync(files.anchorPath, bytes);
  }

  test('empty', async () => {
    truncateSync(files.anchorPath, 0);
    await expectClosed(world, 'anchor-missing');
  });

  test('both slots spoilt', async () => {
    spoilSlots(0, 1);
    await expectClosed(world, 'anchor-missing');
  });

  test.each([0, 1])(
    'only slot %i spoilt, as by a power cut in the middle of a write: it starts',
    async (slot) => {
      spoilSlots(slot);
      await world.boot();
      await expectNextVisitorServed(world);
    },
  );
});

test('a first start makes the anchor before the first row', async () => {
  world.wrapStore = (store) => ({
    ...store,
    commit: (facts, wallMs) => {
      expect(existsSync(files.anchorPath)).toBe(true);
      return store.commit(facts, wallMs);
    },
  });
  expect(existsSync(files.anchorPath)).toBe(false);
  await world.boot();
  await expectNextVisitorServed(world);
});
