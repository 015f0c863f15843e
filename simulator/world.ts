import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Link } from '../hardware/link/link.ts';
import { type MemoryLine, memoryLine } from '../hardware/link/memory.ts';
import type { ScreenView } from '../terminal/contract/messages.ts';
import type { AcceptorProtocol } from '../terminal/devices.ts';
import type { Fact } from '../terminal/facts.ts';
import type { LogEvent } from '../terminal/log.ts';
import type { Clock, LedgerInspector, Random } from '../terminal/ports.ts';
import type { Settings } from '../terminal/settings.ts';
import type { Store } from '../terminal/store.ts';
import { type AcceptorFace, type AcceptorHabits, acceptorFace } from './acceptor-faces.ts';
import { AcceptorPort } from './acceptor-port.ts';
import type { AcceptorEvent } from './devices/acceptor/events.ts';
import { AcceptorMechanics } from './devices/acceptor/mechanics.ts';
import { realTimings } from './devices/acceptor/timings.ts';
import { EscPosPrinter } from './devices/printer/escpos-printer.ts';
import { printerModels } from './devices/printer/models.ts';
import { FaultyLine } from './faulty-line.ts';
import { ProcessGate } from './process-gate.ts';
import { seededRandom } from './random.ts';
import type { BootedTerminal, SimulatedMachine, TerminalUnderTest } from './terminal-under-test.ts';
import { VirtualClock } from './virtual-clock.ts';
import { type Backend, createBackend } from './wallet/backend.ts';
import type { RawRequest } from './wallet/messages.ts';
import { witnessedStore } from './witnessed-store.ts';

/*
 * A whole terminal in virtual time: production core, drivers, ledger and signing on simulated devices and a simulated
 * backend. A crash discards every object of the process and boots a new one; the devices, the disk and the backend live
 * on.
 */

/** In memory where the system has such a folder: nothing here cuts the power of a real disk. */
const disksFolder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export interface WorldOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly seed?: number;
  readonly startWallMs?: number;
  readonly wrapStore?: (store: Store) => Store;
  /** What the acceptor speaks: CCNET unless said otherwise. */
  readonly protocol?: AcceptorProtocol;
  /** Habits of this acceptor that differ from the usual ones of its protocol. */
  readonly habits?: Partial<AcceptorHabits[AcceptorProtocol]>;
}

export class SimulatedWorld {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly mechanics: AcceptorMechanics;
  readonly acceptor: AcceptorFace;
  readonly printer: EscPosPrinter;
  /** What hangs on the acceptor's cable, and the cable itself: transparent until told otherwise. */
  readonly acceptorPort: AcceptorPort;
  readonly acceptorCable: FaultyLine;
  readonly acceptorLine: MemoryLine;
  readonly printerCable: FaultyLine;
  readonly printerLine: MemoryLine;
  readonly backend: Backend;
  readonly network = { plugged: true };
  readonly machine: SimulatedMachine;
  readonly settings: Settings;
  readonly views: ScreenView[] = [];
  readonly logged: LogEvent[] = [];
  readonly fatal: unknown[] = [];
  readonly paper: string[] = [];
  /** What physically happened to notes, in order. */
  readonly acceptorEvents: AcceptorEvent[] = [];
  /** Every fact of this world's journal, in order, from the moment it would survive a power cut. */
  readonly facts: Fact[] = [];
  wrapStore: ((store: Store) => Store) | undefined;
  /** Room on the disk, as far as the terminal can see; `undefined`: what there is. */
  freeBytes: number | undefined;
  /** Stands between a driver and its line, for processes booted from now on. */
  wrapLink: ((link: Link, device: 'acceptor' | 'printer') => Link) | undefined;
  readonly #terminal: TerminalUnderTest;
  /** Holds the process when told to. */
  readonly gate = new ProcessGate((reason) => this.#die(reason));
  /** Told of every end of a process, and of every screen. */
  onDeath: (() => void) | undefined;
  onView: ((view: ScreenView) => void) | undefined;
  /** The time of this machine: the world's, and what somebody has made of it. */
  readonly #machineClock: Clock = {
    wallMs: () => this.#stoppedWallMs ?? this.clock.wallMs() + this.#clockErrorMs,
    monoMs: () => this.clock.monoMs(),
    setTimer: (delayMs, onTime) => this.clock.setTimer(delayMs, onTime),
  };
  #clockErrorMs = 0;
  #stoppedWallMs: number | undefined;
  #booted: BootedTerminal | undefined;
  #end: (() => void) | undefined;
  #pressCount = 0;

  constructor(terminal: TerminalUnderTest, options: WorldOptions = {}) {
    const { seed = 1, protocol = 'ccnet' } = options;
    this.#terminal = terminal;
    this.clock = new VirtualClock(options.startWallMs);
    this.random = seededRandom(seed);
    this.wrapStore = options.wrapStore;
    this.mechanics = new AcceptorMechanics(this.clock, realTimings);
    this.mechanics.listen((event) => this.acceptorEvents.push(event));
    this.acceptor = acceptorFace(protocol, this.clock, this.mechanics, options.habits);
    this.printer = new EscPosPrinter({
      model: printerModels['epson-tm-t88vi'],
      clock: this.clock,
      flow: 'wire',
    });
    this.printer.listen((event) => {
      if (event.kind === 'printed') this.paper.push(event.slip.text);
    });
    this.acceptorPort = new AcceptorPort(this.acceptor);
    // Chance of their own, so that a quiet cable changes no other draw.
    this.acceptorCable = new FaultyLine(this.acceptorPort, this.clock, seededRandom(seed));
    this.printerCable = new FaultyLine(this.printer, this.clock, seededRandom(seed + 1));
    this.acceptorLine = memoryLine(this.acceptorCable, this.clock);
    this.printerLine = memoryLine(this.printerCable, this.clock);
    this.backend = createBackend({ clock: this.clock, random: this.random });
    this.machine = terminal.newMachine(mkdtempSync(join(disksFolder, 'qyzyl-world-')));
    this.backend.enrol(terminal.number, this.machine.deviceKey.publicKey);
    const acceptor = { protocol, line: { kind: 'tcp', host: 'memory', port: 1 } };
    this.settings = terminal.settings(this.machine, { acceptor, ...options.settings });
    this.mechanics.powerOn();
  }

  // -------------------------------------------------------------- process

  /** Starts the process. Rejects with the ledger's error if it may not be used. */
  async boot(): Promise<void> {
    const death = Promise.withResolvers<never>();
    death.promise.catch(() => undefined);
    let isDead = false;
    const booting = this.#terminal.boot({
      ...this.#surroundings(),
      log: (event) => this.logged.push(event),
      onView: (view) => {
        this.views.push(view);
        this.onView?.(view);
      },
      onFatal: (reason) => this.#die(reason),
      onAlive: (kill) => {
        this.#end = () => {
          kill();
          isDead = true;
          death.reject(new Error('the process died while it was starting'));
        };
      },
      wrapStore: (store) => {
        const witnessed = witnessedStore(store, this.facts);
        return this.wrapStore?.(witnessed) ?? witnessed;
      },
    });
    const booted = await Promise.race([booting, death.promise]);
    // It may have died in the very turn in which it had started.
    if (isDead) return death.promise;
    this.#booted = booted;
  }

  /**
   * Starts another process beside the running one. Rejects with the ledger's error, as it must; false if it was refused the
   * ledger for another reason.
   */
  async bootTwin(): Promise<boolean> {
    const twin = await this.#terminal.boot({
      ...this.#surroundings(),
      log: () => undefined,
      onView: () => undefined,
      onFatal: () => undefined,
    });
    const { screen } = twin.terminal.view();
    twin.kill();
    return screen.kind !== 'out-of-service' || (screen.reason !== 'ledger' && screen.reason !== 'storage');
  }

  /** The process is gone between two instructions. */
  kill(): void {
    const end = this.#end;
    if (end === undefined) return;
    this.#end = undefined;
    this.#booted = undefined;
    end();
    this.gate.release();
    this.onDeath?.();
  }

  /** Sets the clock of this machine only; the rest of the world keeps its time. */
  setClock(byMs: number): void {
    this.#clockErrorMs += byMs;
  }

  /** How far this machine's clock is ahead of the world's. */
  get clockErrorMs(): number {
    return this.#clockErrorMs;
  }

  /** The machine's clock shows the same time over and over, until it is let go and jumps to what it would show. */
  stopClock(): void {
    this.#stoppedWallMs = this.#machineClock.wallMs();
  }

  letClockGo(): void {
    this.#stoppedWallMs = undefined;
  }

  /** Touches that reached a button. */
  get pressCount(): number {
    return this.#pressCount;
  }

  get isRunning(): boolean {
    return this.#booted !== undefined;
  }

  #surroundings() {
    const { machine, settings, network, random, gate } = this;
    const lineOf = (line: MemoryLine, device: 'acceptor' | 'printer'): Link =>
      gate.link(this.wrapLink?.(line.link, device) ?? line.link);
    return {
      machine,
      settings,
      acceptorLink: lineOf(this.acceptorLine, 'acceptor'),
      printerLink: lineOf(this.printerLine, 'printer'),
      backend: {
        ...this.backend,
        deliver: async (request: RawRequest) => {
          const delivery = await this.backend.deliver(request);
          if (gate.isHeld) await gate.passed();
          return delivery;
        },
      },
      network,
      clock: gate.clock(this.#machineClock),
      random,
      words: this.#terminal.words,
      wrapInspector: (inspector: LedgerInspector): LedgerInspector => ({
        ...inspector,
        freeBytes: () => this.freeBytes ?? inspector.freeBytes(),
      }),
    };
  }

  #die(reason: unknown): void {
    this.fatal.push(reason);
    this.kill();
  }

  /** Ends everything and removes the disk. */
  async close(): Promise<void> {
    this.kill();
    this.backend.close();
    rmSync(this.machine.folder, { recursive: true, force: true });
  }

  // -------------------------------------------------------------- people

  get view(): ScreenView {
    if (this.#booted === undefined) throw new Error('no process is running');
    return this.#booted.terminal.view();
  }

  /** Touches a button; false if it is not on the screen. */
  touch(action: string, value?: string): boolean {
    const offer = this.view.offers.find((candidate) => candidate.action === action);
    if (offer === undefined) return false;
    this.#pressCount += 1;
    const press = { kind: 'press', pressId: `press-${this.#pressCount}`, offerId: offer.offerId, value };
    this.hear(JSON.stringify(press));
    return true;
  }

  /** What a screen of its own says on its line; lost while no process runs. */
  hear(text: string): void {
    const { terminal } = this.#booted ?? {};
    this.gate.pass(() => terminal?.hear(text));
  }

  /** A collector logs in after the cassette was pulled. */
  tellCollectorSeen(by: string): void {
    const { terminal } = this.#booted ?? {};
    this.gate.pass(() => terminal?.collectorSeen(by));
  }
}
