import { type KeyObject, randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StorageError } from '../../../db/errors.ts';
import { checkProjections, fullCheck } from '../../../db/full-check.ts';
import { type Ledger, openLedger } from '../../../db/ledger.ts';
import { openReader } from '../../../db/open.ts';
import { ed25519Sealer } from '../../../db/sealer.ts';
import type { DiskImage } from '../../../simulator/disk/disk.ts';
import { type Anchor, readAnchorFile } from '../chain.ts';
import { placeIn } from './place.ts';
import type { Promises } from './promises.ts';

/** How the production start, and then its full check, take a disk as a power cut has left it. */
export type Reopened =
  | { readonly kind: 'sound'; readonly endsAt: number; readonly missing: readonly Anchor[] }
  /** Not used: a person must look. */
  | { readonly kind: 'refused'; readonly by: 'start' | 'full check'; readonly why: string };

export interface Reopening {
  readonly reopened: Reopened;
  /** What the anchor file said before anything was opened. */
  readonly anchor: Anchor | undefined;
}

/** Lays the image down in `folder`, emptied first, and opens the ledger there as the product does. */
export function reopen(
  image: DiskImage,
  root: string,
  folder: string,
  sealKey: KeyObject,
  promises: Promises,
): Reopening {
  layDown(image, root, folder);
  const place = placeIn(folder);
  const anchor = readAnchorFile(place.anchorPath);
  const sealer = ed25519Sealer(sealKey);
  let ledger: Ledger;
  try {
    ledger = openLedger(place, { sealer, randomBytes });
  } catch (error) {
    return { anchor, reopened: refused('start', error) };
  }
  try {
    const endsAt = ledger.load().sequence;
    const missing = promises.all.filter((one) => !ledger.containsAnchor(one));
    if (endsAt === 0) return { anchor, reopened: { kind: 'sound', endsAt, missing } };
    const reader = openReader(place.folder);
    try {
      fullCheck(reader, place.anchorPath, sealer);
      checkProjections(reader);
    } catch (error) {
      return { anchor, reopened: refused('full check', error) };
    } finally {
      reader.close();
    }
    return { anchor, reopened: { kind: 'sound', endsAt, missing } };
  } catch (error) {
    return { anchor, reopened: refused('start', error) };
  } finally {
    ledger.abandon();
  }
}

function refused(by: 'start' | 'full check', error: unknown): Reopened {
  if (error instanceof StorageError) return { kind: 'refused', by, why: `${error.code}: ${error.message}` };
  return { kind: 'refused', by, why: String(error) };
}

export function layDown(image: DiskImage, root: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [path, bytes] of image) {
    const to = join(folder, path.slice(root.length));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, bytes);
  }
}
