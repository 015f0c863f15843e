import { unreachable } from '../../terminal/assert.ts';
import type { ConsoleRemark } from '../device-console.ts';
import type { AcceptorEvent } from '../devices/acceptor/events.ts';
import type { PassedBytes } from '../traced-device.ts';
import type { AcceptorAction, AcceptorState } from './contract.ts';
import { noteInWords } from './note-words.ts';

/** All that a simulated acceptor's process tells. */
export type AcceptorNews = AcceptorEvent | ConsoleRemark | PassedBytes;

export const acceptorAtStart: AcceptorState = {
  powered: true,
  plugged: true,
  cassette: 'in',
  cassetteNotes: 0,
  jam: 'none',
  inside: '',
  inMouth: '',
};

/** What somebody in front of the opened machine would see after this. */
export function acceptorAfter(state: AcceptorState, event: AcceptorNews): AcceptorState {
  switch (event.kind) {
    case 'note-inserted':
      return { ...state, inside: `${noteInWords(event.note)}, being read` };
    case 'note-escrowed':
      return { ...state, inside: `${noteInWords(event.note)}, held until the record is safe` };
    case 'note-stacking':
      return { ...state, inside: `${noteInWords(event.note)}, on its way to the cassette` };
    case 'note-rejected':
    case 'note-returning':
      return { ...state, inside: `${noteInWords(event.note)}, coming back` };
    case 'note-stopped':
      return { ...state, inside: `${noteInWords(event.note)}, stuck` };
    case 'note-stacked':
      return { ...state, inside: '', cassetteNotes: state.cassetteNotes + 1 };
    case 'note-in-mouth':
      return { ...state, inside: '', inMouth: noteInWords(event.note) };
    case 'note-pushed-early':
      return { ...state, inMouth: noteInWords(event.note) };
    case 'note-taken':
      return { ...state, inMouth: '' };
    case 'note-pulled':
    case 'note-removed':
      return { ...state, inside: '' };
    case 'obstructed':
    case 'jammed':
      return { ...state, jam: event.place };
    case 'jam-cleared':
      return { ...state, jam: 'none' };
    case 'cassette-removed':
      return { ...state, cassette: 'out', cassetteNotes: 0 };
    case 'cassette-inserted':
      return { ...state, cassette: 'in', cassetteNotes: event.noteCount };
    case 'cassette-full':
      return { ...state, cassette: 'full' };
    case 'power-on':
    case 'power-off':
      return { ...state, powered: event.kind === 'power-on' };
    case 'unplugged':
    case 'replugged':
      return { ...state, plugged: event.kind === 'replugged' };
    case 'note-refused':
    case 'failed':
    case 'error':
    case 'bytes':
      return state;
    default:
      return unreachable(event);
  }
}

/** What a technician would do to a machine found like this. */
export function acceptorRepairs(state: AcceptorState): readonly AcceptorAction[] {
  const cassette = { in: [], full: ['cassette swap'], out: ['cassette in'] } as const;
  return [
    ...(state.plugged ? [] : (['replug'] as const)),
    ...(state.powered ? [] : (['power on'] as const)),
    ...(state.jam === 'none' ? [] : (['clear'] as const)),
    ...cassette[state.cassette],
    ...(state.inMouth === '' ? [] : (['take'] as const)),
  ];
}

const refusals = {
  'no-power': 'the acceptor has no power',
  'not-accepting': 'the slot is dark: the terminal takes no notes now',
  'mouth-blocked': 'another note sticks out of the slot',
  'path-blocked': 'the way in is blocked',
} as const;

/** The same in words for the list of what has just happened; `undefined` for what is not worth a line. */
export function acceptorHappening(event: AcceptorNews): string | undefined {
  switch (event.kind) {
    case 'note-refused':
      return `${noteInWords(event.note)} stayed in your hand: ${refusals[event.reason]}`;
    case 'note-inserted':
      return `${noteInWords(event.note)} drawn in`;
    case 'note-escrowed':
      return `${noteInWords(event.note)} read and held`;
    case 'note-stacked':
      return `${noteInWords(event.note)} is in the cassette`;
    case 'note-rejected':
      return `${noteInWords(event.note)} not accepted (${event.reason})`;
    case 'note-in-mouth':
      return `${noteInWords(event.note)} is back in the slot: take it`;
    case 'note-pushed-early':
      return `${noteInWords(event.note)} pushed in too early; it waits in the slot`;
    case 'note-taken':
      return `You took ${noteInWords(event.note)}`;
    case 'note-pulled':
      return `You pulled ${noteInWords(event.note)} back out`;
    case 'note-removed':
      return `You took ${noteInWords(event.note)} out of the machine`;
    case 'note-stopped':
      return `${noteInWords(event.note)} stopped on its way`;
    case 'obstructed':
      return event.place === 'cassette'
        ? 'Something blocks the cassette; the next note will meet it'
        : undefined;
    case 'jammed':
      return `Jam in the ${event.place}`;
    case 'jam-cleared':
      return 'Jam cleared';
    case 'cassette-removed':
      return `Cassette pulled out with its notes: ${event.noteCount}`;
    case 'cassette-inserted':
      return `Cassette put in, notes in it: ${event.noteCount}`;
    case 'cassette-full':
      return 'The cassette says it is full';
    case 'power-on':
      return 'Acceptor switched on';
    case 'power-off':
      return 'Acceptor switched off';
    case 'unplugged':
      return 'Acceptor’s cable pulled out';
    case 'replugged':
      return 'Acceptor’s cable back in';
    case 'failed':
    case 'note-stacking':
    case 'note-returning':
    case 'error':
    case 'bytes':
      return undefined;
    default:
      return unreachable(event);
  }
}
