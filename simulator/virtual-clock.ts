import type { Clock, Timer } from '../terminal/ports.ts';

/** 12:00 in Kazakhstan on an ordinary day; any start will do, this one reads well in a failing test. */
const defaultStartWallMs = Date.UTC(2026, 10, 22, 7, 0, 0);

interface PendingTimer {
  readonly dueMonoMs: number;
  readonly onTime: () => void;
}

/** So many timers fire between two turns of the event loop: sockets and other threads are heard even on a long way. */
const timersPerTurn = 1_000;

/**
 * Time that passes only when told to. Timers fire in order of due time, then of creation, so that one seed gives one
 * run. Between two timers all promises that can settle without outside help do so.
 */
export class VirtualClock implements Clock {
  #monoMs = 0;
  #wallOffsetMs: number;
  #fired = 0;
  /** The one to fire next comes last. */
  readonly #pending: PendingTimer[] = [];

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
    const timer: PendingTimer = { dueMonoMs: this.#monoMs + Math.max(0, delayMs), onTime };
    this.#pending.splice(this.#placeOf(timer), 0, timer);
    return { cancel: () => this.#drop(timer) };
  }

  /** Sets the wall clock as a person or a network would; the monotonic clock does not notice. */
  jumpWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  /** Lets `byMs` pass, firing what falls due on the way. */
  async advance(byMs: number): Promise<void> {
    await turnOfEventLoop();
    await this.#pass(byMs);
  }

  /** Lets time pass until `condition` holds; fails after `withinMs`, naming what was awaited. */
  async advanceUntil(
    condition: () => boolean,
    withinMs: number,
    awaited: string,
    stepMs = 10,
  ): Promise<void> {
    const deadlineMonoMs = this.#monoMs + withinMs;
    await turnOfEventLoop();
    while (!condition()) {
      if (this.#monoMs >= deadlineMonoMs) throw new Error(`not within ${withinMs} ms: ${awaited}`);
      await this.#pass(stepMs);
    }
  }

  /** Between two timers. */
  protected settle(): Promise<void> {
    return this.#fired % timersPerTurn === 0 ? turnOfEventLoop() : settledPromises();
  }

  async #pass(byMs: number): Promise<void> {
    const untilMonoMs = this.#monoMs + byMs;
    for (let timer = this.#nextDue(untilMonoMs); timer !== undefined; timer = this.#nextDue(untilMonoMs)) {
      this.#monoMs = Math.max(this.#monoMs, timer.dueMonoMs);
      timer.onTime();
      this.#fired += 1;
      await this.settle();
    }
    this.#monoMs = untilMonoMs;
  }

  /** Takes the timer that fires next, if it does so by then. */
  #nextDue(untilMonoMs: number): PendingTimer | undefined {
    const next = this.#pending.at(-1);
    return next !== undefined && next.dueMonoMs <= untilMonoMs ? this.#pending.pop() : undefined;
  }

  /** Before all that are due at the same time: those were made earlier and fire earlier. */
  #placeOf({ dueMonoMs }: PendingTimer): number {
    let place = this.#pending.length;
    while (place > 0 && (this.#pending[place - 1]?.dueMonoMs ?? 0) <= dueMonoMs) place -= 1;
    return place;
  }

  #drop(timer: PendingTimer): void {
    const place = this.#pending.lastIndexOf(timer);
    if (place >= 0) this.#pending.splice(place, 1);
  }
}

/** Runs every promise reaction that is ready, however long their chain, and lets the outside world in. */
function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * The same without the outside world, in a quarter of the time. It holds only where it is used: in a promise reaction,
 * ticks wait until all promise reactions have run.
 */
function settledPromises(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
