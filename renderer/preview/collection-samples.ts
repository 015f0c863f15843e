import type { ServicePageView } from '../../terminal/contract/service-mode.ts';
import type { Sample } from './sample-screens.ts';
import { leaving, sampleOf, typing } from './service-sample.ts';

/* Past collections: the list, one of them, and what was found in it. */

type Of<Kind extends ServicePageView['kind']> = Extract<ServicePageView, { kind: Kind }>;

const collected: Of<'collected'> = {
  kind: 'collected',
  who: { staffId: '1003', role: 'administrator' },
  periodNumber: 41,
  closedAtMs: Date.UTC(2026, 10, 22, 6, 41),
  noteCount: 812,
  cassetteNumber: '4711',
  sealNumber: '90027344',
  bagNumber: '1200881',
  countedBy: '1003',
  slip: 'none',
  hasSlip: true,
};
const collectedSums = [
  [2_000_000, 64, 64],
  [1_000_000, 120, 119],
  [500_000, 131, 131],
  [200_000, 170, 171],
  [100_000, 190, 190],
  [50_000, 137, 137],
].map(([valueMinor = 0, count = 0, found = 0]) => ({ valueMinor, count, found, difference: found - count }));

/** As long as it gets with six values. */
export const sampleSlipCode = `QYZYL 10027344 SLIP 41
FROM 20.11.2026 11:41
UNTIL 22.11.2026 11:41
CASSETTE 4711
COLLECTOR 1002
20000 X 64
10000 X 120
5000 X 131
2000 X 170
1000 X 190
500 X 137
NOTES 812
TOTAL 3733500`;

export const collectionSamples: readonly Sample[] = [
  sampleOf(
    'collections',
    {
      page: {
        kind: 'collections',
        who: { staffId: '1003', role: 'administrator' },
        periods: [
          {
            periodNumber: 42,
            closedAtMs: Date.UTC(2026, 10, 22, 6, 41),
            how: 'unannounced',
            noteCount: 12,
            isCounted: false,
          },
          {
            periodNumber: 41,
            closedAtMs: Date.UTC(2026, 10, 20, 6, 41),
            how: 'collected',
            noteCount: 812,
            isCounted: true,
          },
        ],
      },
    },
    ['staff-pick', 'staff-older', ...leaving],
  ),
  sampleOf('collected', { page: collected }, ['staff-reveal', 'staff-count', 'staff-seal', ...leaving]),
  sampleOf('collected-sums', { page: { ...collected, slip: 'printed', sums: collectedSums } }, [
    ...(['staff-reveal', 'staff-seal', 'staff-slip'] as const),
    ...leaving,
  ]),
  sampleOf(
    'collected-code',
    { page: { ...collected, hasSlip: false, sums: collectedSums, slipCode: sampleSlipCode } },
    ['staff-reveal', 'staff-seal', 'staff-slip', ...leaving],
  ),
  sampleOf(
    'collected-count',
    { page: { ...collected, typing: { field: 'count', valueMinor: 1_000_000, digits: '119' } } },
    ['staff-next', ...typing, 'staff-back'],
  ),
];
