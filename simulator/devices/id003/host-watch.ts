import type { Clock } from '../../../terminal/ports.ts';
import { OneTimer } from '../acceptor/one-timer.ts';
import type { Id003Settings } from './settings.ts';

/** Notices that the host has stopped talking (ID-003 §4). */
export class HostWatch {
  readonly #clock: Clock;
  readonly #settings: () => Id003Settings;
  readonly #onSilence: () => void;
  #heardMonoMs = 0;
  readonly #timer: OneTimer;

  constructor(clock: Clock, settings: () => Id003Settings, onSilence: () => void) {
    this.#clock = clock;
    this.#timer = new OneTimer(clock);
    this.#settings = settings;
    this.#onSilence = onSilence;
  }

  /** True if the host had been silent for too long. */
  hear(): boolean {
    const nowMonoMs = this.#clock.monoMs();
    const wasSilent = nowMonoMs - this.#heardMonoMs > this.#settings().hostSilenceMs;
    this.#heardMonoMs = nowMonoMs;
    this.begin();
    return wasSilent;
  }

  /** Counts the silence from now on. */
  begin(): void {
    this.#timer.start(this.#settings().hostSilenceMs, this.#onSilence);
  }

  end(): void {
    this.#timer.stop();
  }
}
