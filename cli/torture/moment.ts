import type { ScreenView } from '../../terminal/contract/messages.ts';
import type { NotePlace } from './papers.ts';

/** What was going on when the process was killed, as far as anybody outside could see. */
export const moments = [
  'starting, before any screen',
  'starting, devices not yet ready',
  'nobody there',
  'number, check, confirmation',
  'waiting for a note',
  'note drawn in',
  'note in escrow',
  'note on its way into the cassette',
  'note in the cassette, not on the screen yet',
  'note coming back or stuck',
  'paying',
  'result',
] as const;

export type Moment = (typeof moments)[number];

const byPlace: Readonly<Record<Exclude<NotePlace, 'none'>, Moment>> = {
  'drawn-in': 'note drawn in',
  escrow: 'note in escrow',
  stacking: 'note on its way into the cassette',
  'coming-back': 'note coming back or stuck',
  stopped: 'note coming back or stuck',
};

export function momentOf(view: ScreenView | undefined, place: NotePlace, isCountDue: boolean): Moment {
  if (view === undefined) return 'starting, before any screen';
  if (place !== 'none') return byPlace[place];
  if (isCountDue) return 'note in the cassette, not on the screen yet';
  switch (view.screen.kind) {
    case 'one-moment':
      return 'starting, devices not yet ready';
    case 'attract':
    case 'out-of-service':
      return 'nobody there';
    case 'cash':
      return 'waiting for a note';
    case 'counting':
    case 'paying':
      return 'paying';
    case 'result':
      return 'result';
    default:
      return 'number, check, confirmation';
  }
}
