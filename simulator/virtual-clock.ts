import type { Clock, Timer } from '../terminal/ports.ts';

/** 12:00 in Kazakhstan on an ordinary day; any start will do, this one reads well in a failing test. */
const defaultStartWallMs = Date.UTC(2026, 10, 22, 7, 0, 0);

interface PendingTimer {
  readonly dueMonoMs: number;
  readonly order: number;
  readonly onTime: () => void;
}

/**
 * Time that passes only when told to. Timers fire in order of due time, then of creation, so that one seed gives one
 * run. Between two timers all promises that can settle without outside help do so.
 */
export class VirtualClock implements Clock {
  #monoMs = 0;
  #wallOffsetMs: number;
  #order = 0;
  readonly #pending = new Set<PendingTimer>();

  constructor(startWallMs: number = defaultStartWallMs) {
    this.#wallOffsetMs = startWallMs;
  }

  wallMs(): number {
    return Math.floor(this.#wallOffsetMs + this.#monoMs);
  }

  monoMs(): number {
    return this.#monoMs;
  }

  setTimer(delayMs: number, onTime: () => void): Timer {
    const timer: PendingTimer = {
      dueMonoMs: this.#monoMs + Math.max(0, delayMs),
      order: this.#order,
      onTime,
    };
    this.#order += 1;
    this.#pending.add(timer);
    return { cancel: () => void this.#pending.delete(timer) };
  }

  /** Sets the wall clock as a person or a network would; the monotonic clock does not notice. */
  jumpWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  /** Lets `byMs` pass, firing what falls due on the way. */
  async advance(byMs: number): Promise<void> {
    const untilMonoMs = this.#monoMs + byMs;
    await settlePromises();
    for (let timer = this.#nextDue(untilMonoMs); timer !== undefined; timer = this.#nextDue(untilMonoMs)) {
      this.#pending.delete(timer);
      this.#monoMs = Math.max(this.#monoMs, timer.dueMonoMs);
      timer.onTime();
      await settlePromises();
    }
    this.#monoMs = untilMonoMs;
  }

  /** Lets time pass until `condition` holds; fails after `withinMs`, naming what was awaited. */
  async advanceUntil(
    condition: () => boolean,
    withinMs: number,
    awaited: string,
    stepMs = 10,
  ): Promise<void> {
    const deadlineMonoMs = this.#monoMs + withinMs;
    await settlePromises();
    while (!condition()) {
      if (this.#monoMs >= deadlineMonoMs) throw new Error(`not within ${withinMs} ms: ${awaited}`);
      await this.advance(stepMs);
    }
  }

  #nextDue(untilMonoMs: number): PendingTimer | undefined {
    let next: PendingTimer | undefined;
    for (const timer of this.#pending) {
      if (timer.dueMonoMs > untilMonoMs) continue;
      if (next === undefined || isBefore(timer, next)) next = timer;
    }
    return next;
  }
}

function isBefore(a: PendingTimer, b: PendingTimer): boolean {
  return a.dueMonoMs < b.dueMonoMs || (a.dueMonoMs === b.dueMonoMs && a.order < b.order);
}

/** One turn of the event loop runs every promise reaction that is ready, however long their chain. */
function settlePromises(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
