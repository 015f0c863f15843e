import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type PageWatch, type Remedy, watchPage } from './frozen-page.ts';
import { pageTimes } from './times.ts';

let remedies: Remedy[];
let lastProbe: number;
let watch: PageWatch;

beforeEach(() => {
  vi.useFakeTimers();
  remedies = [];
  lastProbe = 0;
  watch = watchPage({
    probe: (number) => {
      lastProbe = number;
    },
    apply: (remedy) => void remedies.push(remedy),
  });
});

afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

/** Lets the page answer every probe for a while. */
function answerFor(durationMs: number, isAnythingShown = true): void {
  for (let passedMs = 0; passedMs < durationMs; passedMs += pageTimes.probeEveryMs) {
    vi.advanceTimersByTime(pageTimes.probeEveryMs);
    watch.answered(lastProbe, isAnythingShown);
  }
}

describe('a page is given up', () => {
  test('not while it answers', () => {
    answerFor(3_600_000);
    expect(remedies).toEqual([]);
  });

  test('when it stops answering, soon enough for a visitor', () => {
    answerFor(10_000);
    vi.advanceTimersByTime(pageTimes.answerWithinMs);
    expect(remedies).toEqual(['reload']);
    expect(pageTimes.answerWithinMs).toBeLessThanOrEqual(3_000);
  });

  test('when it answers with nothing on it', () => {
    answerFor(10_000);
    answerFor(pageTimes.answerWithinMs, false);
    expect(remedies).toEqual(['reload']);
  });

  test('when it never comes up after the start, which may take longer', () => {
    vi.advanceTimersByTime(pageTimes.firstLoadWithinMs - 1);
    expect(remedies).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(remedies).toEqual(['reload']);
  });

  test('when it comes up and stays blank: further blank answers buy no time', () => {
    answerFor(pageTimes.blankWithinMs + pageTimes.probeEveryMs, false);
    expect(remedies).toEqual(['reload']);
  });

  test('at once when its renderer is known to be gone', () => {
    answerFor(10_000);
    watch.broken();
    expect(remedies).toEqual(['reload']);
  });
});

describe('the remedies', () => {
  test('grow while trouble follows trouble, and end with a new shell', () => {
    answerFor(10_000);
    vi.advanceTimersByTime(pageTimes.answerWithinMs + 3 * pageTimes.loadWithinMs);
    expect(remedies).toEqual(['reload', 'new-window', 'new-window', 'restart']);
  });

  test('begin again after a sound minute', () => {
    answerFor(10_000);
    watch.broken();
    answerFor(pageTimes.soundAfterMs + 1_000);
    watch.broken();
    expect(remedies).toEqual(['reload', 'reload']);
  });

  test('are not doubled by the report that the old renderer is gone', () => {
    answerFor(10_000);
    vi.advanceTimersByTime(pageTimes.answerWithinMs);
    watch.broken();
    expect(remedies).toEqual(['reload']);
  });

  test('are not called off by a late answer of the page before', () => {
    answerFor(10_000);
    const old = lastProbe;
    watch.broken();
    watch.answered(old, true);
    vi.advanceTimersByTime(pageTimes.loadWithinMs);
    expect(remedies).toEqual(['reload', 'new-window']);
  });

  test('are not called off by an answer to a probe that was never sent', () => {
    answerFor(10_000);
    watch.answered(lastProbe + 1_000, true);
    watch.answered(Number.NaN, true);
    vi.advanceTimersByTime(pageTimes.answerWithinMs);
    expect(remedies).toEqual(['reload']);
  });
});
