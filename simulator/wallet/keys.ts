import type { PairBody } from './bodies.ts';
import { type Db, query } from './database.ts';
import { type BackendKey, backendKeyFromText, endorses, makeBackendKeyText, thumbprint } from './signing.ts';

/* Who may speak for which terminal, and what has been said before. */

export interface Keys {
  readonly backend: BackendKey;
  /** Signs with another key from now on. */
  changeBackendKey(): void;
  publicKeyOf(keyId: string, atMs: number): string | undefined;
  terminalOf(keyId: string): string | undefined;
  addTerminal(number: string, address: string): void;
  addressOf(terminal: string): string;
  /** Registers a key without any ceremony. */
  enrol(terminal: string, publicKey: string): string;
  addPairingCode(code: string, terminal: string, validUntilMs: number): void;
  pair(body: PairBody, atMs: number): Pairing;
  /** True the first time; a nonce older than `keepSinceMs` is forgotten, as its request would be stale anyway. */
  isFreshNonce(keyId: string, nonce: string, createdMs: number, keepSinceMs: number): boolean;
  forgetAll(): void;
}

type Pairing =
  | { readonly kind: 'paired'; readonly keyId: string; readonly olderKeysValidUntilMs: number | undefined }
  | { readonly kind: 'no-right' };

/** How long an older key may still sign after a newer one has been registered. */
const keyOverlapMs = 7 * 24 * 3_600_000;

interface KeyRow {
  readonly keyId: string;
  readonly terminal: string;
  readonly publicKey: string;
  readonly validUntilMs: number | null;
}

export function openKeys(db: Db): Keys {
  const statements = prepare(db);
  statements.addBackendKey.run(makeBackendKeyText());
  const readBackendKey = (): BackendKey => backendKeyFromText(statements.backendKey.one()?.text ?? '');
  let backend = readBackendKey();

  const liveKey = (keyId: string, atMs: number): KeyRow | undefined => {
    const row = statements.key.one(keyId);
    return row === undefined || (row.validUntilMs !== null && row.validUntilMs <= atMs) ? undefined : row;
  };

  const hasRight = (body: PairBody, keyId: string, atMs: number): boolean => {
    if (body.right.kind === 'code') {
      return statements.useCode.run(keyId, body.right.code, body.terminalNumber, atMs, keyId) > 0;
    }
    const older = liveKey(body.right.keyId, atMs);
    if (older === undefined || older.terminal !== body.terminalNumber) return false;
    return endorses(older.publicKey, body.terminalNumber, keyId, body.right.signature);
  };

  return {
    get backend() {
      return backend;
    },
    changeBackendKey: () => {
      statements.changeBackendKey.run(makeBackendKeyText());
      backend = readBackendKey();
    },
    publicKeyOf: (keyId, atMs) => liveKey(keyId, atMs)?.publicKey,
    terminalOf: (keyId) => statements.key.one(keyId)?.terminal,
    addTerminal: (number, address) => void statements.addTerminal.run(number, address),
    addressOf: (terminal) => statements.terminal.one(terminal)?.address ?? '',
    enrol: (terminal, publicKey) => {
      statements.addKey.run(thumbprint(publicKey), terminal, publicKey);
      return thumbprint(publicKey);
    },
    addPairingCode: (code, terminal, validUntilMs) =>
      void statements.addCode.run(code, terminal, validUntilMs),
    pair: (body, atMs) => {
      const keyId = thumbprint(body.publicKey);
      const known = liveKey(keyId, atMs);
      // The answer to an earlier pairing was lost: the same answer again, and nothing is used up.
      const isRepeat = known?.terminal === body.terminalNumber;
      if (!isRepeat && (known !== undefined || !hasRight(body, keyId, atMs))) return { kind: 'no-right' };
      statements.addKey.run(keyId, body.terminalNumber, body.publicKey);
      const overlapEndMs = atMs + keyOverlapMs;
      if (!isRepeat) statements.endOthers.run(overlapEndMs, body.terminalNumber, keyId, overlapEndMs);
      const untilMs = statements.othersUntil.one(body.terminalNumber, keyId)?.untilMs ?? undefined;
      return { kind: 'paired', keyId, olderKeysValidUntilMs: untilMs };
    },
    isFreshNonce: (keyId, nonce, createdMs, keepSinceMs) => {
      statements.forgetNonces.run(keepSinceMs);
      return statements.addNonce.run(keyId, nonce, createdMs) === 1;
    },
    forgetAll: () => void statements.forgetKeys.run(),
  };
}

function prepare(db: Db) {
  return {
    addBackendKey: query<[string]>(db, 'INSERT OR IGNORE INTO backend_key (id, private_key) VALUES (1, ?)'),
    changeBackendKey: query<[string]>(db, 'UPDATE backend_key SET private_key = ?'),
    backendKey: query<[], { text: string }>(db, 'SELECT private_key AS text FROM backend_key'),
    key: query<[string], KeyRow>(
      db,
      `SELECT key_id AS keyId, terminal, public_key AS publicKey, valid_until_ms AS validUntilMs
       FROM device_key WHERE key_id = ?`,
    ),
    addKey: query<[string, string, string]>(
      db,
      `INSERT INTO device_key (key_id, terminal, public_key) VALUES (?, ?, ?)
       ON CONFLICT (key_id) DO UPDATE SET terminal = excluded.terminal, valid_until_ms = NULL`,
    ),
    endOthers: query<[number, string, string, number]>(
      db,
      `UPDATE device_key SET valid_until_ms = ?
       WHERE terminal = ? AND key_id <> ? AND (valid_until_ms IS NULL OR valid_until_ms > ?)`,
    ),
    othersUntil: query<[string, string], { untilMs: number | null }>(
      db,
      'SELECT max(valid_until_ms) AS untilMs FROM device_key WHERE terminal = ? AND key_id <> ?',
    ),
    forgetKeys: query<[]>(db, 'DELETE FROM device_key'),
    terminal: query<[string], { address: string }>(db, 'SELECT address FROM terminal WHERE number = ?'),
    addTerminal: query<[string, string]>(
      db,
      'INSERT OR IGNORE INTO terminal (number, address) VALUES (?, ?)',
    ),
    addCode: query<[string, string, number]>(
      db,
      'INSERT INTO pairing_code (code, terminal, valid_until_ms) VALUES (?, ?, ?)',
    ),
    useCode: query<[string, string, string, number, string]>(
      db,
      `UPDATE pairing_code SET used_by = ?
       WHERE code = ? AND terminal = ? AND valid_until_ms > ? AND (used_by IS NULL OR used_by = ?)`,
    ),
    addNonce: query<[string, string, number]>(
      db,
      'INSERT OR IGNORE INTO nonce (key_id, nonce, created_ms) VALUES (?, ?, ?)',
    ),
    forgetNonces: query<[number]>(db, 'DELETE FROM nonce WHERE created_ms < ?'),
  };
}
