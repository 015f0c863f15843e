import type { Settings } from '../settings.ts';
import type { ReceiptTerminal } from './receipt-data.ts';

/** Kazakhstan has one time zone since 1 March 2024. */
const utcOffsetMinutes = 300;
export const kazakhstanOffsetMs = utcOffsetMinutes * 60_000;

/** Who speaks on a slip. */
export function receiptTerminal(settings: Settings): ReceiptTerminal {
  const { number, address, operatorName, operatorBin, supportPhone } = settings.terminal;
  return { number, address, operatorName, operatorBin, supportPhone, utcOffsetMinutes };
}
