import type { Link } from '../hardware/link/link.ts';
import type { Clock } from '../terminal/ports.ts';

/**
 * Between one machine's processes and the world. A process that is held hears nothing and does nothing; whatever came
 * meanwhile reaches it afterwards, in order, as after a stopped scheduler or a long pause of its memory. What a process
 * lets escape ends it, as an uncaught exception ends a real one.
 */
export class ProcessGate {
  readonly #onUncaught: (reason: unknown) => void;
  #waiting: (() => void)[] = [];
  #isHeld = false;

  constructor(onUncaught: (reason: unknown) => void) {
    this.#onUncaught = onUncaught;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const act of waiting) this.pass(act);
  }

  pass(act: () => void): void {
    if (this.#isHeld) {
      this.#waiting.push(act);
      return;
    }
    try {
      act();
    } catch (reason) {
      this.#onUncaught(reason);
    }
  }

  /** Settles once the process may hear of it. */
  passed(): Promise<void> {
    return new Promise((resolve) => this.pass(resolve));
  }

  clock(clock: Clock): Clock {
    return {
      wallMs: () => clock.wallMs(),
      monoMs: () => clock.monoMs(),
      setTimer: (delayMs, onTime) => {
        let isCancelled = false;
        const fire = (): void => {
          // Cancelled by what passed before it.
          if (!isCancelled) onTime();
        };
        const timer = clock.setTimer(delayMs, () => this.pass(fire));
        return {
          cancel: () => {
            isCancelled = true;
            timer.cancel();
          },
        };
      },
    };
  }

  link(link: Link): Link {
    return {
      description: link.description,
      open: (events) =>
        link.open({
          onBytes: (bytes) => this.pass(() => events.onBytes(bytes)),
          onClosed: (reason) => this.pass(() => events.onClosed(reason)),
        }),
    };
  }
}
