import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { walletPhoneOf } from './phone.ts';

/** The ranges that Kazakh mobile operators give out. */
const mobile = [
  ...['700', '701', '702', '705', '706', '707', '708', '747', '760', '761', '762', '763', '764'],
  ...['771', '775', '776', '777', '778', '785'],
];

describe('a wallet is named by a mobile number of Kazakhstan', () => {
  test.each(mobile)('%s is mobile', (range) => {
    expect(walletPhoneOf(`${range}1234567`)).toBe(`+7${range}1234567`);
  });

  test('no other range is', () => {
    for (let range = 0; range < 1_000; range += 1) {
      const digits = String(range).padStart(3, '0');
      if (mobile.includes(digits)) continue;
      expect(walletPhoneOf(`${digits}1234567`), digits).toBeUndefined();
    }
  });

  test.each([
    ['a landline of Almaty', '7273123456'],
    ['a landline of Astana', '7172123456'],
    ['a Russian mobile number', '9161234567'],
    ['a toll-free number', '8000800027'],
    ['a trunk prefix in front', '87010000001'],
    ['a country code in front', '77010000001'],
    ['a plus', '+7010000001'],
    ['nine digits', '701000000'],
    ['nothing', ''],
    ['letters', '70100000ab'],
    ['other digits than ours', '٧٠١٠٠٠٠٠٠١'],
    ['a line break at the end', '7010000001\n'],
  ])('%s is none', (_what, digits) => {
    expect(walletPhoneOf(digits)).toBeUndefined();
  });

  test('whatever is typed, it is a number in E.164 or none', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const phone = walletPhoneOf(typed);
        if (phone !== undefined) expect(phone).toBe(`+7${typed}`);
      }),
    );
  });
});
