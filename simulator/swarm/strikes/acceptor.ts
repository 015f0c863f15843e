import { Cassette } from '../../devices/acceptor/cassette.ts';
import { foreignNote, type NoteKind, type TaughtNote, tengeNote } from '../../devices/acceptor/notes.ts';
import { pick } from '../../random.ts';
import type { HabitFault } from '../acceptors/swarm-acceptor.ts';
import type { Stage } from '../stage.ts';
import { once, type Strike, type Strikes } from './strike.ts';

/* What happens inside the acceptor, and what hands do to it. */

const emptyPathMsMax = 120_000;
const usualNotes: readonly TaughtNote[] = [200, 500, 1_000, 2_000, 5_000, 10_000, 20_000].map((tenge) =>
  tengeNote(tenge),
);

export const acceptorStrikes: Strikes<
  | 'acceptor-power-cut'
  | 'acceptor-blink'
  | 'machine-power-cut'
  | 'state-repeated'
  | 'credit-event-lost'
  | 'credit-event-doubled'
  | 'note-back-after-stack'
  | 'jam-in-head'
  | 'jam-in-cassette'
  | 'cassette-full'
  | 'cassette-pulled'
  | 'cassette-swapped'
  | 'cassette-swapped-dark'
  | 'note-pulled'
  | 'acceptor-failure'
  | 'bill-table-changed'
  | 'second-note'
  | 'odd-note'
> = {
  'acceptor-power-cut': ({ world }) => {
    world.mechanics.powerOff();
    return () => world.mechanics.powerOn();
  },
  'acceptor-blink': async (stage, { chance }) => {
    stage.world.mechanics.powerOff();
    await stage.sleep(1 + chance.nextInt(400));
    stage.world.mechanics.powerOn();
    return undefined;
  },
  'machine-power-cut': (stage, { chance }) => {
    const { world } = stage;
    world.mechanics.powerOff();
    world.printer.powerOff();
    stage.holdProcess('no power');
    return async () => {
      world.mechanics.powerOn();
      world.printer.powerOn();
      await stage.sleep(chance.nextInt(20_000));
      stage.letProcessGo('no power');
    };
  },
  'state-repeated': (stage) => changeHabits(stage, 'state-repeated'),
  'credit-event-lost': (stage, { chance }) => {
    const { world } = stage;
    const heal = changeHabits(stage, 'credit-event-lost');
    for (let lost = chance.nextInt(3); lost >= 0; lost -= 1) world.acceptorCable.order('to-host', 'lose');
    return heal;
  },
  'credit-event-doubled': once(({ world }, { chance }) => {
    for (let told = chance.nextInt(6); told >= 0; told -= 1) {
      world.acceptorCable.order('to-host', pick(['duplicate', 'stale'] as const, chance));
    }
  }),
  'note-back-after-stack': (stage) => changeHabits(stage, 'note-back-after-stack'),
  'jam-in-head': jam('head'),
  'jam-in-cassette': jam('cassette'),
  'cassette-full': ({ world }) => {
    world.mechanics.fillCassette();
    return () => changeCassette(world.mechanics, new Cassette());
  },
  'cassette-pulled': ({ world }) => {
    const pulled = world.mechanics.removeCassette();
    return () => putCassette(world.mechanics, pulled ?? new Cassette());
  },
  'cassette-swapped': ({ world }) => {
    world.mechanics.removeCassette();
    return () => putCassette(world.mechanics, new Cassette());
  },
  'cassette-swapped-dark': async (stage, { chance }) => {
    const { mechanics } = stage.world;
    mechanics.powerOff();
    await stage.sleep(chance.nextInt(5_000));
    changeCassette(mechanics, new Cassette());
    return () => mechanics.powerOn();
  },
  'note-pulled': once(({ world }) => void world.mechanics.pull()),
  'acceptor-failure': ({ world, acceptor }, { chance }) => {
    world.mechanics.fail(pick(acceptor.failures, chance));
    return () => world.mechanics.clearJam();
  },
  'bill-table-changed': async (stage) => {
    await renumber(stage, [...usualNotes].reverse());
    return () => renumber(stage, usualNotes);
  },
  'second-note': once(({ world }, { chance }) => {
    world.mechanics.insert(tengeNote(pick([500, 1_000, 2_000, 5_000] as const, chance)));
  }),
  'odd-note': once(({ world }, { chance }) => void world.mechanics.insert(oddNote(chance.nextInt(4)))),
};

/** As a technician does it: with nothing in the path, every note told under the numbers it has, and a start afterwards. */
async function renumber(stage: Stage, notes: readonly TaughtNote[]): Promise<void> {
  const { world } = stage;
  const { acceptor, mechanics } = world;
  const isAtRest = (): boolean => {
    const stacked = world.acceptorEvents.filter(({ kind }) => kind === 'note-stacked').length;
    const told = world.facts.filter(({ kind }) => kind === 'note-released').length;
    return mechanics.path.kind === 'empty' && told >= stacked;
  };
  await stage.until(isAtRest, emptyPathMsMax);
  if (!isAtRest()) return;
  mechanics.powerOff();
  acceptor.teach(notes);
  mechanics.powerOn();
}

function oddNote(dice: number): NoteKind {
  const condition = (['unreadable', 'doubtful', 'crooked'] as const)[dice];
  return condition === undefined ? foreignNote() : tengeNote(1_000, condition);
}

function jam(place: 'head' | 'cassette'): Strike {
  return (stage, { chance }) => {
    const { mechanics } = stage.world;
    mechanics.obstruct(place);
    const leaves = pick(['stays', 'taken', 'cassette'] as const, chance);
    // What the terminal has no claim for, a technician hands to the office: nobody could ever place it.
    return () => mechanics.clearJam(leaves === 'cassette' && !stage.isNoteRecorded() ? 'taken' : leaves);
  };
}

function putCassette(mechanics: Stage['world']['mechanics'], cassette: Cassette): void {
  if (mechanics.cassette === undefined) mechanics.insertCassette(cassette);
}

function changeCassette(mechanics: Stage['world']['mechanics'], cassette: Cassette): void {
  mechanics.removeCassette();
  putCassette(mechanics, cassette);
}

function changeHabits(stage: Stage, fault: HabitFault): () => void {
  return stage.changeHabits(stage.acceptor.habitsOf[fault] ?? {});
}
