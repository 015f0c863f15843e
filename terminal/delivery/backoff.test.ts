import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractionOf, nextPollAtMs, retryDelayMs } from './backoff.ts';
import { checkDeliverySettings, deliveryDefaults } from './settings.ts';
import { sampleRow, wallNow } from './testing/samples.ts';

const settings = deliveryDefaults;
const fractions = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('chance', () => {
  it('spreads evenly over every draw of a decision', () => {
    const drawn = Array.from({ length: 4_000 }, (_, nth) => fractionOf(99, nth));
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const inTenth = drawn.filter((fraction) => Math.floor(fraction * 10) === tenth).length;
      expect(inTenth).toBeGreaterThan(300);
      expect(inTenth).toBeLessThan(500);
    }
  });

  it('differs from decision to decision', () => {
    expect(fractionOf(1, 1)).not.toBe(fractionOf(2, 1));
  });
});

describe('retry', () => {
  it('draws from the whole room below a doubling ceiling', () => {
    expect(
      [0, 1, 2, 7, 60].map((attempts) => retryDelayMs(attempts, undefined, 0.999_999_9, settings)),
    ).toEqual([4_999, 9_999, 19_999, 599_999, 599_999]);
    expect(retryDelayMs(7, undefined, 0.5, settings)).toBe(300_000);
    expect(retryDelayMs(7, undefined, 0, settings)).toBe(settings.retryDelayMsMin);
  });

  it('stays between its bounds and never undercuts what the backend asked for', () => {
    const asked = fc.option(fc.nat({ max: 10_000_000 }), { nil: undefined });
    fc.assert(
      fc.property(fc.nat({ max: 500 }), asked, fractions, (attempts, retryAfterMs, fraction) => {
        const delayMs = retryDelayMs(attempts, retryAfterMs, fraction, settings);
        expect(Number.isSafeInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(settings.retryDelayMsMin);
        expect(delayMs).toBeGreaterThanOrEqual(Math.min(retryAfterMs ?? 0, settings.retryAfterMsMax));
        expect(delayMs).toBeLessThanOrEqual(settings.retryAfterMsMax);
      }),
    );
  });
});

describe('poll of an accepted top-up', () => {
  it.each([
    { name: 'at the promised time', promisedInMs: 300_000, closedAgoMs: 0, pollInMs: 300_000 },
    { name: 'sooner than a promise years ahead', promisedInMs: 9e11, closedAgoMs: 0, pollInMs: 1_800_000 },
    { name: 'a minute after a promise just broken', promisedInMs: -1_000, closedAgoMs: 0, pollInMs: 60_000 },
    { name: 'as long again as it is late', promisedInMs: -400_000, closedAgoMs: 0, pollInMs: 400_000 },
    { name: 'at least every quarter hour', promisedInMs: -9e8, closedAgoMs: 0, pollInMs: 900_000 },
    { name: 'soon when nothing is promised', promisedInMs: undefined, closedAgoMs: 10_000, pollInMs: 60_000 },
    { name: 'then rarer', promisedInMs: undefined, closedAgoMs: 200_000, pollInMs: 200_000 },
  ])('$name', ({ promisedInMs, closedAgoMs, pollInMs }) => {
    const row = sampleRow(1, {
      closedAtMs: wallNow - closedAgoMs,
      promisedAtMs: promisedInMs === undefined ? undefined : wallNow + promisedInMs,
    });
    expect(nextPollAtMs(row, wallNow, 0, settings)).toBe(wallNow + pollInMs);
    expect(nextPollAtMs(row, wallNow, 0.999, settings)).toBe(wallNow + pollInMs + 4_995);
  });
});

describe('settings', () => {
  it.each([
    { name: 'a zero', change: { lookIntervalMsMax: 0 } },
    { name: 'a fraction', change: { retryDelayMsBase: 0.5 } },
    { name: 'a batch beyond the contract', change: { batchItemsMax: 501 } },
    { name: 'a cap below its base', change: { retryDelayMsMax: 4_000 } },
    { name: 'a probe rarer than retries', change: { breakerOpenMsMax: 700_000 } },
    { name: 'an empty watch', change: { watchDelaysMs: [3_000, 0] } },
  ])('refuses $name', ({ change }) => {
    expect(() => checkDeliverySettings({ ...deliveryDefaults, ...change })).toThrow(/assertion failed/);
  });
});
