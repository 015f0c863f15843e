import { expect, test } from 'vitest';
import type { StaffId } from '../staff/staff.ts';
import { contextAt } from '../testing/samples.ts';
import { receiptTerminal } from './receipt-terminal.ts';
import { testPage } from './test-page.ts';

test('a test page has every letter of the Kazakh alphabet in both cases, the sign of the tenge and a code', () => {
  const { settings, now } = contextAt(0);
  const page = { terminal: receiptTerminal(settings), technician: '1001' as StaffId, atMs: now.wallMs };
  const { lines } = testPage(page, ['kk', 'ru'], (_language, key) => key);
  const printed = lines.flatMap((line) => (line.kind === 'text' ? [...line.text] : []));
  const small = 'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя';
  expect([...small, ...small.toUpperCase(), '₸', '№'].filter((sign) => !printed.includes(sign))).toEqual([]);
  expect(lines.map(({ kind }) => kind)).toContain('qr');
});
