import { unreachable } from '../../../terminal/assert.ts';
import type { SimulatedNote } from '../acceptor/notes.ts';
import { rejectReason } from './codes.ts';
import { type CurrencyTable, kindOf } from './currency-table.ts';
import type { HostSettings } from './host-settings.ts';

export type Recognition =
  | { readonly kind: 'known'; readonly type: number }
  /** `code` goes behind 17 on the wire; `reason` is for people. */
  | { readonly kind: 'reject'; readonly code: number; readonly reason: string };

/** What the sensors make of a note, and whether the host wants it. */
export function recognise(note: SimulatedNote, table: CurrencyTable, told: HostSettings): Recognition {
  switch (note.condition) {
    case 'crooked':
      return { kind: 'reject', code: rejectReason.insertion, reason: 'crooked' };
    case 'unreadable':
      return { kind: 'reject', code: rejectReason.photoLevel, reason: 'unreadable' };
    case 'doubtful':
      return { kind: 'reject', code: rejectReason.trueBillFeature, reason: 'doubtful' };
    case 'good':
      break;
    default:
      return unreachable(note.condition);
  }
  const type = kindOf(table, note);
  if (type === undefined) {
    return { kind: 'reject', code: rejectReason.denomination, reason: 'not in the currency table' };
  }
  if (told.isInhibited || told.refuses(type)) {
    return { kind: 'reject', code: rejectReason.inhibited, reason: 'inhibited' };
  }
  return { kind: 'known', type };
}
