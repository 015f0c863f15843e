import type { Condition } from '../fleet/condition.ts';
import { type Figures, sumIn } from '../fleet/figures.ts';
import { timeToWire } from './wire.ts';

/** A terminal's condition as the backend reads it (`docs/wallet-api.yaml`, Condition). What is not known is left out. */
export function conditionToWire(condition: Condition): unknown {
  const { startedAtMs, clockOffsetMs, diskFreePercent, figures, ...rest } = condition;
  return {
    ...rest,
    startedAt: timeToWire(startedAtMs),
    ...(diskFreePercent !== undefined && { diskFreePercent: Math.round(diskFreePercent) }),
    ...(clockOffsetMs !== undefined && { clockOffsetMs: Math.round(clockOffsetMs) }),
    ...(figures !== undefined && figuresToWire(figures)),
  };
}

function figuresToWire({
  cassette,
  queue,
  unknownNotes,
  lastPaymentAtMs,
  lastCreditedAtMs,
}: Figures): object {
  const { oldestWaitingClosedAtMs, ...counted } = queue;
  return {
    ...(cassette !== undefined && {
      cassette: {
        periodNumber: cassette.periodNumber,
        openedAt: timeToWire(cassette.openedAtMs),
        notes: cassette.counts.map(({ valueMinor, count }) => ({ denominationMinor: valueMinor, count })),
        sumMinor: sumIn(cassette),
        notesInDoubt: cassette.notesInDoubt,
      },
    }),
    queue: {
      ...counted,
      ...(oldestWaitingClosedAtMs !== undefined && { oldestClosedAt: timeToWire(oldestWaitingClosedAtMs) }),
    },
    unknownNotes,
    ...(lastPaymentAtMs !== undefined && { lastPaymentAt: timeToWire(lastPaymentAtMs) }),
    ...(lastCreditedAtMs !== undefined && { lastCreditedAt: timeToWire(lastCreditedAtMs) }),
  };
}
