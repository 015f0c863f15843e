import type { SeedWallet } from './wallets.ts';

const tenge = 100;
/** What one top-up at a terminal may be in practice. */
export const topUpMaxMinor = 500_000 * tenge;
/** Three monthly calculation indices of 2026: all an unidentified owner may pay, hold, and take in a day. */
export const unidentifiedMaxMinor = 12_975 * tenge;

const unidentified = {
  operationMaxMinor: unidentifiedMaxMinor,
  storedMaxMinor: unidentifiedMaxMinor,
  dayMaxMinor: unidentifiedMaxMinor,
} as const;

/** One wallet of every kind a visitor can meet. */
export const seedWallets: readonly SeedWallet[] = [
  { phone: '+77010000001', holderName: 'Айгүл С.', operationMaxMinor: topUpMaxMinor },
  {
    phone: '+77010000002',
    holderName: 'Ерлан Т.',
    operationMaxMinor: topUpMaxMinor,
    balanceMinor: 15_400 * tenge,
  },
  { phone: '+77010000003', holderName: 'Дана Қ.', ...unidentified },
  { phone: '+77010000004', holderName: 'Нұрлан Ә.', operationMaxMinor: topUpMaxMinor, state: 'blocked' },
  { phone: '+77010000005', holderName: 'Гүлнар Ж.', ...unidentified, balanceMinor: unidentifiedMaxMinor },
  { phone: '+77010000006', operationMaxMinor: topUpMaxMinor },
  { phone: '+77010000007', holderName: 'Светлана И.', operationMaxMinor: topUpMaxMinor },
  { phone: '+77010000008', holderName: 'Бауыржан М.', ...unidentified, balanceMinor: 10_000 * tenge },
  { phone: '+77010000009', holderName: 'Өмірбек Ң.', operationMaxMinor: topUpMaxMinor, state: 'closed' },
];
