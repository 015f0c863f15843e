import type { TaughtNote } from '../acceptor/notes.ts';

/** How a note that has been stacked is told. */
export type Telling = 'block' | 'value' | 'bare';

export interface StackedEvent {
  readonly note: TaughtNote;
  readonly telling: Telling;
}

type EventName = 'returned' | 'rejected' | 'cheated' | 'stacked' | 'power-up';

/** What has happened and is shown for some answers (EBDS §4, §12). */
export class Events {
  readonly #repliesLeft = new Map<EventName, number>();
  #stacked: StackedEvent | undefined;

  happen(name: EventName, replies: number): void {
    // At most one of them can be true of a note.
    for (const other of ['stacked', 'returned', 'rejected'] as const) this.#repliesLeft.delete(other);
    this.#repliesLeft.set(name, replies);
  }

  stack(event: StackedEvent, replies: number): void {
    this.happen('stacked', replies);
    this.#stacked = event;
  }

  has(name: EventName): boolean {
    return (this.#repliesLeft.get(name) ?? 0) > 0;
  }

  get stacked(): StackedEvent | undefined {
    return this.has('stacked') ? this.#stacked : undefined;
  }

  /** A new answer has shown them. */
  shown(): void {
    for (const [name, left] of this.#repliesLeft) this.#repliesLeft.set(name, left - 1);
  }

  /** Without power, or at the next note. `keepsCredit`: but for a credit event. */
  forget(keepsCredit = false): void {
    for (const name of [...this.#repliesLeft.keys()])
      if (!keepsCredit || name !== 'stacked') this.#repliesLeft.delete(name);
  }
}
