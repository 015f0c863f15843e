import type { ScreenView } from '../../terminal/contract/messages.ts';
import type { AcceptorProtocol } from '../../terminal/devices.ts';
import { usualHabits } from '../acceptor-faces.ts';
import type { Cassette } from '../devices/acceptor/cassette.ts';
import type { LedgerFiles, TerminalUnderTest } from '../terminal-under-test.ts';
import type { Backup } from '../wallet/database.ts';
import type { SimulatedWorld } from '../world.ts';
import { type AnyHabits, acceptorInSwarm } from './acceptors/in-swarm.ts';
import type { SwarmAcceptor } from './acceptors/swarm-acceptor.ts';
import type { FaultKind } from './fault-kinds.ts';
import { FaultyProcess } from './faulty-process.ts';
import type { Signal } from './planned-faults.ts';

/** The processes of one machine start this long after a death, as their supervisor does it. */
const restartMs = 1_500;

export interface AcceptorOfStage {
  readonly protocol: AcceptorProtocol;
  readonly habits: Partial<AnyHabits>;
}

/**
 * The world on which a plan is played: what is on the screen, who stands before it, what has just happened, and somebody
 * who starts the process again when it has died.
 */
export class Stage {
  readonly world: SimulatedWorld;
  /** Faults of the process, its writes and its bytes. */
  readonly process: FaultyProcess;
  /** What the page shows; `undefined` while no process tells it anything. */
  shown: ScreenView | undefined;
  /** The visitor who is there, or was there last. */
  visit = -1;
  mood: { leaves: boolean; leavesNotes: boolean } = { leaves: false, leavesNotes: false };
  /** What nobody foresaw: each is a breach by itself. */
  readonly mishaps: string[] = [];
  /** How long the process has been held still in all, by pauses that are over. */
  heldMs = 0;
  /** How often each kind of fault has struck. */
  readonly struck = new Map<FaultKind, number>();
  readonly ledger: LedgerFiles;
  /** False while the files of the ledger are not those that the terminal has written. */
  isLedgerTrue = true;
  /** Whether the journal knows of the note that now lies in the path. */
  isNoteRecorded: () => boolean = () => false;
  /** Operations that the backend had credited and has forgotten. */
  readonly forgotten = new Set<string>();
  /** Operations that it had closed for ever, and has forgotten that too. */
  readonly unvoided = new Set<string>();
  /** Cassettes that a collector has carried away, each with the slip that came out for it. */
  readonly carried: { readonly cassette: Cassette; readonly slip: string }[] = [];
  /** What two persons have read on the screen to be settled, by the operation's number. */
  readonly settledByHand = new Map<string, 'by-hand' | 'rerouted'>();
  readonly #listeners: ((signal: Signal, visit: number, nth: number) => void)[] = [];
  readonly #onView: ((view: ScreenView | undefined) => void)[] = [];
  readonly #counts = new Map<string, number>();
  /** Why no process may start now. */
  readonly #holds = new Set<string>();
  #shownKind = '';
  #isStarting = false;
  #isOver = false;

  /** What is known of this machine's acceptor by its protocol. */
  readonly acceptor: SwarmAcceptor<AnyHabits>;
  /** How it behaves by itself. */
  readonly #habits: AnyHabits;

  constructor(world: SimulatedWorld, terminal: TerminalUnderTest, own: AcceptorOfStage) {
    this.world = world;
    this.ledger = terminal.ledger(world.machine);
    this.acceptor = acceptorInSwarm(own.protocol);
    this.#habits = { ...usualHabits(own.protocol), ...own.habits } as AnyHabits;
    this.process = new FaultyProcess(world, terminal.diskError);
    world.onView = (view) => this.#show(view);
    world.onDeath = () => {
      this.shown = undefined;
      this.#shownKind = '';
      for (const onView of this.#onView) onView(undefined);
      this.#startSoon();
    };
    world.mechanics.listen(({ kind }) => {
      if (kind.startsWith('note-')) this.signal(`note ${kind.slice('note-'.length)}` as Signal);
    });
    this.process.onFact = (kind) => this.signal(`fact ${kind}` as Signal);
  }

  // -------------------------------------------------------------- time

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.world.clock.setTimer(ms, resolve));
  }

  /** Waits until it holds; false if it did not within that time. */
  async until(holds: () => boolean, withinMs: number, stepMs = 100): Promise<boolean> {
    const { clock } = this.world;
    const deadlineMonoMs = clock.monoMs() + withinMs;
    while (!holds()) {
      if (clock.monoMs() >= deadlineMonoMs) return false;
      await this.sleep(stepMs);
    }
    return true;
  }

  // -------------------------------------------------------------- signals

  onSignal(listener: (signal: Signal, visit: number, nth: number) => void): void {
    this.#listeners.push(listener);
  }

  signal(signal: Signal): void {
    const key = `${this.visit} ${signal}`;
    const nth = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, nth);
    for (const listener of this.#listeners) listener(signal, this.visit, nth);
  }

  /** Told of each screen, and with `undefined` of the end of a process. */
  onView(listener: (view: ScreenView | undefined) => void): void {
    this.#onView.push(listener);
  }

  #show(view: ScreenView): void {
    this.shown = view;
    for (const onView of this.#onView) onView(view);
    const { kind } = view.screen;
    if (kind === this.#shownKind) return;
    this.#shownKind = kind;
    this.signal(`screen ${kind}` as Signal);
  }

  // -------------------------------------------------------------- acceptor

  /** Another firmware, in a way; gives how its own habits come back. */
  changeHabits(changes: Partial<AnyHabits>): () => void {
    const names = Object.keys(changes) as (keyof AnyHabits)[];
    this.world.acceptor.changeSettings(changes);
    return () =>
      this.world.acceptor.changeSettings(Object.fromEntries(names.map((name) => [name, this.#habits[name]])));
  }

  // -------------------------------------------------------------- backend

  /** Somebody puts an old copy of the backend's books back. */
  restoreBackend(backup: Backup): void {
    const { ledger } = this.world.backend;
    const inState = (wanted: 'credited' | 'voided'): string[] =>
      ledger.operations().flatMap(({ operationId, state }) => (state === wanted ? [operationId] : []));
    const [credited, voided] = [inState('credited'), inState('voided')];
    const key = this.world.backend.serverPublicKey();
    this.world.backend.restoreBackup(backup);
    // It may be from a time when the terminal's key was not known.
    this.world.backend.enrol(this.world.settings.terminal.number, this.world.machine.deviceKey.publicKey);
    if (this.world.backend.serverPublicKey() !== key) this.restart('former key of the backend');
    const [stillCredited, stillVoided] = [new Set(inState('credited')), new Set(inState('voided'))];
    for (const operationId of credited) if (!stillCredited.has(operationId)) this.forgotten.add(operationId);
    for (const operationId of voided) if (!stillVoided.has(operationId)) this.unvoided.add(operationId);
  }

  // -------------------------------------------------------------- process

  /** Ends the process, and starts none until `let go`. */
  holdProcess(why: string): void {
    this.#holds.add(why);
    this.world.kill();
  }

  letProcessGo(why: string): void {
    if (this.#holds.delete(why)) this.#startSoon();
  }

  restart(why: string): void {
    this.holdProcess(why);
    this.letProcessGo(why);
  }

  async start(): Promise<void> {
    if (this.#isOver || this.#holds.size > 0 || this.world.isRunning || this.#isStarting) return;
    const deaths = this.process.deaths;
    this.#isStarting = true;
    try {
      await this.world.boot();
    } catch (error) {
      // It died while it was starting: its death has asked for another one.
      if (this.process.deaths !== deaths) return;
      this.mishaps.push(`a process could not start: ${String(error)}`);
      this.#startSoon();
    } finally {
      this.#isStarting = false;
    }
  }

  /** Nobody starts anything any more. */
  end(): void {
    this.#isOver = true;
    this.world.kill();
  }

  #startSoon(): void {
    this.process.deaths += 1;
    this.world.clock.setTimer(restartMs, () => void this.start());
  }
}
