import { expect, test } from 'vitest';
import { isUuidV7 } from './ids.ts';

test('an id made on the terminal is a UUID of version 7 in lower case', () => {
  // The example of RFC 9562, appendix A.6.
  expect(isUuidV7('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toBe(true);
});

test.each([
  ['version 4', '919108f7-52d1-4320-9bac-f847db4148a8'],
  ['another variant', '017f22e2-79b0-7cc3-18c4-dc0c0c07398f'],
  ['capitals', '017F22E2-79B0-7CC3-98C4-DC0C0C07398F'],
  ['something in front', 'x017f22e2-79b0-7cc3-98c4-dc0c0c07398f'],
  ['a line break behind', '017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n'],
  ['nothing', ''],
])('%s is none', (_what, text) => {
  expect(isUuidV7(text)).toBe(false);
});
