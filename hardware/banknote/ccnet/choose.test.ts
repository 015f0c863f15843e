import { expect, it } from 'vitest';
import { chooseAction } from '../note-path/choose.ts';
import { mayStack } from '../note-path/guards.ts';
import { DialogBench } from './dialog-bench.ts';

/* The last guard before the wire, by itself: whatever the dialog believes, these moments forbid a stack byte. */

function aboutToStack(): DialogBench {
  const bench = new DialogBench();
  bench.enable();
  const { escrowId } = bench.escrow();
  bench.feed({ kind: 'lease', lease: { untilMonoMs: bench.nowMonoMs + 10_000, denominations: [] } });
  bench.feed({ kind: 'stack', escrowId });
  return bench;
}

it('STACK is chosen while the escrow is young, seen in the last poll, and vouched for', () => {
  const { state, nowMonoMs } = aboutToStack();
  expect(chooseAction(state, nowMonoMs)).toEqual({ kind: 'stack' });
});

it('STACK is forbidden two seconds after the first sight', () => {
  const { state, nowMonoMs } = aboutToStack();
  expect(mayStack(state, nowMonoMs + 1_999)).toBe(true);
  expect(mayStack(state, nowMonoMs + 2_000)).toBe(false);
});

it('STACK is forbidden from the moment the lease ends', () => {
  const { state, nowMonoMs } = aboutToStack();
  const lease = { untilMonoMs: nowMonoMs + 700, denominations: [] };
  expect(mayStack({ ...state, lease }, nowMonoMs + 699)).toBe(true);
  expect(mayStack({ ...state, lease }, nowMonoMs + 700)).toBe(false);
  expect(mayStack({ ...state, lease: undefined }, nowMonoMs)).toBe(false);
});

it('STACK is forbidden while the last poll is stale or says anything else', () => {
  const { state, nowMonoMs } = aboutToStack();
  expect(mayStack({ ...state, view: undefined }, nowMonoMs)).toBe(false);
  expect(mayStack({ ...state, view: { kind: 'accepting' } }, nowMonoMs)).toBe(false);
});

it('STACK is forbidden in a recovery', () => {
  const { state, nowMonoMs } = aboutToStack();
  expect(mayStack({ ...state, phase: { kind: 'recovering', mayReset: false } }, nowMonoMs)).toBe(false);
});
