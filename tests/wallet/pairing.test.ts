import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type DeviceKey,
  type DeviceKeys,
  endorse,
  makeDeviceKey,
  openDeviceKeys,
} from '../../host/device-key.ts';
import { backendKeys } from '../../host/http-signature.ts';
import { type WalletHttp, walletHttp } from '../../host/wallet-http.ts';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import { type Backend, createBackend } from '../../simulator/wallet/backend.ts';
import { inProcessExchange } from '../../simulator/wallet/in-process.ts';
import { ask } from '../../terminal/wallet/call.ts';
import { profileCall } from '../../terminal/wallet/codec-terminal.ts';
import { topUpCall } from '../../terminal/wallet/codec-top-up.ts';
import { type PairAnswer, type PairRequest, pairCall } from '../../terminal/wallet/pairing.ts';
import { terminalNumber, topUpOf } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'qyzyl-key-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = (): string => {
  files += 1;
  return join(folder, `${files}.key`);
};

interface Unpaired {
  readonly clock: VirtualClock;
  readonly backend: Backend;
  readonly keys: DeviceKeys;
  readonly client: WalletHttp;
  pair(key: DeviceKey, right: PairRequest['right']): Promise<PairAnswer>;
  knowsMe(): Promise<boolean>;
}

function openUnpaired(): Unpaired {
  const clock = new VirtualClock();
  const backend = createBackend({ clock });
  const keys = openDeviceKeys(newPath());
  const client = walletHttp({
    baseUrl: 'https://wallet.example.kz',
    backendKeys: backendKeys([backend.serverPublicKey()]),
    signingKey: keys.current,
    exchange: inProcessExchange(backend, clock, { plugged: true }),
    clock,
  });
  return {
    clock,
    backend,
    keys,
    client,
    pair: async (key, right) => {
      const request = { terminalNumber, publicKey: key.publicKey, right };
      const sender = { send: client.sendSignedWith.bind(undefined, key) };
      return ask(sender, pairCall, request, 5_000);
    },
    knowsMe: async () => (await ask(client, profileCall, { terminalNumber }, 5_000)).kind === 'profile',
  };
}

describe('pairing', () => {
  test('with a one-time code; the code then is used up, but a lost answer may be asked for again', async () => {
    const { backend, keys, pair, knowsMe } = openUnpaired();
    expect(await knowsMe()).toBe(false);
    const code = backend.pairingCode(terminalNumber);
    const paired = { kind: 'paired', keyId: keys.current().keyId, olderKeysValidUntilMs: undefined };
    expect(await pair(keys.current(), { kind: 'code', code })).toEqual(paired);
    expect(await knowsMe()).toBe(true);
    expect(await pair(keys.current(), { kind: 'code', code })).toEqual(paired);
    expect(await pair(makeDeviceKey(), { kind: 'code', code })).toEqual({ kind: 'code-invalid' });
  });

  test('fails with a wrong code, another terminal’s code, or one a day old', async () => {
    const { backend, clock, keys, pair } = openUnpaired();
    const refused = { kind: 'code-invalid' };
    expect(await pair(keys.current(), { kind: 'code', code: 'x' })).toEqual(refused);
    expect(await pair(keys.current(), { kind: 'code', code: backend.pairingCode('10000002') })).toEqual(
      refused,
    );
    const code = backend.pairingCode(terminalNumber);
    await clock.advance(24 * 3_600_000);
    expect(await pair(keys.current(), { kind: 'code', code })).toEqual(refused);
  });

  test('proves possession: a key cannot be paired by who does not hold it', async () => {
    const { backend, client, keys } = openUnpaired();
    const right = { kind: 'code', code: backend.pairingCode(terminalNumber) } as const;
    const request = { terminalNumber, publicKey: makeDeviceKey().publicKey, right };
    const sender = { send: client.sendSignedWith.bind(undefined, keys.current()) };
    expect(await ask(sender, pairCall, request, 5_000)).toMatchObject({
      kind: 'unknown',
      problem: 'key-unknown',
    });
  });

  test('again after the backend forgot all keys keeps what was queued', async () => {
    const { backend, client, clock, keys, pair } = openUnpaired();
    await pair(keys.current(), { kind: 'code', code: backend.pairingCode(terminalNumber) });
    const queued = topUpOf(clock);
    backend.forgetKeys();
    expect(await ask(client, topUpCall, queued, 5_000)).toMatchObject({
      problem: 'key-unknown',
      needsPerson: true,
    });
    await pair(keys.current(), { kind: 'code', code: backend.pairingCode(terminalNumber) });
    expect((await ask(client, topUpCall, queued, 5_000)).kind).toBe('credited');
  });
});

describe('rotation', () => {
  test('leaves both keys valid for an overlap, then only the new one', async () => {
    const { backend, client, clock, keys, pair, knowsMe } = openUnpaired();
    backend.enrol(terminalNumber, keys.current().publicKey);
    const old = keys.current();
    const next = keys.beginRotation();
    const signature = endorse(old, terminalNumber, next);
    const answer = await pair(next, { kind: 'endorsement', keyId: old.keyId, signature });
    const overlapMs = 7 * 24 * 3_600_000;
    expect(answer).toEqual({
      kind: 'paired',
      keyId: next.keyId,
      olderKeysValidUntilMs: clock.wallMs() + overlapMs,
    });
    expect(await knowsMe()).toBe(true);
    keys.finishRotation();
    expect(keys.current().keyId).toBe(next.keyId);
    expect(await knowsMe()).toBe(true);
    await clock.advance(overlapMs);
    expect(await knowsMe()).toBe(true);
    const late = await client.sendSignedWith(old, profileCall.encode({ terminalNumber }), 5_000);
    expect(late).toMatchObject({ kind: 'answer', body: { type: 'urn:qyzyl:problem:key-unknown' } });
  });

  test('takes no endorsement for another key, another terminal, or by a stranger', async () => {
    const { backend, keys, pair } = openUnpaired();
    backend.enrol(terminalNumber, keys.current().publicKey);
    const { keyId } = keys.current();
    const next = keys.beginRotation();
    const wrong = [
      endorse(keys.current(), terminalNumber, makeDeviceKey()),
      endorse(keys.current(), '10000002', next),
      endorse(makeDeviceKey(), terminalNumber, next),
    ];
    for (const signature of wrong) {
      expect(await pair(next, { kind: 'endorsement', keyId, signature })).toEqual({ kind: 'code-invalid' });
    }
  });
});

describe('the key file', () => {
  const path = newPath();

  test('is made with mode 0600 and read back as the same key', () => {
    const first = openDeviceKeys(path).current();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const second = openDeviceKeys(path).current();
    expect([second.keyId, second.publicKey]).toEqual([first.keyId, first.publicKey]);
  });

  test('holds a rotation that was cut off, and goes on with the same next key', () => {
    const next = openDeviceKeys(path).beginRotation();
    const reopened = openDeviceKeys(path);
    expect(reopened.next()?.keyId).toBe(next.keyId);
    expect(reopened.beginRotation().keyId).toBe(next.keyId);
    reopened.finishRotation();
    expect(openDeviceKeys(path).current().keyId).toBe(next.keyId);
    expect(openDeviceKeys(path).next()).toBeUndefined();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('is refused when others may read it', () => {
    chmodSync(path, 0o640);
    expect(() => openDeviceKeys(path)).toThrow('0600');
    chmodSync(path, 0o600);
  });

  test('is refused, and left alone, when it holds something else', () => {
    writeFileSync(path, 'not a key', { mode: 0o600 });
    expect(() => openDeviceKeys(path)).toThrow('no device key');
    expect(readFileSync(path, 'utf8')).toBe('not a key');
  });
});
