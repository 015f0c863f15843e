import { describe, expect, test } from 'vitest';
import type { PeriodId } from '../ids.ts';
import type { StaffId, StaffMember } from '../staff/staff.ts';
import { type Bench, createBench, touch } from '../testing/bench.ts';
import { emptyTill, readyTerminal, tenge } from '../testing/samples.ts';
import type { PeriodSummary } from './desk.ts';
import { serviceTimes } from './state.ts';

/* What a collector's slip is made of, and whose hands may take the cassette. */

const staffId = '1002' as StaffId;

function signedIn(): Bench {
  const member: StaffMember = { staffId, role: 'collector', isBlocked: false, mustChangePin: false };
  const staff = { members: [member], refusals: 0, lockedUntilMonoMs: 0, knocksMonoMs: [] };
  const bench = createBench(readyTerminal({ staff }));
  signIn(bench);
  return bench;
}

function signIn(bench: Bench): void {
  for (let count = 0; count < serviceTimes.knocks; count += 1) touch(bench, 'staff-knock');
  for (const digit of `${staffId}493816`) touch(bench, 'staff-digit', digit);
  const asked = bench.effects.findLast((effect) => effect.kind === 'check-pin');
  bench.apply({ kind: 'pin-checked', requestId: asked?.requestId ?? '', verdict: 'fits' });
}

function period(count: number): PeriodSummary {
  return {
    ...{ periodId: emptyTill.period.periodId as PeriodId, periodNumber: 7, openedAtMs: 0 },
    ...{ closedAtMs: undefined, how: undefined, hasSlip: false, inDoubt: [] },
    counts: [{ valueMinor: tenge(5_000), count }],
  };
}

function answerPeriods(bench: Bench, count: number): void {
  const asked = bench.effects.findLast((effect) => effect.kind === 'read-desk');
  const answer = { kind: 'periods', periods: [period(count)] } as const;
  bench.apply({ kind: 'desk-read', requestId: asked?.requestId ?? '', answer });
}

function begun(): Bench {
  const bench = signedIn();
  touch(bench, 'staff-open', 'collection');
  answerPeriods(bench, 3);
  touch(bench, 'staff-begin');
  return bench;
}

const slips = (bench: Bench) => bench.effects.filter((effect) => effect.kind === 'print-slip');
const pull = (bench: Bench) =>
  bench.report({ kind: 'acceptor-trouble', fault: 'cassette-removed', detail: '' });
const closings = (bench: Bench) => bench.facts.filter((fact) => fact.kind === 'period-closed');
const alarms = (bench: Bench) =>
  bench.facts.flatMap((fact) => (fact.kind === 'alarm-raised' ? [fact.alarm] : []));

describe('The slip', () => {
  test('says what the frozen counters say, not what they said when the page was opened', () => {
    const bench = begun();
    expect(slips(bench)).toEqual([]);
    answerPeriods(bench, 4);
    expect(slips(bench)).toMatchObject([{ slip: { copy: false, period: { counts: [{ count: 4 }] } } }]);
  });

  test('is not printed from old counters when the new ones cannot be read', () => {
    const bench = begun();
    const asked = bench.effects.findLast((effect) => effect.kind === 'read-desk');
    bench.apply({ kind: 'desk-read', requestId: asked?.requestId ?? '', answer: { kind: 'unreadable' } });
    expect(slips(bench)).toEqual([]);
    expect(bench.terminal.serviceMode?.page).toMatchObject({ fault: 'unreadable' });
    touch(bench, 'staff-slip');
    answerPeriods(bench, 4);
    expect(slips(bench)).toMatchObject([{ slip: { copy: false, period: { counts: [{ count: 4 }] } } }]);
  });
});

describe('A cassette that is taken out after a collection was begun', () => {
  test('by the collector who is signed in is collected, without an alarm', () => {
    const bench = begun();
    answerPeriods(bench, 3);
    pull(bench);
    expect(closings(bench)).toMatchObject([{ how: 'collected', by: staffId }]);
    expect(alarms(bench)).toEqual([]);
  });

  test('with nobody signed in is unannounced, and the office hears', () => {
    const bench = begun();
    answerPeriods(bench, 3);
    // Told first that the work is not finished.
    touch(bench, 'staff-leave');
    touch(bench, 'staff-leave');
    pull(bench);
    expect(closings(bench)).toMatchObject([{ how: 'unannounced' }]);
    expect(alarms(bench)).toEqual(['cassette-removed-unannounced']);
    // The collector's work is where it was: another cassette's number ends it.
    expect(bench.terminal.till.collection).toMatchObject({ stage: 'emptied' });
    signIn(bench);
    expect(bench.facts).toContainEqual({ kind: 'collector-seen', by: staffId });
    expect(bench.facts).toContainEqual(
      expect.objectContaining({ kind: 'alarm-ended', alarm: 'cassette-removed-unannounced' }),
    );
  });
});
