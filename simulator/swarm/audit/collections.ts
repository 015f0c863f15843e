import { formatMinor, type Minor } from '../../../terminal/money.ts';
import type { Stage } from '../stage.ts';
import type { Accuse } from './breach.ts';
import type { NoteRecord } from './journal.ts';
import type { Papers } from './papers.ts';

interface PeriodSum {
  readonly period: string;
  readonly valueMinor: number;
  readonly count: number;
}

interface ToldCollection {
  readonly periodId: string;
  readonly sumMinor: number;
}

/**
 * M11: a cassette that stood in the machine during one period only, and alone in it, holds what that period's slip says:
 * the certain notes, and of those in doubt each by itself. The office has been told the same certain sum.
 */
export function checkCollections(
  { world, carried, struck }: Stage,
  papers: Papers,
  notes: readonly NoteRecord[],
  sums: readonly PeriodSum[],
  accuse: Accuse,
): void {
  for (const [period, cassette] of ownCassettes(papers)) {
    const lying = papers.boxed().filter((paper) => paper.cassette === cassette).length;
    const certain = sums.reduce((sum, slip) => sum + (slip.period === period ? slip.count : 0), 0);
    const doubtful = notes.filter(
      ({ inDoubt, intentPeriod, stackedPeriod }) =>
        inDoubt === 1 && (intentPeriod === period || stackedPeriod === period),
    ).length;
    if (certain > lying || lying > certain + doubtful) {
      accuse('M11', `a cassette holds ${lying} notes, its slip has ${certain} and ${doubtful} in doubt`);
    }
    const box = papers.cassettes[cassette]?.cassette;
    const slip = carried.find((taken) => taken.cassette === box)?.slip;
    // No printer proves that every byte came as it was sent.
    const isReadable = !struck.has('printer-line-noise');
    if (box === undefined || slip === undefined || doubtful > 0 || !isReadable) continue;
    if (!hasSum(slip, box.totalMinor('KZT'))) {
      accuse('M11', `the printed slip does not have the ${box.totalMinor('KZT')} of its cassette`);
    }
  }
  for (const { body } of world.backend.records('collection')) {
    const { periodId, sumMinor } = body as ToldCollection;
    const ownMinor = sums.reduce(
      (sum, slip) => sum + (slip.period === periodId ? slip.valueMinor * slip.count : 0),
      0,
    );
    if (ownMinor !== sumMinor) accuse('M11', `the office was told ${sumMinor} for a period of ${ownMinor}`);
  }
}

/** Printers without the sign of the tenge write its short name. */
function hasSum(slip: string, sum: Minor): boolean {
  const digits = formatMinor(sum).replace(/\D/g, '');
  return new RegExp(`\\D${digits}(тг|₸)`).test(slip.replace(/\s/g, ''));
}

/** Periods and cassettes that met only each other. */
function ownCassettes({
  periods,
  cassettes,
}: Papers): readonly (readonly [period: string, cassette: number])[] {
  const meetings = [...periods].flatMap(([period, during]) =>
    cassettes.flatMap(({ stays }, cassette) =>
      stays.some((stay) => stay.fromMonoMs <= during.untilMonoMs && stay.untilMonoMs >= during.fromMonoMs)
        ? [[period, cassette] as const]
        : [],
    ),
  );
  return meetings.filter(
    ([period, cassette]) =>
      meetings.filter((other) => other[0] === period || other[1] === cassette).length === 1,
  );
}
