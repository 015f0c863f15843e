import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type Ledger, openLedger } from '../db/ledger.ts';
import { ledgerFile } from '../db/open.ts';
import { ed25519Sealer } from '../db/sealer.ts';
import { openSealKey } from '../host/seal-key.ts';
import { decodeSettings, type Settings } from '../terminal/settings.ts';
import { UsageError } from './usage-error.ts';

/* The ledger of a terminal that does not run, for commands that write to it. */

export type Places = Settings['storage'];

/** Where a terminal keeps its things, by its settings file. */
export function readPlaces(path: string): Places {
  if (!existsSync(path)) throw new UsageError(`There are no settings at ${path}.`);
  const decoded = decodeSettings(JSON.parse(readFileSync(path, 'utf8')));
  if (decoded.kind === 'ok') return decoded.settings.storage;
  throw new UsageError(decoded.faults.map((fault) => `${path}: ${fault.path}: ${fault.message}`).join('\n'));
}

/** Never makes a ledger, nor a key: a wrong path must not look like an empty terminal. */
export async function withLedger(
  { databaseFolder: folder, anchorFile: anchorPath, sealKeyFile }: Places,
  work: (ledger: Ledger) => void | Promise<void>,
): Promise<void> {
  if (!existsSync(ledgerFile(folder))) throw new UsageError(`There is no ledger in ${folder}.`);
  if (!existsSync(sealKeyFile)) throw new UsageError(`There is no seal key at ${sealKeyFile}.`);
  const sealer = ed25519Sealer(openSealKey(sealKeyFile));
  const ledger = openLedger({ folder, anchorPath }, { sealer, randomBytes });
  try {
    await work(ledger);
  } finally {
    ledger.close();
  }
}
