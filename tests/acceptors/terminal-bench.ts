import { acceptorProtocol } from '../../hardware/banknote/protocols.ts';
import { type MemoryLine, memoryLine } from '../../hardware/link/memory.ts';
import { formatTapRecord, type TapRecord, tapLink } from '../../hardware/link/tap.ts';
import { type AcceptorFace, type AcceptorHabits, acceptorFace } from '../../simulator/acceptor-faces.ts';
import type { AcceptorEvent } from '../../simulator/devices/acceptor/events.ts';
import { AcceptorMechanics } from '../../simulator/devices/acceptor/mechanics.ts';
import { type NoteKind, tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { type AcceptorTimings, realTimings } from '../../simulator/devices/acceptor/timings.ts';
import { FaultyLine } from '../../simulator/faulty-line.ts';
import { seededRandom } from '../../simulator/random.ts';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import type { AcceptorDriver, AcceptorProtocol, AcceptorReport } from '../../terminal/devices.ts';
import type { CreditId, EscrowId } from '../../terminal/ids.ts';
import { type Minor, minorFromTenge } from '../../terminal/money.ts';
import type { Clock } from '../../terminal/ports.ts';
import type { AcceptorCase } from './acceptor-cases.ts';
import type { HostWord } from './acceptor-facts.ts';

/*
 * The real driver and the simulated acceptor on one cable, and in the place of the terminal the least that can hold
 * money: it commits after a while, says stack, and confirms what it has stored.
 */

const welcomeTenge = [500, 1_000, 2_000, 5_000, 10_000, 20_000];
const leaseMs = 1_500;
const renewMs = 500;

export interface BenchSettings {
  readonly habits?: Partial<AcceptorHabits[AcceptorProtocol]>;
  readonly timings?: Partial<AcceptorTimings>;
  readonly seed?: number;
}

export class TerminalBench {
  readonly clock = new VirtualClock();
  readonly mechanics: AcceptorMechanics;
  readonly device: AcceptorFace;
  readonly cable: FaultyLine;
  readonly port: MemoryLine;
  readonly reports: AcceptorReport[] = [];
  readonly trace: TapRecord[] = [];
  readonly #words: HostWord[] = [];
  readonly #listen: (record: TapRecord) => HostWord | undefined;
  readonly events: AcceptorEvent[] = [];
  driver: AcceptorDriver;

  /** How long a commit takes. */
  commitMs = 5;
  /** What the terminal answers to a note in escrow. */
  decide: (report: Extract<AcceptorReport, { kind: 'note-escrowed' }>) => 'stack' | 'return' | 'nothing' =
    () => 'stack';
  confirms = true;
  leased = false;
  /** Every credit once, whatever was repeated. */
  readonly credits = new Map<
    CreditId,
    { readonly escrowId: EscrowId | undefined; readonly minor: Minor | undefined }
  >();
  readonly #acceptor: AcceptorCase;
  #starts = 0;
  #kill: () => void = () => undefined;

  constructor(acceptor: AcceptorCase, settings: BenchSettings = {}) {
    this.#acceptor = acceptor;
    this.#listen = acceptor.listen();
    this.mechanics = new AcceptorMechanics(this.clock, { ...realTimings, ...settings.timings });
    this.mechanics.listen((event) => this.events.push(event));
    this.device = acceptorFace(acceptor.protocol, this.clock, this.mechanics, settings.habits);
    this.cable = new FaultyLine(this.device, this.clock, seededRandom(settings.seed ?? 1));
    this.port = memoryLine(this.cable, this.clock);
    this.driver = this.#newDriver();
    this.#renew();
  }

  #newDriver(): AcceptorDriver {
    this.#starts += 1;
    const start = this.#starts;
    let alive = true;
    this.#kill = () => {
      alive = false;
    };
    const clock: Clock = {
      wallMs: () => this.clock.wallMs(),
      monoMs: () => this.clock.monoMs(),
      setTimer: (delayMs, onTime) => this.clock.setTimer(delayMs, () => alive && onTime()),
    };
    return acceptorProtocol(this.#acceptor.protocol).createDriver({
      link: tapLink(this.port.link, this.clock, (record) => this.#overhear(record)),
      clock,
      ids: { uuidV7: () => `start${start}` },
    });
  }

  #overhear(record: TapRecord): void {
    this.trace.push(record);
    const word = this.#listen(record);
    if (word !== undefined) this.#words.push(word);
  }

  /** Lease after lease, as long as the terminal is well. */
  #renew(): void {
    if (this.leased) this.lease(leaseMs);
    this.clock.setTimer(renewMs, () => this.#renew());
  }

  lease(forMs: number): void {
    const denominations = welcomeTenge.map(minorFromTenge);
    this.driver.renewLease({ untilMonoMs: this.clock.monoMs() + forMs, denominations });
  }

  start(): void {
    const { driver } = this;
    driver.start((report) => {
      // A host that has crashed hears nothing any more.
      if (this.driver === driver) this.#take(report);
    });
  }

  #take(report: AcceptorReport): void {
    this.reports.push(report);
    const { driver } = this;
    if (report.kind === 'note-escrowed') {
      const word = this.decide(report);
      this.clock.setTimer(this.commitMs, () => {
        if (word === 'stack') driver.stack(report.escrowId);
        if (word === 'return') driver.returnNote(report.escrowId);
      });
    }
    if (report.kind === 'note-stacked' && this.confirms) {
      this.clock.setTimer(this.commitMs, () => this.#store(driver, report));
    }
  }

  #store(driver: AcceptorDriver, report: Extract<AcceptorReport, { kind: 'note-stacked' }>): void {
    // A host that crashed before its commit has stored nothing.
    if (this.driver !== driver) return;
    this.credits.set(report.creditId, { escrowId: report.escrowId, minor: report.denomination?.valueMinor });
    driver.confirmCredit(report.creditId);
  }

  /** Switched on, recovered and enabled. */
  async ready(): Promise<void> {
    this.mechanics.powerOn();
    this.start();
    await this.until('acceptor-recovered');
    this.leased = true;
    this.lease(leaseMs);
    await this.until('acceptor-enabled');
    this.forget();
  }

  forget(): void {
    this.reports.length = 0;
    this.events.length = 0;
    this.trace.length = 0;
    this.#words.length = 0;
  }

  insert(kind: NoteKind = tengeNote(1_000)): void {
    this.mechanics.insert(kind);
  }

  async until(kind: AcceptorReport['kind'], withinMs = 60_000): Promise<void> {
    const before = this.count(kind);
    await this.clock.advanceUntil(() => this.count(kind) > before, withinMs, kind);
  }

  async untilEvent(kind: AcceptorEvent['kind'], withinMs = 60_000): Promise<void> {
    const count = (): number => this.events.filter((event) => event.kind === kind).length;
    const before = count();
    await this.clock.advanceUntil(() => count() > before, withinMs, kind);
  }

  count(kind: AcceptorReport['kind']): number {
    return this.reports.filter((report) => report.kind === kind).length;
  }

  kinds(): string[] {
    return this.reports.map((report) => report.kind);
  }

  of<Kind extends AcceptorReport['kind']>(kind: Kind): Extract<AcceptorReport, { kind: Kind }>[] {
    return this.reports.filter((one): one is Extract<AcceptorReport, { kind: Kind }> => one.kind === kind);
  }

  /** What the box truly holds. */
  boxed(): number {
    return this.mechanics.cassette?.notes.length ?? 0;
  }

  /** What each frame that the host wrote asks for. */
  written(): readonly HostWord[] {
    return [...this.#words];
  }

  printedTrace(): string {
    return this.trace.map(formatTapRecord).join('\n');
  }

  /** The host process dies and starts again: nothing is remembered, the device knows nothing of it. */
  async crashAndRestart(deadMs: number): Promise<void> {
    this.leased = false;
    this.#kill();
    this.driver = this.#newDriver();
    this.port.unplug();
    await this.clock.advance(deadMs);
    this.port.plug();
    this.start();
  }
}
