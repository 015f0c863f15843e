import { VirtualClock } from '../../simulator/virtual-clock.ts';

/**
 * Monotonic time that passes only while nothing real is under way: no timer fires as long as the disk or the backend is
 * being waited for. Hours pass in seconds, and no answer is ever late. The wall clock is the machine's own, so that
 * signatures are fresh.
 */
export class PatientClock extends VirtualClock {
  #underWay = 0;
  #wake: (() => void) | undefined;

  override wallMs(): number {
    return Date.now();
  }

  /** Stops time until that work is done. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#wake?.();
    }
  }

  protected override async settle(): Promise<void> {
    await super.settle();
    while (this.#underWay > 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await super.settle();
    }
  }
}
