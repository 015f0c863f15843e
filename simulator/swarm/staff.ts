import { Cassette } from '../devices/acceptor/cassette.ts';
import { goodCircumstances } from '../devices/printer/circumstances.ts';
import { goodLine } from '../faulty-line.ts';
import type { TerminalUnderTest } from '../terminal-under-test.ts';
import { readJournal } from './audit/journal.ts';
import type { Papers } from './audit/papers.ts';
import type { Stage } from './stage.ts';

/* Those who come when the machine has called: technicians, collectors, administrators. */

const lookMs = 1_000;
const patrolMs = 20_000;
const queueLookMs = 5_000;
const dayMs = 24 * 3_600_000;
/** A fault that has not gone by then wants the terminal started anew, as after any repair. */
const restartAfterMs = 150_000;
const restartEnds: ReadonlySet<string> = new Set([
  'acceptor-absent',
  'acceptor-fault',
  'cassette',
  'storage',
]);

/** Puts right whatever hands can put right. */
export function repair({ world, process }: Stage): void {
  process.heal();
  world.acceptorCable.rates = goodLine;
  world.printerCable.rates = goodLine;
  world.acceptorCable.replug();
  world.printerCable.replug();
  world.acceptorLine.plug();
  world.printerLine.plug();
  world.acceptorPort.swap(world.acceptor);
  world.mechanics.clearJam();
  if (world.mechanics.cassette === undefined) world.mechanics.insertCassette(new Cassette());
  world.mechanics.powerOn();
  world.printer.powerOn();
  const { hasPower: _power, rollMm: _roll, ...circumstances } = goodCircumstances;
  if (world.printer.circumstances.rollMm < 10_000) {
    world.printer.change({ isCoverOpen: true });
    world.printer.putNewRoll();
  }
  world.printer.change(circumstances);
  world.network.plugged = true;
  world.backend.faults.clear();
  world.letClockGo();
  world.setClock(-world.clockErrorMs);
  world.freeBytes = undefined;
  world.gate.release();
}

/** Whoever looks after this machine: comes when it says that it needs somebody, and is there for good when told to stay. */
export class Caretaker {
  readonly #stage: Stage;
  #troubledMs = 0;
  #isGone = false;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Comes by, again and again, while visitors come and go. */
  async patrol(): Promise<void> {
    while (!this.#isGone) {
      await this.#stage.sleep(patrolMs);
      if (!this.#isGone) this.#lookAfter(patrolMs);
    }
  }

  endPatrol(): void {
    this.#isGone = true;
    this.#troubledMs = 0;
  }

  /** Stays until the terminal sells again, or says that it waits for the office; false if it does neither. */
  async attend(withinMs: number): Promise<boolean> {
    const { world } = this.#stage;
    const deadlineMonoMs = world.clock.monoMs() + withinMs;
    const isDone = (): boolean => {
      const { shown } = this.#stage;
      return shown?.screen.kind === 'attract' || isForOffice(this.#stage);
    };
    while (!isDone() && world.clock.monoMs() < deadlineMonoMs) {
      await this.#stage.sleep(lookMs);
      world.mechanics.take();
      this.#lookAfter(lookMs);
    }
    return isDone();
  }

  #lookAfter(sinceMs: number): void {
    const stage = this.#stage;
    const { world } = stage;
    const screen = stage.shown?.screen;
    if (screen?.kind !== 'out-of-service') {
      this.#troubledMs = 0;
      return;
    }
    const { reason } = screen;
    if (reason === 'collection' && world.isRunning && world.mechanics.cassette !== undefined) {
      world.tellCollectorSeen('Collector 7');
    }
    world.mechanics.take();
    const endsByRestart = restartEnds.has(reason) && stage.isLedgerTrue;
    this.#troubledMs = endsByRestart ? this.#troubledMs + sinceMs : 0;
    if (this.#troubledMs < restartAfterMs) return;
    this.#troubledMs = 0;
    stage.restart('repaired');
  }
}

/** Three contradictions in a row: nobody at the machine can allow sales again. */
export function isForOffice({ shown }: Stage): boolean {
  return shown?.screen.kind === 'out-of-service' && shown.screen.reason === 'answers-wrong';
}

/** A collector's work has begun and not ended: until then nothing is sold. */
export function isCollecting({ ledger }: Stage): boolean {
  const journal = readJournal(ledger.databasePath);
  try {
    return journal.isCollecting();
  } finally {
    journal.close();
  }
}

/** Waits until nothing is left to be told to the backend; false if that takes too long. */
export async function queueEmpty(stage: Stage, withinMs: number): Promise<boolean> {
  const journal = readJournal(stage.ledger.databasePath);
  try {
    return await stage.until(() => journal.waiting() === 0, withinMs, queueLookMs);
  } finally {
    journal.close();
  }
}

/** The cash is counted, and two administrators settle what no device could place. True if there was anything. */
export async function settleAtDesk(
  stage: Stage,
  papers: Papers,
  terminal: TerminalUnderTest,
): Promise<boolean> {
  const journal = readJournal(stage.ledger.databasePath);
  const hasUnknown = journal.notes().some(({ state }) => state === 'unknown');
  journal.close();
  if (!hasUnknown) return false;
  stage.holdProcess('desk');
  const { world } = stage;
  terminal.settleNotes(world.machine, (note) => papers.judge(note), world.clock.wallMs());
  stage.letProcessGo('desk');
  await stage.until(() => stage.shown !== undefined, 60_000);
  return true;
}

/** The backend no longer knows of a credit in which the terminal believes, or has credited what it had closed for ever. */
export function isBackendOtherwise({ ledger, forgotten, unvoided, world }: Stage): boolean {
  const journal = readJournal(ledger.databasePath);
  const creditedMinor = (operationId: string): number => world.backend.ledger.creditedMinor(operationId);
  try {
    return journal.operations().some(({ operationId, topUp }) => {
      if (topUp === 'credited') return forgotten.has(operationId) && creditedMinor(operationId) === 0;
      return topUp === 'voided' && unvoided.has(operationId) && creditedMinor(operationId) > 0;
    });
  } finally {
    journal.close();
  }
}

/** The day after, when terminal and backend compare what was credited; false if nobody is alarmed by then. */
export async function registerDiffers(stage: Stage, withinMs: number): Promise<boolean> {
  stage.restart('a new day');
  stage.world.clock.jumpWall(dayMs);
  await stage.until(() => stage.shown !== undefined, 60_000);
  const journal = readJournal(stage.ledger.databasePath);
  const isAlarmed = (): boolean => journal.alarmsRaised().some(({ alarm }) => alarm === 'register-differs');
  try {
    return await stage.until(isAlarmed, withinMs, queueLookMs);
  } finally {
    journal.close();
  }
}
