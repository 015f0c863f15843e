import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Committed } from '../terminal/store.ts';
import { AnchorFile, emptyTip } from './anchor.ts';
import { isDiskFull } from './errors.ts';
import { Ledger, type LedgerPlace, openLedger } from './ledger.ts';
import { lockLedger } from './lock.ts';
import { openWriter } from './open.ts';
import { diskSpace, keepReserve } from './reserve.ts';
import { cancelled, escrowed, opened, periodOpened, returned, started } from './testing/facts.ts';
import { sealer, startWallMs, TestLedger, tempFolder, tempPlace } from './testing/fixture.ts';

/** A ledger that may grow by few pages only; giving up the reserve lets it grow on. */
function crampedLedger(
  place: LedgerPlace,
  spare: number,
): { readonly ledger: Ledger; readonly released: () => number } {
  mkdirSync(place.folder, { recursive: true });
  const lock = lockLedger(place.folder);
  const database = openWriter(place.folder);
  const pages = Number(database.pragma('page_count', { simple: true }));
  database.pragma(`max_page_count = ${pages + 2}`);
  let times = 0;
  const release = (): boolean => {
    times += 1;
    if (times > 1) return false;
    database.pragma(`max_page_count = ${pages + 2 + spare}`);
    return true;
  };
  const anchor = AnchorFile.create(place.anchorPath);
  const ledger = new Ledger({
    sealer,
    randomBytes,
    lock,
    database,
    anchor,
    reserve: { isTaken: true, release },
    tip: emptyTip,
    sealedSequence: 0,
  });
  onTestFinished(() => ledger.close());
  return { ledger, released: () => times };
}

const full = expect.objectContaining({ code: 'full' });

describe('a disk that fills up', () => {
  it('spends the reserve once, to commit the note on its way, and says so from then on', () => {
    const { ledger, released } = crampedLedger(tempPlace(), 200);
    const outcomes = sellUntil(ledger, ({ diskFull }) => diskFull);
    expect(released()).toBe(1);
    expect(outcomes.filter(({ diskFull }) => diskFull)).toHaveLength(1);
    const { sequence, head } = ledger.load();
    expect(outcomes.at(-1)).toMatchObject({ sequence, head });
    expect(ledger.commit([{ kind: 'terminal-stopped' }], startWallMs).diskFull).toBe(true);
  });

  it('stops the store when the reserve was not enough, with nothing half written', () => {
    const place = tempPlace();
    const { ledger } = crampedLedger(place, 0);
    expect(() => sellUntil(ledger, () => false)).toThrow(full);
    const stopped = expect.objectContaining({ code: 'stopped' });
    expect(() => ledger.commit([{ kind: 'terminal-stopped' }], startWallMs)).toThrow(stopped);
    ledger.close();
    const again = new TestLedger(place).ledger.load();
    expect(again.sequence % 4).toBe(2);
    expect(again.openOperation).toBeUndefined();
  });
});

/** Visits of four rows each, until the last outcome is as wanted. */
function sellUntil(ledger: Ledger, isDone: (outcome: Committed) => boolean): readonly Committed[] {
  const outcomes: Committed[] = [ledger.commit([started, periodOpened(1)], startWallMs)];
  for (let serial = 1; serial < 5_000; serial += 1) {
    const visit = [opened(serial), escrowed(serial, serial), returned(serial), cancelled(serial)];
    const outcome = ledger.commit(visit, startWallMs);
    outcomes.push(outcome);
    if (isDone(outcome)) return outcomes;
  }
  throw new Error('the disk never filled up');
}

/** A small disk of its own for the test, where the system lets us mount one. */
function mountSmallDisk(): string | undefined {
  const folder = tempFolder();
  const mounted = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]);
  if (mounted.status !== 0) return undefined;
  onTestFinished(() => void spawnSync('/bin/umount', [folder]));
  return folder;
}

function fillUp(folder: string): void {
  const file = openSync(join(folder, 'filler'), 'a');
  const chunk = new Uint8Array(4_096);
  try {
    for (;;) writeSync(file, chunk);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  } finally {
    closeSync(file);
  }
}

describe('a real disk that is full', () => {
  it('gives the reserve, and then nothing', ({ skip }) => {
    const disk = mountSmallDisk();
    if (disk === undefined) return skip('no disk may be mounted here');
    const place = { folder: join(disk, 'ledger'), anchorPath: join(tempFolder(), 'anchor') };
    const ledger = openLedger(place, { sealer, randomBytes });
    expect(diskSpace(place.folder)).toMatchObject({ hasReserve: true });
    fillUp(disk);
    expect(diskSpace(place.folder).freeBytes).toBe(0);
    const outcomes = sellUntil(ledger, ({ diskFull }) => diskFull);
    expect(diskSpace(place.folder).hasReserve).toBe(false);
    fillUp(disk);
    const again = (): void => {
      for (let serial = 6_000; ; serial += 1) ledger.commit([opened(serial), cancelled(serial)], startWallMs);
    };
    expect(again).toThrow(full);
    ledger.close();
    rmSync(join(disk, 'filler'));
    const test = new TestLedger(place);
    expect(test.ledger.load().sequence).toBeGreaterThanOrEqual(outcomes.at(-1)?.sequence ?? 0);
    test.ledger.close();
  });

  it('leaves no part of a reserve behind when there was no room for it', ({ skip }) => {
    const disk = mountSmallDisk();
    if (disk === undefined) return skip('no disk may be mounted here');
    writeFileSync(join(disk, 'other'), new Uint8Array(6 * 1024 * 1024));
    expect(keepReserve(disk).release()).toBe(false);
    expect(diskSpace(disk).freeBytes).toBe(2 * 1024 * 1024);
  });
});
