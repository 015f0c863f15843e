import type { DeviceEvent, DeviceProcess } from '../simulated-device.ts';

/** Where a note is between mouth and cassette. */
export type NotePlace = 'none' | 'drawn-in' | 'escrow' | 'stacking' | 'coming-back' | 'stopped';

/** What a note's motion is called, by the event that begins it. */
const placesByEvent: ReadonlyMap<string, NotePlace> = new Map([
  ['note-inserted', 'drawn-in'],
  ['note-escrowed', 'escrow'],
  ['note-stacking', 'stacking'],
  ['note-returning', 'coming-back'],
  ['note-stopped', 'stopped'],
  ['note-in-mouth', 'coming-back'],
  ['note-stacked', 'none'],
  ['note-taken', 'none'],
]);

/** Follows the paper by what the simulated acceptor says of itself: the truth that no journal can talk away. */
export class Papers {
  readonly #boxedMinor: number[] = [];
  readonly #listeners = new Set<(event: DeviceEvent) => void>();
  #place: NotePlace = 'none';

  constructor(acceptor: DeviceProcess) {
    acceptor.listen((event) => {
      this.#see(event);
      if (event.kind === 'note-in-mouth') acceptor.say('take');
      for (const listener of this.#listeners) listener(event);
    });
  }

  /** The values in the cassette, in the order they fell in. */
  get boxedMinor(): readonly number[] {
    return this.#boxedMinor;
  }

  get place(): NotePlace {
    return this.#place;
  }

  listen(listener: (event: DeviceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #see(event: DeviceEvent): void {
    this.#place = placesByEvent.get(event.kind) ?? this.#place;
    if (event.kind !== 'note-stacked') return;
    const note = event['note'] as { readonly valueMinor: number };
    this.#boxedMinor.push(note.valueMinor);
  }
}
