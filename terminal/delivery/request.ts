import type { EventId } from '../ids.ts';
import type { MessageRow, TopUpRow } from '../store.ts';
import type {
  EventsRequest,
  OperationRef,
  TerminalEvent,
  TopUpRequest,
  VoidRequest,
} from '../wallet/messages.ts';
import type { DeliveryContext } from './context.ts';

/** A row as the backend is asked to credit it. The same row gives the same body for ever (money rule M9). */
export function topUpRequestOf(row: TopUpRow, terminalNumber: string): TopUpRequest {
  return {
    operationId: row.operationId,
    wallet: row.wallet,
    amountMinor: row.amountMinor,
    currency: row.currency,
    terminalNumber,
    operationNumber: row.operationNumber,
    openedAtMs: row.openedAtMs,
    closedAtMs: row.closedAtMs,
    notes: row.notes.map(({ valueMinor, count }) => ({ denominationMinor: valueMinor, count })),
    ...(row.supplementOf === undefined ? {} : { supplementOf: row.supplementOf }),
    ...(row.holdId === undefined ? {} : { holdId: row.holdId }),
  };
}

export function operationRefOf(row: TopUpRow, terminalNumber: string): OperationRef {
  const { operationId, wallet, amountMinor, currency } = row;
  return { operationId, wallet, amountMinor, currency, terminalNumber };
}

export function voidRequestOf(row: TopUpRow, terminalNumber: string): VoidRequest {
  // Who asked and why stands in the journal; the body must be the same at every try.
  return { ...operationRefOf(row, terminalNumber), reason: 'asked for by staff' };
}

/** What a heartbeat tells: how the terminal is, and where its journal stands. */
export function heartbeatOf(context: DeliveryContext): EventsRequest {
  return { ...eventsRequestOf([], context), condition: context.condition() };
}

/** Alarms as one call. */
export function eventsRequestOf(rows: readonly MessageRow[], context: DeliveryContext): EventsRequest {
  return {
    terminalNumber: context.terminalNumber,
    sentAtMs: context.now.wallMs,
    anchor: context.anchor,
    events: rows.flatMap(eventOf),
  };
}

/** An alarm with levels has its level for a subject. */
function severityOf(subject: string): TerminalEvent['severity'] {
  return subject === 'warning' ? 'warning' : 'alarm';
}

function eventOf(row: MessageRow): readonly TerminalEvent[] {
  if (row.body.kind !== 'alarm') return [];
  const { alarm, subject, detail, raised, atMs } = row.body;
  return [
    {
      // The message is the event: a second telling has the same id.
      eventId: row.messageId as EventId,
      occurredAtMs: atMs,
      name: alarm,
      severity: raised ? severityOf(subject) : 'info',
      fields: { subject, detail, raised },
    },
  ];
}
