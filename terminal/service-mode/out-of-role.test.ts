import { describe, expect, test } from 'vitest';
import type { Role } from '../staff/roles.ts';
import type { StaffId, StaffMember } from '../staff/staff.ts';
import { type Bench, createBench, touch } from '../testing/bench.ts';
import { readyTerminal, tenge, wallNow } from '../testing/samples.ts';
import { somePayment } from '../testing/situations.ts';
import type { DeskAnswer, OperationDetail, OperationSummary, TopUpState } from './desk.ts';
import { type StaffAction, staffActions } from './event.ts';
import { sections, serviceTimes } from './state.ts';

/* Presses that no screen offers, as a changed screen could send them: the core asks for the right each time. */

const staffId = '1004' as StaffId;

function signedIn(role: Role): Bench {
  const member: StaffMember = { staffId, role, isBlocked: false, mustChangePin: false };
  const bench = createBench(
    readyTerminal({ staff: { members: [member], refusals: 0, lockedUntilMonoMs: 0, knocksMonoMs: [] } }),
  );
  for (let count = 0; count < serviceTimes.knocks; count += 1) touch(bench, 'staff-knock');
  for (const digit of `${staffId}493816`) touch(bench, 'staff-digit', digit);
  const asked = bench.effects.findLast((effect) => effect.kind === 'check-pin');
  bench.apply({ kind: 'pin-checked', requestId: asked?.requestId ?? '', verdict: 'fits' });
  return bench;
}

/** Past the gate: nobody has looked at what is offered. */
function force(bench: Bench, action: StaffAction, value?: string): void {
  bench.wait(serviceTimes.knocksWithinMs);
  bench.apply({ kind: 'pressed', action, value });
}

function pageOf(bench: Bench): string | undefined {
  return bench.terminal.serviceMode?.page.kind;
}

const mayOpen: Readonly<Record<Role, readonly string[]>> = {
  technician: ['devices', 'notes'],
  collector: ['collection', 'collections'],
  administrator: ['devices', 'collections', 'operations', 'notes', 'audit'],
  auditor: ['collections', 'operations', 'audit'],
};

describe.each(Object.keys(mayOpen) as Role[])('%s', (role) => {
  test.each(sections)('%s opens only for those who may', (section) => {
    const bench = signedIn(role);
    force(bench, 'staff-open', section);
    expect(pageOf(bench)).toBe(mayOpen[role].includes(section) ? section : 'home');
  });
});

function answer(bench: Bench, said: DeskAnswer): void {
  const asked = bench.effects.findLast((effect) => effect.kind === 'read-desk');
  bench.apply({ kind: 'desk-read', requestId: asked?.requestId ?? '', answer: said });
}

function detailIn(state: TopUpState): OperationDetail {
  const { operationId, operationNumber, wallet, amountMinor, closedAtMs, holderMasked } = somePayment;
  const currency = 'KZT';
  const common = { operationId, operationNumber, currency, amountMinor } as const;
  const tries = { attempts: 0, promisedAtMs: undefined } as const;
  const summary: OperationSummary = {
    ...common,
    ...{
      serial: 571,
      holderMasked,
      state: 'closed',
      end: 'paid',
      openedAtMs: closedAtMs,
      endedAtMs: closedAtMs,
    },
    isSupplement: false,
    topUp: { state, ...tries, nextTryAtMs: undefined, reason: undefined, changedAtMs: wallNow },
    settledAs: undefined,
  };
  const notes = [{ valueMinor: tenge(5_000), count: 1 }];
  const times = { openedAtMs: closedAtMs, closedAtMs };
  return {
    summary,
    payment: somePayment,
    topUp: {
      ...common,
      ...times,
      ...tries,
      wallet,
      holdId: undefined,
      notes,
      supplementOf: undefined,
      state,
    },
    proposal: { as: 'by-hand', by: '1005', reason: 'customer-asked', wallet: undefined },
    history: [],
  };
}

function atOperation(role: Role, state: TopUpState): Bench {
  const bench = signedIn(role);
  force(bench, 'staff-open', 'operations');
  const detail = detailIn(state);
  answer(bench, { kind: 'operations', operations: [detail.summary], hasMore: false });
  force(bench, 'staff-pick', detail.summary.operationNumber);
  answer(bench, { kind: 'operation', operation: detail });
  return bench;
}

const values = [undefined, 'by-hand', 'rerouted', 'customer-asked', '1'];
const states: readonly TopUpState[] = ['waiting', 'refused', 'voided'];

describe('an auditor at a payment', () => {
  test.each(states)('%s: nothing that is pressed changes anything', (state) => {
    const bench = atOperation('auditor', state);
    expect(pageOf(bench)).toBe('operation');
    const before = bench.facts.length;
    const harmless = ['staff-back', 'staff-leave', 'staff-knock'];
    for (const action of staffActions.filter((known) => !harmless.includes(known))) {
      for (const value of values) force(bench, action, value);
    }
    expect(bench.facts.slice(before)).toEqual([]);
    expect(bench.effects.filter(({ kind }) => kind === 'send' || kind === 'print-receipt')).toEqual([]);
  });

  test('and an administrator, who may', () => {
    const bench = atOperation('administrator', 'voided');
    force(bench, 'staff-confirm');
    expect(bench.facts.at(-1)).toMatchObject({
      kind: 'settlement-confirmed',
      as: 'by-hand',
      confirmedBy: staffId,
    });
  });
});

describe('before the backend has signed that it is voided', () => {
  test.each(['waiting', 'accepted', 'voiding', 'refused', 'parked', 'credited'] as const)(
    '%s: nobody settles',
    (state) => {
      const bench = atOperation('administrator', state);
      const presses = [
        ['staff-propose', 'by-hand'],
        ['staff-reason', 'customer-asked'],
        ['staff-confirm', undefined],
      ] as const;
      for (const [action, value] of presses) force(bench, action, value);
      expect(bench.facts.filter(({ kind }) => kind.startsWith('settlement-'))).toEqual([]);
    },
  );
});
