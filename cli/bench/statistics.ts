import { assert } from '../../terminal/assert.ts';

/** The smallest value that at least this share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  assert(value !== undefined, 'a percentile needs values');
  return value;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** p50, p99 and the worst, for a table. */
export function spread(valuesMs: readonly number[], digits = 2): string {
  const parts = [
    `p50 ${percentile(valuesMs, 0.5).toFixed(digits)} ms`,
    `p99 ${percentile(valuesMs, 0.99).toFixed(digits)} ms`,
    `max ${percentile(valuesMs, 1).toFixed(digits)} ms`,
  ];
  return parts.join(', ');
}

/** `12 345`, with a plain space. */
export function grouped(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
}
