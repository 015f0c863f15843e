import type { Context, FreshIds, Surroundings } from '../context.ts';
import type { ScreenView } from '../contract/messages.ts';
import { admit, closedGate } from '../contract/press-gate.ts';
import { decide } from '../core/decide.ts';
import type { Decision } from '../core/decision.ts';
import type { TerminalEvent } from '../core/event.ts';
import { startTerminal } from '../core/start.ts';
import type { Terminal } from '../core/terminal.ts';
import type { AcceptorDriver, PrinterDriver } from '../devices.ts';
import type { Condition } from '../fleet/condition.ts';
import { conditionOf } from '../fleet/condition-of.ts';
import type { Log } from '../log.ts';
import type { Clock, Desk, IdSource, LedgerInspector, PinKeeper, Random } from '../ports.ts';
import { type SettingsNow, settingsNow } from '../profile.ts';
import type { Words } from '../receipt/receipt-data.ts';
import { viewOf } from '../screen/view-of.ts';
import type { Settings } from '../settings.ts';
import type { Store, StoredState } from '../store.ts';
import type { ChainAnchor } from '../wallet/messages.ts';
import type { WalletTransport } from '../wallet/transport.ts';
import type { Build } from './build.ts';
import { createEffects } from './effects.ts';
import { createFleetWatch, type FleetWatch } from './fleet-watch.ts';
import { createInbox } from './inbox.ts';
import { createLeaseKeeper } from './lease-keeper.ts';

/*
 * The loop that makes the pure terminal real: take an event, decide, make the facts durable, then act. One event at a
 * time; nothing is decided inside a callback, and no effect runs before its facts would survive a power cut.
 */

export interface TerminalParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly inspector: LedgerInspector;
  readonly pins: PinKeeper;
  readonly desk: Desk;
  readonly acceptor: AcceptorDriver;
  readonly printer: PrinterDriver;
  readonly wallet: WalletTransport;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdSource;
  readonly words: Words;
  readonly log: Log;
  readonly build: Build;
  /** A new screen to show. */
  readonly onView: (view: ScreenView) => void;
  /** Nothing may be trusted any more: the process ends, and a new one starts from the journal (money rule M14). */
  readonly onFatal: (reason: unknown) => void;
}

export interface RunningTerminal {
  /** One message from the screen, as it came. */
  hear(text: string): void;
  /** A named person has seen to the machine after its cassette was pulled. */
  collectorSeen(by: string): void;
  view(): ScreenView;
  /** How the terminal is, for a monitor on this machine. */
  condition(): Condition;
  /** Disables the acceptor and lets go of the devices and the ledger. */
  stop(): Promise<void>;
}

/** Starts the devices and runs until `stop` or a fatal fault. Rejects if the journal cannot be loaded. */
export async function runTerminal(parts: TerminalParts): Promise<RunningTerminal> {
  const stored = await parts.store.load();
  const running = new Loop(parts, stored);
  await running.begin(stored);
  return running;
}

class Loop implements RunningTerminal {
  readonly #parts: TerminalParts;
  readonly #inbox = createInbox<TerminalEvent>();
  readonly #effects: ReturnType<typeof createEffects>;
  readonly #leaseKeeper: ReturnType<typeof createLeaseKeeper>;
  readonly #fleetWatch: FleetWatch;
  readonly #settingsNow: SettingsNow;
  #terminal: Terminal | undefined;
  #anchor: ChainAnchor;
  #gate = closedGate;
  #lastViewText = '';
  #commitSinceMonoMs: number | undefined;
  #isDiskFull: boolean | undefined;
  #ended = false;
  #draining: Promise<void> = Promise.resolve();
  #isDraining = false;

  constructor(parts: TerminalParts, stored: StoredState) {
    this.#parts = parts;
    this.#settingsNow = settingsNow(parts.settings);
    this.#anchor = { sequence: stored.sequence, head: stored.head };
    const put = (event: TerminalEvent): void => this.#put(event);
    this.#effects = createEffects({
      ...parts,
      put,
      anchor: () => this.#anchor,
      fail: (reason) => this.#fail(reason),
    });
    this.#leaseKeeper = createLeaseKeeper({
      ...parts,
      put,
      latestRowWallMs: stored.latestRowWallMs,
      backendWallMs: () => this.#effects.backendWallMs(),
      terminal: () => this.#terminal,
      commitSinceMonoMs: () => this.#commitSinceMonoMs,
      context: () => this.#surroundings(),
      fail: (reason) => this.#fail(reason),
      onTick: () => this.#showPassedPromise(),
    });
    this.#fleetWatch = createFleetWatch({
      ...parts,
      put,
      bestWallMs: () => this.#leaseKeeper.bestWallMs(),
      backendWallMs: () => this.#effects.backendWallMs(),
      fail: (reason) => this.#fail(reason),
    });
  }

  async begin(stored: StoredState): Promise<void> {
    const { acceptor, printer, log, build } = this.#parts;
    log({ event: 'terminal-started', build: build.version, sequence: stored.sequence });
    this.#isDraining = true;
    const context = this.#context();
    await this.#carryOut(startTerminal(stored, build.version, context), context.now.wallMs);
    this.#isDraining = false;
    this.#leaseKeeper.start();
    this.#fleetWatch.start();
    acceptor.start((report) => this.#put({ kind: 'acceptor-reported', report }));
    printer.start((report) => this.#put({ kind: 'printer-reported', report }));
    this.#drainSoon();
  }

  hear(text: string): void {
    const { log, clock } = this.#parts;
    if (this.#ended || this.#terminal === undefined) return;
    const { gate, answer } = admit(this.#gate, text, this.view().offers, clock.monoMs());
    this.#gate = gate;
    if (answer.kind === 'refused') log({ event: 'press-refused', why: answer.why });
    else this.#put(answer.pressed);
  }

  collectorSeen(by: string): void {
    this.#put({ kind: 'collector-seen', by });
  }

  view(): ScreenView {
    if (this.#terminal === undefined) throw new Error('assertion failed: the terminal has been started');
    return viewOf(this.#terminal, this.#surroundings());
  }

  condition(): Condition {
    if (this.#terminal === undefined) throw new Error('assertion failed: the terminal has been started');
    return conditionOf(this.#terminal, this.#surroundings(), this.#fleetWatch.runState());
  }

  async stop(): Promise<void> {
    const { acceptor, printer, store, log } = this.#parts;
    if (!this.#ended) {
      this.#leaseKeeper.stop();
      await acceptor.stop();
      // What the acceptor reported while stopping is still to be stored.
      await this.#draining;
      if (!this.#ended) await store.commit([{ kind: 'terminal-stopped' }], this.#leaseKeeper.bestWallMs());
    }
    this.#end();
    await printer.stop();
    await store.close();
    log({ event: 'terminal-stopped' });
  }

  // -------------------------------------------------------------- the loop

  #put(event: TerminalEvent): void {
    if (this.#ended) return;
    this.#guard(() => this.#inbox.put(event));
    this.#drainSoon();
  }

  #drainSoon(): void {
    if (this.#isDraining || this.#ended || this.#inbox.size === 0) return;
    this.#isDraining = true;
    this.#draining = this.#drain().catch((reason: unknown) => this.#fail(reason));
  }

  async #drain(): Promise<void> {
    for (let event = this.#inbox.take(); event !== undefined && !this.#ended; event = this.#inbox.take()) {
      if (this.#terminal === undefined) throw new Error('assertion failed: an event before the start');
      const context = this.#context();
      await this.#carryOut(decide(this.#terminal, event, context), context.now.wallMs);
    }
    this.#isDraining = false;
  }

  async #carryOut(decision: Decision, decidedWallMs: number): Promise<void> {
    const { store, clock } = this.#parts;
    if (decision.facts.length > 0) {
      this.#commitSinceMonoMs = clock.monoMs();
      const { sequence, head, diskFull } = await store.commit(decision.facts, decidedWallMs);
      this.#commitSinceMonoMs = undefined;
      this.#anchor = { sequence, head };
      this.#leaseKeeper.rowWritten(decidedWallMs);
      if (diskFull !== this.#isDiskFull) this.#put({ kind: 'storage-checked', isFull: diskFull });
      this.#isDiskFull = diskFull;
    }
    if (this.#ended) return;
    this.#terminal = decision.terminal;
    for (const effect of decision.effects) this.#effects.run(effect);
    this.#leaseKeeper.follow();
    this.#showView();
  }

  #showView(): void {
    const view = this.view();
    const text = JSON.stringify(view);
    if (text === this.#lastViewText) return;
    this.#lastViewText = text;
    this.#parts.onView(view);
  }

  /** A promised time passes without an event: the sign on the last screen turns by itself. */
  #showPassedPromise(): void {
    const step = this.#terminal?.session.step;
    if (step?.kind === 'result' && step.result.kind === 'accepted') this.#showView();
  }

  #surroundings(): Surroundings {
    const now = { wallMs: this.#leaseKeeper.bestWallMs(), monoMs: this.#parts.clock.monoMs() };
    return { settings: this.#settingsNow(this.#terminal?.profile, now.wallMs), now };
  }

  #context(): Context {
    const { ids, random } = this.#parts;
    return {
      ...this.#surroundings(),
      fresh: freshIds(ids),
      chance: random.nextInt(0x1_0000_0000),
      anchor: this.#anchor,
      run: this.#fleetWatch.runState(),
    };
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (reason) {
      this.#fail(reason);
    }
  }

  /**
   * Stop, restart, verify: no note is stacked any more, and nothing of what was in memory is believed. The acceptor is
   * disabled as long as there is somebody to do it.
   */
  #fail(reason: unknown): void {
    if (this.#ended) return;
    this.#end();
    const end = (): void => this.#parts.onFatal(reason);
    this.#parts.acceptor.stop().then(end, end);
  }

  #end(): void {
    this.#ended = true;
    this.#leaseKeeper.stop();
    this.#fleetWatch.stop();
    this.#effects.stop();
  }
}

/** Made only when looked at: most events need none. */
function freshIds(ids: IdSource): FreshIds {
  const made = new Map<string, string>();
  const idOf = (name: string): string => {
    const id = made.get(name) ?? ids.uuidV7();
    made.set(name, id);
    return id;
  };
  return {
    get operationId() {
      return idOf('operation') as FreshIds['operationId'];
    },
    get noteId() {
      return idOf('note') as FreshIds['noteId'];
    },
    get claimId() {
      return idOf('claim') as FreshIds['claimId'];
    },
    get periodId() {
      return idOf('period') as FreshIds['periodId'];
    },
    get printId() {
      return idOf('print') as FreshIds['printId'];
    },
    get requestId() {
      return idOf('request');
    },
  };
}
