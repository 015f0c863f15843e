import type { AcceptorEvent, Zone } from './events.ts';
import type { SimulatedNote } from './notes.ts';

/** Where the one note between mouth and cassette is, and which way the motor turns. */
export type Path =
  | { readonly kind: 'empty' }
  | { readonly kind: 'entering'; readonly note: SimulatedNote }
  | { readonly kind: 'escrowed'; readonly note: SimulatedNote }
  | { readonly kind: 'stacking'; readonly note: SimulatedNote; readonly zone: Zone }
  | { readonly kind: 'returning'; readonly note: SimulatedNote }
  /** The motor stands: no power, a jam, a failure or no cassette. */
  | { readonly kind: 'stopped'; readonly note: SimulatedNote; readonly zone: Zone };

/** A note lying in the mouth: given back by the unit, or pushed in behind another one. */
export interface MouthNote {
  readonly note: SimulatedNote;
  readonly wasReturned: boolean;
}

export type Verdict =
  | { readonly kind: 'hold' }
  | { readonly kind: 'stack' }
  | { readonly kind: 'reject'; readonly reason: string };

/** The protocol face's part in the motion: the mechanics ask, the firmware decides. */
export interface AcceptorFirmware {
  /** Does the entrance sensor start the motor now? */
  drawsIn(): boolean;
  /** What becomes of a note that has just been read. */
  judge(note: SimulatedNote): Verdict;
  onEvent(event: AcceptorEvent): void;
}
