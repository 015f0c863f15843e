import { describe, expect, test } from 'vitest';
import { type Bench, createBench, openAnswer, toConfirm, touch, typeNumber } from '../testing/bench.ts';
import { readyTerminal, tenge } from '../testing/samples.ts';
import type { CheckAnswer } from '../wallet/messages.ts';
import type { NumberStep, Recipient, StepKind } from './state.ts';

const minute = 60_000;
const hour = 60 * minute;

function stepOf(bench: Bench): StepKind {
  return bench.terminal.session.step.kind;
}

function number(bench: Bench): NumberStep {
  const { step } = bench.terminal.session;
  if (step.kind !== 'number') throw new Error(`the screen is ${step.kind}, not number`);
  return step;
}

function recipient(bench: Bench): Recipient {
  const { step } = bench.terminal.session;
  if (step.kind !== 'confirm') throw new Error(`the screen is ${step.kind}, not confirm`);
  return step.recipient;
}

function failure(bench: Bench): string {
  const { step } = bench.terminal.session;
  return step.kind === 'check-failed' ? step.reason : step.kind;
}

function toNumber(bench: Bench = createBench()): Bench {
  touch(bench, 'start', 'kk');
  touch(bench, 'choose-top-up');
  return bench;
}

function toChecking(bench: Bench = createBench()): Bench {
  toNumber(bench);
  typeNumber(bench);
  return bench;
}

const anonymous: CheckAnswer = { ...openAnswer, holderName: undefined } as CheckAnswer;
const allowing = (value: number): CheckAnswer =>
  ({ ...openAnswer, allowanceMinor: tenge(value) }) as CheckAnswer;

describe('the number', () => {
  test('a lone leading 8 is swallowed with a hint; the next digit takes the hint away', () => {
    const bench = toNumber();
    touch(bench, 'digit', '8');
    expect(number(bench)).toMatchObject({ digits: '', swallowedPrefix: true });
    touch(bench, 'digit', '7');
    expect(number(bench)).toMatchObject({ digits: '7', swallowedPrefix: false });
    touch(bench, 'digit', '8');
    expect(number(bench).digits).toBe('78');
  });

  test.each(['', 'a', '12', '٧'])('%j is no digit', (typed) => {
    const bench = toNumber();
    touch(bench, 'digit', typed);
    expect(number(bench).digits).toBe('');
  });

  test('a number of another country or a landline is told so, and nobody is asked about it', () => {
    const bench = toNumber();
    for (const digit of '7273123456') touch(bench, 'digit', digit);
    touch(bench, 'next');
    expect(number(bench).fault).toBe('number-invalid');
    expect(bench.effects.some((effect) => effect.kind === 'check-wallet')).toBe(false);
    touch(bench, 'delete-digit');
    expect(number(bench)).toMatchObject({ digits: '727312345', fault: undefined });
  });

  test('a wallet without a name is typed twice, and both must be the same', () => {
    const bench = toChecking();
    bench.answerCheck(anonymous);
    expect(number(bench)).toMatchObject({ digits: '', again: { offline: false } });
    typeNumber(bench, '7010000002');
    expect(number(bench)).toMatchObject({ digits: '', fault: 'numbers-differ' });
    typeNumber(bench, '7010000001');
    expect(recipient(bench).holderMasked).toBeUndefined();
  });
});

describe('the check', () => {
  test.each<[string, CheckAnswer, string]>([
    ['unknown', { kind: 'wallet-unknown' }, 'wallet-unknown'],
    ['blocked', { kind: 'wallet-blocked' }, 'wallet-blocked'],
    ['exhausted', { kind: 'wallet-exhausted' }, 'limit-used'],
    ['with room for no note', allowing(499), 'limit-used'],
    [
      'of which nothing is heard',
      { kind: 'unknown', why: 'no-answer', reason: 'tls', sentMaybe: false },
      'check-failed',
    ],
  ])('a wallet that is %s is refused before cash', (_what, answer, reason) => {
    const bench = toChecking();
    bench.answerCheck(answer);
    expect(failure(bench)).toBe(reason);
    expect(bench.facts).toEqual([]);
  });

  test.each([
    [12_975, 12_500],
    [500, 500],
    [600_000, 500_000],
  ])('room for %i is told as %i: what notes make, and no more than one visit may', (room, limit) => {
    const bench = toChecking();
    bench.answerCheck(allowing(room));
    expect(recipient(bench).limitMinor).toBe(tenge(limit));
  });

  test('an answer to an older question changes nothing', () => {
    const bench = toChecking();
    bench.apply({ kind: 'wallet-checked', requestId: 'older', answer: openAnswer });
    expect(stepOf(bench)).toBe('checking');
  });

  test('silence is broken off after ten seconds', () => {
    const bench = toChecking();
    const askedAtMs = bench.nowMs;
    expect(bench.timers.get('check')).toBe(askedAtMs + 10_000);
    bench.fire('check');
    expect(failure(bench)).toBe('check-failed');
  });

  test('the sixth of a visit is not asked: names cannot be harvested', () => {
    const bench = toConfirm();
    for (let count = 1; count < 5; count += 1) {
      touch(bench, 'change-number');
      typeNumber(bench);
      bench.answerCheck(openAnswer);
    }
    touch(bench, 'change-number');
    typeNumber(bench);
    expect(failure(bench)).toBe('too-many-checks');
    expect(bench.effects.filter((effect) => effect.kind === 'check-wallet')).toHaveLength(5);
  });

  test('nor is the hundred and twenty-first of an hour, whoever stands there', () => {
    const ready = readyTerminal();
    const recentCheckTimesMonoMs = Array.from({ length: 120 }, () => 5_000);
    const guard = { ...ready.session.guard, recentCheckTimesMonoMs };
    const bench = createBench({ ...ready, session: { ...ready.session, guard } });
    toChecking(bench);
    expect(failure(bench)).toBe('too-many-checks');
    touch(bench, 'cancel');
    bench.wait(hour);
    toChecking(bench);
    expect(stepOf(bench)).toBe('checking');
  });
});

describe('without a connection', () => {
  /** This terminal has checked that wallet, and then the line went. */
  const cutOff = (sinceContactMs: number, sinceCheckMs = sinceContactMs): Bench => {
    const bench = toConfirm();
    touch(bench, 'cancel');
    bench.wait(sinceCheckMs - sinceContactMs);
    bench.apply({ kind: 'backend-heard' });
    bench.wait(sinceContactMs);
    toChecking(bench);
    // Typing takes its time too.
    bench.fire('check');
    return bench;
  };

  test('a wallet checked lately goes on, typed twice, with a small limit', () => {
    const bench = cutOff(10 * minute);
    expect(number(bench)).toMatchObject({ again: { offline: true, limitMinor: tenge(12_000) } });
    typeNumber(bench);
    expect(recipient(bench)).toMatchObject({ offline: true, hold: undefined });
  });

  test('not when the last contact is more than a quarter of an hour old', () => {
    expect(failure(cutOff(15 * minute))).toBe('check-failed');
  });

  test('not when the wallet was checked more than a day ago', () => {
    expect(failure(cutOff(minute, 23 * hour))).toBe('number');
    expect(failure(cutOff(minute, 24 * hour))).toBe('check-failed');
  });

  test('not for a wallet this terminal has never seen', () => {
    const bench = toConfirm();
    bench.apply({ kind: 'backend-heard' });
    touch(bench, 'change-number');
    typeNumber(bench, '7010000002');
    bench.fire('check');
    expect(failure(bench)).toBe('check-failed');
  });
});
