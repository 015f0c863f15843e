import { unreachable } from '../../../terminal/assert.ts';
import type { SimulatedNote } from '../acceptor/notes.ts';
import type { CounterName } from './counters.ts';
import type { HostWords } from './host-words.ts';
import { entriesOf, type NoteTable } from './note-table.ts';

/** Why a note goes back: the counter that it is told by. Nothing: the note is held. */
export function rejectionOf(note: SimulatedNote, table: NoteTable, told: HostWords): CounterName | undefined {
  switch (note.condition) {
    case 'crooked':
      return 'fastFeed';
    case 'unreadable':
      return 'recognition';
    case 'doubtful':
      return 'security';
    case 'good':
      break;
    default:
      return unreachable(note.condition);
  }
  const entries = entriesOf(table, note);
  if (entries.length === 0) return 'recognition';
  return entries.some((entry) => told.takes(entry)) ? undefined : 'noteDisabled';
}
