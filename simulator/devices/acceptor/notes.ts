import { type Minor, minorFromTenge } from '../../../terminal/money.ts';

/**
 * What the reader can make of a note. `unreadable`: worn or folded; `doubtful`: recognised, but its security marks
 * fail; `crooked`: put in so that the rollers cannot carry it.
 */
export type NoteCondition = 'good' | 'unreadable' | 'doubtful' | 'crooked';

export interface NoteKind {
  readonly valueMinor: Minor;
  /** ISO 4217; any other than the acceptor's own makes the note a foreign one. */
  readonly currency: string;
  readonly condition: NoteCondition;
}

/** A kind of note that a firmware's data set holds. */
export type TaughtNote = Pick<NoteKind, 'valueMinor' | 'currency'>;

/** One piece of paper. It is in exactly one place at any time, so an auditor can follow it by its number. */
export interface SimulatedNote extends NoteKind {
  readonly noteId: number;
}

export function tengeNote(tenge: number, condition: NoteCondition = 'good'): NoteKind {
  return { valueMinor: minorFromTenge(tenge), currency: 'KZT', condition };
}

/** Genuine money of a country whose notes this acceptor was never taught. */
export function foreignNote(): NoteKind {
  return { valueMinor: minorFromTenge(20), currency: 'USD', condition: 'good' };
}
