import type { SimulatedNote } from './notes.ts';

/** `head`: still where the motor can bring it back to the customer; `stacker`: past that point. */
export type Zone = 'head' | 'stacker';

export type JamPlace = 'head' | 'cassette';

/** Where a technician leaves the note found while clearing a jam. */
export type FoundNoteGoes = 'stays' | 'taken' | 'cassette';

/** Why a note stayed in the hand that offered it. */
export type RefusalReason = 'no-power' | 'not-accepting' | 'mouth-blocked' | 'path-blocked';

/**
 * What physically happened, for auditors and for the console. `note-stacked` is the point of truth: from then on, and
 * only then, the money is in the cassette.
 */
export type AcceptorEvent =
  | { readonly kind: 'note-refused'; readonly note: SimulatedNote; readonly reason: RefusalReason }
  | { readonly kind: 'note-inserted'; readonly note: SimulatedNote }
  /** Pushed into the mouth while another note is in the path. */
  | { readonly kind: 'note-pushed-early'; readonly note: SimulatedNote }
  | { readonly kind: 'note-escrowed'; readonly note: SimulatedNote }
  /** The unit's own judgement; the reason is in the words of its protocol face. */
  | { readonly kind: 'note-rejected'; readonly note: SimulatedNote; readonly reason: string }
  | { readonly kind: 'note-stacking'; readonly note: SimulatedNote }
  | { readonly kind: 'note-stacked'; readonly note: SimulatedNote }
  | { readonly kind: 'note-returning'; readonly note: SimulatedNote }
  /** Lies in the mouth, waiting to be taken. */
  | { readonly kind: 'note-in-mouth'; readonly note: SimulatedNote }
  | { readonly kind: 'note-taken'; readonly note: SimulatedNote; readonly wasReturned: boolean }
  /** Pulled back by force or by a string while the motor was moving it in. */
  | { readonly kind: 'note-pulled'; readonly note: SimulatedNote }
  | { readonly kind: 'note-stopped'; readonly note: SimulatedNote; readonly zone: Zone }
  /** A technician took it out of the path by hand. */
  | { readonly kind: 'note-removed'; readonly note: SimulatedNote }
  /** Something blocks the way; the sensors may not have noticed yet. */
  | { readonly kind: 'obstructed'; readonly place: JamPlace }
  | { readonly kind: 'jammed'; readonly place: JamPlace }
  | { readonly kind: 'jam-cleared' }
  | { readonly kind: 'failed'; readonly code: number }
  | { readonly kind: 'cassette-removed'; readonly noteCount: number }
  | { readonly kind: 'cassette-inserted'; readonly noteCount: number }
  | { readonly kind: 'cassette-full' }
  | { readonly kind: 'power-on' }
  | { readonly kind: 'power-off' };
