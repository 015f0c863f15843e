import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

/** An Ed25519 key pair made on this terminal. The private half never leaves it. */
export interface DeviceKey {
  /** RFC 7638 thumbprint of the public key. */
  readonly keyId: string;
  readonly privateKey: KeyObject;
  /** Raw 32 bytes, base64url. */
  readonly publicKey: string;
}

/**
 * The key that signs now, and during a rotation the one that will. Both are on disk before the backend hears of the new
 * one, so a lost answer or a power cut in between leaves a terminal that can still sign with either.
 */
export interface DeviceKeys {
  current(): DeviceKey;
  next(): DeviceKey | undefined;
  /** Makes the next key, or gives the one already made: a rotation that broke off is taken up again. */
  beginRotation(): DeviceKey;
  /** The backend has registered the next key: it signs from now on, and the old one is gone. */
  finishRotation(): void;
}

/** The file is missing its modesty, or is no key file. */
export class DeviceKeyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DeviceKeyError';
  }
}

/** A key pair in memory only; for a first key, and where nothing may touch a disk. */
export function makeDeviceKey(): DeviceKey {
  return deviceKey(generateKeyPairSync('ed25519').privateKey);
}

/** What the current key signs to let the next one in (the pairing call's endorsement), base64url. */
export function endorse(current: DeviceKey, terminalNumber: string, next: DeviceKey): string {
  const text = `qyzyl-pair\n${terminalNumber}\n${next.keyId}`;
  return sign(null, Buffer.from(text, 'ascii'), current.privateKey).toString('base64url');
}

/** Opens the key file, or makes one with a first key if there is none. The file is readable by its owner alone. */
export function openDeviceKeys(path: string): DeviceKeys {
  let held = readKeyFile(path);
  if (held === undefined) {
    held = { current: makeDeviceKey(), next: undefined };
    writeKeyFile(path, held);
  }
  let keys: HeldKeys = held;
  const keep = (changed: HeldKeys): void => {
    writeKeyFile(path, changed);
    keys = changed;
  };
  return {
    current: () => keys.current,
    next: () => keys.next,
    beginRotation: () => {
      if (keys.next !== undefined) return keys.next;
      const next = makeDeviceKey();
      keep({ current: keys.current, next });
      return next;
    },
    finishRotation: () => {
      if (keys.next !== undefined) keep({ current: keys.next, next: undefined });
    },
  };
}

interface HeldKeys {
  readonly current: DeviceKey;
  readonly next: DeviceKey | undefined;
}

const keyFileSchema = z.object({ version: z.literal(1), current: z.string(), next: z.string().optional() });

function readKeyFile(path: string): HeldKeys | undefined {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return undefined;
  // Windows has no such bits: there the folder's access list guards the file.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new DeviceKeyError(`${path} may be read by others: its mode must be 0600`);
  }
  try {
    const { current, next } = keyFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return {
      current: deviceKeyFromText(current),
      next: next === undefined ? undefined : deviceKeyFromText(next),
    };
  } catch (cause) {
    // Never replaced by a fresh key: that would cut the terminal off without anybody asking for it.
    throw new DeviceKeyError(`${path} holds no device key: ${String(cause)}`);
  }
}

/** Whole or not at all: written beside, forced to disk, then renamed over. */
function writeKeyFile(path: string, keys: HeldKeys): void {
  const text = JSON.stringify({
    version: 1,
    current: deviceKeyToText(keys.current),
    ...(keys.next !== undefined && { next: deviceKeyToText(keys.next) }),
  });
  const beside = `${path}.new`;
  const file = openSync(beside, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
  syncFolder(dirname(path));
}

function syncFolder(path: string): void {
  if (process.platform === 'win32') return; // a folder cannot be opened there
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function deviceKeyToText(key: DeviceKey): string {
  return key.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
}

function deviceKeyFromText(text: string): DeviceKey {
  return deviceKey(createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' }));
}

function deviceKey(privateKey: KeyObject): DeviceKey {
  const { kty, crv, x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined) throw new DeviceKeyError('not an Ed25519 key');
  return { keyId: keyIdOf(x), privateKey, publicKey: x };
}

/** RFC 7638 §3: SHA-256 over the JWK's required members in alphabetical order. */
export function keyIdOf(publicKey: string): string {
  const members = `{"crv":"Ed25519","kty":"OKP","x":"${publicKey}"}`;
  return createHash('sha256').update(members, 'ascii').digest('base64url');
}
