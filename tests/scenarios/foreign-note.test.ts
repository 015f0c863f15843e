import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AcceptorMechanics } from '../../simulator/devices/acceptor/mechanics.ts';
import { foreignNote, type NoteKind, tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { realTimings } from '../../simulator/devices/acceptor/timings.ts';
import { CcnetAcceptor } from '../../simulator/devices/ccnet/acceptor.ts';
import { tengeRecord, tengeTable } from '../../simulator/devices/ccnet/bill-table.ts';
import { usualCcnetSettings } from '../../simulator/devices/ccnet/settings.ts';
import { loopedBackCable, modem } from '../../simulator/devices/strangers.ts';
import { expectMoneySoon, readBooks } from './expect-money.ts';
import { expectNextVisitorServed, expectTakesNoNote } from './next-visitor.ts';
import { bringTo, finishVisit, type Stage, untilScreen } from './stages.ts';
import { both, type Mishap, nothing, type Outcome, onlyCounted, walkMishap } from './walk-mishap.ts';
import { World } from './world.ts';

/*
 * Money that is not ours, notes that no reader likes, a unit that speaks of other notes than before, and things on the
 * port that are no acceptor at all.
 */

const outOfService = 'out of service: acceptor-absent';
const stopped = 'cash, stopped: acceptor-absent';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

// ---------------------------------------------------------------- notes

const strangers: readonly (readonly [string, NoteKind, string])[] = [
  ['another currency', foreignNote(), 'unreadable'],
  ['unreadable', tengeNote(5_000, 'unreadable'), 'unreadable'],
  ['crooked', tengeNote(5_000, 'crooked'), 'unreadable'],
  // Never called a forgery.
  ['doubtful', tengeNote(5_000, 'doubtful'), 'kind-not-accepted'],
  ['of a kind that the unit knows and the operator does not take', tengeNote(200), 'kind-not-accepted'],
  ['of a kind that nobody knows', tengeNote(50_000), 'unreadable'],
];

describe.each(strangers)('a note that is %s', (_name, note, reason) => {
  test.each([
    ['cash, nothing in yet', nothing],
    ['between notes', both],
  ] as const)('%s: comes back with its own reason, and the visit goes on', async (stage, money) => {
    await bringTo(world, stage);
    for (const times of [1, 2]) {
      world.mechanics.insert(note);
      const shown = await world.until('cash', 5_000, (screen) => screen.comingBackCount === times);
      expect(shown).toMatchObject({ comingBack: reason, insertedMinor: money.boxedTenge * 100 });
      await world.clock.advance(2_000);
      expect(world.mechanics.take()).toMatchObject({ valueMinor: note.valueMinor });
      await world.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
    }
    await world.pay(500);
    expect(world.screen('cash')).toMatchObject({ comingBackCount: 0 });
    await finishVisit(world);
    const paid = money.boxedTenge + 500;
    const { notes } = await expectMoneySoon(world, { boxedTenge: paid, creditedTenge: paid });
    expect(notes.every(({ state }) => state === 'stacked')).toBe(true);
    await expectNextVisitorServed(world);
  });

  test.each(['attract', 'number', 'paying', 'result'] satisfies Stage[])(
    '%s: stays in the hand',
    async (stage) => {
      await bringTo(world, stage);
      await world.clock.advance(1_000);
      world.mechanics.insert(note);
      expect(world.acceptorEvents.at(-1)).toMatchObject({ kind: 'note-refused' });
    },
  );
});

describe('a note over the limit', () => {
  test('goes back with "use a smaller one"; smaller ones still fit, and in the end none', async () => {
    await world.toAttract();
    await world.toCash('7010000003');
    expect(world.screen('cash').roomMinor).toBe(1_250_000);
    await world.pay(10_000);
    const room = await world.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
    expect(room.denominations.filter(({ fits }) => !fits).map(({ valueMinor }) => valueMinor)).toEqual([
      500_000, 1_000_000, 2_000_000,
    ]);
    world.insert(5_000);
    await world.until('cash', 5_000, (screen) => screen.comingBack === 'over-limit');
    await world.clock.advance(2_000);
    world.mechanics.take();
    await world.pay(2_000);
    await world.pay(500);
    await world.clock.advance(2_000);
    expect(world.screen('cash')).toMatchObject({ roomMinor: 0, insertedMinor: 1_250_000 });
    expectTakesNoNote(world);
    await finishVisit(world);
    await expectMoneySoon(world, { boxedTenge: 12_500, creditedTenge: 12_500 });
    await expectNextVisitorServed(world);
  });

  test('pushed in behind the one that uses up the limit: it goes back', async () => {
    await world.toAttract();
    await world.toCash('7010000003');
    world.insert(10_000);
    await world.clock.advance(1_700);
    world.insert(5_000);
    await world.until('cash', 10_000, (screen) => screen.comingBack === 'over-limit');
    await world.clock.advance(2_000);
    await finishVisit(world);
    await expectMoneySoon(world, { boxedTenge: 10_000, creditedTenge: 10_000 });
  });
});

test('a kind that the operator has switched off goes back', async () => {
  await world.close();
  world = new World({ settings: { denominations: [1_000, 2_000, 5_000] } });
  await bringTo(world, 'between notes');
  for (const tenge of [500, 10_000]) {
    // The unit has let the note before go.
    await world.clock.advance(500);
    world.insert(tenge);
    await world.until('cash', 5_000, (screen) => screen.comingBack === 'kind-not-accepted');
    await world.clock.advance(2_000);
    world.mechanics.take();
    await world.pay(1_000);
  }
  await finishVisit(world);
  await expectMoneySoon(world, { boxedTenge: 9_000, creditedTenge: 9_000 });
});

// ---------------------------------------------------------------- another table, another unit

describe('a bill table that has changed', () => {
  const changes: readonly (readonly [string, () => void | Promise<void>, () => void | Promise<void>])[] = [
    ['after a power cut', () => world.mechanics.powerOff(), () => world.mechanics.powerOn()],
    ['after the cable was pulled', () => world.acceptorLine.unplug(), () => world.acceptorLine.plug()],
  ];

  test.each(changes)('%s, in another order: each note counts for what it is', async (_name, strike, mend) => {
    await bringTo(world, 'between notes');
    await strike();
    await world.clock.advance(7_000);
    world.acceptor.changeSettings({ billTable: tengeTable.toReversed() });
    await mend();
    await world.until('cash', 20_000, (screen) => screen.isAcceptorOpen);
    await world.pay(500);
    await world.pay(20_000);
    await finishVisit(world);
    await expectMoneySoon(world, { boxedTenge: 27_500, creditedTenge: 27_500 });
    await expectNextVisitorServed(world);
  });

  test.each([
    ['is of another currency', [{ ...tengeRecord(1_000, 3, 'RUS'), currency: 'RUB' }], 'acceptor-absent'],
    ['is empty', [], 'acceptor-absent'],
    ['holds nothing that the operator takes', [tengeRecord(200, 2)], 'acceptor-fault'],
  ] as const)('%s: what was counted is paid, and nothing more is sold', async (_name, billTable, reason) => {
    await bringTo(world, 'between notes');
    world.mechanics.powerOff();
    await world.clock.advance(7_000);
    world.acceptor.changeSettings({ billTable });
    world.mechanics.powerOn();
    await untilScreen(world, `cash, stopped: ${reason}`);
    await world.clock.advance(10_000);
    expectTakesNoNote(world);
    await finishVisit(world);
    await untilScreen(world, `out of service: ${reason}`);
    await expectMoneySoon(world, both);
  });

  test('another unit is put in its place during a visit: it is asked who it is, and the visit goes on', async () => {
    await bringTo(world, 'between notes');
    world.acceptorLine.unplug();
    await world.clock.advance(20_000);
    const mechanics = new AcceptorMechanics(world.clock, realTimings);
    const spare = new CcnetAcceptor(world.clock, mechanics, {
      ...usualCcnetSettings,
      serialNumber: '21KC00009999',
      billTable: tengeTable.toReversed(),
    });
    mechanics.powerOn();
    world.acceptorPort.swap(spare);
    world.acceptorLine.plug();
    await world.until('cash', 20_000, (screen) => screen.isAcceptorOpen);
    mechanics.insert(tengeNote(500));
    await world.until('cash', 10_000, (screen) => screen.insertedMinor === 750_000);
    await finishVisit(world);
    await world.clock.advance(10_000);
    expect(world.creditedMinor()).toBe(750_000);
    expect(world.cassetteMinor() + (mechanics.cassette?.totalMinor('KZT') ?? 0)).toBe(750_000);
    const seen = world.facts.flatMap((fact) => (fact.kind === 'acceptor-seen' ? [fact.serialNumber] : []));
    expect(seen).toEqual(['21KC00004711', '21KC00009999']);
  });
});

// ---------------------------------------------------------------- no acceptor at all

describe.each([
  ['a looped-back cable', loopedBackCable, 'looped-back'],
  ['a modem', modem, 'no-answer'],
] as const)('%s on the port', (_name, stranger, fault) => {
  const swapped: Mishap = {
    strike: ({ acceptorPort, clock }) => acceptorPort.swap(stranger(clock)),
    mend: ({ acceptorPort, acceptor }) => acceptorPort.swap(acceptor),
    leavesItEnabled: true,
    lastsMs: 6_000,
    settlesMs: 25_000,
  };
  const outcomes: readonly Outcome[] = [
    { stage: 'attract', says: outOfService, ...nothing },
    { stage: 'number', says: outOfService, ...nothing },
    { stage: 'cash, nothing in yet', says: stopped, ...nothing },
    { stage: 'note accepting', says: stopped, ...onlyCounted },
    { stage: 'in escrow, untold', says: stopped, ...onlyCounted },
    { stage: 'intent stored, no stack byte yet', says: stopped, ...onlyCounted },
    { stage: 'stacking, not past return', says: stopped, ...both },
    { stage: 'stacking, past return', says: stopped, ...both },
    { stage: 'stacked, untold', says: stopped, ...both },
    { stage: 'credited, not yet acknowledged', says: stopped, ...both },
    { stage: 'between notes', says: stopped, ...both },
    { stage: 'Pay pressed while a note moves', says: 'counting', ...both },
    { stage: 'paying', says: 'credited', ...both },
    { stage: 'result', says: 'credited', ...both },
  ];

  test.each(outcomes)('$stage', async (outcome) => {
    await walkMishap(world, outcome, swapped);
    expect(readBooks(world).alarmsRaised).toEqual([`acceptor-trouble ${fault}`]);
  });

  test('at the start: named, and nothing is sold', async () => {
    world.acceptorPort.swap(stranger(world.clock));
    await world.boot();
    await untilScreen(world, outOfService, 90_000);
    await world.clock.advance(600_000);
    await untilScreen(world, outOfService, 1_000);
    expect(readBooks(world).alarmsStanding).toEqual([`acceptor-trouble ${fault}`]);
  });
});
