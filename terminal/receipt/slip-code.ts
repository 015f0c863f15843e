import type { PrintableSlip } from './collection-slip.ts';
import { certainSum } from './collection-slip.ts';
import { formatDateTime } from './format.ts';

/** More in one cassette are a case for the journal; the code has to stay legible for a phone. */
const doubtfulMax = 20;

/**
 * What a collection slip says, as text for a square code: for the phone of a collector whom no printer could give one.
 * Plain words and digits, one line each, whole tenge; without the journal's head, which moves on while it is shown.
 */
export function slipCode({ terminal, period, cassetteNumber, collector, atMs }: PrintableSlip): string {
  const time = (ms: number): string => formatDateTime(ms, terminal.utcOffsetMinutes);
  const notes = period.counts.reduce((sum, { count }) => sum + count, 0);
  return [
    `QYZYL ${terminal.number} SLIP ${period.periodNumber}`,
    `FROM ${time(period.openedAtMs)}`,
    `UNTIL ${time(period.closedAtMs ?? atMs)}`,
    `CASSETTE ${cassetteNumber ?? '-'}`,
    `COLLECTOR ${collector}`,
    ...period.counts.map(({ valueMinor, count }) => `${valueMinor / 100} X ${count}`),
    `NOTES ${notes}`,
    `TOTAL ${certainSum(period) / 100}`,
    ...period.inDoubt
      .slice(0, doubtfulMax)
      .map(
        ({ noteId, valueMinor }) =>
          `IN DOUBT ${valueMinor === undefined ? '?' : valueMinor / 100} ${noteId.slice(-8)}`,
      ),
  ].join('\n');
}
