import { existsSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectClosed } from './expect-closed.ts';
import { expectMoneySoon } from './expect-money.ts';
import { type LedgerFiles, ledgerFiles } from './ledger-files.ts';
import { expectNextVisitorServed, expectTakesNoNote } from './next-visitor.ts';
import { bringTo, finishVisit, stages, untilScreen } from './stages.ts';
import { World } from './world.ts';

/*
 * Somebody puts an old copy of the ledger back. It is whole and its chain is sound; only the anchors know that rows
 * which were durable are gone (money rule M13). Until a person has seen to it no note is taken.
 */

let world: World;
let files: LedgerFiles;
beforeEach(() => {
  world = new World();
  files = ledgerFiles(world);
});
afterEach(() => world.close());

async function finishAfterRestart(): Promise<void> {
  await world.boot();
  await world.clock.advance(10_000);
  await finishVisit(world);
  const boxedTenge = world.cassetteMinor() / 100;
  await expectMoneySoon(world, { boxedTenge, creditedTenge: boxedTenge });
}

describe('an old copy of the ledger is refused by the anchor', () => {
  test.each(stages)('copied at: $stage', async ({ stage }) => {
    await bringTo(world, stage);
    world.kill();
    files.copy('old');
    await finishAfterRestart();
    await expectNextVisitorServed(world);
    world.kill();
    files.copy('true');

    files.putBackLedger('old');
    await expectClosed(world, 'rolled-back');

    world.kill();
    files.putBackLedger('true');
    await world.boot();
    await expectNextVisitorServed(world);
  });
});

describe('rows that were durable are gone', () => {
  const log = (): string => join(files.folder, 'ledger.db-wal');

  /** As a dead process leaves it: the last rows stand in the write-ahead log. */
  beforeEach(async () => {
    await world.toAttract();
    await expectNextVisitorServed(world);
    files.copy('live');
    world.kill();
    files.putBackLedger('live');
    expect(existsSync(log())).toBe(true);
  });

  test('none of them: it starts', async () => {
    await world.boot();
    await expectNextVisitorServed(world);
  });

  test('with the write-ahead log', async () => {
    rmSync(log());
    await expectClosed(world, 'rolled-back');
  });

  test('with the end of the write-ahead log', async () => {
    truncateSync(log(), statSync(log()).size - 3 * 4_096);
    await expectClosed(world, 'rolled-back');
  });

  test('with the whole folder', async () => {
    rmSync(files.folder, { recursive: true });
    await expectClosed(world, 'rolled-back');
  });
});

describe('ledger and anchor are put back together', () => {
  beforeEach(async () => {
    await world.toAttract();
    await world.clock.advance(10 * 60_000);
    world.kill();
    files.copy('old');
    await world.toAttract();
    await expectNextVisitorServed(world);
    // The backend hears of the end of the chain with the next heartbeat.
    await world.clock.advance(10 * 60_000);
    world.kill();
    files.putBackLedger('old');
    files.putBackAnchor('old');
  });

  test('the backend knows better: out of service, with an alarm, through every restart', async () => {
    for (let starts = 0; starts < 2; starts += 1) {
      await world.boot();
      await untilScreen(world, 'out of service: ledger');
      await world.clock.advance(10 * 60_000);
      world.screen('out-of-service');
      expectTakesNoNote(world);
      world.kill();
    }
    expect(JSON.stringify(world.backend.records('event'))).toContain('ledger-rolled-back');
  });

  test('while the backend cannot be asked nothing is sold either', async () => {
    world.network.plugged = false;
    await world.toAttract();
    await world.press('start', 'kk');
    await world.press('choose-top-up');
    await world.typeNumber('7010000007');
    await world.until('check-failed', 11_000);
    world.network.plugged = true;
    await untilScreen(world, 'out of service: ledger', 10 * 60_000);
  });
});
