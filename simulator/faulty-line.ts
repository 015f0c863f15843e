import type { Clock, Random } from '../terminal/ports.ts';
import type { SimulatedDevice } from './devices/simulated-device.ts';

/** What can happen to one chunk of bytes on its way. */
export const lineFaults = [
  'lose', // it never arrives
  'truncate', // its end is missing
  'flip', // one bit is wrong
  'split', // it arrives in two pieces with a pause between
  'delay', // it arrives late, and all behind it too
  'duplicate', // it arrives twice
  'noise', // bytes that nobody sent come before it
  'stale', // an earlier chunk comes before it once more
] as const;
export type LineFault = (typeof lineFaults)[number];

/** How often each fault strikes, in thousandths of the chunks; those not named never do. */
export type LineFaultRates = Readonly<Partial<Record<LineFault, number>>>;

export type LineDirection = 'to-device' | 'to-host';

const splitPauseMsMax = 40;
const delayMsMax = 400;
const noiseBytesMax = 6;

/** A line on which no fault strikes by chance. */
export const goodLine: LineFaultRates = {};
const noFaults: readonly LineFault[] = [];

/**
 * A bad cable between a host and a device. It never reorders bytes, as a serial line never does. Without rates, orders
 * and unplugging it is transparent.
 */
export class FaultyLine implements SimulatedDevice {
  /** May be changed at any time; {@link goodLine} lets the line settle. */
  rates: LineFaultRates;
  /** How many faults of each kind have struck, so that a run can show that it was a hard one. */
  readonly struck = new Map<LineFault, number>();
  readonly #device: SimulatedDevice;
  readonly #lanes: Readonly<Record<LineDirection, Lane>>;
  #sendToHost: ((bytes: Uint8Array) => void) | undefined;
  #isPlugged = true;

  constructor(device: SimulatedDevice, clock: Clock, random: Random, rates: LineFaultRates = goodLine) {
    this.rates = rates;
    this.#device = device;
    const ask = (ordered: LineFault | undefined): readonly LineFault[] => {
      const faults: LineFault[] = ordered === undefined ? [] : [ordered];
      if (this.rates === goodLine && faults.length === 0) return noFaults;
      for (const fault of lineFaults) {
        if (random.nextInt(1000) < (this.rates[fault] ?? 0)) faults.push(fault);
      }
      for (const fault of faults) this.struck.set(fault, (this.struck.get(fault) ?? 0) + 1);
      return faults;
    };
    this.#lanes = {
      'to-device': new Lane(clock, random, ask, (bytes) => {
        if (this.#isPlugged) this.#device.receive(bytes);
      }),
      'to-host': new Lane(clock, random, ask, (bytes) => {
        if (this.#isPlugged) this.#sendToHost?.(bytes);
      }),
    };
    device.connect((bytes) => {
      if (this.#isPlugged) this.#lanes['to-host'].carry(bytes);
    });
  }

  get isPlugged(): boolean {
    return this.#isPlugged;
  }

  receive(bytes: Uint8Array): void {
    if (this.#isPlugged) this.#lanes['to-device'].carry(bytes);
  }

  connect(send: ((bytes: Uint8Array) => void) | undefined): void {
    this.#sendToHost = send;
  }

  /** The next chunk in that direction meets this fault. Several orders are kept, one for each chunk. */
  order(direction: LineDirection, fault: LineFault): void {
    this.#lanes[direction].ordered.push(fault);
  }

  /** All bytes are lost from now on, those under way too; the port itself stays. */
  unplug(): void {
    this.#isPlugged = false;
    for (const lane of Object.values(this.#lanes)) lane.clear();
  }

  replug(): void {
    this.#isPlugged = true;
  }
}

/** One direction of the cable. */
class Lane {
  readonly ordered: LineFault[] = [];
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #ask: (ordered: LineFault | undefined) => readonly LineFault[];
  readonly #deliver: (bytes: Uint8Array) => void;
  #earlier: Uint8Array | undefined;
  #freeAtMonoMs = 0;
  #underWay: Uint8Array[] = [];

  constructor(
    clock: Clock,
    random: Random,
    ask: (ordered: LineFault | undefined) => readonly LineFault[],
    deliver: (bytes: Uint8Array) => void,
  ) {
    this.#clock = clock;
    this.#random = random;
    this.#ask = ask;
    this.#deliver = deliver;
  }

  carry(bytes: Uint8Array): void {
    const faults = this.#ask(this.ordered.shift());
    const earlier = this.#earlier;
    this.#earlier = bytes;
    if (faults.length === 0) {
      this.#pass(bytes, 0);
      return;
    }
    const delayMs = faults.includes('delay') ? 1 + this.#random.nextInt(delayMsMax) : 0;
    if (faults.includes('noise')) this.#pass(this.#noise(), delayMs);
    if (faults.includes('stale') && earlier !== undefined) this.#pass(earlier, delayMs);
    if (faults.includes('lose')) return;
    let whole = bytes;
    if (faults.includes('flip')) whole = this.#flip(whole);
    if (faults.includes('truncate')) whole = whole.slice(0, this.#random.nextInt(whole.length));
    for (let copy = faults.includes('duplicate') ? 2 : 1; copy > 0; copy -= 1) {
      const isSplit = faults.includes('split') && whole.length > 1;
      const cut = isSplit ? 1 + this.#random.nextInt(whole.length - 1) : whole.length;
      this.#pass(whole.slice(0, cut), delayMs);
      if (isSplit) this.#pass(whole.slice(cut), 1 + this.#random.nextInt(splitPauseMsMax));
    }
  }

  /** Loses what is still under way. */
  clear(): void {
    this.#underWay = [];
  }

  /** Delivers behind everything that is still under way, and at once if nothing is. */
  #pass(bytes: Uint8Array, delayMs: number): void {
    if (bytes.length === 0) return;
    if (delayMs === 0 && this.#underWay.length === 0) {
      this.#deliver(bytes);
      return;
    }
    const nowMonoMs = this.#clock.monoMs();
    this.#freeAtMonoMs = Math.max(this.#freeAtMonoMs, nowMonoMs) + delayMs;
    this.#underWay.push(bytes);
    this.#clock.setTimer(this.#freeAtMonoMs - nowMonoMs, () => {
      // Whichever timer comes first takes the oldest piece: timers of a real clock may change places.
      const oldest = this.#underWay.shift();
      if (oldest !== undefined) this.#deliver(oldest);
    });
  }

  #flip(bytes: Uint8Array): Uint8Array {
    const flipped = Uint8Array.from(bytes);
    const at = this.#random.nextInt(bytes.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << this.#random.nextInt(8));
    return flipped;
  }

  #noise(): Uint8Array {
    return Uint8Array.from({ length: 1 + this.#random.nextInt(noiseBytesMax) }, () =>
      this.#random.nextInt(256),
    );
  }
}
