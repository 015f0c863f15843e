import type { Clock, Timer } from '../../../terminal/ports.ts';

/** One thing that is waited for: a new one takes the place of the one before. */
export class OneTimer {
  readonly #clock: Clock;
  #timer: Timer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(delayMs: number, onTime: () => void): void {
    this.stop();
    this.#timer = this.#clock.setTimer(delayMs, onTime);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
