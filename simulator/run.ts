import type { AcceptorProtocol } from '../terminal/devices.ts';
import { playSettlement } from './swarm/administrators.ts';
import { closeBooks } from './swarm/audit/books.ts';
import type { Breach } from './swarm/audit/breach.ts';
import { Witness } from './swarm/audit/witness.ts';
import { playCollection } from './swarm/collector.ts';
import { Director } from './swarm/director.ts';
import { type FaultKind, faultKinds } from './swarm/fault-kinds.ts';
import { drawPlan, type Plan, type PlannedEvent, type PlanOptions } from './swarm/plan.ts';
import type { PlannedCollection } from './swarm/planned-errands.ts';
import type { PlannedVisit } from './swarm/planned-visits.ts';
import {
  Caretaker,
  isBackendOtherwise,
  isCollecting,
  isForOffice,
  queueEmpty,
  registerDiffers,
  repair,
  settleAtDesk,
} from './swarm/staff.ts';
import { Stage } from './swarm/stage.ts';
import { playVisit } from './swarm/visitor.ts';
import type { Staff, TerminalUnderTest } from './terminal-under-test.ts';
import { SimulatedWorld } from './world.ts';

/*
 * Plays one seed. Phase 1: people come and things go wrong, for an hour at least and until enough has been seen. Phase 2:
 * everything is put right, and all must settle within a bound; then the books are closed.
 */

const hourMs = 3_600_000;
const leastVisits = 10;
const leastNotes = 30;
/** After healing: nothing left in the queue by then. */
const settleMsMax = 15 * 60_000;
/** A crash loop ends after ten quiet minutes; a start, a recovery and a repair come on top. */
const sellsAgainMsMax = 20 * 60_000;
/** The registers are compared ten minutes after a start, and once more ten minutes later before anybody is alarmed. */
const registerMsMax = 45 * 60_000;

export interface RunOptions {
  /** Simulated hours with faults. */
  readonly hours?: number;
  /** What the acceptor speaks: CCNET unless said otherwise. */
  readonly protocol?: AcceptorProtocol;
  /** Only these events of the plan, by their place in it. */
  readonly only?: readonly number[];
  /** Only faults of these kinds, and those often. */
  readonly focus?: readonly FaultKind[];
}

export interface Report {
  readonly seed: number;
  readonly simulatedMs: number;
  readonly visits: number;
  /** Notes that fell into a cassette. */
  readonly notes: number;
  /** Cassettes that a collector has emptied, to the last step. */
  readonly collections: number;
  /** Top-ups that two persons have settled by hand. */
  readonly settlements: number;
  readonly struck: ReadonlyMap<FaultKind, number>;
  readonly breaches: readonly Breach[];
}

/** Plays the plan of a seed with the terminal that is handed in. */
export function runSeed(
  seed: number,
  terminal: TerminalUnderTest,
  options: RunOptions = {},
): Promise<Report> {
  const { hours = 1, protocol = 'ccnet', only, focus } = options;
  const plan = drawPlan(seed, { hours, protocol, focus });
  const events = only === undefined ? plan.events : plan.events.filter((_, at) => only.includes(at));
  return runPlan({ ...plan, events }, terminal, { isWhole: only === undefined, hours });
}

/** The plan of a seed, in the order by which its events are named. */
export function plannedEvents(seed: number, options: PlanOptions): readonly PlannedEvent[] {
  return drawPlan(seed, options).events;
}

interface Extent {
  /** A plan from which events were taken need not reach what a seed must have seen. */
  readonly isWhole: boolean;
  readonly hours: number;
}

async function runPlan(plan: Plan, terminal: TerminalUnderTest, extent: Extent): Promise<Report> {
  const world = new SimulatedWorld(terminal, {
    seed: plan.seed,
    protocol: plan.protocol,
    habits: plan.habits,
    startWallMs: plan.startWallMs,
  });
  const breaches: Breach[] = [];
  const accuse = (rule: string, what: string): void => void breaches.push({ rule, what });
  const stage = new Stage(world, terminal, plan);
  const director = new Director(
    stage,
    plan.events.filter((event) => event.kind === 'fault'),
  );
  const witness = new Witness(stage, terminal.words, accuse);
  const staff = terminal.enrolStaff(world.machine, world.clock.wallMs());
  const story = (async () => {
    await stage.start();
    const caretaker = new Caretaker(stage);
    void caretaker.patrol();
    const visits = await playVisits(stage, staff, plan.events, extent);
    caretaker.endPatrol();
    await settle({ stage, staff, director, witness, caretaker, terminal, accuse });
    return visits;
  })();
  try {
    const ownEnd = (): unknown => world.fatal.find((reason) => !isOfDisk(reason, stage));
    const visits = await played(world, story, () => ownEnd() !== undefined);
    stage.end();
    if (visits !== undefined) closeBooks(stage, witness.papers, accuse);
    for (const mishap of stage.mishaps) accuse('mishap', mishap);
    if (ownEnd() !== undefined) accuse('process', `it ended by itself: ${String(ownEnd())}`);
    return {
      seed: plan.seed,
      simulatedMs: world.clock.monoMs(),
      visits: visits ?? 0,
      notes: witness.papers.boxed().length,
      collections: world.facts.filter(({ kind }) => kind === 'collection-ended').length,
      settlements: stage.settledByHand.size,
      struck: stage.struck,
      breaches,
    };
  } finally {
    stage.end();
    await world.close();
  }
}

/** Money rule M14: a process ends by itself when its ledger fails it, and for no other reason. */
function isOfDisk(reason: unknown, { struck }: Stage): boolean {
  const hasFailed = [...struck.keys()].some((kind) => faultKinds[kind].group === 'storage');
  return hasFailed && reason instanceof Error && reason.name === 'StorageError';
}

/** Lets time pass until the story has been told; `undefined` for one that nobody can tell to its end. */
async function played<Result>(
  world: SimulatedWorld,
  story: Promise<Result>,
  isBroken: () => boolean,
): Promise<Result | undefined> {
  let isOver = false;
  const end = (): void => {
    isOver = true;
  };
  story.then(end, end);
  while (!isOver) {
    // A terminal that ends by itself does so again at the next start, and for ever.
    if (isBroken()) return undefined;
    await world.clock.advance(1_000);
  }
  return story;
}

/** Gives how many visitors have had a note counted. */
async function playVisits(
  stage: Stage,
  staff: Staff,
  events: readonly PlannedEvent[],
  extent: Extent,
): Promise<number> {
  const { world } = stage;
  const stacked = (): number => world.acceptorEvents.filter(({ kind }) => kind === 'note-stacked').length;
  let paying = 0;
  const isEnough = (): boolean =>
    extent.isWhole &&
    world.clock.monoMs() >= extent.hours * hourMs &&
    paying >= leastVisits * extent.hours &&
    stacked() >= leastNotes * extent.hours;
  const visits = events.filter((event): event is PlannedVisit => event.kind === 'visit');
  for (const visit of visits) {
    if (isEnough() || isForOffice(stage)) break;
    await stage.sleep(visit.comesAfterMs);
    const before = stacked();
    await playVisit(stage, visit);
    if (stacked() > before) paying += 1;
    for (const event of events) {
      if (event.kind === 'visit' || event.kind === 'fault' || event.visit !== visit.visit) continue;
      if (event.kind === 'collection') await playCollection(stage, event, staff.collector);
      else await playSettlement(stage, event, staff.administrators);
    }
  }
  if (extent.isWhole && !isEnough() && !isForOffice(stage))
    stage.mishaps.push(`only ${paying} visits and ${stacked()} notes were played`);
  return paying;
}

interface Ending {
  readonly stage: Stage;
  readonly staff: Staff;
  readonly director: Director;
  readonly witness: Witness;
  readonly caretaker: Caretaker;
  readonly terminal: TerminalUnderTest;
  readonly accuse: (rule: string, what: string) => void;
}

/** Somebody ends what a collector has left undone. */
const laterCollection: PlannedCollection = { kind: 'collection', visit: -1, paceMs: 900, mishap: undefined };

async function settle(ending: Ending): Promise<void> {
  const { stage, staff, director, witness, caretaker, terminal, accuse } = ending;
  await director.healAll();
  repair(stage);
  stage.visit = -1;
  if (isCollecting(stage)) await playCollection(stage, laterCollection, staff.collector);
  const drained = queueEmpty(stage, settleMsMax);
  const sells = await caretaker.attend(sellsAgainMsMax);
  if (!sells) accuse('settle', `the terminal does not sell again: ${JSON.stringify(stage.shown?.screen)}`);
  if (!(await drained))
    accuse('M10', 'the queue is not empty a quarter of an hour after everything has healed');
  if (await settleAtDesk(stage, witness.papers, terminal)) {
    if (!(await queueEmpty(stage, settleMsMax))) accuse('M10', 'a supplement from the desk does not leave');
    await caretaker.attend(sellsAgainMsMax);
  }
  if (isBackendOtherwise(stage) && !(await registerDiffers(stage, registerMsMax))) {
    accuse('M9', 'the backend has forgotten what it credited or voided, and nobody is alarmed the day after');
  }
}
