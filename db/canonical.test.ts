import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';

it('has one form, whatever the order of keys, and leaves out what is undefined', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'ұ"' }], a: undefined, A: true })).toBe(
    '{"A":true,"b":[1,{"c":"ұ\\"","d":null}]}',
  );
});

it('says what JSON says', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
    }),
  );
});
