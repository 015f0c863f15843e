import { assert } from './assert.ts';

/** An amount in minor units (tiyn: 1 ₸ = 100 tiyn). Always a safe integer; never a float (money rule M1). */
export type Minor = number & { readonly unit: 'minor' };

/** ISO 4217. One terminal deals in one currency; a note, wallet or answer in another one is refused. */
export type Currency = 'KZT';

export const zeroMinor = 0 as Minor;

export const minorPerTenge = 100;

export function isMinor(value: unknown): value is Minor {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function minor(value: number): Minor {
  assert(isMinor(value), `an amount is a non-negative whole number of tiyn, not ${value}`);
  return value;
}

export function minorFromTenge(tenge: number): Minor {
  return minor(tenge * minorPerTenge);
}

export function addMinor(...amounts: readonly Minor[]): Minor {
  return minor(amounts.reduce((sum, amount) => sum + amount, 0));
}

/** The largest sum not above `limit` that whole notes of `denominations` can make, any number of each. */
export function roundDownToNotes(limit: Minor, denominations: readonly Minor[]): Minor {
  const step = denominations.reduce(greatestCommonDivisor, 0);
  if (step === 0) return zeroMinor;
  const steps = Math.floor(limit / step);
  const sizes = denominations.map((denomination) => denomination / step);
  const canMake = new Array<boolean>(steps + 1).fill(false);
  canMake[0] = true;
  let best = 0;
  for (let sum = 1; sum <= steps; sum += 1) {
    canMake[sum] = sizes.some((size) => size <= sum && canMake[sum - size] === true);
    if (canMake[sum] === true) best = sum;
  }
  return minor(best * step);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** `7 000 ₸`: one form in all languages; groups and sign joined by no-break spaces (U+00A0). Tiyn only if any. */
export function formatMinor(amount: Minor): string {
  return `${formatMinorBare(amount)}\u00a0₸`;
}

/** The digits alone, for paper that has no ₸ sign. */
export function formatMinorBare(amount: Minor): string {
  const whole = Math.floor(amount / minorPerTenge);
  const rest = amount % minorPerTenge;
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  return rest === 0 ? grouped : `${grouped},${String(rest).padStart(2, '0')}`;
}
