import { seededRandom } from '../random.ts';
import type { FaultKind } from './fault-kinds.ts';
import type { PlannedFault } from './planned-faults.ts';
import type { Stage } from './stage.ts';
import { acceptorStrikes } from './strikes/acceptor.ts';
import { lineStrikes } from './strikes/line.ts';
import { networkStrikes } from './strikes/network.ts';
import { peopleStrikes } from './strikes/people.ts';
import { printerStrikes } from './strikes/printer.ts';
import { processStrikes, timeStrikes } from './strikes/process.ts';
import { storageStrikes } from './strikes/storage.ts';
import type { Heal, Strikes } from './strikes/strike.ts';

const strikes: Strikes<FaultKind> = {
  ...lineStrikes,
  ...acceptorStrikes,
  ...processStrikes,
  ...storageStrikes,
  ...timeStrikes,
  ...networkStrikes,
  ...printerStrikes,
  ...peopleStrikes,
};

/** Strikes with each planned fault at its moment, and puts right what has lasted for its time. */
export class Director {
  readonly #stage: Stage;
  readonly #standing = new Set<Heal>();
  readonly #underWay = new Set<Promise<void>>();
  #isOver = false;

  constructor(stage: Stage, faults: readonly PlannedFault[]) {
    this.#stage = stage;
    const waiting = new Set(faults);
    stage.onSignal((signal, visit, nth) => {
      if (this.#isOver) return;
      for (const fault of waiting) {
        const { moment } = fault;
        if (moment.visit !== visit || moment.signal !== signal || moment.nth !== nth) continue;
        waiting.delete(fault);
        this.#strikeAfter(fault, moment.afterMs);
      }
    });
  }

  /** No more strikes; everything that still stands is put right. */
  async healAll(): Promise<void> {
    this.#isOver = true;
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    for (const heal of [...this.#standing]) await this.#heal(heal);
  }

  #strikeAfter(fault: PlannedFault, afterMs: number): void {
    // Also a moment that has just come is over before anything strikes in it.
    this.#stage.world.clock.setTimer(afterMs, () => {
      if (this.#isOver) return;
      const striking = this.#strike(fault);
      this.#underWay.add(striking);
      void striking.finally(() => this.#underWay.delete(striking));
    });
  }

  async #strike({ fault, lastsMs, dice }: PlannedFault): Promise<void> {
    const { struck } = this.#stage;
    struck.set(fault, (struck.get(fault) ?? 0) + 1);
    const heal = await strikes[fault](this.#stage, { lastsMs, chance: seededRandom(dice) });
    if (heal === undefined) return;
    this.#standing.add(heal);
    this.#stage.world.clock.setTimer(lastsMs, () => void this.#heal(heal));
  }

  async #heal(heal: Heal): Promise<void> {
    if (this.#standing.delete(heal)) await heal();
  }
}
