import type { Screen } from '../../terminal/contract/messages.ts';
import { limits } from '../../terminal/limits.ts';
import { Auditor, type Result, type Told } from './audit.ts';
import { Customer } from './customer.ts';
import type { HostProcess } from './host-process.ts';
import type { Machine } from './machine.ts';
import { type Moment, momentOf } from './moment.ts';
import { type CyclePlan, delayMsMax, type Sign } from './plan.ts';

/** A promise of the product that did not hold. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

export interface CycleReport {
  readonly moment: Moment;
  readonly cutPower: boolean;
  /** From the start to a screen that says what is so; absent if the process was killed before. */
  readonly namedAfterMs: number | undefined;
}

/**
 * Every start reaches a screen that says what is so within this time, and has placed every note. Far more than a start
 * takes: many terminals share a machine here, and the longest time there was is printed.
 */
const namedWithinMs = 120_000;
const settledWithinMs = 120_000;
/** A sign that has not come by then does not come in this cycle. */
const signWithinMs = 60_000;
const lookEveryMs = 40;

/** One terminal through kill after kill. */
export class Tormentor {
  readonly #machine: Machine;
  readonly #auditor: Auditor;
  #told: Told = { anchor: undefined, insertedMinor: 0, results: [] };
  #lastStartMs = 1_000;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#auditor = new Auditor(machine);
  }

  /** Starts the process, lets it live as planned, and kills it. */
  async cycle(plan: CyclePlan): Promise<CycleReport> {
    const { acceptor, backend, clock } = this.#machine.surroundings;
    const host = this.#machine.startHost();
    try {
      const powerBack = setTimeout(() => acceptor.say('power on'), plan.powerBackAfterMs);
      if (plan.sign === 'fork') {
        await sleep(plan.delayShare * this.#lastStartMs);
        clearTimeout(powerBack);
        return await this.#kill(host, plan, this.#boxed());
      }
      await this.#settle(host);
      this.#judge(this.#auditor.afterRestart(this.#told));
      this.#told = { ...this.#told, insertedMinor: 0, results: [] };
      if (plan.losesAnswer) backend.faults.add({ kind: 'drop-after' }, { times: 1 });
      const boxedBefore = await this.#liveUntilSign(host, plan);
      return await this.#kill(host, plan, boxedBefore);
    } finally {
      // Where it has died too often it sells to nobody for a while; that while passes at once.
      const waits = isInLoop(host);
      await host.kill();
      backend.faults.clear();
      clock.runAhead(waits ? Math.max(limits.crashLoopMs, plan.deadForMs) : plan.deadForMs);
    }
  }

  /** Starts once more, lets everything come to rest, and closes the books. */
  async atRest(): Promise<void> {
    const { acceptor, clock } = this.#machine.surroundings;
    // Ten quiet minutes: a crash loop is over, and a visit too old to be resumed.
    clock.runAhead(660_000);
    acceptor.say('power on');
    const host = this.#machine.startHost();
    try {
      await this.#settle(host);
      await this.#until(host, 60_000, 'the queue is not empty', () => this.#auditor.isDelivered());
      await host.stop();
      this.#judge(this.#auditor.atRest(this.#told));
    } finally {
      await host.kill();
    }
  }

  // ---------------------------------------------------------------- the start

  async #settle(host: HostProcess): Promise<void> {
    await this.#until(host, namedWithinMs, 'no screen says what is so', () => isNamed(host));
    this.#lastStartMs = performance.now() - host.startedMs;
    const { papers } = this.#machine;
    await this.#until(
      host,
      settledWithinMs,
      'a note is not placed',
      () => papers.place === 'none' && this.#auditor.isSettled(),
    );
  }

  // ---------------------------------------------------------------- life

  /** Gives how many notes lay in the cassette while the screen showed the last count. */
  async #liveUntilSign(host: HostProcess, plan: CyclePlan): Promise<number> {
    const { papers, surroundings } = this.#machine;
    const sign = signOf(plan.sign, host);
    const customer = new Customer(host, surroundings.acceptor, papers, plan);
    let [hasCome, nth] = [false, 0];
    const stopListening = papers.listen(({ kind }) => {
      if (kind === plan.sign) nth += 1;
      if (nth === plan.nthNote) hasCome = true;
    });
    let boxedWhenShown = this.#boxed();
    host.listen(() => {
      hasCome ||= sign();
      if (shownMinor(host.view?.screen) !== this.#told.insertedMinor) boxedWhenShown = this.#boxed();
      this.#note(host);
    });
    const untilMs = performance.now() + signWithinMs;
    while (!hasCome && performance.now() < untilMs && !isInLoop(host)) {
      this.#demandAlive(host);
      if (plan.sign !== 'named-screen') customer.act();
      hasCome ||= sign();
      if (!hasCome) await sleep(Math.min(lookEveryMs, delayMsMax[plan.sign]));
    }
    await sleep(plan.delayShare * delayMsMax[plan.sign]);
    stopListening();
    return boxedWhenShown;
  }

  /** Remembers what the screen says: a later start must not know less. */
  #note(host: HostProcess): void {
    const screen = host.view?.screen;
    if (screen === undefined) return;
    const { results } = this.#told;
    this.#told = { ...this.#told, insertedMinor: shownMinor(screen) };
    if (screen.kind !== 'result') return;
    const { operationNumber, amountMinor, result }: Result = screen;
    const others = results.filter((one) => one.operationNumber !== operationNumber);
    this.#told = { ...this.#told, results: [...others, { operationNumber, amountMinor, result }] };
  }

  // ---------------------------------------------------------------- the end

  async #kill(host: HostProcess, plan: CyclePlan, boxedWhenShown: number): Promise<CycleReport> {
    const { papers, surroundings } = this.#machine;
    const { powerCutBeforeMs } = plan;
    if (powerCutBeforeMs !== undefined) {
      surroundings.acceptor.say('power off');
      await sleep(powerCutBeforeMs);
    }
    this.#demandAlive(host);
    const moment = momentOf(host.view, papers.place, this.#boxed() > boxedWhenShown);
    await host.kill();
    this.#told = { ...this.#told, anchor: this.#auditor.anchor() ?? this.#told.anchor };
    const namedAfterMs = plan.sign === 'fork' ? undefined : this.#lastStartMs;
    return { moment, cutPower: powerCutBeforeMs !== undefined, namedAfterMs };
  }

  #boxed(): number {
    return this.#machine.papers.boxedMinor.length;
  }

  #demandAlive(host: HostProcess): void {
    if (host.endedWith !== undefined) throw new Violation(`the process ended by itself: ${host.endedWith}`);
  }

  #judge(complaints: readonly string[]): void {
    if (complaints.length > 0) throw new Violation(complaints.join('\n'));
  }

  async #until(host: HostProcess, withinMs: number, otherwise: string, holds: () => boolean): Promise<void> {
    const untilMs = performance.now() + withinMs;
    while (!holds()) {
      this.#demandAlive(host);
      if (performance.now() > untilMs) {
        throw new Violation(`${otherwise} after ${withinMs} ms; on the screen: ${host.view?.screen.kind}`);
      }
      await sleep(lookEveryMs);
    }
  }
}

function isInLoop({ view }: HostProcess): boolean {
  return view?.screen.kind === 'out-of-service' && view.screen.reason === 'crash-loop';
}

function isNamed(host: HostProcess): boolean {
  return host.view !== undefined && host.view.screen.kind !== 'one-moment';
}

/** What the customer of an open visit sees counted. */
function shownMinor(screen: Screen | undefined): number {
  if (screen?.kind === 'cash' || screen?.kind === 'counting') return screen.insertedMinor;
  return screen?.kind === 'paying' ? screen.amountMinor : 0;
}

/** Whether the screen gives the sign; signs of the acceptor come by its events. */
function signOf(sign: Sign, host: HostProcess): () => boolean {
  const shows = (...kinds: readonly Screen['kind'][]): boolean =>
    host.view !== undefined && kinds.includes(host.view.screen.kind);
  switch (sign) {
    case 'named-screen':
      return () => true;
    case 'choosing':
      return () => shows('service', 'number', 'checking', 'confirm');
    case 'cash':
      return () => shows('cash');
    case 'paying':
      return () => shows('paying');
    case 'result':
      return () => shows('result');
    default:
      return () => false;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
