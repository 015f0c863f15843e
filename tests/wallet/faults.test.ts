import { describe, expect, test } from 'vitest';
import { systemClock } from '../../host/system-clock.ts';
import type { WalletFault } from '../../simulator/wallet/faults.ts';
import { batchCall, statusCall, topUpCall, voidCall } from '../../terminal/wallet/codec-top-up.ts';
import type { TopUpAnswer } from '../../terminal/wallet/messages.ts';
import { aigul, openVirtualWorld, openWorld, topUpOf, type VirtualWorld } from './world.ts';

/** Lets time pass until the answer is there. */
async function within<Answer>(world: VirtualWorld, asked: Promise<Answer>, ms: number): Promise<Answer> {
  let answer: { readonly value: Answer } | undefined;
  void asked.then((value) => {
    answer = { value };
  });
  await world.clock.advanceUntil(() => answer !== undefined, ms, 'an answer');
  if (answer === undefined) throw new Error('unreachable');
  return answer.value;
}

interface Case {
  readonly fault: WalletFault;
  readonly hears: Partial<TopUpAnswer>;
  /** Was the money credited although the terminal does not know? */
  readonly applied: boolean;
}

const cases: readonly Case[] = [
  { fault: { kind: 'slow', delayMs: 20_000 }, hears: { kind: 'unknown', reason: 'deadline' }, applied: true },
  { fault: { kind: 'server-error' }, hears: { kind: 'unknown', problem: 'internal-error' }, applied: false },
  {
    fault: { kind: 'gateway-error', status: 502 },
    hears: { kind: 'unknown', reason: 'not-signed' },
    applied: false,
  },
  {
    fault: { kind: 'too-many-requests', retryAfterS: 7 },
    hears: { kind: 'unknown', problem: 'too-many-requests', retryAfterMs: 7_000 },
    applied: false,
  },
  { fault: { kind: 'drop-before' }, hears: { kind: 'unknown', reason: 'connection-lost' }, applied: false },
  { fault: { kind: 'drop-after' }, hears: { kind: 'unknown', reason: 'connection-lost' }, applied: true },
  { fault: { kind: 'stall' }, hears: { kind: 'unknown', reason: 'deadline' }, applied: true },
  { fault: { kind: 'stall', forMs: 2_000 }, hears: { kind: 'credited' }, applied: true },
  {
    fault: { kind: 'refuse', reason: 'wallet-blocked', retryable: true },
    hears: { kind: 'refused', reason: 'wallet-blocked', retryable: true },
    applied: false,
  },
  {
    fault: { kind: 'wrong-id' },
    hears: { kind: 'unknown', why: 'mismatch', field: 'operationId' },
    applied: true,
  },
  {
    fault: { kind: 'wrong-amount' },
    hears: { kind: 'unknown', why: 'mismatch', field: 'amountMinor' },
    applied: true,
  },
  {
    fault: { kind: 'wrong-wallet' },
    hears: { kind: 'unknown', why: 'mismatch', field: 'wallet' },
    applied: true,
  },
  { fault: { kind: 'bad-signature' }, hears: { kind: 'unknown', reason: 'bad-signature' }, applied: true },
  { fault: { kind: 'unsigned' }, hears: { kind: 'unknown', reason: 'not-signed' }, applied: true },
  { fault: { kind: 'duplicate' }, hears: { kind: 'unknown', problem: 'nonce-replayed' }, applied: true },
  { fault: { kind: 'reorder', delayMsMax: 4_000 }, hears: { kind: 'credited' }, applied: true },
  {
    fault: { kind: 'accept', creditAfterMs: 60_000, promises: false },
    hears: { kind: 'accepted' },
    applied: false,
  },
  { fault: { kind: 'clock-skew', offsetMs: 3_600_000 }, hears: { kind: 'credited' }, applied: true },
];

describe.each(cases)('$fault.kind', ({ fault, hears, applied }) => {
  test('is heard for what it is, and the same id afterwards credits exactly once', async () => {
    const world = openVirtualWorld();
    world.backend.faults.add(fault, { call: 'top-up' });
    const request = topUpOf(world.clock);
    expect(await within(world, world.ask(topUpCall, request), 10_000)).toMatchObject(hears);
    await world.clock.advance(30_000);
    expect(world.backend.ledger.creditedMinor(request.operationId)).toBe(applied ? request.amountMinor : 0);

    world.backend.faults.clear();
    await world.clock.advance(60_000);
    expect((await within(world, world.ask(topUpCall, request), 10_000)).kind).toBe('credited');
    expect(world.backend.ledger.balanceMinor(aigul)).toBe(request.amountMinor);
    world.backend.ledger.check();
  });
});

describe('over real sockets', () => {
  test.each([
    [{ kind: 'drop-before' } as const, 'connection-lost'],
    [{ kind: 'drop-after' } as const, 'connection-lost'],
    [{ kind: 'stall' } as const, 'deadline'],
    [{ kind: 'slow', delayMs: 2_000 } as const, 'deadline'],
    [{ kind: 'gateway-error', status: 503 } as const, 'not-signed'],
  ])('%j', async (fault, reason) => {
    const world = await openWorld();
    world.backend.faults.add(fault);
    const request = topUpOf(systemClock);
    const deadlineMs = reason === 'deadline' ? 400 : 10_000;
    expect(await world.ask(topUpCall, request, deadlineMs)).toMatchObject({
      kind: 'unknown',
      reason,
      sentMaybe: true,
    });
    world.backend.faults.clear();
    expect((await world.ask(topUpCall, request)).kind).toBe('credited');
    expect(world.backend.ledger.balanceMinor(aigul)).toBe(request.amountMinor);
    await world.close();
  });

  test('the end of a stalled body still makes a good answer', async () => {
    const world = await openWorld();
    world.backend.faults.add({ kind: 'stall', forMs: 50 });
    expect((await world.ask(topUpCall, topUpOf(systemClock))).kind).toBe('credited');
    await world.close();
  });
});

describe('a batch', () => {
  test('lost after it was applied, then cut anew, credits each item once', async () => {
    const world = openVirtualWorld();
    const requests = Array.from({ length: 40 }, () => topUpOf(world.clock));
    world.backend.faults.add({ kind: 'drop-after' }, { times: 1 });
    const lost = await world.ask(batchCall, { items: requests.slice(0, 25) });
    expect(lost.items.map((item) => item.answer.kind)).toEqual(Array(25).fill('unknown'));
    const first = await world.ask(batchCall, { items: requests.slice(10, 40) });
    const second = await world.ask(batchCall, { items: requests.slice(0, 12).reverse() });
    for (const { answer } of [...first.items, ...second.items]) expect(answer.kind).toBe('credited');
    expect(world.backend.ledger.balanceMinor(aigul)).toBe(40 * topUpOf(world.clock).amountMinor);
    world.backend.ledger.check();
  });

  test('answers every item by itself: a bad one spoils nothing', async () => {
    const world = openVirtualWorld();
    const good = topUpOf(world.clock);
    const bad = topUpOf(world.clock, { notes: [] });
    const nobodys = topUpOf(world.clock, { wallet: '+77019999999' as typeof aigul });
    const answer = await world.ask(batchCall, { items: [bad, good, nobodys] });
    expect(answer.items).toMatchObject([
      { operationId: bad.operationId, answer: { kind: 'unknown', problem: 'request-invalid' } },
      { operationId: good.operationId, answer: { kind: 'credited' } },
      { operationId: nobodys.operationId, answer: { kind: 'refused', reason: 'wallet-unknown' } },
    ]);
  });

  test('is told apart by id, in whatever order and however often the answers come', async () => {
    const world = openVirtualWorld();
    world.backend.faults.add({ kind: 'reorder', delayMsMax: 0 });
    const requests = Array.from({ length: 30 }, () => topUpOf(world.clock));
    const answer = await within(world, world.ask(batchCall, { items: requests }), 1_000);
    expect(answer.items.map((item) => item.operationId)).toEqual(requests.map((item) => item.operationId));
    for (const item of answer.items) expect(item.answer.kind).toBe('credited');
  });

  test('with a stranger in it leaves the missing one unproven', async () => {
    const world = openVirtualWorld();
    world.backend.faults.add({ kind: 'wrong-id' });
    const answer = await world.ask(batchCall, { items: [topUpOf(world.clock)] });
    expect(answer.items[0]?.answer).toEqual({ kind: 'unknown', why: 'mismatch', field: 'operationId' });
  });
});

test('an operation taken on with a promise is credited when it said, by itself', async () => {
  const world = openVirtualWorld();
  const request = topUpOf(world.clock);
  world.backend.faults.add({ kind: 'accept', creditAfterMs: 600_000, promises: true }, { times: 1 });
  const promisedAtMs = world.clock.wallMs() + 600_000;
  expect(await world.ask(topUpCall, request)).toEqual({ kind: 'accepted', promisedAtMs });
  expect(await world.ask(statusCall, request)).toEqual({ kind: 'accepted', promisedAtMs });
  await world.clock.advance(599_000);
  expect(world.backend.ledger.creditedMinor(request.operationId)).toBe(0);
  await world.clock.advance(1_000);
  expect(world.backend.ledger.creditedMinor(request.operationId)).toBe(request.amountMinor);
  expect((await world.ask(topUpCall, request)).kind).toBe('credited');
});

test('a promise can be voided, and is then never kept', async () => {
  const world = openVirtualWorld();
  const request = topUpOf(world.clock);
  world.backend.faults.add({ kind: 'accept', creditAfterMs: 600_000, promises: true }, { times: 1 });
  await world.ask(topUpCall, request);
  expect((await world.ask(voidCall, { ...request, reason: 'test' })).kind).toBe('voided');
  await world.clock.advance(700_000);
  expect((await world.ask(topUpCall, request)).kind).toBe('voided');
  expect(world.backend.ledger.balanceMinor(aigul)).toBe(0);
  world.backend.ledger.check();
});

test('a restored backup forgets what came after it', async () => {
  const world = openVirtualWorld();
  const [kept, lost] = [topUpOf(world.clock), topUpOf(world.clock)];
  await world.ask(topUpCall, kept);
  const backup = world.backend.takeBackup();
  await world.ask(topUpCall, lost);
  world.backend.restoreBackup(backup);
  expect(await world.ask(statusCall, kept)).toMatchObject({ kind: 'credited' });
  expect(await world.ask(statusCall, lost)).toEqual({ kind: 'not-seen' });
  world.backend.ledger.check();
});

describe('clocks that differ', () => {
  test('by less than five minutes are taken', async () => {
    const world = openVirtualWorld();
    world.backend.faults.add({ kind: 'clock-skew', offsetMs: -299_000 });
    expect((await world.ask(topUpCall, topUpOf(world.clock))).kind).toBe('credited');
    expect(world.client.clockOffsetMs()).toBe(0);
    expect(world.client.lastBackendTime()).toEqual({
      backendWallMs: world.clock.wallMs() - 299_000,
      atMonoMs: world.clock.monoMs(),
    });
  });

  test('by more are put right within the same call, and stay so', async () => {
    const world = openVirtualWorld();
    world.backend.faults.add({ kind: 'clock-skew', offsetMs: 3_600_000 });
    expect((await world.ask(topUpCall, topUpOf(world.clock))).kind).toBe('credited');
    expect(world.client.clockOffsetMs()).toBe(3_600_000);
    expect((await world.ask(topUpCall, topUpOf(world.clock))).kind).toBe('credited');
  });
});

test('no network: certain that nothing was sent', async () => {
  const world = openVirtualWorld();
  world.cable.plugged = false;
  expect(await world.ask(topUpCall, topUpOf(world.clock))).toEqual({
    kind: 'unknown',
    why: 'no-answer',
    reason: 'refused-connection',
    sentMaybe: false,
  });
});

test('a fault typed by a person is checked', () => {
  const world = openVirtualWorld();
  const { faults } = world.backend;
  expect(
    faults.addCommand({ fault: { kind: 'slow', delayMs: 500 }, times: 2, call: 'check' }),
  ).toBeUndefined();
  expect(faults.addCommand({ fault: { kind: 'explode' } })).toContain('fault');
  expect(faults.active()).toEqual([{ fault: { kind: 'slow', delayMs: 500 }, times: 2, call: 'check' }]);
});
