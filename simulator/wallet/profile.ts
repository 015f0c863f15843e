import { topUpMaxMinor, unidentifiedMaxMinor } from './seed-wallets.ts';

const tenge = 100;

/**
 * Notes that are money, as announced by January 2026: the series before the "Saka style" leaves circulation
 * denomination by denomination.
 */
const denominations = [
  { tenge: 500, series: 'before-saka' },
  { tenge: 500, series: 'saka' },
  { tenge: 1_000, series: 'before-saka', lastDay: '2027-03-27' },
  { tenge: 1_000, series: 'saka' },
  { tenge: 2_000, series: 'before-saka', lastDay: '2026-06-24' },
  { tenge: 2_000, series: 'saka' },
  { tenge: 5_000, series: 'before-saka', lastDay: '2025-09-24' },
  { tenge: 5_000, series: 'saka' },
  { tenge: 10_000, series: 'before-saka', lastDay: '2026-06-27' },
  { tenge: 10_000, series: 'saka' },
  { tenge: 20_000, series: 'before-saka' },
  { tenge: 20_000, series: 'saka' },
] as const;

/** What a terminal is told about itself, its operator and its limits. */
export function profileOf(terminal: string, address: string): Readonly<Record<string, unknown>> {
  return {
    terminalNumber: terminal,
    address,
    operatorName: '«Қызыл терминал» ЖШС',
    operatorBin: '260340000111',
    supportPhone: '+77273000000',
    limits: {
      currency: 'KZT',
      topUpMinMinor: 500 * tenge,
      topUpMaxMinor,
      unidentifiedMaxMinor,
    },
    denominations: denominations.map((entry) => ({
      denominationMinor: entry.tenge * tenge,
      currency: 'KZT',
      series: entry.series,
      ...('lastDay' in entry && { lastDay: entry.lastDay }),
    })),
    catalogue: [{ serviceId: 'wallet-top-up', commissionMinor: 0 }],
  };
}
