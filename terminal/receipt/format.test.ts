import { expect, test } from 'vitest';
import { formatJournalHead, formatOffset, formatTimeFrom, maskPhone } from './format.ts';

const closedAtMs = Date.UTC(2026, 10, 22, 18, 50);

test('a masked number keeps what its owner recognises and nothing a stranger could use', () => {
  expect(maskPhone('+77012345667')).toBe('+7\u00a0701\u00a0•••\u00a0••\u00a067');
  expect(() => maskPhone('87012345667')).toThrow('E.164');
});

test('a time on the day of the slip is short; past midnight the date stands with it', () => {
  expect(formatTimeFrom(closedAtMs + 5 * 60_000, closedAtMs, 300)).toBe('23:55');
  expect(formatTimeFrom(closedAtMs + 15 * 60_000, closedAtMs, 300)).toBe('23.11.2026\u00a000:05');
});

test('the offset names hours, and minutes only where there are any', () => {
  expect(formatOffset(300)).toBe('UTC+5');
  expect(formatOffset(-210)).toBe('UTC−3:30');
});

test('the journal head is short enough to read out and long enough to tell histories apart', () => {
  expect(formatJournalHead(7, '0123456789abcdef')).toBe('7\u00a00123\u00a04567\u00a089ab');
});
