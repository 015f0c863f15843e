import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder, syncFolder } from '../db/anchor.ts';

/**
 * The Ed25519 key that seals the ledger's checkpoints, made at the first start and readable by its owner alone. It is
 * not the key that signs requests: that one changes with a pairing, and what was sealed must stay readable.
 */
export function openSealKey(path: string): KeyObject {
  if (!existsSync(path)) makeSealKey(path);
  return createPrivateKey(readFileSync(path));
}

function makeSealKey(path: string): void {
  makeFolder(dirname(path));
  const { privateKey } = generateKeyPairSync('ed25519');
  const beside = `${path}.new`;
  const file = openSync(beside, 'w', 0o600);
  try {
    writeSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
  syncFolder(dirname(path));
}
