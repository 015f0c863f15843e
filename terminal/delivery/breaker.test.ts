import { describe, expect, it } from 'vitest';
import {
  type Breaker,
  breakerAfter,
  breakerReady,
  breakerRoom,
  breakerSent,
  type Verdict,
} from './breaker.ts';
import { deliveryDefaults } from './settings.ts';

const settings = deliveryDefaults;
const fails: Verdict = { kind: 'fails', retryAfterMs: undefined };
const works: Verdict = { kind: 'works' };
const nothing: Verdict = { kind: 'nothing' };
const input = { requestId: 1, monoMs: 1_000, fraction: 0, settings };

const closed = { kind: 'closed', failuresInRow: 0 } as const satisfies Breaker;
const open: Breaker = { kind: 'open', openings: 1, untilMonoMs: 6_000, restAsked: false };
const resting: Breaker = { ...open, restAsked: true };
const probing: Breaker = { kind: 'half-open', openings: 2, probeId: 1 };
const free: Breaker = { kind: 'half-open', openings: 2, probeId: undefined };

describe('circuit breaker', () => {
  it('opens at the third failure in a row, and not for failures with a success between', () => {
    let breaker: Breaker = closed;
    for (const verdict of [fails, fails, works, fails, fails])
      breaker = breakerAfter(breaker, verdict, input);
    expect(breaker).toEqual({ kind: 'closed', failuresInRow: 2 });
    expect(breakerAfter(breaker, fails, input)).toEqual({ ...open, untilMonoMs: 1_000 + 2_500 });
  });

  it.each([
    { openings: 1, fraction: 0, waitMs: 5_000 },
    { openings: 2, fraction: 0, waitMs: 10_000 },
    { openings: 2, fraction: 0.5, waitMs: 15_000 },
    { openings: 50, fraction: 0.999_999, waitMs: 60_000 },
  ])('waits longer after probe number $openings', ({ openings, fraction, waitMs }) => {
    const before: Breaker = { kind: 'half-open', openings, probeId: 1 };
    const after = breakerAfter(before, fails, { ...input, fraction });
    expect(after).toMatchObject({ kind: 'open', openings: openings + 1, untilMonoMs: 1_000 + waitMs });
  });

  it.each([
    { name: 'closed, of no meaning', before: closed, verdict: nothing, after: closed },
    { name: 'open, a late failure', before: open, verdict: fails, after: open },
    { name: 'open, new money got through', before: open, verdict: works, after: closed },
    { name: 'resting, new money got through', before: resting, verdict: works, after: resting },
    { name: 'probing, the probe works', before: probing, verdict: works, after: closed },
    { name: 'probing, the probe says nothing', before: probing, verdict: nothing, after: free },
  ])('$name', ({ before, verdict, after }) => {
    expect(breakerAfter(before, verdict, input)).toEqual(after);
  });

  it('does not judge the probe by another request', () => {
    expect(breakerAfter(probing, fails, { ...input, requestId: 2 })).toEqual(probing);
    expect(breakerAfter(probing, nothing, { ...input, requestId: 2 })).toEqual(probing);
  });

  it.each([
    { name: 'a short rest', askedMs: 20_000, restMs: 20_000 },
    { name: 'at most a quarter of an hour', askedMs: 3_600_000, restMs: 900_000 },
  ])('rests when asked to: $name', ({ askedMs, restMs }) => {
    const verdict: Verdict = { kind: 'fails', retryAfterMs: askedMs };
    const expected = { kind: 'open', openings: 1, untilMonoMs: 1_000 + restMs, restAsked: true };
    expect(breakerAfter(closed, verdict, input)).toEqual(expected);
    expect(breakerAfter(open, verdict, input)).toEqual(expected);
  });

  it('does not let a shorter rest end a longer one', () => {
    const verdict: Verdict = { kind: 'fails', retryAfterMs: 1_000 };
    expect(breakerAfter(resting, verdict, input)).toEqual(resting);
  });

  it.each([
    { name: 'too early', breaker: open, monoMs: 5_999, hint: false, kind: 'open' },
    { name: 'in time', breaker: open, monoMs: 6_000, hint: false, kind: 'half-open' },
    { name: 'by a hint', breaker: open, monoMs: 1_000, hint: true, kind: 'half-open' },
    { name: 'not by a hint while resting', breaker: resting, monoMs: 1_000, hint: true, kind: 'open' },
    { name: 'after the rest', breaker: resting, monoMs: 6_000, hint: false, kind: 'half-open' },
    { name: 'closed stays closed', breaker: closed, monoMs: 9_999, hint: true, kind: 'closed' },
  ])('becomes ready: $name', ({ breaker, monoMs, hint, kind }) => {
    expect(breakerReady(breaker, monoMs, hint).kind).toBe(kind);
  });

  it('lets one probe through', () => {
    expect(breakerRoom(free)).toBe('probe');
    expect(breakerSent(free, 7)).toEqual({ ...free, probeId: 7 });
    expect(breakerRoom(breakerSent(free, 7))).toBe('none');
    expect(breakerSent(probing, 7)).toBe(probing);
    expect(breakerSent(closed, 7)).toBe(closed);
    expect([breakerRoom(closed), breakerRoom(open)]).toEqual(['all', 'none']);
  });
});
