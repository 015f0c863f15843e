import { afterEach, describe, expect, test } from 'vitest';
import { acceptorProtocol } from '../../hardware/banknote/protocols.ts';
import { acceptorFace } from '../../simulator/acceptor-faces.ts';
import { AcceptorMechanics } from '../../simulator/devices/acceptor/mechanics.ts';
import {
  foreignNote,
  type NoteKind,
  type TaughtNote,
  tengeNote,
} from '../../simulator/devices/acceptor/notes.ts';
import { realTimings } from '../../simulator/devices/acceptor/timings.ts';
import { loopedBackCable } from '../../simulator/devices/strangers.ts';
import { type AcceptorProtocol, acceptorProtocols } from '../../terminal/devices.ts';
import { expectMoneySoon, readBooks } from './expect-money.ts';
import { expectNextVisitorServed, expectTakesNoNote } from './next-visitor.ts';
import { bringTo, finishVisit, type Stage, screenName, untilScreen } from './stages.ts';
import { both, type Mishap, nothing, type Outcome, onlyCounted, walkMishap } from './walk-mishap.ts';
import { World } from './world.ts';

/*
 * The whole terminal on every acceptor but CCNET, on which all other scenarios run: whole visits, and what differs from
 * protocol to protocol, the mishaps of the machine and of its cable, at every stage of a note.
 */

let world: World;
afterEach(() => world.close());

const outOfService = 'out of service: acceptor-absent';
const absent = 'cash, stopped: acceptor-absent';
const faulty = 'cash, stopped: acceptor-fault';
const unknown = { unknownTenge: [5_000] } as const;
/** In the cassette, and forgotten by a unit that had not told it yet. */
const lostReport = { boxedTenge: 7_000, creditedTenge: 2_000, ...unknown } as const;

/** Somebody stands there and takes what comes out. */
async function handsTakeFor(durationMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < durationMs; passedMs += 500) {
    await world.clock.advance(500);
    world.mechanics.take();
  }
}

const mishaps: Readonly<Record<string, Mishap>> = {
  'a power cut of some seconds': {
    strike: ({ mechanics }) => mechanics.powerOff(),
    mend: async ({ mechanics }) => {
      mechanics.powerOn();
      await handsTakeFor(12_000);
    },
    lastsMs: 6_000,
    settlesMs: 3_000,
  },
  'a power cut that outlasts the visit': {
    strike: ({ mechanics }) => mechanics.powerOff(),
    mend: async ({ mechanics }) => {
      mechanics.powerOn();
      await handsTakeFor(12_000);
    },
    lastsMs: 75_000,
    settlesMs: 3_000,
  },
  'a port that is gone for some seconds': {
    strike: ({ acceptorLine }) => acceptorLine.unplug(),
    mend: ({ acceptorLine }) => acceptorLine.plug(),
    leavesItEnabled: true,
    lastsMs: 1_000,
    settlesMs: 8_000,
  },
  'a wire that is dead for minutes': {
    strike: ({ acceptorCable }) => acceptorCable.unplug(),
    mend: ({ acceptorCable }) => acceptorCable.replug(),
    leavesItEnabled: true,
    lastsMs: 150_000,
    settlesMs: 15_000,
  },
  'a looped-back cable in its place': {
    strike: ({ acceptorPort, clock }) => acceptorPort.swap(loopedBackCable(clock)),
    mend: ({ acceptorPort, acceptor }) => acceptorPort.swap(acceptor),
    leavesItEnabled: true,
    lastsMs: 6_000,
    settlesMs: 25_000,
  },
  'a jam that leaves the note where it is': {
    strike: ({ mechanics }) => mechanics.obstruct('head'),
    mend: async ({ mechanics }) => {
      mechanics.clearJam('stays');
      await handsTakeFor(38_000);
    },
    lastsMs: 15_000,
    settlesMs: 2_000,
  },
};

type MishapName = keyof typeof mishaps;
type Ends = Readonly<Partial<Record<Stage, Omit<Outcome, 'stage'>>>>;

/** What must come of it wherever nothing else is said below. */
const ends: Readonly<Record<MishapName, Ends>> = {
  'a power cut of some seconds': {
    'cash, nothing in yet': { says: absent, later: 'cash', ...nothing },
    'note accepting': { says: absent, later: 'cash', ...onlyCounted },
    'in escrow, untold': { says: absent, later: 'cash', ...onlyCounted },
    'intent stored, no stack byte yet': { says: absent, later: 'cash', ...onlyCounted },
    'stacking, not past return': { says: absent, later: 'cash', ...onlyCounted },
    'stacking, past return': { says: absent, later: 'cash', ...both },
    'stacked, untold': { says: absent, later: 'needs-help', ...lostReport },
    'credited, not yet acknowledged': { says: absent, later: 'cash', ...both },
    'Pay pressed while a note moves': { says: 'counting', later: 'credited', ...both },
  },
  'a power cut that outlasts the visit': {
    'note accepting': { says: absent, ...onlyCounted },
    'in escrow, untold': { says: absent, ...onlyCounted },
    'intent stored, no stack byte yet': { says: 'needs-help', ...onlyCounted },
    'stacking, not past return': { says: 'needs-help', ...onlyCounted },
    'stacking, past return': { says: 'needs-help', ...both },
    'stacked, untold': { says: 'needs-help', ...lostReport },
    'credited, not yet acknowledged': { says: absent, ...both },
  },
  'a port that is gone for some seconds': {
    'cash, nothing in yet': { says: absent, later: 'cash', ...nothing },
    'note accepting': { says: absent, ...onlyCounted },
    'in escrow, untold': { says: absent, ...onlyCounted },
    'intent stored, no stack byte yet': { says: absent, ...onlyCounted },
    'stacking, not past return': { says: absent, later: 'cash', ...both },
    'stacking, past return': { says: absent, later: 'cash', ...both },
    'stacked, untold': { says: absent, later: 'cash', ...both },
    'credited, not yet acknowledged': { says: absent, later: 'cash', ...both },
    'Pay pressed while a note moves': { says: 'counting', later: 'credited', ...both },
  },
  'a wire that is dead for minutes': {
    'note accepting': { says: absent, ...onlyCounted },
    'in escrow, untold': { says: absent, ...onlyCounted },
    'intent stored, no stack byte yet': { says: 'needs-help', ...onlyCounted },
    'stacking, not past return': { says: 'needs-help', ...both },
    'stacking, past return': { says: 'needs-help', ...both },
    'stacked, untold': { says: 'needs-help', ...both },
    'credited, not yet acknowledged': { says: absent, ...both },
  },
  'a looped-back cable in its place': {
    'cash, nothing in yet': { says: absent, ...nothing },
    'note accepting': { says: absent, ...onlyCounted },
    'in escrow, untold': { says: absent, ...onlyCounted },
    'intent stored, no stack byte yet': { says: absent, ...onlyCounted },
    'stacking, not past return': { says: absent, ...both },
    'stacking, past return': { says: absent, ...both },
    'stacked, untold': { says: absent, ...both },
    'credited, not yet acknowledged': { says: absent, ...both },
  },
  'a jam that leaves the note where it is': {
    'note accepting': { says: faulty, ...onlyCounted },
    'in escrow, untold': { says: faulty, ...onlyCounted },
    'intent stored, no stack byte yet': { says: 'needs-help', ...onlyCounted },
    'stacking, not past return': { says: 'needs-help', ...onlyCounted },
    'stacking, past return': { says: 'needs-help', ...both },
    'stacked, untold': { says: faulty, ...both },
    'credited, not yet acknowledged': { says: faulty, ...both },
  },
};

/** Where a protocol has less to say than most, persons decide about the note; where it says more, they need not. */
const others: Readonly<Partial<Record<AcceptorProtocol, Readonly<Partial<Record<MishapName, Ends>>>>>> = {
  id003: {
    'a wire that is dead for minutes': {
      // The stack byte is lost with the rest, the unit gives the note back after 3 s of silence, and says nothing of it.
      'intent stored, no stack byte yet': { says: 'needs-help', ...onlyCounted, ...unknown },
    },
    'a jam that leaves the note where it is': {
      // Out and taken before the unit can be relied on again after RESET (ID-003 §4): nothing proves it.
      'intent stored, no stack byte yet': { says: 'needs-help', ...onlyCounted, ...unknown },
      'stacking, not past return': { says: 'needs-help', ...onlyCounted, ...unknown },
    },
  },
};

const otherProtocols = acceptorProtocols.filter((protocol) => protocol !== 'ccnet');

describe.each(otherProtocols.map((protocol) => ({ protocol, name: acceptorProtocol(protocol).name })))(
  '$name',
  ({ protocol }) => {
    const open = (): World => {
      world = new World({ protocol });
      return world;
    };

    test('three notes, Pay: stacked, credited, printed', async () => {
      open();
      await world.toAttract();
      await world.toCash();
      for (const tenge of [500, 20_000, 2_000]) await world.pay(tenge);
      await world.press('pay');
      const shown = await world.until('result', 15_000, (screen) => screen.print === 'printed');
      expect(shown).toMatchObject({ result: { kind: 'credited' }, amountMinor: 2_250_000 });
      await expectMoneySoon(world, { boxedTenge: 22_500, creditedTenge: 22_500 });
      await expectNextVisitorServed(world);
    });

    describe.each(Object.keys(mishaps))('%s', (name) => {
      const mishap = mishaps[name];
      const outcomes = Object.entries({ ...ends[name], ...others[protocol]?.[name] });
      test.each(outcomes)('%s', async (stage, outcome) => {
        if (mishap === undefined) throw new Error(`no mishap ${name}`);
        await walkMishap(open(), { ...outcome, stage: stage as Stage }, mishap);
      });
    });

    test.each([
      ['another currency', foreignNote(), 'unreadable'],
      ['unreadable', tengeNote(5_000, 'unreadable'), 'unreadable'],
      ['doubtful', tengeNote(5_000, 'doubtful'), 'kind-not-accepted'],
      ['of a kind that the operator does not take', tengeNote(200), 'kind-not-accepted'],
    ] satisfies readonly (readonly [string, NoteKind, string])[])(
      'a note that is %s comes back with its reason, and the visit goes on',
      async (_name, note, reason) => {
        open();
        await bringTo(world, 'between notes');
        world.mechanics.insert(note);
        const shown = await world.until('cash', 5_000, (screen) => screen.comingBackCount === 1);
        expect(shown).toMatchObject({ comingBack: reason });
        await world.clock.advance(2_000);
        expect(world.mechanics.take()).toMatchObject({ valueMinor: note.valueMinor });
        await world.clock.advance(1_000);
        await world.pay(500);
        await finishVisit(world);
        await expectMoneySoon(world, { boxedTenge: 7_500, creditedTenge: 7_500 });
      },
    );

    const reversed: readonly TaughtNote[] = [20_000, 10_000, 5_000, 2_000, 1_000, 500].map((tenge) =>
      tengeNote(tenge),
    );
    const roubles: readonly TaughtNote[] = [{ ...tengeNote(1_000), currency: 'RUB' }];

    test('a data set in another order after a power cut: each note counts for what it is', async () => {
      open();
      await bringTo(world, 'between notes');
      world.mechanics.powerOff();
      await world.clock.advance(7_000);
      world.acceptor.teach(reversed);
      world.mechanics.powerOn();
      await world.until('cash', 20_000, (screen) => screen.isAcceptorOpen);
      await world.pay(500);
      await world.pay(20_000);
      await finishVisit(world);
      await expectMoneySoon(world, { boxedTenge: 27_500, creditedTenge: 27_500 });
      await expectNextVisitorServed(world);
    });

    test.each([
      ['is of another currency', roubles, 'acceptor-absent'],
      ['holds nothing that the operator takes', [tengeNote(200)], 'acceptor-fault'],
    ] satisfies readonly (readonly [string, readonly TaughtNote[], string])[])(
      'a data set that %s after a power cut: what was counted is paid, and nothing more is sold',
      async (_name, notes, reason) => {
        open();
        await bringTo(world, 'between notes');
        world.mechanics.powerOff();
        await world.clock.advance(7_000);
        world.acceptor.teach(notes);
        world.mechanics.powerOn();
        await untilScreen(world, `cash, stopped: ${reason}`);
        await world.clock.advance(10_000);
        expectTakesNoNote(world);
        await finishVisit(world);
        await untilScreen(world, `out of service: ${reason}`);
        await expectMoneySoon(world, both);
      },
    );

    test('another unit is put in its place during a visit: it is asked who it is, and the visit goes on', async () => {
      open();
      await bringTo(world, 'between notes');
      world.acceptorLine.unplug();
      await world.clock.advance(20_000);
      const mechanics = new AcceptorMechanics(world.clock, realTimings);
      const spare = acceptorFace(protocol, world.clock, mechanics);
      spare.teach(reversed);
      mechanics.powerOn();
      world.acceptorPort.swap(spare);
      world.acceptorLine.plug();
      await world.until('cash', 20_000, (screen) => screen.isAcceptorOpen);
      mechanics.insert(tengeNote(500));
      await world.until('cash', 10_000, (screen) => screen.insertedMinor === 750_000);
      await finishVisit(world);
      await world.clock.advance(10_000);
      expect(world.creditedMinor()).toBe(750_000);
    });

    test('a looped-back cable at the start: named, and nothing is sold', async () => {
      open();
      world.acceptorPort.swap(loopedBackCable(world.clock));
      await world.boot();
      await untilScreen(world, outOfService, 90_000);
      await world.clock.advance(600_000);
      expect(screenName(world)).toBe(outOfService);
      expect(readBooks(world).alarmsStanding).toEqual(['acceptor-trouble looped-back']);
    });
  },
);
