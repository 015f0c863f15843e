import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeDeviceKey } from '../../host/device-key.ts';
import type { WalletPhone } from '../../terminal/ids.ts';
import { type Minor, minorFromTenge } from '../../terminal/money.ts';
import { ask } from '../../terminal/wallet/call.ts';
import { checkCall } from '../../terminal/wallet/codec-terminal.ts';
import { statusCall, topUpCall, voidCall } from '../../terminal/wallet/codec-top-up.ts';
import type { TopUpRequest } from '../../terminal/wallet/messages.ts';
import { aigul, openVirtualWorld, operationIdAt, terminalNumber, topUpOf } from './world.ts';

const unidentified = '+77010000003' as WalletPhone;
const allowance = minorFromTenge(12_975);

function notesOf(amountMinor: Minor): Pick<TopUpRequest, 'amountMinor' | 'notes'> {
  return { amountMinor, notes: [{ denominationMinor: amountMinor, count: 1 }] };
}

describe('holds and limits', () => {
  test('a top-up within its hold is never refused for limits, however late it comes', async () => {
    const world = openVirtualWorld();
    const check = await world.ask(checkCall, { wallet: unidentified });
    if (check.kind !== 'open') throw new Error(check.kind);
    expect(check.allowanceMinor).toBe(allowance);
    expect(check.hold.untilMs).toBe(world.clock.wallMs() + 15 * 60_000);
    const paid = topUpOf(world.clock, {
      wallet: unidentified,
      holdId: check.hold.holdId,
      ...notesOf(minorFromTenge(12_000)),
      openedAtMs: world.clock.wallMs(),
    });
    // Meanwhile, after the hold's end, somebody else fills the wallet.
    await world.clock.advance(20 * 60_000);
    const other = topUpOf(world.clock, { wallet: unidentified, ...notesOf(minorFromTenge(10_000)) });
    expect((await world.ask(topUpCall, other)).kind).toBe('credited');
    expect((await world.ask(topUpCall, paid)).kind).toBe('credited');
    // The hold is used up: it covers nothing more.
    const more = topUpOf(world.clock, {
      ...paid,
      ...notesOf(minorFromTenge(1_000)),
      operationId: topUpOf(world.clock).operationId,
    });
    expect(await world.ask(topUpCall, more)).toEqual({
      kind: 'refused',
      reason: 'limit-exceeded',
      retryable: true,
    });
  });

  test('a visit that began after the hold’s end is not covered by it', async () => {
    const world = openVirtualWorld();
    const check = await world.ask(checkCall, { wallet: unidentified });
    if (check.kind !== 'open') throw new Error(check.kind);
    await world.ask(
      topUpCall,
      topUpOf(world.clock, { wallet: unidentified, ...notesOf(minorFromTenge(10_000)) }),
    );
    await world.clock.advance(15 * 60_000 + 1);
    const late = topUpOf(world.clock, {
      wallet: unidentified,
      holdId: check.hold.holdId,
      ...notesOf(minorFromTenge(5_000)),
      openedAtMs: world.clock.wallMs(),
    });
    expect(await world.ask(topUpCall, late)).toMatchObject({ kind: 'refused', reason: 'limit-exceeded' });
    const inTime = { ...late, operationId: topUpOf(world.clock).operationId, openedAtMs: check.hold.untilMs };
    expect((await world.ask(topUpCall, inTime)).kind).toBe('credited');
  });

  test('what one terminal holds another cannot promise, until the hold ends', async () => {
    const world = openVirtualWorld();
    const otherKey = makeDeviceKey();
    world.backend.enrol('10000002', otherKey.publicKey);
    const other = { send: world.client.sendSignedWith.bind(undefined, otherKey) };
    await world.ask(checkCall, { wallet: unidentified });
    expect(await ask(other, checkCall, { wallet: unidentified }, 5_000)).toEqual({
      kind: 'wallet-exhausted',
    });
    await world.clock.advance(15 * 60_000);
    expect(await ask(other, checkCall, { wallet: unidentified }, 5_000)).toMatchObject({
      allowanceMinor: allowance,
    });
  });

  test('a check renews the terminal’s own hold and takes no room from itself', async () => {
    const world = openVirtualWorld();
    const first = await world.ask(checkCall, { wallet: unidentified });
    await world.clock.advance(60_000);
    const second = await world.ask(checkCall, { wallet: unidentified });
    if (first.kind !== 'open' || second.kind !== 'open') throw new Error('closed');
    expect(second.hold.holdId).toBe(first.hold.holdId);
    expect(second.hold.untilMs).toBe(first.hold.untilMs + 60_000);
    expect(second.allowanceMinor).toBe(allowance);
  });

  test('the allowance shrinks with what was paid in, and comes back for the day but not for the store', async () => {
    const world = openVirtualWorld();
    const paid = topUpOf(world.clock, { wallet: unidentified, ...notesOf(minorFromTenge(10_000)) });
    expect((await world.ask(topUpCall, paid)).kind).toBe('credited');
    expect(await world.ask(checkCall, { wallet: unidentified })).toMatchObject({
      kind: 'open',
      allowanceMinor: minorFromTenge(2_975),
    });
    const tooMuch = topUpOf(world.clock, { wallet: unidentified, ...notesOf(minorFromTenge(5_000)) });
    expect(await world.ask(topUpCall, tooMuch)).toMatchObject({ kind: 'refused', reason: 'limit-exceeded' });
    await world.clock.advance(24 * 3_600_000);
    expect(await world.ask(topUpCall, tooMuch)).toMatchObject({ kind: 'refused', reason: 'limit-exceeded' });
  });

  test('a wallet without a name is open and has none', async () => {
    const world = openVirtualWorld();
    expect(await world.ask(checkCall, { wallet: '+77010000006' as WalletPhone })).toMatchObject({
      kind: 'open',
      holderName: undefined,
    });
  });
});

describe('an id and its answer', () => {
  test('another content under a known id changes nothing and is noticed', async () => {
    const world = openVirtualWorld();
    const request = topUpOf(world.clock);
    await world.ask(topUpCall, request);
    const forged = { ...request, ...notesOf(minorFromTenge(20_000)) };
    expect(await world.ask(topUpCall, forged)).toMatchObject({ why: 'mismatch', field: 'amountMinor' });
    expect(world.backend.ledger.balanceMinor(aigul)).toBe(request.amountMinor);
  });

  test('nor does it turn a refusal that could be mended into something else', async () => {
    const world = openVirtualWorld();
    const request = topUpOf(world.clock);
    world.backend.faults.add({ kind: 'refuse', reason: 'wallet-blocked', retryable: true }, { times: 1 });
    await world.ask(topUpCall, request);
    const forged = { ...request, ...notesOf(minorFromTenge(20_000)) };
    expect(await world.ask(topUpCall, forged)).toMatchObject({ why: 'mismatch', field: 'amountMinor' });
    expect(world.backend.ledger.balanceMinor(aigul)).toBe(0);
    expect((await world.ask(topUpCall, request)).kind).toBe('credited');
  });

  test('a voided id is never credited, not even one the backend had not seen', async () => {
    const world = openVirtualWorld();
    const request = topUpOf(world.clock);
    expect((await world.ask(voidCall, { ...request, reason: 'test' })).kind).toBe('voided');
    expect((await world.ask(topUpCall, request)).kind).toBe('voided');
    expect((await world.ask(voidCall, { ...request, reason: 'again' })).kind).toBe('voided');
    expect(world.backend.ledger.balanceMinor(aigul)).toBe(0);
  });

  test('a credited id cannot be voided', async () => {
    const world = openVirtualWorld();
    const request = topUpOf(world.clock);
    await world.ask(topUpCall, request);
    expect((await world.ask(voidCall, { ...request, reason: 'test' })).kind).toBe('credited');
    expect(world.backend.ledger.balanceMinor(aigul)).toBe(request.amountMinor);
  });

  test('a refusal that is not retryable stands although its cause is gone; a retryable one does not', async () => {
    const world = openVirtualWorld();
    const [forever, forNow] = [topUpOf(world.clock), topUpOf(world.clock)];
    world.backend.faults.add({ kind: 'refuse', reason: 'wallet-closed', retryable: false }, { times: 1 });
    await world.ask(topUpCall, forever);
    world.backend.faults.add({ kind: 'refuse', reason: 'wallet-blocked', retryable: true }, { times: 1 });
    await world.ask(topUpCall, forNow);
    expect(await world.ask(topUpCall, forever)).toEqual({
      kind: 'refused',
      reason: 'wallet-closed',
      retryable: false,
    });
    expect((await world.ask(topUpCall, forNow)).kind).toBe('credited');
    expect((await world.ask(voidCall, { ...forever, reason: 'test' })).kind).toBe('voided');
  });

  test('an id never seen is told from one too old to be known', async () => {
    const world = openVirtualWorld();
    const request = topUpOf(world.clock);
    expect(await world.ask(statusCall, request)).toEqual({ kind: 'not-seen' });
    const operationId = operationIdAt(world.clock.wallMs() - 400 * 24 * 3_600_000, 1);
    expect(await world.ask(statusCall, { ...request, operationId })).toEqual({ kind: 'expired' });
  });

  test('belongs to its terminal', async () => {
    const world = openVirtualWorld();
    world.backend.enrol('10000002', makeDeviceKey().publicKey);
    const foreign = topUpOf(world.clock, { terminalNumber: '10000002' });
    expect(await world.ask(topUpCall, foreign)).toMatchObject({
      problem: 'terminal-mismatch',
      needsPerson: true,
    });
    expect(world.backend.ledger.operations()).toEqual([]);
  });

  test('every posting balances: cash in transit against the wallet', async () => {
    const world = openVirtualWorld();
    const request = topUpOf(world.clock);
    await world.ask(topUpCall, request);
    const booked = world.backend.ledger.entries().filter(({ cause }) => cause === request.operationId);
    expect(booked).toMatchObject([
      { account: `cash-in-transit:${terminalNumber}`, amountMinor: request.amountMinor },
      { account: `wallet:${aigul}`, amountMinor: -request.amountMinor },
    ]);
    expect(world.backend.wallets().find(({ phone }) => phone === aigul)?.balanceMinor).toBe(
      request.amountMinor,
    );
    world.backend.ledger.check();
  });
});

describe('the database', () => {
  test('in a file outlives the backend: operations, keys, nonces and the promise', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qyzyl-backend-'));
    const databasePath = join(folder, 'backend.sqlite');
    const key = makeDeviceKey();
    const first = openVirtualWorld({ databasePath, key, nonce: () => 'the-one-and-only' });
    const [request, later] = [topUpOf(first.clock), topUpOf(first.clock)];
    first.backend.faults.add({ kind: 'accept', creditAfterMs: 60_000, promises: true }, { times: 1 });
    expect((await first.ask(topUpCall, later)).kind).toBe('accepted');
    const backendKey = first.backend.serverPublicKey();
    await first.close();

    const again = openVirtualWorld({ databasePath, key, enrolled: false, nonce: () => 'the-one-and-only' });
    expect(again.backend.serverPublicKey()).toBe(backendKey);
    expect(await again.ask(topUpCall, request)).toMatchObject({ problem: 'nonce-replayed' });
    await again.clock.advance(60_000);
    expect(again.backend.ledger.creditedMinor(later.operationId)).toBe(later.amountMinor);
    await again.close();
    rmSync(folder, { recursive: true });
  });

  test('in a file can go back to a backup', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qyzyl-backend-'));
    const world = openVirtualWorld({ databasePath: join(folder, 'backend.sqlite') });
    const backup = world.backend.takeBackup();
    const lost = topUpOf(world.clock);
    await world.ask(topUpCall, lost);
    world.backend.restoreBackup(backup);
    expect(await world.ask(statusCall, lost)).toEqual({ kind: 'not-seen' });
    expect((await world.ask(topUpCall, lost)).kind).toBe('credited');
    await world.close();
    rmSync(folder, { recursive: true });
  });
});
