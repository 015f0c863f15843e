import { describe, expect, test } from 'vitest';
import type { Fact } from '../facts.ts';
import { offersOf } from '../screen/offers.ts';
import { viewOf } from '../screen/view-of.ts';
import { waitMsAfter } from '../staff/lock-out.ts';
import type { StaffId, StaffMember } from '../staff/staff.ts';
import { type Bench, createBench, escrow, toCash, touch } from '../testing/bench.ts';
import { contextAt, readyTerminal } from '../testing/samples.ts';
import type { PinVerdict } from './event.ts';
import { serviceTimes } from './state.ts';

/* How people get in, and how everybody else stays out. */

const staffId = '1002' as StaffId;

function withStaff(change: Partial<StaffMember> = {}, refusals = 0): Bench {
  const member: StaffMember = {
    staffId,
    role: 'technician',
    isBlocked: false,
    mustChangePin: false,
    ...change,
  };
  const staff = { members: [member], refusals, lockedUntilMonoMs: 0, knocksMonoMs: [] };
  return createBench(readyTerminal({ staff }));
}

function knock(bench: Bench, times: number = serviceTimes.knocks): Bench {
  for (let count = 0; count < times; count += 1) {
    bench.wait(300);
    bench.press('staff-knock');
  }
  return bench;
}

function type(bench: Bench, digits: string): void {
  bench.wait(500);
  for (const digit of digits) bench.press('staff-digit', digit);
}

function answerPin(bench: Bench, verdict: PinVerdict): void {
  const asked = bench.effects.findLast((effect) => effect.kind === 'check-pin');
  if (asked === undefined) throw new Error('no PIN has been asked about');
  bench.apply({ kind: 'pin-checked', requestId: asked.requestId, verdict });
}

function makePin(bench: Bench): void {
  const asked = bench.effects.findLast((effect) => effect.kind === 'make-pin');
  if (asked === undefined) throw new Error('no PIN has been made');
  bench.apply({ kind: 'pin-made', requestId: asked.requestId, verifier: `made from ${asked.pin}` });
}

function signIn(bench: Bench, verdict: PinVerdict = 'fits', id: string = staffId): Bench {
  knock(bench);
  tryPin(bench, verdict, id);
  return bench;
}

function tryPin(bench: Bench, verdict: PinVerdict, id: string = staffId): void {
  type(bench, id);
  type(bench, '493817');
  answerPin(bench, verdict);
}

const page = (bench: Bench) => bench.terminal.serviceMode?.page;
const kinds = (bench: Bench) => bench.facts.map(({ kind }) => kind);
const screen = (bench: Bench) => viewOf(bench.terminal, contextAt(bench.nowMs)).screen;

describe('The way in', () => {
  test('is five touches of the terminal’s name within five seconds', () => {
    const bench = knock(withStaff(), 4);
    expect(page(bench)).toBeUndefined();
    bench.press('staff-knock');
    expect(page(bench)).toMatchObject({ kind: 'sign-in', field: 'id' });
  });

  test('is not four touches, and one much later', () => {
    const bench = knock(withStaff(), 4);
    bench.wait(serviceTimes.knocksWithinMs);
    bench.press('staff-knock');
    expect(page(bench)).toBeUndefined();
  });

  test('is nowhere to be found during a visit', () => {
    const bench = toCash(withStaff());
    expect(offersOf(bench.terminal, contextAt(bench.nowMs))).not.toContain('staff-knock');
    escrow(bench, 5_000);
    expect(() => bench.press('staff-knock')).toThrow();
  });

  test('waits for a note that somebody has pushed in', () => {
    const bench = withStaff();
    bench.report({ kind: 'note-accepting' });
    knock(bench);
    expect(page(bench)).toEqual({ kind: 'try-later' });
    touch(bench, 'staff-stay');
    expect(page(bench)).toEqual({ kind: 'try-later' });
    bench.report({ kind: 'note-rejected', reason: 'unreadable' });
    touch(bench, 'staff-stay');
    expect(page(bench)).toMatchObject({ kind: 'sign-in' });
  });

  test('takes the terminal off sale while somebody is there, and back when nobody is', () => {
    const bench = knock(withStaff());
    expect(screen(bench)).toMatchObject({ kind: 'service-mode', page: { page: { kind: 'sign-in' } } });
    touch(bench, 'staff-leave');
    expect(screen(bench).kind).toBe('attract');
  });

  test('shows no digit of a PIN, and no pad in the same order twice', () => {
    const bench = withStaff();
    knock(bench);
    type(bench, staffId);
    type(bench, '4938');
    expect(JSON.stringify(screen(bench))).not.toContain('4938');
    expect(screen(bench)).toMatchObject({ page: { page: { field: 'pin', typed: 4, of: 6 } } });
  });
});

describe('A PIN', () => {
  test('that fits opens the first page', () => {
    const bench = signIn(withStaff());
    expect(page(bench)).toMatchObject({ kind: 'home', who: { staffId, role: 'technician' } });
    expect(kinds(bench)).toEqual(['staff-signed-in']);
  });

  test('that differs is told as nothing else is: wrong, of a blocked person, or of nobody', () => {
    const attempts = [
      signIn(withStaff(), 'differs'),
      signIn(withStaff({ isBlocked: true }), 'fits'),
      signIn(withStaff(), 'fits', '7777'),
    ];
    for (const bench of attempts) {
      expect(page(bench)).toMatchObject({ kind: 'sign-in', field: 'id', id: '', isRefused: true });
      expect(kinds(bench)).toEqual(['staff-refused']);
      expect(bench.effects.filter(({ kind }) => kind === 'check-pin').length).toBe(1);
    }
  });

  test('cannot be guessed: after three misses each try costs a longer wait', () => {
    const bench = withStaff();
    knock(bench);
    for (let count = 0; count < 3; count += 1) tryPin(bench, 'differs');
    expect(screen(bench)).toMatchObject({ page: { page: { lockedForMs: waitMsAfter(3) } } });
    const asked = bench.effects.filter(({ kind }) => kind === 'check-pin').length;
    type(bench, staffId);
    expect(page(bench)).toMatchObject({ id: '' });
    bench.wait(waitMsAfter(3));
    tryPin(bench, 'differs');
    expect(bench.effects.filter(({ kind }) => kind === 'check-pin').length).toBe(asked + 1);
    expect(screen(bench)).toMatchObject({ page: { page: { lockedForMs: waitMsAfter(4) } } });
  });

  test('missed five times in a row calls the office, and the next good one ends the alarm', () => {
    const bench = withStaff({}, 4);
    knock(bench);
    tryPin(bench, 'differs');
    expect(bench.facts).toContainEqual(expect.objectContaining({ alarm: 'staff-locked-out' }));
    bench.wait(waitMsAfter(5));
    tryPin(bench, 'fits');
    expect(kinds(bench)).toContain('alarm-ended');
    expect(bench.terminal.staff.refusals).toBe(0);
  });

  test('under duress opens as ever and calls for help', () => {
    const [forced, free] = [signIn(withStaff(), 'duress'), signIn(withStaff(), 'fits')];
    expect(screen(forced)).toEqual(screen(free));
    expect(forced.facts).toContainEqual<Fact>({
      kind: 'alarm-raised',
      alarm: 'staff-under-duress',
      subject: staffId,
      detail: '',
    });
  });

  test('that was given by somebody else is changed first', () => {
    const bench = signIn(withStaff({ mustChangePin: true }));
    expect(page(bench)).toMatchObject({ kind: 'choose-pin', enrols: false });
    type(bench, '123456');
    expect(page(bench)).toMatchObject({ fault: 'guessable' });
    type(bench, '493816');
    type(bench, '493815');
    expect(page(bench)).toMatchObject({ fault: 'differs', first: undefined });
    type(bench, '493816');
    type(bench, '493816');
    makePin(bench);
    expect(bench.facts.at(-1)).toMatchObject({ kind: 'staff-pin-set', mustChange: false, by: staffId });
    expect(page(bench)).toMatchObject({ kind: 'home' });
    expect(bench.terminal.staff.members[0]?.mustChangePin).toBe(false);
  });

  test('answer of an earlier page changes nothing', () => {
    const bench = withStaff();
    knock(bench);
    type(bench, staffId);
    type(bench, '493817');
    touch(bench, 'staff-leave');
    answerPin(bench, 'fits');
    expect(page(bench)).toBeUndefined();
    expect(kinds(bench)).toEqual([]);
  });
});

describe('The first person', () => {
  function enter(fits: boolean): Bench {
    const bench = knock(createBench());
    expect(page(bench)).toMatchObject({ kind: 'enrol' });
    type(bench, '48151623');
    const asked = bench.effects.findLast((effect) => effect.kind === 'check-enrolment');
    expect(asked).toMatchObject({ code: '48151623' });
    bench.apply({ kind: 'enrolment-checked', requestId: asked?.requestId ?? '', fits });
    return bench;
  }

  test('is vouched for by the code, and stored together with a PIN of their own', () => {
    const bench = enter(true);
    expect(kinds(bench)).toEqual([]);
    type(bench, '493816');
    type(bench, '493816');
    makePin(bench);
    expect(kinds(bench)).toEqual(['staff-enrolled', 'staff-pin-set', 'staff-signed-in']);
    expect(bench.terminal.staff.members).toMatchObject([{ staffId: '1001', role: 'administrator' }]);
    expect(bench.effects).toContainEqual({ kind: 'end-enrolment' });
  });

  test('who does not know the code waits like anybody else', () => {
    const bench = enter(false);
    expect(page(bench)).toMatchObject({ kind: 'enrol', digits: '', isRefused: true });
    expect(bench.facts).toEqual([{ kind: 'staff-refused', staffId: undefined }]);
  });
});

describe('Left alone', () => {
  test('service mode says that it will close, and closes', () => {
    const bench = signIn(withStaff());
    bench.fire('service-idle');
    expect(screen(bench)).toMatchObject({ page: { closesInMs: serviceTimes.warningMs } });
    bench.fire('service-unattended');
    expect(bench.facts.at(-1)).toEqual({ kind: 'staff-signed-out', staffId, why: 'idle' });
    expect(screen(bench).kind).toBe('attract');
  });

  test('one touch keeps it open', () => {
    const bench = signIn(withStaff());
    bench.fire('service-idle');
    touch(bench, 'staff-stay');
    expect(bench.timers.has('service-unattended')).toBe(false);
    expect(page(bench)).toMatchObject({ kind: 'home' });
  });
});
