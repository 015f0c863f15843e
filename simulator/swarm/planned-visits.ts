import type { Random } from '../../terminal/ports.ts';
import { pick } from '../random.ts';

export interface PlannedVisit {
  readonly kind: 'visit';
  /** Counts from 0; what happens during a visit names it. */
  readonly visit: number;
  /** Since the visitor before has left. */
  readonly comesAfterMs: number;
  /** Typed after +7. */
  readonly digits: string;
  readonly language: 'kk' | 'ru' | 'en' | 'sw';
  readonly notesTenge: readonly number[];
  /** Between two looks at the screen. */
  readonly paceMs: number;
}

/** More than an hour needs: a seed that was slowed down by its faults goes on until it has seen enough. */
const visitsMaxAnHour = 60;
export const visitsAnHour = 12;
/** Open wallets of the simulated backend, those with a low limit among them. */
export const wallets = [
  '7010000001',
  '7010000002',
  '7010000003',
  '7010000006',
  '7010000007',
  '7010000008',
] as const;
const languages = ['kk', 'ru', 'en', 'sw'] as const;
const noteValues = [500, 1_000, 1_000, 2_000, 2_000, 5_000, 10_000, 20_000] as const;

export function drawVisits(hours: number, random: Random): readonly PlannedVisit[] {
  return Array.from({ length: visitsMaxAnHour * hours }, (_, visit) => drawVisit(visit, random));
}

function drawVisit(visit: number, random: Random): PlannedVisit {
  const count = 1 + random.nextInt(6);
  return {
    kind: 'visit',
    visit,
    comesAfterMs: 2_000 + random.nextInt(random.nextInt(5) === 0 ? 10_000 : 600_000),
    digits: pick(wallets, random),
    language: pick(languages, random),
    notesTenge: Array.from({ length: count }, () => pick(noteValues, random)),
    paceMs: 300 + random.nextInt(900),
  };
}
