import { unreachable } from '../../../terminal/assert.ts';
import type { SimulatedNote, TaughtNote } from '../acceptor/notes.ts';
import { rejectCode } from './codes.ts';

export type Recognition =
  | { readonly kind: 'known'; readonly channel: number }
  /** `code` answers LAST REJECT CODE (eSSP §11); `reason` is for people. */
  | { readonly kind: 'reject'; readonly code: number; readonly reason: string };

/** What the sensors make of a note, and whether the host wants it: bit 0 of the mask is channel 1. */
export function recognise(note: SimulatedNote, channels: readonly TaughtNote[], mask: number): Recognition {
  const reject = (code: number, reason: string): Recognition => ({ kind: 'reject', code, reason });
  switch (note.condition) {
    case 'crooked':
      return reject(rejectCode.twisted, 'crooked');
    case 'unreadable':
      return reject(rejectCode.recognition, 'unreadable');
    case 'doubtful':
      return reject(rejectCode.fraudChannel, 'doubtful');
    case 'good':
      break;
    default:
      return unreachable(note.condition);
  }
  const index = channels.findIndex(
    ({ valueMinor, currency }) => valueMinor === note.valueMinor && currency === note.currency,
  );
  if (index < 0) return reject(rejectCode.recognition, 'on no channel');
  const isWanted = (mask & (1 << index)) !== 0;
  return isWanted ? { kind: 'known', channel: index + 1 } : reject(rejectCode.inhibited, 'inhibited');
}
