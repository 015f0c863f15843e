import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Link } from '../../hardware/link/link.ts';
import { type MemoryLine, memoryLine } from '../../hardware/link/memory.ts';
import {
  type BootedTerminal,
  bootTerminal,
  newMachine,
  type SimulatedMachine,
  simulatedNumber,
  worldSettings,
} from '../../host/simulate.ts';
import { loadWords } from '../../host/words.ts';
import type { AcceptorEvent } from '../../simulator/devices/acceptor/events.ts';
import { AcceptorMechanics } from '../../simulator/devices/acceptor/mechanics.ts';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { realTimings } from '../../simulator/devices/acceptor/timings.ts';
import { CcnetAcceptor } from '../../simulator/devices/ccnet/acceptor.ts';
import { type CcnetSettings, usualCcnetSettings } from '../../simulator/devices/ccnet/settings.ts';
import { EscPosPrinter } from '../../simulator/devices/printer/escpos-printer.ts';
import { printerModels } from '../../simulator/devices/printer/models.ts';
import { FaultyLine } from '../../simulator/faulty-line.ts';
import { seededRandom } from '../../simulator/random.ts';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import { type Backend, createBackend } from '../../simulator/wallet/backend.ts';
import type { Screen, ScreenView } from '../../terminal/contract/messages.ts';
import type { Fact } from '../../terminal/facts.ts';
import type { LogEvent } from '../../terminal/log.ts';
import type { Clock } from '../../terminal/ports.ts';
import { visitTimes } from '../../terminal/session/timeouts.ts';
import type { Settings } from '../../terminal/settings.ts';
import type { Store } from '../../terminal/store.ts';
import { AcceptorPort } from './acceptor-port.ts';
import { witnessedStore } from './witnessed-store.ts';

/*
 * A whole terminal in virtual time: production core, drivers, ledger and signing on simulated devices and a simulated
 * backend. A crash discards every object of the process and boots a new one; the devices, the disk and the backend live
 * on.
 */

const words = await loadWords();

/** In memory where the system has such a folder: no test here cuts the power of a real disk. */
const disksFolder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export type ScreenKind = Screen['kind'];

export interface WorldOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly seed?: number;
  readonly wrapStore?: (store: Store) => Store;
  /** Habits of this acceptor that differ from the usual ones. */
  readonly acceptor?: Partial<CcnetSettings>;
}

export class World {
  readonly clock = new VirtualClock();
  readonly random;
  readonly mechanics: AcceptorMechanics;
  readonly acceptor: CcnetAcceptor;
  readonly printer: EscPosPrinter;
  /** What hangs on the acceptor's cable, and the cable itself: transparent until told otherwise. */
  readonly acceptorPort: AcceptorPort;
  readonly acceptorCable: FaultyLine;
  readonly acceptorLine: MemoryLine;
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
  /** The time of this machine: the world's, and what somebody has made of it. */
  readonly #machineClock: Clock = {
    wallMs: () => this.clock.wallMs() + this.#clockErrorMs,
    monoMs: () => this.clock.monoMs(),
    setTimer: (delayMs, onTime) => this.clock.setTimer(delayMs, onTime),
  };
  #clockErrorMs = 0;
  #booted: BootedTerminal | undefined;
  #end: (() => void) | undefined;
  #pressCount = 0;

  constructor(options: WorldOptions = {}) {
    this.random = seededRandom(options.seed ?? 1);
    this.wrapStore = options.wrapStore;
    this.mechanics = new AcceptorMechanics(this.clock, realTimings);
    this.mechanics.listen((event) => this.acceptorEvents.push(event));
    this.acceptor = new CcnetAcceptor(this.clock, this.mechanics, {
      ...usualCcnetSettings,
      ...options.acceptor,
    });
    this.printer = new EscPosPrinter({
      model: printerModels['epson-tm-t88vi'],
      clock: this.clock,
      flow: 'wire',
    });
    this.printer.listen((event) => {
      if (event.kind === 'printed') this.paper.push(event.slip.text);
    });
    this.acceptorPort = new AcceptorPort(this.acceptor);
    // Chance of its own, so that a quiet cable changes no other draw.
    this.acceptorCable = new FaultyLine(this.acceptorPort, this.clock, seededRandom(options.seed ?? 1));
    this.acceptorLine = memoryLine(this.acceptorCable, this.clock);
    this.printerLine = memoryLine(this.printer, this.clock);
    this.backend = createBackend({ clock: this.clock, random: this.random });
    this.machine = newMachine(mkdtempSync(join(disksFolder, 'qyzyl-world-')));
    this.backend.enrol(simulatedNumber, this.machine.deviceKey.publicKey);
    this.settings = worldSettings(this.machine, options.settings);
    this.mechanics.powerOn();
  }

  // -------------------------------------------------------------- process

  /** Starts the process. Rejects with the ledger's error if it may not be used. */
  async boot(): Promise<void> {
    const death = Promise.withResolvers<never>();
    death.promise.catch(() => undefined);
    const booting = bootTerminal({
      machine: this.machine,
      settings: this.settings,
      acceptorLink: this.wrapLink?.(this.acceptorLine.link, 'acceptor') ?? this.acceptorLine.link,
      printerLink: this.wrapLink?.(this.printerLine.link, 'printer') ?? this.printerLine.link,
      backend: this.backend,
      network: this.network,
      clock: this.#machineClock,
      random: this.random,
      words,
      log: (event) => this.logged.push(event),
      onView: (view) => this.views.push(view),
      onFatal: (reason) => {
        this.fatal.push(reason);
        this.kill();
      },
      onAlive: (kill) => {
        this.#end = () => {
          kill();
          death.reject(new Error('the process died while it was starting'));
        };
      },
      wrapInspector: (inspector) => ({
        ...inspector,
        freeBytes: () => this.freeBytes ?? inspector.freeBytes(),
      }),
      wrapStore: (store) => {
        const witnessed = witnessedStore(store, this.facts);
        return this.wrapStore?.(witnessed) ?? witnessed;
      },
    });
    this.#booted = await Promise.race([booting, death.promise]);
  }

  /** The process is gone between two instructions. */
  kill(): void {
    this.#end?.();
    this.#end = undefined;
    this.#booted = undefined;
  }

  /** Sets the clock of this machine only; the rest of the world keeps its time. */
  setClock(byMs: number): void {
    this.#clockErrorMs += byMs;
  }

  get isRunning(): boolean {
    return this.#booted !== undefined;
  }

  async restart(): Promise<void> {
    this.kill();
    await this.boot();
  }

  /** Ends everything and removes the disk. */
  async close(): Promise<void> {
    this.kill();
    this.backend.close();
    rmSync(this.machine.folder, { recursive: true, force: true });
  }

  // -------------------------------------------------------------- screen

  get view(): ScreenView {
    if (this.#booted === undefined) throw new Error('no process is running');
    return this.#booted.terminal.view();
  }

  /** What is on the screen, which must be this one. */
  screen<K extends ScreenKind>(kind: K): Extract<Screen, { kind: K }> {
    const { screen } = this.view;
    if (screen.kind !== kind) throw new Error(`the screen is ${screen.kind}, not ${kind}`);
    return screen as Extract<Screen, { kind: K }>;
  }

  /** Lets time pass until that screen is there and says what it should. Fails at once when the process has died. */
  async until<K extends ScreenKind>(
    kind: K,
    withinMs: number,
    says: (screen: Extract<Screen, { kind: K }>) => boolean = () => true,
  ): Promise<Extract<Screen, { kind: K }>> {
    let viewsSeen = 0;
    const isShown = (): boolean => {
      // Nothing new has been shown since the last look.
      if (this.isRunning && this.views.length === viewsSeen) return false;
      viewsSeen = this.views.length;
      const { screen } = this.view;
      return screen.kind === kind && says(screen as Extract<Screen, { kind: K }>);
    };
    await this.clock.advanceUntil(isShown, withinMs, `the screen ${kind}`, 20);
    return this.screen(kind);
  }

  /** Touches a button that must be on the screen, once the screen takes presses. */
  async press(action: string, value?: string): Promise<void> {
    await this.clock.advance(visitTimes.pressAfterMs);
    await this.tap(action, value);
  }

  /** Touches again on a screen that has been there for a while. */
  async tap(action: string, value?: string): Promise<void> {
    const offer = this.view.offers.find((candidate) => candidate.action === action);
    if (offer === undefined) throw new Error(`no button ${action} on ${this.view.screen.kind}`);
    this.#pressCount += 1;
    const press = { kind: 'press', pressId: `press-${this.#pressCount}`, offerId: offer.offerId, value };
    this.#booted?.terminal.hear(JSON.stringify(press));
    await this.clock.advance(1);
  }

  /** A collector has logged in after the cassette was pulled. */
  async collectorSeen(by = 'Collector 7'): Promise<void> {
    this.#booted?.terminal.collectorSeen(by);
    await this.clock.advance(1);
  }

  // -------------------------------------------------------------- a customer's way

  async toAttract(): Promise<void> {
    await this.boot();
    await this.until('attract', 60_000);
  }

  /** From the icon to the open acceptor. */
  async toCash(nationalDigits = '7010000001'): Promise<void> {
    await this.toConfirm(nationalDigits);
    await this.press('confirm');
    await this.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
  }

  async toConfirm(nationalDigits = '7010000001'): Promise<void> {
    await this.press('start', 'kk');
    await this.press('choose-top-up');
    await this.typeNumber(nationalDigits);
    await this.until('confirm', 11_000);
  }

  /** Types on the number pad and goes on. */
  async typeNumber(nationalDigits: string): Promise<void> {
    await this.press('digit', nationalDigits.slice(0, 1));
    for (const digit of nationalDigits.slice(1)) await this.tap('digit', digit);
    await this.tap('next');
  }

  insert(tenge: number): void {
    this.mechanics.insert(tengeNote(tenge));
  }

  /** Inserts a note and waits until the screen has counted it. */
  async pay(tenge: number): Promise<void> {
    const { insertedMinor } = await this.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
    this.insert(tenge);
    await this.until('cash', 20_000, (screen) => screen.insertedMinor === insertedMinor + tenge * 100);
  }

  // -------------------------------------------------------------- the truth

  /** What is in the cassette, by the model of the machine. */
  cassetteMinor(): number {
    return this.mechanics.cassette?.totalMinor('KZT') ?? 0;
  }

  /** What the wallets have been credited with by this terminal, by the backend's books. */
  creditedMinor(): number {
    return this.backend.ledger
      .operations()
      .reduce((sum, operation) => sum + this.backend.ledger.creditedMinor(operation.operationId), 0);
  }
}
