import type { Database as Sqlite } from 'better-sqlite3';
import type { NoteState } from '../terminal/facts.ts';
import type { OperationId, WalletPhone } from '../terminal/ids.ts';
import type { Minor } from '../terminal/money.ts';
import type { ReceiptNote } from '../terminal/receipt/receipt-data.ts';
import type { FoundPayment, PaymentClue, TopUpState } from '../terminal/service-mode/desk.ts';

/* "Check my payment": a closed operation, by what somebody has in hand. Each way is found through an index. */

interface PaymentRow {
  readonly serial: number;
  readonly operation_id: OperationId;
  readonly operation_number: string;
  readonly phone: WalletPhone;
  readonly holder_masked: string | null;
  readonly amount_minor: Minor;
  readonly ended_at_ms: number;
  readonly top_up_state: TopUpState | null;
  readonly promised_at_ms: number | null;
  readonly was_copied: 0 | 1;
}

const selectPayment = `
  SELECT operation.serial, operation_id, operation_number, phone, holder_masked, operation.amount_minor, ended_at_ms,
    top_up.state AS top_up_state, promised_at_ms,
    EXISTS (SELECT 1 FROM print WHERE operation_serial = operation.serial AND copy = 1
      AND (outcome IS NULL OR outcome <> 'failed')) AS was_copied
  FROM operation
  JOIN phone USING (wallet_hash)
  LEFT JOIN top_up ON top_up.operation_serial = operation.serial`;

export function findPayment(database: Sqlite, clue: PaymentClue): FoundPayment | undefined {
  const row = clue.kind === 'number' ? byNumber(database, clue) : byAmount(database, clue);
  return row && toPayment(database, row);
}

/** For staff, who have found the operation already. */
export function paymentOf(database: Sqlite, serial: number): FoundPayment | undefined {
  const row = database
    .prepare<[number], PaymentRow>(
      `${selectPayment} WHERE operation.serial = ? AND operation.state = 'closed'`,
    )
    .get(serial);
  return row && toPayment(database, row);
}

function toPayment(database: Sqlite, row: PaymentRow): FoundPayment {
  const notes = notesOf(database, row.serial);
  return {
    operationId: row.operation_id,
    operationNumber: row.operation_number,
    wallet: row.phone,
    holderMasked: row.holder_masked ?? undefined,
    amountMinor: row.amount_minor,
    closedAtMs: row.ended_at_ms,
    notes,
    fate: fateOf(row, notes),
    promisedAtMs: row.promised_at_ms ?? undefined,
    wasCopied: row.was_copied === 1,
  };
}

function byNumber(
  database: Sqlite,
  { operationNumber, lastFour }: Extract<PaymentClue, { kind: 'number' }>,
): PaymentRow | undefined {
  return database
    .prepare<[string, string], PaymentRow>(
      `${selectPayment} WHERE operation_number = ? AND operation.state = 'closed' AND substr(phone, -4) = ?`,
    )
    .get(operationNumber, lastFour);
}

/** The newest of that day, if there are several. */
function byAmount(
  database: Sqlite,
  { wallet, amountMinor, fromMs, toMs }: Extract<PaymentClue, { kind: 'amount' }>,
): PaymentRow | undefined {
  return database
    .prepare<[string, number, number, number], PaymentRow>(
      `${selectPayment} WHERE wallet_hash = (SELECT wallet_hash FROM phone WHERE phone = ?)
       AND operation.state = 'closed' AND operation.amount_minor = ? AND ended_at_ms >= ? AND ended_at_ms < ?
       ORDER BY operation.serial DESC LIMIT 1`,
    )
    .get(wallet, amountMinor, fromMs, toMs);
}

/** What cannot go on by itself needs a person; a note that was settled since is no longer in doubt. */
function fateOf({ top_up_state }: PaymentRow, notes: readonly ReceiptNote[]): FoundPayment['fate'] {
  if (notes.some(({ state }) => state === 'unknown')) return 'needs-help';
  if (top_up_state === 'credited') return 'credited';
  return top_up_state === 'waiting' || top_up_state === 'accepted' ? 'on-its-way' : 'needs-help';
}

interface NoteRow {
  readonly state: NoteState;
  readonly value_minor: Minor | null;
}

/** As a slip tells them: a note that is settled by now reads as it was settled. */
function notesOf(database: Sqlite, operationSerial: number): readonly ReceiptNote[] {
  return database
    .prepare<[number], NoteRow>(
      'SELECT state, value_minor FROM note WHERE operation_serial = ? ORDER BY serial',
    )
    .all(operationSerial)
    .flatMap(({ state, value_minor }) => {
      const valueMinor = value_minor ?? undefined;
      if (state === 'stacked' || state === 'returned' || state === 'unknown') return [{ valueMinor, state }];
      return [];
    });
}
