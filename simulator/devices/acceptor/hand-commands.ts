import { Cassette } from './cassette.ts';
import type { AcceptorMechanics } from './mechanics.ts';
import { foreignNote, type NoteKind, tengeNote } from './notes.ts';

export const handCommandsHelp =
  'insert <tenge> [unreadable|doubtful|crooked] | insert foreign|unreadable|doubtful|crooked | take | pull | ' +
  'jam [cassette] | clear [taken|cassette] | cassette out|in|full|swap | power off|on | fail <hex code>';

/** The cassette in the collector's hands, to be put back by `cassette in`. */
const takenOut = new WeakMap<AcceptorMechanics, Cassette>();

/**
 * One hand action in words, the same for every acceptor. Returns false when the words mean nothing; an action that has
 * nothing to act on (taking from an empty mouth) is understood and does nothing.
 */
export function performHandCommand(mechanics: AcceptorMechanics, words: readonly string[]): boolean {
  const [verb, ...rest] = words;
  const object = rest.join(' ');
  switch (verb) {
    case 'insert':
      return insert(mechanics, rest);
    case 'cassette':
      return handleCassette(mechanics, object);
    case 'take':
      if (object !== '') return false;
      mechanics.take();
      return true;
    case 'pull':
      if (object !== '') return false;
      mechanics.pull();
      return true;
    case 'jam':
      if (object !== '' && object !== 'cassette') return false;
      mechanics.obstruct(object === 'cassette' ? 'cassette' : 'head');
      return true;
    case 'clear':
      if (object !== '' && object !== 'taken' && object !== 'cassette') return false;
      mechanics.clearJam(object === '' ? 'stays' : object);
      return true;
    case 'power':
      if (object !== 'on' && object !== 'off') return false;
      if (object === 'on') mechanics.powerOn();
      else mechanics.powerOff();
      return true;
    case 'fail':
      if (!/^[0-9a-f]{1,2}$/i.test(object)) return false;
      mechanics.fail(Number.parseInt(object, 16));
      return true;
    default:
      return false;
  }
}

function insert(mechanics: AcceptorMechanics, words: readonly string[]): boolean {
  const note = noteFromWords(words);
  if (note === undefined) return false;
  mechanics.insert(note);
  return true;
}

const noteWhenUnnamedTenge = 1000;

function noteFromWords(words: readonly string[]): NoteKind | undefined {
  const amount = words.find((word) => /^[1-9]\d{0,5}$/.test(word));
  const others = words.filter((word) => word !== amount);
  const [condition] = others;
  if (others.length > 1 || words.length === 0) return undefined;
  const tenge = amount === undefined ? noteWhenUnnamedTenge : Number(amount);
  if (condition === undefined) return tengeNote(tenge);
  if (condition === 'unreadable' || condition === 'doubtful' || condition === 'crooked')
    return tengeNote(tenge, condition);
  return condition === 'foreign' && amount === undefined ? foreignNote() : undefined;
}

function handleCassette(mechanics: AcceptorMechanics, action: string): boolean {
  switch (action) {
    case 'out':
      takenOut.set(mechanics, mechanics.removeCassette() ?? takenOut.get(mechanics) ?? new Cassette());
      return true;
    case 'in':
      if (mechanics.cassette === undefined)
        mechanics.insertCassette(takenOut.get(mechanics) ?? new Cassette());
      return true;
    case 'swap':
      mechanics.removeCassette();
      mechanics.insertCassette(new Cassette());
      return true;
    case 'full':
      mechanics.fillCassette();
      return true;
    default:
      return false;
  }
}
