import { join } from 'node:path';
import type { LedgerPlace } from '../../../db/ledger.ts';

/** Where the ledger stands under the recorded folder. */
export function placeIn(root: string): LedgerPlace {
  return { folder: join(root, 'ledger'), anchorPath: join(root, 'anchor', 'anchor') };
}

/** What the ledger's process has told; no part of the ledger. */
export const toldFile = 'told';
