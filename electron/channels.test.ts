import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isHostOrder, isHostReport } from './channels.ts';

test('only what the two processes say to each other passes', () => {
  expect(isHostReport({ kind: 'ready' })).toBe(true);
  expect(isHostReport({ kind: 'alive' })).toBe(true);
  expect(isHostOrder({ kind: 'plug-in' })).toBe(true);
  expect(isHostOrder({ kind: 'stop' })).toBe(true);
  expect(isHostReport({ kind: 'stop' })).toBe(false);
  expect(isHostOrder({ kind: 'ready' })).toBe(false);
});

test('anything else is refused and harms nothing', () => {
  const junk = fc.oneof(fc.anything(), fc.record({ kind: fc.anything() }));
  fc.assert(
    fc.property(junk, (value) => {
      expect(isHostReport(value)).toBe(false);
      expect(isHostOrder(value)).toBe(false);
    }),
  );
});
