import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from './anchor.ts';
import { isDiskFull } from './errors.ts';

/** Space kept back so that the note already on its way can be recorded when the disk is full (money rule M14). */
export interface Reserve {
  /** False if the disk had no room for it: it is as full as if the reserve had been spent. */
  readonly isTaken: boolean;
  /** Gives the space up; false if it had been given up before. */
  release(): boolean;
}

/** Some eighty commits: the note on its way, the end of its visit, and the alarms that follow. */
const reserveBytes = 4 * 1024 * 1024;

/** Takes the reserve if the disk has room for it. Real bytes: a sparse file would reserve nothing. */
export function keepReserve(folder: string): Reserve {
  const path = join(folder, 'reserve');
  // A start that was cut short leaves a part of it: that is made again.
  if (statSync(path, { throwIfNoEntry: false })?.size !== reserveBytes) fill(path, folder);
  return {
    isTaken: existsSync(path),
    release: () => {
      if (!existsSync(path)) return false;
      rmSync(path);
      syncFolder(folder);
      return true;
    },
  };
}

function fill(path: string, folder: string): void {
  const chunk = new Uint8Array(1024 * 1024).fill(0x51);
  const file = openSync(path, 'w', 0o600);
  let isWhole = false;
  try {
    for (let written = 0; written < reserveBytes; ) written += writeSync(file, chunk);
    fsyncSync(file);
    isWhole = true;
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  } finally {
    closeSync(file);
    if (!isWhole) rmSync(path);
  }
  syncFolder(folder);
}

export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** False once the reserve was spent, or could never be taken: sell nothing. */
  readonly hasReserve: boolean;
}

/** How much room there is for the ledger in `folder`; asked regularly, so that a full disk is seen coming. */
export function diskSpace(folder: string): DiskSpace {
  const { bavail, blocks, bsize } = statfsSync(folder);
  return {
    freeBytes: bavail * bsize,
    totalBytes: blocks * bsize,
    hasReserve: existsSync(join(folder, 'reserve')),
  };
}
