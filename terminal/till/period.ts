import type { Context } from '../context.ts';
import type { Fact, PeriodClosed } from '../facts.ts';
import type { Till } from './state.ts';

/** Closes the cassette's period and opens the next in one transaction, so that no note falls between two. */
export function changePeriod(
  till: Till,
  how: PeriodClosed['how'],
  context: Context,
): { readonly till: Till; readonly facts: readonly Fact[] } {
  const period = { periodId: context.fresh.periodId, periodNumber: till.period.periodNumber + 1 };
  return {
    till: { ...till, period },
    facts: [
      { kind: 'period-closed', periodId: till.period.periodId, how },
      { kind: 'period-opened', ...period },
    ],
  };
}
