import type { PrintableReceipt } from '../core/decision.ts';
import { claimNumberOf } from '../operation-number.ts';
import type { FoundPayment } from '../service-mode/desk.ts';
import type { Settings } from '../settings.ts';
import { maskPhone } from './format.ts';
import type { ReceiptResult } from './receipt-data.ts';
import { receiptTerminal } from './receipt-terminal.ts';

/** A slip of a payment that was made before, marked as a copy (money rule M15). */
export function copyOfPayment(payment: FoundPayment, settings: Settings): PrintableReceipt {
  return {
    terminal: receiptTerminal(settings),
    operationNumber: payment.operationNumber,
    closedAtMs: payment.closedAtMs,
    walletMasked: maskPhone(payment.wallet),
    holderMasked: payment.holderMasked,
    notes: payment.notes,
    result: resultOfPayment(payment),
    copy: true,
    fiscal: undefined,
  };
}

/** One of the three honest ends, as it is by now. */
export function resultOfPayment({ fate, promisedAtMs, operationNumber }: FoundPayment): ReceiptResult {
  switch (fate) {
    case 'credited':
      return { kind: 'credited' };
    case 'on-its-way':
      return { kind: 'accepted', byMs: promisedAtMs };
    case 'needs-help':
      return { kind: 'needs-help', claimNumber: claimNumberOf(operationNumber) };
  }
}
