import {
  closeSync,
  cpSync,
  existsSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from '../../../terminal/ports.ts';
import type { LedgerFiles } from '../../terminal-under-test.ts';
import type { Stage } from '../stage.ts';
import { type Heal, once, type Strike, type Strikes } from './strike.ts';

/* What happens to the ledger: a disk that fails, and files that hands, programs and decay have changed. */

export const storageStrikes: Strikes<
  | 'write-fails'
  | 'write-fails-late'
  | 'disk-read-only'
  | 'disk-full'
  | 'slow-commit'
  | 'old-copy'
  | 'bit-flipped'
  | 'log-missing'
  | 'anchor-missing'
> = {
  'write-fails': once(({ process }, { chance }) => process.failWrite('before', chance.nextInt(4))),
  'write-fails-late': once(({ process }, { chance }) => process.failWrite('after', chance.nextInt(4))),
  'disk-read-only': ({ process }) => {
    process.isReadOnly = true;
    return () => {
      process.isReadOnly = false;
    };
  },
  'disk-full': ({ world }) => {
    world.freeBytes = 1_000_000;
    return () => {
      world.freeBytes = undefined;
    };
  },
  'slow-commit': ({ process }, { chance }) => {
    process.commitMs = 50 + chance.nextInt(10_000);
    return () => {
      process.commitMs = 0;
    };
  },
  'old-copy': async (stage, order) => {
    const { folder } = stage.ledger;
    const older = `${folder}-older-${order.chance.nextInt(2 ** 31)}`;
    if (!stage.isLedgerTrue) return undefined;
    copyLedger(folder, older);
    const storedBefore = stage.world.facts.length;
    // Something that was durable must be missing from it.
    const isMissing = (): boolean =>
      stage.world.facts.slice(storedBefore).some(({ kind }) => kind === 'note-stacked');
    if (!(await stage.until(isMissing, olderMsMax, 1_000))) return undefined;
    return spoil('must be noticed', () => {
      rmSync(folder, { recursive: true });
      renameSync(older, folder);
      return undefined;
    })(stage, order);
  },
  'bit-flipped': spoil('may be harmless', ({ databasePath }, chance) => {
    const path = chance.nextInt(2) === 0 ? databasePath : `${databasePath}-wal`;
    const at = chance.nextInt(statSync(path).size);
    const bit = 1 << chance.nextInt(8);
    const bent = flip(path, at, bit);
    return () => {
      // What the terminal has written there since is right as it is.
      if (existsSync(path) && statSync(path).size > at && byteAt(path, at) === bent) flip(path, at, bit);
    };
  }),
  'log-missing': spoil('may be harmless', ({ databasePath }) => remove(`${databasePath}-wal`)),
  'anchor-missing': spoil('must be noticed', ({ anchorPath }) => remove(anchorPath)),
};

const olderMsMax = 600_000;
/** By then one of several processes has looked at its ledger. */
const verdictMsMax = 120_000;

/** Gives how the harm is undone, if it can be. */
type Harm = (files: LedgerFiles, chance: Random) => (() => void) | undefined;

/**
 * The process dies, and the next one finds other files. What it refuses is put back as it was by somebody who had kept it;
 * what it accepts must not have mattered.
 */
function spoil(what: 'must be noticed' | 'may be harmless', harm: Harm): Strike {
  return async (stage, { chance }): Promise<Heal | undefined> => {
    const { ledger, world } = stage;
    const { folder, anchorPath, databasePath } = ledger;
    if (!stage.isLedgerTrue || !world.isRunning || !existsSync(`${databasePath}-wal`)) return undefined;
    const kept = `${folder}-true`;
    // As it lies there when the power fails: a process that ends in order would tidy it up.
    copyLedger(folder, kept);
    cpSync(dirname(anchorPath), `${kept}-anchor`, { recursive: true });
    stage.holdProcess('files');
    stage.isLedgerTrue = false;
    const storedBefore = world.facts.length;
    copyLedger(kept, folder);
    const undo = harm(ledger, chance);
    stage.letProcessGo('files');
    // Other harm may end that process too, and the next one has to look. The first thing that one does with a ledger that
    // it takes is to write into it.
    const isTaken = (): boolean => world.facts.length > storedBefore;
    await stage.until(() => isTaken() || isClosed(stage), verdictMsMax);
    const settle = (): void => {
      if (!isTaken()) {
        putBack(stage, kept);
        return;
      }
      if (what === 'must be noticed')
        stage.mishaps.push('M13: a terminal takes a ledger that is not its own');
      stage.holdProcess('files');
      undo?.();
      stage.isLedgerTrue = true;
      stage.letProcessGo('files');
    };
    if (isTaken()) settle();
    return isTaken() ? undefined : settle;
  };
}

function remove(path: string): undefined {
  rmSync(path);
}

function isClosed({ shown }: Stage): boolean {
  const screen = shown?.screen;
  return screen?.kind === 'out-of-service' && screen.reason === 'ledger';
}

function putBack(stage: Stage, kept: string): void {
  const { folder, anchorPath } = stage.ledger;
  stage.holdProcess('files');
  rmSync(folder, { recursive: true, force: true });
  renameSync(kept, folder);
  rmSync(dirname(anchorPath), { recursive: true, force: true });
  renameSync(`${kept}-anchor`, dirname(anchorPath));
  stage.isLedgerTrue = true;
  stage.letProcessGo('files');
}

/** The reserve says nothing and is made again. */
function copyLedger(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, filter: (path) => path !== join(from, 'reserve') });
}

/** Gives the byte as it stands there then. */
function flip(path: string, at: number, bit: number): number {
  const bent = byteAt(path, at) ^ bit;
  const file = openSync(path, 'r+');
  writeSync(file, Uint8Array.of(bent), 0, 1, at);
  closeSync(file);
  return bent;
}

function byteAt(path: string, at: number): number {
  const file = openSync(path, 'r');
  const byte = new Uint8Array(1);
  readSync(file, byte, 0, 1, at);
  closeSync(file);
  return byte[0] ?? 0;
}
