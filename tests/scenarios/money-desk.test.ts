import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { secondAdministrator, simulatedPin, staffIdOfRole } from '../../host/simulated-staff.ts';
import type { Role } from '../../terminal/staff/roles.ts';
import { readBooks } from './expect-money.ts';
import { StaffedWorld } from './staffed-world.ts';

/*
 * Money that stopped on its way, in the hands of staff. Nothing may become of an operation before the backend has closed
 * its id for ever, and one person alone settles nothing (money rules M4 and M9).
 */

const otherWallet = '7010000007';

let world: StaffedWorld;

beforeEach(async () => {
  world = new StaffedWorld();
  await world.toAttract();
});
afterEach(() => world.close());

async function topUp(...notes: readonly number[]): Promise<void> {
  await world.toCash();
  for (const note of notes) await world.pay(note);
  await world.press('pay');
  await world.until('result', 15_000, ({ print }) => print === 'printed');
  await world.press('done');
}

async function refusedTopUp(...notes: readonly number[]): Promise<() => void> {
  const mend = world.backend.faults.add({ kind: 'refuse', reason: 'wallet-closed', retryable: true });
  await topUp(...notes);
  return mend;
}

async function open(
  section: string,
  role: Role = 'administrator',
  staffId = staffIdOfRole(role),
): Promise<void> {
  await world.signIn(role, simulatedPin, staffId);
  await world.press('staff-open', section);
  await world.clock.advance(10);
}

/** The newest operation of the list that waits for a person. */
async function openOperation(staffId = staffIdOfRole('administrator')): Promise<void> {
  await open('operations', 'administrator', staffId);
  await pick();
}

async function pick(): Promise<void> {
  const [line] = world.pageOf('operations').operations ?? [];
  await world.press('staff-pick', line?.operationNumber ?? 'none');
  await world.clock.advance(10);
}

function state(): string | undefined {
  return world.pageOf('operation').operation?.state;
}

function untilState(name: string): Promise<void> {
  return world.clock.advanceUntil(() => state() === name, 10_000, name);
}

async function closeNumber(): Promise<void> {
  await world.press('staff-void');
  await world.press('staff-confirm');
}

async function leave(): Promise<void> {
  await world.press('staff-leave');
}

async function typeWallet(digits = otherWallet): Promise<void> {
  await world.typeDigits(digits);
  await world.press('staff-next');
  await world.clock.advance(10);
}

describe('A refused payment', () => {
  test('waits on the list, with its reason and without a phone, and is sent again', async () => {
    const mend = await refusedTopUp(5_000, 2_000);
    await open('operations');
    expect(world.pageOf('operations')).toMatchObject({
      list: 'for-a-person',
      operations: [{ amountMinor: 700_000, sign: 'needs-help', state: 'refused', reason: 'wallet-closed' }],
    });
    expect(JSON.stringify(world.page())).not.toContain('7010000001');
    await pick();
    expect(world.pageOf('operation').operation).toMatchObject({
      notes: [{ valueMinor: 500_000 }, { valueMinor: 200_000 }],
    });
    mend();
    await world.press('staff-send');
    await untilState('credited');
    await world.press('staff-back');
    await world.clock.advance(10);
    expect(world.pageOf('operations').operations).toEqual([]);
    expect(world.creditedMinor()).toBe(700_000);
  });

  test('goes to another wallet once it is voided and two persons have typed the number', async () => {
    const mend = await refusedTopUp(5_000, 2_000);
    await openOperation();
    mend();
    expect(world.offered()).not.toContain('staff-propose');
    await closeNumber();
    await untilState('voided');
    await world.press('staff-propose', 'rerouted');
    await world.press('staff-reason', 'wrong-wallet');
    await typeWallet();
    expect(world.pageOf('operation').operation).toMatchObject({ isOwnProposal: true });
    expect(world.offered()).not.toContain('staff-confirm');
    await leave();
    await openOperation(secondAdministrator);
    expect(JSON.stringify(world.page())).not.toContain(otherWallet);
    await world.press('staff-confirm');
    await typeWallet('7010000008');
    expect(world.pageOf('operation')).toMatchObject({ fault: 'wallets-differ' });
    expect(world.creditedMinor()).toBe(0);
    await world.press('staff-confirm');
    await typeWallet();
    await untilState('rerouted');
    await world.clock.advance(10_000);
    expect(world.backend.ledger.balanceMinor(`+7${otherWallet}`)).toBe(700_000);
    expect(world.creditedMinor()).toBe(700_000);
    expect(readBooks(world).operations).toMatchObject([
      { topUp: 'voided', amountMinor: 700_000 },
      { topUp: 'credited', amountMinor: 700_000 },
    ]);
  });

  test('is paid by hand by two persons, and is settled through a restart and a rebuilt ledger', async () => {
    await refusedTopUp(5_000);
    await openOperation();
    await closeNumber();
    await untilState('voided');
    await world.press('staff-propose', 'by-hand');
    await world.press('staff-reason', 'customer-asked');
    await leave();
    await world.restart();
    await world.until('attract', 60_000);
    await openOperation(secondAdministrator);
    await world.press('staff-confirm');
    await untilState('by-hand');
    expect(world.offered()).not.toContain('staff-propose');
    expect(world.creditedMinor()).toBe(0);
    await world.press('staff-back');
    await world.clock.advance(10);
    expect(world.pageOf('operations').operations).toEqual([]);
  });

  test('cannot be settled while the backend is silent about the void', async () => {
    await refusedTopUp(5_000);
    await openOperation();
    world.network.plugged = false;
    await closeNumber();
    await untilState('voiding');
    await world.clock.advance(60_000);
    expect(state()).toBe('voiding');
    expect(world.offered()).not.toContain('staff-propose');
    expect(world.offered()).not.toContain('staff-send');
  });

  test('prints a slip again, marked as a copy', async () => {
    await topUp(5_000);
    await open('operations');
    await world.press('staff-list', 'all');
    await world.clock.advance(10);
    await pick();
    await world.press('staff-copy');
    await world.clock.advanceUntil(() => world.pageOf('operation').print === 'printed', 15_000, 'the copy');
    expect(world.paper.at(-1)).toMatch(/^\[image 512x57\]/);
  });
});

describe('A late word of the backend', () => {
  test('that credits while somebody wants to settle by hand: the customer keeps the credit, and nobody pays twice', async () => {
    // The backend has credited, and its answer is slow; the person sees a payment that is still on its way.
    const hurry = world.backend.faults.add({ kind: 'stall', forMs: 20_000 }, { call: 'top-up' });
    await topUp(5_000);
    await open('operations');
    await world.press('staff-list', 'waiting');
    await world.clock.advance(10);
    await pick();
    expect(state()).toBe('waiting');
    await closeNumber();
    hurry();
    expect(world.offered()).not.toContain('staff-propose');
    await untilState('credited');
    expect(world.offered()).not.toContain('staff-propose');
    await world.clock.advance(120_000);
    expect(state()).toBe('credited');
    expect(world.creditedMinor()).toBe(500_000);
    expect(world.facts.filter(({ kind }) => kind.startsWith('settlement-'))).toEqual([]);
  });

  test('between the sight of a row and the touch: the touch finds it credited', async () => {
    const offline = world.backend.faults.add({ kind: 'gateway-error', status: 503 }, { call: 'top-up' });
    await topUp(5_000);
    await open('operations');
    await world.press('staff-list', 'waiting');
    await world.clock.advance(10);
    await pick();
    expect(state()).toBe('waiting');
    await world.press('staff-void');
    offline();
    await world.clock.advanceUntil(() => state() === 'credited', 120_000, 'credited');
    expect(world.offered()).not.toContain('staff-confirm');
    expect(world.isRunning).toBe(true);
  });
});

describe('The lists', () => {
  test('find a payment by its receipt, by the end of the phone, and by its time', async () => {
    await topUp(5_000);
    const { operationNumber } = readBooks(world).operations[0] ?? {};
    await open('operations');
    await world.press('staff-find');
    await world.typeDigits(String(operationNumber));
    await world.press('staff-next');
    await world.clock.advance(10);
    expect(world.pageOf('operation').operation).toMatchObject({ operationNumber, sign: 'credited' });
    await world.press('staff-back');
    await world.press('staff-find');
    await world.press('staff-find', 'last-four');
    await world.typeDigits('0001');
    await world.press('staff-next');
    await world.clock.advance(10);
    expect(world.pageOf('operations')).toMatchObject({ list: 'found', operations: [{ operationNumber }] });
    await world.press('staff-find');
    await world.press('staff-find', 'time');
    const local = new Date(world.clock.wallMs() + 5 * 3_600_000).toISOString();
    await world.typeDigits(
      `${local.slice(8, 10)}${local.slice(5, 7)}${local.slice(11, 13)}${local.slice(14, 16)}`,
    );
    await world.press('staff-next');
    await world.clock.advance(10);
    expect(world.pageOf('operations')).toMatchObject({ list: 'found', operations: [{ operationNumber }] });
  });

  test('a mistyped receipt number is caught by its check digit', async () => {
    await open('operations');
    await world.press('staff-find');
    await world.typeDigits('0000000014');
    await world.press('staff-next');
    expect(world.pageOf('find-operation')).toMatchObject({ fault: 'number-wrong' });
  });

  test('are nobody’s but an administrator’s and an auditor’s; the auditor touches nothing', async () => {
    for (const role of ['technician', 'collector'] as const) {
      await world.signIn(role);
      await world.press('staff-open', 'operations');
      expect(world.page().kind).toBe('home');
      await leave();
    }
    await refusedTopUp(5_000);
    await open('operations', 'auditor');
    await pick();
    expect(state()).toBe('refused');
    for (const action of ['staff-send', 'staff-void', 'staff-copy', 'staff-propose']) {
      expect(world.offered()).not.toContain(action);
    }
  });
});
