import { join } from 'node:path';
import type { LedgerPlace } from '../db/ledger.ts';

/** Where a terminal keeps what must outlive it. All of it is private to the account it runs under. */
export interface DataPaths {
  readonly ledger: LedgerPlace;
  readonly sealKeyPath: string;
}

export function dataPaths(root: string): DataPaths {
  return {
    ledger: { folder: join(root, 'ledger'), anchorPath: join(root, 'anchor', 'ledger.anchor') },
    sealKeyPath: join(root, 'keys', 'seal.pem'),
  };
}
