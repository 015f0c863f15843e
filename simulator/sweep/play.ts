import { closeBooks } from '../swarm/audit/books.ts';
import type { Breach } from '../swarm/audit/breach.ts';
import { readJournal } from '../swarm/audit/journal.ts';
import { Witness } from '../swarm/audit/witness.ts';
import type { PlannedVisit } from '../swarm/planned-visits.ts';
import { Caretaker, queueEmpty, settleAtDesk } from '../swarm/staff.ts';
import { Stage } from '../swarm/stage.ts';
import { playVisit } from '../swarm/visitor.ts';
import type { TerminalUnderTest } from '../terminal-under-test.ts';
import { SimulatedWorld } from '../world.ts';
import { DoomedProcess } from './doomed-process.ts';
import type { Crash, PassedPoint } from './points.ts';

/* One visit with five notes, ended at the moments that are given, started again each time, and settled. */

const visit: PlannedVisit = {
  kind: 'visit',
  visit: 0,
  comesAfterMs: 0,
  digits: '7010000001',
  language: 'kk',
  notesTenge: [500, 1_000, 2_000, 5_000, 10_000],
  paceMs: 700,
};

const readyMsMax = 60_000;
const sellsAgainMsMax = 10 * 60_000;
const settleMsMax = 15 * 60_000;

/** Where a power cut left the note that was under way when the acceptor came up again. */
export type PowerUp = 'none' | 'in validator' | 'in stacker';

export interface Played {
  /** Of the first process: until its end, or the end of the visit. */
  readonly passed: readonly PassedPoint[];
  /** Of the process after the last crash: until it goes on with the visit or sells again. */
  readonly recovery: readonly PassedPoint[];
  readonly powerUps: readonly PowerUp[];
  readonly stackedNotes: number;
  readonly breaches: readonly Breach[];
}

export async function play(terminal: TerminalUnderTest, crashes: readonly Crash[]): Promise<Played> {
  const world = new SimulatedWorld(terminal);
  const breaches: Breach[] = [];
  const accuse = (rule: string, what: string): void => void breaches.push({ rule, what });
  const stage = new Stage(world, terminal, { protocol: 'ccnet', habits: {} });
  const witness = new Witness(stage, terminal.words, accuse);
  const doomed = new DoomedProcess(stage, crashes);
  const powerUps: PowerUp[] = [];
  world.mechanics.listen(({ kind }) => {
    if (kind === 'power-on') powerUps.push(powerUpOf(world));
  });
  let recovered: number | undefined;
  doomed.onDeath = () => {
    recovered = undefined;
  };
  stage.onView((view) => {
    if (doomed.deaths === 0 || view === undefined) return;
    const { kind } = view.screen;
    if (kind !== 'one-moment' && kind !== 'out-of-service') recovered ??= doomed.lives.at(-1)?.length;
  });
  const story = async (): Promise<void> => {
    await stage.start();
    const isReady = (): boolean => stage.shown?.screen.kind === 'attract';
    if (!(await stage.until(isReady, readyMsMax))) accuse('settle', 'the terminal does not start');
    await playVisit(stage, visit);
    await settle(stage, witness, terminal, accuse);
    if (doomed.crashesLeft > 0) accuse('sweep', 'the process never came by that point');
  };
  try {
    await untilTold(world, story());
    stage.end();
    closeBooks(stage, witness.papers, accuse);
    checkOriginals(world, accuse);
    for (const mishap of stage.mishaps) accuse('mishap', mishap);
    for (const reason of world.fatal) accuse('process', `it ended by itself: ${String(reason)}`);
    const [first = []] = doomed.lives;
    return {
      passed: pointsOf(first),
      recovery: doomed.deaths === 0 ? [] : pointsOf(doomed.lives.at(-1)?.slice(0, recovered) ?? []),
      powerUps,
      stackedNotes: witness.papers.boxed().length,
      breaches,
    };
  } finally {
    stage.end();
    await world.close();
  }
}

type Accuse = (rule: string, what: string) => void;

async function settle(
  stage: Stage,
  { papers }: Witness,
  terminal: TerminalUnderTest,
  accuse: Accuse,
): Promise<void> {
  const caretaker = new Caretaker(stage);
  if (!(await caretaker.attend(sellsAgainMsMax))) {
    accuse('settle', `the terminal does not sell again: ${JSON.stringify(stage.shown?.screen)}`);
  }
  if (!(await queueEmpty(stage, settleMsMax))) accuse('M10', 'the queue is not empty');
  checkSums(stage, accuse);
  if (!(await settleAtDesk(stage, papers, terminal))) return;
  await caretaker.attend(sellsAgainMsMax);
  if (!(await queueEmpty(stage, settleMsMax))) accuse('M10', 'a supplement from the desk does not leave');
  checkSums(stage, accuse);
}

/** What lies in the cassette is credited, or waits for a person with an operation that says so. */
function checkSums({ world, ledger }: Stage, accuse: Accuse): void {
  const journal = readJournal(ledger.databasePath);
  const unknown = journal.notes().filter(({ state }) => state === 'unknown');
  const operations = journal.operations();
  journal.close();
  for (const { noteId, operationId } of unknown) {
    const end = operations.find((operation) => operation.operationId === operationId)?.end;
    if (operationId !== null && end !== 'needs-help')
      accuse('M12', `note ${noteId} is unknown, its end ${end}`);
  }
  const boxedMinor = world.mechanics.cassette?.totalMinor('KZT') ?? 0;
  const books = world.backend.ledger;
  const creditedMinor = books
    .operations()
    .reduce((sum, { operationId }) => sum + books.creditedMinor(operationId), 0);
  const doubtfulMinor = unknown.reduce((sum, { valueMinor }) => sum + (valueMinor ?? boxedMinor), 0);
  if (creditedMinor > boxedMinor) accuse('M2', `${creditedMinor} credited, ${boxedMinor} in the cassette`);
  if (creditedMinor + doubtfulMinor < boxedMinor) {
    accuse('M8', `${boxedMinor} in the cassette, ${creditedMinor} credited, ${doubtfulMinor} in doubt`);
  }
}

/** Money rule M15: the original of a slip is begun once. */
function checkOriginals({ facts }: SimulatedWorld, accuse: Accuse): void {
  const begun = facts.flatMap((fact) =>
    fact.kind === 'print-intended' && !fact.copy ? [fact.operationId as string] : [],
  );
  if (new Set(begun).size !== begun.length) accuse('M15', 'an original was begun twice');
}

function powerUpOf({ mechanics: { path } }: SimulatedWorld): PowerUp {
  if (path.kind !== 'stopped') return 'none';
  return path.zone === 'stacker' ? 'in stacker' : 'in validator';
}

function pointsOf(passed: readonly (PassedPoint & { readonly isPoint: boolean })[]): readonly PassedPoint[] {
  return passed.flatMap(({ isPoint, ...point }) => (isPoint ? [point] : []));
}

async function untilTold(world: SimulatedWorld, story: Promise<void>): Promise<void> {
  let isOver = false;
  const end = (): void => {
    isOver = true;
  };
  story.then(end, end);
  while (!isOver) await world.clock.advance(1_000);
  return story;
}
