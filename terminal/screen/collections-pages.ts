import type { Surroundings } from '../context.ts';
import type { ServicePageView } from '../contract/service-mode.ts';
import { slipCode } from '../receipt/slip-code.ts';
import { slipOf } from '../service-mode/collection.ts';
import { lacksSlip } from '../service-mode/collections.ts';
import type { PeriodSummary } from '../service-mode/desk.ts';
import type { CashTyping, CollectedPage, CollectionsPage } from '../service-mode/state.ts';

/* Past collections as their screen shows them. Sums leave here only while somebody wants to see them. */

type ViewOf<Kind extends ServicePageView['kind']> = Extract<ServicePageView, { kind: Kind }>;

export function collectionsView({ who, periods, fault }: CollectionsPage): ViewOf<'collections'> {
  return {
    kind: 'collections',
    who: { ...who },
    ...(periods === undefined ? {} : { periods: periods.map(lineOf) }),
    ...(fault === undefined ? {} : { fault }),
  };
}

function lineOf(period: PeriodSummary) {
  const { periodNumber, closedAtMs = 0, how = 'collected', counted } = period;
  return { periodNumber, closedAtMs, how, noteCount: notesIn(period), isCounted: counted !== undefined };
}

function notesIn({ counts }: PeriodSummary): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

export function collectedView(page: CollectedPage, context: Surroundings): ViewOf<'collected'> {
  const { who, period, isRevealed, slip, typing } = page;
  const isCodeShown = isRevealed && lacksSlip(page);
  const { periodNumber, closedAtMs = 0, cassetteNumber, sealNumber, bagNumber, countedBy } = period;
  return {
    kind: 'collected',
    who: { ...who },
    periodNumber,
    closedAtMs,
    noteCount: notesIn(period),
    ...(cassetteNumber === undefined ? {} : { cassetteNumber }),
    ...(sealNumber === undefined ? {} : { sealNumber }),
    ...(bagNumber === undefined ? {} : { bagNumber }),
    ...(countedBy === undefined ? {} : { countedBy }),
    ...(isRevealed ? { sums: sumsOf(period) } : {}),
    slip: slip.kind,
    hasSlip: !lacksSlip(page),
    ...(isCodeShown ? { slipCode: slipCode(slipOf(period, who, cassetteNumber, context)) } : {}),
    ...(typing === undefined ? {} : { typing: typingView(typing) }),
  };
}

/** By denomination, largest first: what the counters say, what was found, and what lies between. */
function sumsOf({ counts, counted }: PeriodSummary) {
  const values = new Set([...counts, ...(counted ?? [])].map(({ valueMinor }) => valueMinor));
  return [...values]
    .sort((a, b) => b - a)
    .map((valueMinor) => {
      const count = counts.find((each) => each.valueMinor === valueMinor)?.count ?? 0;
      if (counted === undefined) return { valueMinor, count };
      const found = counted.find((each) => each.valueMinor === valueMinor)?.count ?? 0;
      return { valueMinor, count, found, difference: found - count };
    })
    .filter(({ count, found }) => count > 0 || (found ?? 0) > 0);
}

function typingView(typing: CashTyping): NonNullable<ViewOf<'collected'>['typing']> {
  const { kind: field, digits } = typing;
  const valueMinor = typing.kind === 'count' ? typing.values[typing.typed.length] : undefined;
  return { field, digits, ...(valueMinor === undefined ? {} : { valueMinor }) };
}
