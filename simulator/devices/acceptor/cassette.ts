import { addMinor, type Minor } from '../../../terminal/money.ts';
import type { SimulatedNote } from './notes.ts';

const usualCapacityNotes = 1000;

/** The box that notes end in: the physical truth that journals and slips are compared with. */
export class Cassette {
  readonly capacityNotes: number;
  readonly #notes: SimulatedNote[] = [];
  #saysFull = false;

  constructor(capacityNotes: number = usualCapacityNotes) {
    this.capacityNotes = capacityNotes;
  }

  /** In the order they arrived. */
  get notes(): readonly SimulatedNote[] {
    return this.#notes;
  }

  get isFull(): boolean {
    return this.#saysFull || this.#notes.length >= this.capacityNotes;
  }

  /** The sum of one currency's notes. */
  totalMinor(currency: string): Minor {
    return addMinor(
      ...this.#notes.filter((note) => note.currency === currency).map((note) => note.valueMinor),
    );
  }

  /** How many notes of each value of one currency. */
  counts(currency: string): ReadonlyMap<Minor, number> {
    const counts = new Map<Minor, number>();
    for (const note of this.#notes) {
      if (note.currency === currency) counts.set(note.valueMinor, (counts.get(note.valueMinor) ?? 0) + 1);
    }
    return counts;
  }

  add(note: SimulatedNote): void {
    this.#notes.push(note);
  }

  /** Makes its sensor say full, whatever is inside: crumpled notes do that. */
  sayFull(): void {
    this.#saysFull = true;
  }
}
