import { unreachable } from '../../../terminal/assert.ts';
import type { SimulatedNote } from '../acceptor/notes.ts';
import { maskHas } from './bill-masks.ts';
import { type BillTable, billTypeOf } from './bill-table.ts';
import { rejectReason } from './codes.ts';

export type Recognition =
  | { readonly kind: 'type'; readonly type: number }
  /** `code` goes behind 1C on the wire; `reason` is for people. */
  | { readonly kind: 'reject'; readonly code: number; readonly reason: string };

/** What the sensors make of a note, and whether the host wants it. */
export function recognise(note: SimulatedNote, table: BillTable, enabledMask: number): Recognition {
  const type = billTypeOf(table, note);
  switch (note.condition) {
    case 'crooked':
      return { kind: 'reject', code: rejectReason.insertion, reason: 'crooked' };
    case 'unreadable':
      return { kind: 'reject', code: rejectReason.optic, reason: 'unreadable' };
    case 'doubtful':
      return { kind: 'reject', code: rejectReason.verification, reason: 'doubtful' };
    case 'good':
      break;
    default:
      return unreachable(note.condition);
  }
  if (type === undefined) {
    return { kind: 'reject', code: rejectReason.identification, reason: 'not in the bill table' };
  }
  if (!maskHas(enabledMask, type)) {
    return { kind: 'reject', code: rejectReason.inhibitedType, reason: 'inhibited type' };
  }
  return { kind: 'type', type };
}
