import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectMoneySoon, readBooks } from './expect-money.ts';
import { bringTo, finishVisit, untilScreen } from './stages.ts';
import { onlyCounted } from './walk-mishap.ts';
import { World } from './world.ts';

/*
 * What an acceptor says after its books were shut on a note. A word about one note must never be taken for a word about
 * another: an unknown note that lies in the cassette is somebody's money until persons have counted.
 */

const unknownInCassette = { boxedTenge: 7_000, creditedTenge: 2_000, unknownTenge: [5_000] } as const;

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

/** The power goes when the note is in the cassette and before the acceptor could say so: nobody can place it. */
async function losesReport(): Promise<void> {
  await bringTo(world, 'stacked, untold');
  world.mechanics.powerOff();
  await world.clock.advance(8_000);
  world.mechanics.powerOn();
  await world.clock.advance(15_000);
  await finishVisit(world);
  await world.until('attract', 60_000);
  expect(states()).toEqual(['stacked', 'unknown']);
}

function states(): readonly string[] {
  return readBooks(world).notes.map(({ state }) => state);
}

describe('the next visitor’s note goes back, and the unknown one stays unknown', () => {
  test.each(['only-13', 'returning', 'returned'] as const)(
    'after a power cut (%s)',
    async (whileEjecting) => {
      world.acceptor.changeSettings({ whileEjecting });
      await losesReport();
      await world.toCash('7010000007');
      world.insert(1_000);
      await world.clock.advance(600);
      world.mechanics.powerOff();
      await world.clock.advance(2_000);
      world.mechanics.powerOn();
      await world.clock.advance(10_000);
      await finishVisit(world);
      await expectMoneySoon(world, unknownInCassette);
    },
  );

  test('found in escrow by a process that has just started', async () => {
    await losesReport();
    await world.toCash('7010000007');
    world.insert(1_000);
    await world.clock.advance(100);
    world.kill();
    await world.clock.advance(4_000);
    await world.boot();
    await world.clock.advance(10_000);
    await finishVisit(world);
    await expectMoneySoon(world, unknownInCassette);
  });
});

describe('power that was gone for a moment between intent and credit', () => {
  test.each([1_500, 3_500])('%i ms: the note is paid, and in doubt on the slips', async (ms) => {
    await bringTo(world, 'stacking, past return');
    world.mechanics.powerOff();
    await world.clock.advance(ms);
    world.mechanics.powerOn();
    await world.clock.advance(15_000);
    await finishVisit(world);
    const { notes } = await expectMoneySoon(world, { boxedTenge: 7_000, creditedTenge: 7_000 });
    expect(notes.map(({ inDoubt }) => inDoubt)).toEqual([0, 1]);
  });
});

test('the cassette is pulled over a note that nobody has taken back: the visit ends all the same', async () => {
  let delayMs = 0;
  world.wrapStore = (store) => ({
    ...store,
    commit: async (facts, wallMs) => {
      const committed = await store.commit(facts, wallMs);
      const isLate = delayMs > 0 && facts.some(({ kind }) => kind === 'note-intended');
      if (isLate) await new Promise<void>((resolve) => world.clock.setTimer(delayMs, resolve));
      return committed;
    },
  });
  await bringTo(world, 'cash, nothing in yet');
  await world.pay(2_000);
  await world.until('cash', 5_000, ({ isAcceptorOpen }) => isAcceptorOpen);
  delayMs = 2_500;
  world.insert(5_000);
  await untilScreen(world, 'cash: take your note', 10_000);
  world.mechanics.removeCassette();
  await untilScreen(world, 'needs-help', 60_000);
  await expectMoneySoon(world, { ...onlyCounted, unknownTenge: [5_000] });
});
