import type { Condition } from '../fleet/condition.ts';
import { type Figures, sumIn } from '../fleet/figures.ts';
import { timeToWire } from './wire.ts';

/** A terminal's condition as the backend reads it (`docs/wallet-api.yaml`, Condition). What is not known is left out. */
export function conditionToWire(condition: Condition): unknown {
  const { startedAtMs, clockOffsetMs, diskFreePercent, figures, acceptor, printer } = condition;
  // Field by field: what a part of the terminal keeps beside these must not reach a backend that does not know it.
  return {
    build: condition.build,
    startedAt: timeToWire(startedAtMs),
    state: condition.state,
    why: condition.why,
    alarms: condition.alarms.map(({ alarm, subject }) => ({ alarm, subject })),
    acceptor: {
      connected: acceptor.connected,
      enabled: acceptor.enabled,
      faults: acceptor.faults,
      protocol: acceptor.protocol,
      model: acceptor.model,
      serialNumber: acceptor.serialNumber,
      firmware: acceptor.firmware,
    },
    printer: { ready: printer.ready, paperLow: printer.paperLow, fault: printer.fault },
    cassetteNumber: condition.cassetteNumber,
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
