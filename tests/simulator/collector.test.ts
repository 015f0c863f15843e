import { describe, expect, test } from 'vitest';
import { productionTerminal } from '../../host/simulate.ts';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { closeBooks } from '../../simulator/swarm/audit/books.ts';
import type { Breach } from '../../simulator/swarm/audit/breach.ts';
import { Witness } from '../../simulator/swarm/audit/witness.ts';
import { playCollection } from '../../simulator/swarm/collector.ts';
import { collectionMishaps, looksOfCollection, type Mishap } from '../../simulator/swarm/planned-errands.ts';
import type { PlannedVisit } from '../../simulator/swarm/planned-visits.ts';
import { Caretaker, queueEmpty } from '../../simulator/swarm/staff.ts';
import { Stage } from '../../simulator/swarm/stage.ts';
import { playVisit } from '../../simulator/swarm/visitor.ts';
import { SimulatedWorld } from '../../simulator/world.ts';

/* A collector at the real screen, with something between at every look of theirs; then a visitor, and the books. */

const terminal = await productionTerminal();
const minuteMs = 60_000;

function visit(nth: number, ...notesTenge: readonly number[]): PlannedVisit {
  const who = { digits: '7010000001', language: 'kk' } as const;
  return { kind: 'visit', visit: nth, comesAfterMs: 0, ...who, notesTenge, paceMs: 700 };
}

interface Collected {
  readonly breaches: readonly Breach[];
  /** What the collector has carried away with a slip. */
  readonly carriedMinor: readonly number[];
  readonly isDone: boolean;
}

async function collected(
  mishap: Mishap | undefined,
  beforehand: (world: SimulatedWorld) => void = () => undefined,
): Promise<Collected> {
  const world = new SimulatedWorld(terminal);
  const breaches: Breach[] = [];
  const accuse = (rule: string, what: string): void => void breaches.push({ rule, what });
  const stage = new Stage(world, terminal, { protocol: 'ccnet', habits: {} });
  const { papers } = new Witness(stage, terminal.words, accuse);
  const { collector } = terminal.enrolStaff(world.machine, world.clock.wallMs());
  const story = async (): Promise<boolean> => {
    await stage.start();
    await new Caretaker(stage).attend(minuteMs);
    await playVisit(stage, visit(0, 5_000, 2_000, 2_000));
    beforehand(world);
    const isDone = await playCollection(
      stage,
      { kind: 'collection', visit: 0, paceMs: 900, mishap },
      collector,
    );
    if (!(await new Caretaker(stage).attend(10 * minuteMs))) accuse('settle', 'it does not sell again');
    await playVisit(stage, visit(1, 1_000));
    if (!(await queueEmpty(stage, 15 * minuteMs))) accuse('M10', 'the queue is not empty');
    return isDone;
  };
  try {
    let isOver = false;
    const told = story().finally(() => {
      isOver = true;
    });
    while (!isOver) await world.clock.advance(1_000);
    const isDone = await told;
    stage.end();
    closeBooks(stage, papers, accuse);
    for (const mishapOfStage of stage.mishaps) accuse('mishap', mishapOfStage);
    for (const reason of world.fatal) accuse('process', String(reason));
    const boxed = papers.boxed().map(({ note }) => note.valueMinor);
    if (boxed.length !== 4) accuse('visitor', `${boxed.length} notes lie in cassettes`);
    return {
      breaches,
      isDone,
      carriedMinor: stage.carried.map(({ cassette }) => cassette.totalMinor('KZT')),
    };
  } finally {
    stage.end();
    await world.close();
  }
}

test('without a mishap the slip is what is in the cassette', async () => {
  expect(await collected(undefined)).toEqual({ breaches: [], isDone: true, carriedMinor: [900_000] });
});

test('the auditor finds a note in the cassette that no slip has', async () => {
  const { breaches } = await collected(undefined, ({ mechanics }) =>
    mechanics.cassette?.add({ noteId: 99, ...tengeNote(500) }),
  );
  expect(breaches.map(({ rule }) => rule)).toEqual(['M11']);
});

describe('At every look of the collector', () => {
  test.each(collectionMishaps)('%s', { timeout: 120_000 }, async (kind) => {
    for (let atLook = 0; atLook < looksOfCollection; atLook += 1) {
      const { breaches, isDone } = await collected({ kind, atLook, dice: atLook });
      expect({ atLook, breaches, isDone }).toEqual({ atLook, breaches: [], isDone: true });
    }
  });
});
