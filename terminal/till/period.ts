import type { Context } from '../context.ts';
import type { Fact, PeriodClosed } from '../facts.ts';
import type { Till } from './state.ts';

/**
 * The cassette is out. Closes its period and opens the next in one transaction, so that no note falls between two; what a
 * collector has begun goes on with the next cassette.
 */
export function changePeriod(
  till: Till,
  how: PeriodClosed['how'],
  context: Context,
): { readonly till: Till; readonly facts: readonly Fact[] } {
  const period = { periodId: context.fresh.periodId, periodNumber: till.period.periodNumber + 1 };
  const by = how === 'collected' ? till.collection?.by : undefined;
  const collection = till.collection && ({ ...till.collection, stage: 'emptied' } as const);
  return {
    till: { ...till, period, collection },
    facts: [
      { kind: 'period-closed', periodId: till.period.periodId, how, ...(by === undefined ? {} : { by }) },
      { kind: 'period-opened', ...period },
    ],
  };
}
