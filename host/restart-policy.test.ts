import { expect, test } from 'vitest';
import { exitCodes } from './exit-codes.ts';
import { afterEnd, type NextStart } from './restart-policy.ts';

function crashesAt(...timesMonoMs: readonly number[]): readonly NextStart[] {
  let crashesMonoMs: readonly number[] = [];
  return timesMonoMs.map((atMonoMs) => {
    const answer = afterEnd(exitCodes.crash, atMonoMs, crashesMonoMs);
    crashesMonoMs = answer.crashesMonoMs;
    return answer.next;
  });
}

test('the pauses grow, and the fifth crash in ten minutes opens the breaker', () => {
  expect(crashesAt(0, 10_000, 20_000, 30_000, 599_000)).toEqual([
    { kind: 'start', pauseMs: 200 },
    { kind: 'start', pauseMs: 1_000 },
    { kind: 'start', pauseMs: 5_000 },
    { kind: 'start', pauseMs: 15_000 },
    { kind: 'breaker', pauseMs: 60_000 },
  ]);
});

test('a crash of more than ten minutes ago counts no more', () => {
  const minutes = [0, 3, 6, 9, 11].map((minute) => minute * 60_000);
  expect(crashesAt(...minutes).at(-1)).toEqual({ kind: 'start', pauseMs: 15_000 });
  expect(crashesAt(0, 700_000).at(-1)).toEqual({ kind: 'start', pauseMs: 200 });
});

test('a restart that would change nothing does not happen', () => {
  expect(afterEnd(exitCodes.settings, 0, []).next).toEqual({ kind: 'never' });
});

test('trouble with the ledger, a signal and an end that nobody asked for are tried again', () => {
  for (const exitCode of [74, 75, 137, 0]) {
    expect(afterEnd(exitCode, 0, []).next).toEqual({ kind: 'start', pauseMs: 200 });
  }
});
