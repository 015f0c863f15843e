import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMinor,
  formatMinor,
  formatMinorBare,
  isMinor,
  type Minor,
  minor,
  minorFromTenge,
  roundDownToNotes,
} from './money.ts';

const anyAmount = fc.nat({ max: 1_000_000_000 }).map(minor);

describe('amounts are whole, safe and never below zero (M1)', () => {
  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '5', undefined])(
    '%s is none',
    (value) => {
      expect(isMinor(value)).toBe(false);
      expect(() => minor(value as number)).toThrow('assertion failed');
    },
  );

  test.each([0, 1, 2 ** 53 - 1])('%s is one', (value) => {
    expect(minor(value)).toBe(value);
  });

  test('a sum that would no longer be exact is refused', () => {
    expect(() => addMinor(minor(2 ** 53 - 1), minor(1))).toThrow('assertion failed');
    expect(addMinor()).toBe(0);
  });
});

describe('what notes can make of a limit', () => {
  /** Every sum that up to twelve notes make, tried one by one. */
  function bruteForce(limit: number, denominations: readonly number[]): number {
    let reached = new Set([0]);
    let best = 0;
    while (reached.size > 0) {
      const next = new Set<number>();
      for (const sum of reached) {
        best = Math.max(best, sum);
        for (const denomination of denominations) {
          if (sum + denomination <= limit) next.add(sum + denomination);
        }
      }
      reached = next;
    }
    return best;
  }

  test('the same as trying every heap of notes', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 300 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 4 }),
        (limit, denominations) => {
          expect(roundDownToNotes(minor(limit), denominations.map(minor))).toBe(
            bruteForce(limit, denominations),
          );
        },
      ),
    );
  });

  test.each([
    [12_975, [500, 1_000, 2_000, 5_000, 10_000, 20_000], 12_500],
    [12_975, [5_000, 2_000], 12_000],
    [3_000, [5_000, 2_000], 2_000],
    [1_999, [2_000], 0],
    [500_000, [], 0],
    [0, [500], 0],
  ])('%i tenge in notes of %j are %i', (limit, denominations, made) => {
    expect(roundDownToNotes(minorFromTenge(limit), denominations.map(minorFromTenge))).toBe(
      minorFromTenge(made),
    );
  });
});

describe('one form of an amount in all languages', () => {
  test.each([
    [0, '0'],
    [50_000, '500'],
    [700_000, '7\u00a0000'],
    [50_000_000, '500\u00a0000'],
    [123_456_700, '1\u00a0234\u00a0567'],
    [123_456_750, '1\u00a0234\u00a0567,50'],
    [105, '1,05'],
  ])('%i tiyn', (amount, text) => {
    expect(formatMinorBare(minor(amount))).toBe(text);
    expect(formatMinor(minor(amount))).toBe(`${text}\u00a0₸`);
  });

  test('it never breaks at a line end, and reads back as what it was', () => {
    fc.assert(
      fc.property(anyAmount, (amount: Minor) => {
        const text = formatMinor(amount);
        expect(text).toMatch(/^\d{1,3}(\u00a0\d{3})*(,\d{2})?\u00a0₸$/);
        const [whole = '', rest = '0'] = text.replace(/[\u00a0₸]/g, '').split(',');
        expect(Number(whole) * 100 + Number(rest)).toBe(amount);
      }),
    );
  });
});
