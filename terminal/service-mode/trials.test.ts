import { expect, test } from 'vitest';
import type { StaffId, StaffMember } from '../staff/staff.ts';
import { type Bench, createBench, touch } from '../testing/bench.ts';
import { creditId, escrowId, readyTerminal, tenge } from '../testing/samples.ts';
import { serviceTimes } from './state.ts';
import { isNoteTrial } from './trials.ts';

/* Notes that are only looked at: what the core does with each report, and with an acceptor that keeps one. */

const staffId = '1001' as StaffId;
const denomination = { valueMinor: tenge(5_000), currency: 'KZT' } as const;

function begun(): Bench {
  const member: StaffMember = { staffId, role: 'technician', isBlocked: false, mustChangePin: false };
  const staff = { members: [member], refusals: 0, lockedUntilMonoMs: 0, knocksMonoMs: [] };
  const bench = createBench(readyTerminal({ staff }));
  for (let count = 0; count < serviceTimes.knocks; count += 1) touch(bench, 'staff-knock');
  for (const digit of `${staffId}493816`) touch(bench, 'staff-digit', digit);
  const asked = bench.effects.findLast((effect) => effect.kind === 'check-pin');
  bench.apply({ kind: 'pin-checked', requestId: asked?.requestId ?? '', verdict: 'fits' });
  touch(bench, 'staff-open', 'devices');
  touch(bench, 'staff-test');
  return bench;
}

test('a note in escrow is sent back at once, never stacked, and enters no operation', () => {
  const bench = begun();
  const { effects, facts } = bench.report({
    kind: 'note-escrowed',
    escrowId: escrowId(1),
    denomination,
  });
  expect(effects).toContainEqual({ kind: 'return-note', escrowId: escrowId(1) });
  expect(bench.effects.some(({ kind }) => kind === 'stack')).toBe(false);
  expect(facts).toEqual([
    { kind: 'device-tested', device: 'acceptor', how: 'note-shown', valueMinor: tenge(5_000), by: staffId },
  ]);
});

test('an acceptor that keeps a note ends the trial; the note is an unknown one, with an alarm', () => {
  const bench = begun();
  const { facts } = bench.report({
    kind: 'note-stacked',
    creditId: creditId(1),
    escrowId: undefined,
    denomination,
  });
  expect(isNoteTrial(bench.terminal)).toBe(false);
  expect(facts.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['note-appeared', 'alarm-raised', 'device-tested']),
  );
  expect(facts).toContainEqual(expect.objectContaining({ kind: 'device-tested', how: 'note-kept' }));
  expect(bench.terminal.till.unknownNotes).toHaveLength(1);
});
