import type { Link } from '../../hardware/link/link.ts';
import type { Fact } from '../../terminal/facts.ts';
import type { Store } from '../../terminal/store.ts';
import type { SimulatedWorld } from '../world.ts';

/** After or before the thing itself. */
export type Side = 'before' | 'after';

/** What a device or the disk meets of a byte that left just before the end. */
const arrivalMs = 2;

interface Order {
  readonly side: Side;
  /** How many are let pass before. */
  pass: number;
}

/**
 * Stands between a process and its ledger and lines, to end it at a write or at a command, and to make writes fail or
 * take their time.
 */
export class FaultyProcess {
  /** Processes that have ended. */
  deaths = 0;
  /** Told of each kind of fact as soon as it would survive a power cut. */
  onFact: ((kind: Fact['kind']) => void) | undefined;
  /** Told of what is about to be stored; what it gives is called as soon as that would survive a power cut. */
  onCommit: ((facts: readonly Fact[]) => () => void) | undefined;
  /** Told of the acceptor's line: when it was opened, and what went out and came in. */
  onLine: { opened(): void; wrote(bytes: Uint8Array): void; heard(bytes: Uint8Array): void } | undefined;
  /** Told when a process stores something after its ledger has failed it. */
  onCommitAfterFailure: (() => void) | undefined;
  /** Since when a commit has been under way. */
  committingSinceMonoMs: number | undefined;
  /** The latest wall time that anything was stored under. */
  latestRowWallMs = 0;
  /** Every commit fails. */
  isReadOnly = false;
  /** Every commit takes so long. */
  commitMs = 0;
  readonly #world: SimulatedWorld;
  readonly #diskError: (message: string) => Error;
  readonly #fail: Order[] = [];
  readonly #dieAtWrite: Order[] = [];
  readonly #dieAtBytes = { acceptor: [] as Order[], printer: [] as Order[] };

  constructor(world: SimulatedWorld, diskError: (message: string) => Error) {
    this.#world = world;
    this.#diskError = diskError;
    world.wrapStore = (store) => this.#store(store);
    world.wrapLink = (link, device) => this.#link(link, device);
  }

  failWrite(side: Side, pass: number): void {
    this.#fail.push({ side, pass });
  }

  dieAtWrite(side: Side, pass: number): void {
    this.#dieAtWrite.push({ side, pass });
  }

  dieAtBytes(device: 'acceptor' | 'printer', side: Side, pass: number): void {
    this.#dieAtBytes[device].push({ side, pass });
  }

  heal(): void {
    this.isReadOnly = false;
    this.commitMs = 0;
    this.#fail.length = 0;
    this.#dieAtWrite.length = 0;
    this.#dieAtBytes.acceptor.length = 0;
    this.#dieAtBytes.printer.length = 0;
  }

  #store(store: Store): Store {
    let hasFailed = false;
    this.committingSinceMonoMs = undefined;
    const failed = (message: string): Error => {
      hasFailed = true;
      this.committingSinceMonoMs = undefined;
      return this.#diskError(message);
    };
    return {
      ...store,
      commit: async (facts, wallMs) => {
        if (hasFailed) this.onCommitAfterFailure?.();
        this.committingSinceMonoMs = this.#world.clock.monoMs();
        const onStored = this.onCommit?.(facts);
        const dies = dueOf(this.#dieAtWrite);
        const fails = this.isReadOnly ? 'before' : dueOf(this.#fail);
        if (dies === 'before') this.#world.kill();
        if (fails === 'before') throw failed('the disk took nothing');
        if (this.commitMs > 0) await this.#sleep(this.commitMs);
        const committed = await store.commit(facts, wallMs);
        this.committingSinceMonoMs = undefined;
        this.latestRowWallMs = Math.max(this.latestRowWallMs, wallMs);
        onStored?.();
        for (const fact of facts) this.onFact?.(fact.kind);
        if (dies === 'after') this.#world.kill();
        if (fails === 'after') throw failed('the disk took it, and said it did not');
        return committed;
      },
    };
  }

  #link(link: Link, device: 'acceptor' | 'printer'): Link {
    return {
      description: link.description,
      open: async (events) => {
        const line = device === 'acceptor' ? this.onLine : undefined;
        const connection = await link.open({
          ...events,
          onBytes: (bytes) => {
            line?.heard(bytes);
            events.onBytes(bytes);
          },
        });
        line?.opened();
        return {
          write: (bytes) => {
            line?.wrote(bytes);
            const dies = dueOf(this.#dieAtBytes[device]);
            if (dies === 'before') this.#world.kill();
            else connection.write(bytes);
            if (dies === 'after') this.#world.clock.setTimer(arrivalMs, () => this.#world.kill());
          },
          close: () => connection.close(),
        };
      },
    };
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.#world.clock.setTimer(ms, resolve));
  }
}

function dueOf(orders: Order[]): Side | undefined {
  const [order] = orders;
  if (order === undefined) return undefined;
  if (order.pass > 0) {
    order.pass -= 1;
    return undefined;
  }
  orders.shift();
  return order.side;
}
