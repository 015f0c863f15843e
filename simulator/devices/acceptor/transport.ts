import type { Clock, Timer } from '../../../terminal/ports.ts';
import type { Zone } from './events.ts';
import type { Path } from './firmware.ts';
import type { SimulatedNote } from './notes.ts';
import type { AcceptorTimings } from './timings.ts';

/** Told when a note has reached an end of its way. */
export interface Arrivals {
  readonly inEscrow: (note: SimulatedNote) => void;
  readonly inCassette: (note: SimulatedNote) => void;
  readonly inMouth: (note: SimulatedNote) => void;
}

/** The belt and its motor: moves the one note between mouth and cassette, or stands. It decides nothing. */
export class NoteTransport {
  readonly #clock: Clock;
  readonly #timings: AcceptorTimings;
  readonly #arrivals: Arrivals;
  #path: Path = { kind: 'empty' };
  #motion: Timer | undefined;

  constructor(clock: Clock, timings: AcceptorTimings, arrivals: Arrivals) {
    this.#clock = clock;
    this.#timings = timings;
    this.#arrivals = arrivals;
  }

  get path(): Path {
    return this.#path;
  }

  drawIn(note: SimulatedNote): void {
    this.#path = { kind: 'entering', note };
    this.#run(this.#timings.drawInMs, () => {
      this.#path = { kind: 'escrowed', note };
      this.#arrivals.inEscrow(note);
    });
  }

  /** Towards the cassette; from `stacker` there is only the last part of the way left. */
  stack(note: SimulatedNote, from: Zone): void {
    const { stackMs, pointOfNoReturnMs } = this.#timings;
    if (from === 'head') {
      this.#path = { kind: 'stacking', note, zone: 'head' };
      this.#run(pointOfNoReturnMs, () => this.stack(note, 'stacker'));
    } else {
      this.#path = { kind: 'stacking', note, zone: 'stacker' };
      this.#run(stackMs - pointOfNoReturnMs, () => this.#arrivals.inCassette(note));
    }
  }

  eject(note: SimulatedNote): void {
    this.#path = { kind: 'returning', note };
    this.#run(this.#timings.ejectMs, () => {
      this.#path = { kind: 'empty' };
      this.#arrivals.inMouth(note);
    });
  }

  /** Pauses without letting go: the note stays where it was counted to be. */
  pause(): void {
    this.#motion?.cancel();
    this.#motion = undefined;
  }

  /** Stops for lack of power, cassette or a free way. Tells whether a note is stuck by that. */
  stop(): (Path & { kind: 'stopped' }) | undefined {
    this.pause();
    const path = this.#path;
    if (path.kind === 'empty' || path.kind === 'stopped') return undefined;
    const stopped = {
      kind: 'stopped',
      note: path.note,
      zone: path.kind === 'stacking' ? path.zone : 'head',
    } as const;
    this.#path = stopped;
    return stopped;
  }

  /** The note has left the belt: into the cassette or into someone's hand. */
  release(): void {
    this.pause();
    this.#path = { kind: 'empty' };
  }

  #run(durationMs: number, onArrived: () => void): void {
    this.#motion?.cancel();
    this.#motion = this.#clock.setTimer(durationMs, onArrived);
  }
}
