import { cpSync, existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ledgerPlace } from '../../host/simulate.ts';
import type { World } from './world.ts';

/* What hands and backup programs do to the files of a ledger while nobody looks. */

export interface LedgerFiles {
  readonly folder: string;
  readonly anchorPath: string;
  /** Keeps what is there now under a name. */
  copy(name: string): void;
  /** Puts a kept copy of the ledger's folder back. */
  putBackLedger(name: string): void;
  putBackAnchor(name: string): void;
}

export function ledgerFiles(world: World): LedgerFiles {
  const { folder, anchorPath } = ledgerPlace(world.machine);
  const kept = (name: string, part: string): string => join(world.machine.folder, `kept-${name}`, part);
  const putBack = (from: string, to: string): void => {
    if (!existsSync(from)) throw new Error(`nothing was kept at ${from}`);
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
  };
  return {
    folder,
    anchorPath,
    copy: (name) => {
      // The reserve says nothing and is made again.
      const filter = (path: string): boolean => !path.endsWith('/reserve');
      cpSync(folder, kept(name, 'ledger'), { recursive: true, filter });
      cpSync(dirname(anchorPath), kept(name, 'anchor'), { recursive: true });
    },
    putBackLedger: (name) => putBack(kept(name, 'ledger'), folder),
    putBackAnchor: (name) => putBack(kept(name, 'anchor'), dirname(anchorPath)),
  };
}
