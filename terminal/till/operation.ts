import { assert } from '../assert.ts';
import type { Context } from '../context.ts';
import type { CancelReason, Fact, Language, OperationClosed } from '../facts.ts';
import type { WalletPhone } from '../ids.ts';
import type { Minor } from '../money.ts';
import { operationNumber } from '../operation-number.ts';
import type { TopUpRow } from '../store.ts';
import { canCancel, certainSumMinor, isNoteMoving, type Operation, type Payer, type Till } from './state.ts';

/*
 * Opening, closing and cancelling the visitor's operation. Each returns the new till and the facts that make it true.
 */

export interface TillChange {
  readonly till: Till;
  readonly facts: readonly Fact[];
  /** Money that is now on its way to a wallet. */
  readonly topUp: TopUpRow | undefined;
}

export interface NewOperation {
  readonly wallet: WalletPhone;
  readonly holderMasked: string | undefined;
  readonly language: Language;
  readonly limitMinor: Minor;
  readonly holdId: string | undefined;
  readonly offline: boolean;
  readonly withoutPaper: boolean;
}

export function openOperation(till: Till, input: NewOperation, context: Context): TillChange {
  assert(till.operation === undefined, 'one operation is open at a time');
  const operation: Operation = {
    ...input,
    operationId: context.fresh.operationId,
    operationNumber: operationNumber(till.nextOperationSerial),
    currency: context.settings.currency,
    openedAtMs: context.now.wallMs,
    notes: [],
  };
  return {
    till: { ...till, operation, intake: 'open', nextOperationSerial: till.nextOperationSerial + 1 },
    facts: [
      {
        kind: 'operation-opened',
        operationId: operation.operationId,
        operationNumber: operation.operationNumber,
        currency: operation.currency,
        supplementOf: undefined,
        ...input,
      },
    ],
    topUp: undefined,
  };
}

/** Ends an operation that holds no money (money rule M12). */
export function cancelOperation(till: Till, why: CancelReason): TillChange {
  const { operation } = till;
  assert(operation !== undefined && canCancel(operation), 'only an operation without money can be cancelled');
  return {
    till: { ...till, operation: undefined, intake: 'closed' },
    facts: [{ kind: 'operation-cancelled', operationId: operation.operationId, why }],
    topUp: undefined,
  };
}

/** Pays what was inserted. No note may be moving: wait for it, or let it become unknown first. */
export function payOperation(till: Till, context: Context): TillChange {
  const { operation } = till;
  assert(
    operation !== undefined && !isNoteMoving(till),
    'an operation is paid once its last note is at rest',
  );
  assert(certainSumMinor(operation) > 0, 'only an operation with money can be paid');
  return closeOperation(till, operation, 'paid', context);
}

/**
 * Ends the operation of a note that nobody can place: the certain sum goes on its way at once, and the office hears
 * of the rest as a claim (money rule M12).
 */
export function closeNeedingHelp(till: Till, context: Context): TillChange {
  assert(till.operation !== undefined, 'there is an operation to close');
  return closeOperation(till, till.operation, 'needs-help', context);
}

function closeOperation(
  till: Till,
  operation: Operation,
  end: OperationClosed['end'],
  context: Context,
): TillChange {
  const amountMinor = certainSumMinor(operation);
  const claimId = end === 'needs-help' ? context.fresh.claimId : undefined;
  return {
    till: { ...till, operation: undefined, intake: 'closed' },
    facts: [{ kind: 'operation-closed', operationId: operation.operationId, end, amountMinor, claimId }],
    topUp: amountMinor === 0 ? undefined : topUpOf(operation, amountMinor, context.now.wallMs),
  };
}

/** Pays one note, proven after its operation had closed, to the same wallet (money rule M8). */
export function paySupplement(
  till: Till,
  note: { readonly noteId: Operation['notes'][number]['noteId']; readonly valueMinor: Minor },
  payer: Payer,
  context: Context,
): TillChange {
  const operationId = context.fresh.operationId;
  const input: NewOperation = {
    wallet: payer.wallet,
    holderMasked: payer.holderMasked,
    language: payer.language,
    limitMinor: note.valueMinor,
    holdId: undefined,
    offline: false,
    withoutPaper: true,
  };
  const number = operationNumber(till.nextOperationSerial);
  const { currency } = context.settings;
  const supplementOf = { operationId: payer.operationId, noteId: note.noteId };
  return {
    till: { ...till, nextOperationSerial: till.nextOperationSerial + 1 },
    facts: [
      { kind: 'operation-opened', operationId, operationNumber: number, currency, supplementOf, ...input },
      {
        kind: 'operation-closed',
        operationId,
        end: 'paid',
        amountMinor: note.valueMinor,
        claimId: undefined,
      },
    ],
    topUp: {
      operationId,
      operationNumber: number,
      wallet: payer.wallet,
      amountMinor: note.valueMinor,
      currency,
      holdId: undefined,
      openedAtMs: context.now.wallMs,
      closedAtMs: context.now.wallMs,
      notes: [{ valueMinor: note.valueMinor, count: 1 }],
      supplementOf: payer.operationId,
      state: 'waiting',
      attempts: 0,
      promisedAtMs: undefined,
    },
  };
}

function topUpOf(operation: Operation, amountMinor: Minor, closedAtMs: number): TopUpRow {
  const notes = countNotes(operation);
  const sumMinor = notes.reduce((sum, { valueMinor, count }) => sum + valueMinor * count, 0);
  assert(sumMinor === amountMinor, 'the wallet is told the notes that the amount is made of');
  return {
    operationId: operation.operationId,
    operationNumber: operation.operationNumber,
    wallet: operation.wallet,
    amountMinor,
    currency: operation.currency,
    holdId: operation.holdId,
    openedAtMs: operation.openedAtMs,
    closedAtMs,
    notes,
    supplementOf: undefined,
    state: 'waiting',
    attempts: 0,
    promisedAtMs: undefined,
  };
}

/** Notes in the cassette by denomination, smallest first. */
export function countNotes(
  operation: Operation,
): readonly { readonly valueMinor: Minor; readonly count: number }[] {
  const counts = new Map<Minor, number>();
  for (const note of operation.notes) {
    if (note.state === 'stacked') counts.set(note.valueMinor, (counts.get(note.valueMinor) ?? 0) + 1);
  }
  return [...counts]
    .map(([valueMinor, count]) => ({ valueMinor, count }))
    .sort((a, b) => a.valueMinor - b.valueMinor);
}
