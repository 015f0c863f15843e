import { assert } from '../assert.ts';
import type { Context } from '../context.ts';
import { andThen, type Decision, decided, type PrintableReceipt } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { CancelReason, PrintIntended } from '../facts.ts';
import { claimNumberOf } from '../operation-number.ts';
import { maskPhone } from '../receipt/format.ts';
import type { ReceiptNote, ReceiptResult } from '../receipt/receipt-data.ts';
import { receiptTerminal } from '../receipt/receipt-terminal.ts';
import { cancelOperation, openOperation, payOperation, type TillChange } from '../till/operation.ts';
import { canCancel, certainSumMinor, isNoteMoving, type Operation } from '../till/state.ts';
import type { ClosedOperation, Recipient, ResultPrint, ResultStep } from './state.ts';
import { emptyCash } from './state.ts';
import { visitTimes } from './timeouts.ts';
import { endVisit, show } from './visit.ts';

/* From the open acceptor to the slip: where the visit moves the till. */

/** The customer has agreed to the conditions: an operation is opened and notes are welcome. */
export function startCash(
  terminal: Terminal,
  recipient: Recipient,
  withoutPaper: boolean,
  context: Context,
): Decision {
  const { wallet, holderMasked, limitMinor, offline, hold } = recipient;
  const { language } = terminal.session;
  const holdId = hold?.holdId;
  const input = { wallet, holderMasked, limitMinor, offline, holdId, language, withoutPaper };
  const opened = applyTill(terminal, openOperation(terminal.till, input, context));
  return andThen(opened, (next) => show(next, emptyCash, context));
}

/** Nothing was paid in: the operation is cancelled and the visit ends. */
export function cancelVisit(terminal: Terminal, why: CancelReason, context: Context): Decision {
  const cancelled = applyTill(terminal, cancelOperation(terminal.till, why));
  return andThen(cancelled, (next) => endVisit(next, context));
}

/** Pay was pressed, or silence said the same. A note on its way is counted first. */
export function pay(terminal: Terminal, context: Context): Decision {
  const { till } = terminal;
  if (isNoteMoving(till)) {
    const waiting: Terminal = { ...terminal, till: { ...till, intake: 'last-note' } };
    return show(waiting, { kind: 'counting' }, context);
  }
  return payNow(terminal, context);
}

/** The last note is at rest: close, send, and show that it is being sent. */
export function payNow(terminal: Terminal, context: Context): Decision {
  const { operation } = terminal.till;
  assert(operation !== undefined, 'there is an operation to pay');
  if (canCancel(operation)) return cancelVisit(terminal, 'customer', context);
  const closed = closedOperation(operation, 'paid', context);
  const paid = applyTill(terminal, payOperation(terminal.till, context));
  return andThen(paid, (next) => {
    const shown = show(next, { kind: 'paying', operation: closed }, context);
    return decided(shown.terminal, {
      effects: [...shown.effects, { kind: 'start-timer', timer: 'payment', delayMs: visitTimes.payingMsMax }],
    });
  });
}

/** What an abandoned or interrupted operation comes to, with nobody there to see it. */
export function settleUnattended(terminal: Terminal, why: CancelReason, context: Context): Decision {
  const { operation } = terminal.till;
  if (operation === undefined) return endVisit(terminal, context);
  if (canCancel(operation)) return cancelVisit(terminal, why, context);
  assert(!isNoteMoving(terminal.till), 'a note in hand is placed before its operation is settled');
  assert(certainSumMinor(operation) > 0, 'an open operation at rest has money or none');
  const paid = applyTill(terminal, payOperation(terminal.till, context));
  return andThen(paid, (next) => endVisit(next, context));
}

/** One of the three honest ends, with its slip. */
export function showResult(
  terminal: Terminal,
  operation: ClosedOperation,
  result: ReceiptResult,
  context: Context,
): Decision {
  const canPrint = terminal.health.printer.ready && !operation.withoutPaper;
  const { printId } = context.fresh;
  const print: ResultPrint = canPrint ? { kind: 'printing', printId } : { kind: 'none' };
  const step: ResultStep = { kind: 'result', operation, result, print };
  const shown = show(terminal, step, context);
  if (!canPrint) return shown;
  const intended: PrintIntended = {
    kind: 'print-intended',
    printId,
    operationId: operation.operationId,
    copy: false,
  };
  return {
    ...shown,
    facts: [...shown.facts, intended],
    effects: [
      ...shown.effects,
      {
        kind: 'print-receipt',
        printId,
        receipt: receiptOf(operation, result, context),
        language: terminal.session.language,
      },
    ],
  };
}

export function showNeedsHelp(terminal: Terminal, operation: Operation, context: Context): Decision {
  const closed = closedOperation(operation, 'needs-help', context);
  return showResult(terminal, closed, needsHelp(closed), context);
}

export function needsHelp(operation: ClosedOperation): ReceiptResult {
  return { kind: 'needs-help', claimNumber: claimNumberOf(operation.operationNumber) };
}

function closedOperation(
  operation: Operation,
  end: ClosedOperation['end'],
  context: Context,
): ClosedOperation {
  return {
    operationId: operation.operationId,
    operationNumber: operation.operationNumber,
    wallet: operation.wallet,
    holderMasked: operation.holderMasked,
    amountMinor: certainSumMinor(operation),
    notes: operation.notes.map(receiptNote),
    closedAtMs: context.now.wallMs,
    withoutPaper: operation.withoutPaper,
    end,
  };
}

function receiptNote(note: Operation['notes'][number]): ReceiptNote {
  const { valueMinor } = note;
  switch (note.state) {
    case 'stacked':
    case 'returned':
    case 'unknown':
      return { valueMinor, state: note.state };
    case 'escrowed':
    case 'intended':
    case 'void':
      throw new Error(`assertion failed: a closed operation holds no note that is ${note.state}`);
  }
}

function receiptOf(operation: ClosedOperation, result: ReceiptResult, context: Context): PrintableReceipt {
  return {
    terminal: receiptTerminal(context.settings),
    operationNumber: operation.operationNumber,
    closedAtMs: operation.closedAtMs,
    walletMasked: maskPhone(operation.wallet),
    holderMasked: operation.holderMasked,
    notes: operation.notes,
    result,
    copy: false,
    fiscal: undefined,
  };
}

function applyTill(terminal: Terminal, change: TillChange): Decision {
  return decided(
    { ...terminal, till: change.till },
    { facts: change.facts, topUps: change.topUp === undefined ? [] : [change.topUp] },
  );
}
