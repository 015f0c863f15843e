import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectMoneySoon, readBooks } from './expect-money.ts';
import { expectNextVisitorServed, expectTakesNoNote } from './next-visitor.ts';
import { bringTo, finishVisit, screenName, untilScreen } from './stages.ts';
import { both, nothing } from './walk-mishap.ts';
import { World } from './world.ts';

/*
 * A note that comes when none is taken any more. Either it stays in the hand, or it is drawn in by an acceptor that has
 * not heard yet and comes out again; it is never in the sum of this visit, nor in anybody's.
 */

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

/** What the note did: stayed in the hand, came back, or was still counted. */
function fateOf(tenge: number): 'refused' | 'came back' | 'counted' {
  const events = world.acceptorEvents.filter(
    (event) => 'note' in event && event.note.valueMinor === tenge * 100,
  );
  const kinds = events.map((event) => event.kind);
  if (kinds.includes('note-refused')) return 'refused';
  return kinds.includes('note-stacked') ? 'counted' : 'came back';
}

describe('around the touch of Pay', () => {
  /** From before the note is drawn in unseen to well after the acceptor is disabled. */
  const afterPayMs = [-1_500, -400, -200, -100, -60, -30, -10, 0, 5, 10, 20, 30, 60, 100, 200, 400, 1_000];

  test.each(afterPayMs)('%i ms after it', async (ms) => {
    await bringTo(world, 'between notes');
    const insert = (): void => world.insert(10_000);
    if (ms < 0) insert();
    await world.clock.advance(Math.max(0, -ms));
    await world.tap('pay');
    if (ms >= 0) {
      await world.clock.advance(ms);
      insert();
    }
    await untilScreen(world, 'credited', 20_000);
    await world.clock.advance(3_000);
    const fate = fateOf(10_000);

    const paid = fate === 'counted' ? 17_000 : 7_000;
    expect(world.screen('result').amountMinor).toBe(paid * 100);
    if (ms >= 400) expect(fate).toBe('refused');
    if (ms <= -400) expect(fate).toBe('counted');
    expectTakesNoNote(world);
    await finishVisit(world);
    await expectMoneySoon(world, { boxedTenge: paid, creditedTenge: paid });
    await expectNextVisitorServed(world);
  });
});

describe('around the touch of Cancel', () => {
  test.each([-400, -200, -100, -50, -10, 0, 10, 50, 100, 300])('%i ms after it', async (ms) => {
    await bringTo(world, 'cash, nothing in yet');
    await world.clock.advance(1_000);
    if (ms < 0) world.insert(10_000);
    await world.clock.advance(Math.max(0, -ms));
    const isOffered = world.view.offers.some(({ action }) => action === 'cancel');
    if (isOffered) await world.tap('cancel');
    else expect(ms).toBeLessThanOrEqual(-50);
    if (ms >= 0) {
      await world.clock.advance(ms);
      world.insert(10_000);
    }
    await world.clock.advance(6_000);
    const fate = fateOf(10_000);

    expect(fate === 'counted').toBe(!isOffered);
    await finishVisit(world);
    const paid = isOffered ? 0 : 10_000;
    await expectMoneySoon(world, { boxedTenge: paid, creditedTenge: paid });
    await expectNextVisitorServed(world);
  });
});

describe('around the question "still here?"', () => {
  const question = 'still here? else pays';

  test.each([-300, -100, 0, 50, 100, 200, 1_000])(
    '%i ms after it has come up, and nobody answers: this wallet gets what is in, and the note is not lost',
    async (ms) => {
      await bringTo(world, 'between notes');
      await world.clock.advanceUntil(() => screenName(world) === question, 60_000, question, 1);
      await finishVisit(world);
      await world.toCash();
      await world.pay(1_000);
      const shownMonoMs = world.clock.monoMs();
      await world.clock.advanceUntil(() => screenName(world) === question, 60_000, question, 1);
      const waitedMs = world.clock.monoMs() - shownMonoMs;
      await world.tap('continue');
      // The same wait once more, so that the note can come before the question does.
      await world.clock.advance(waitedMs + ms - 1_000);
      await world.clock.advanceUntil(
        () => ms < 0 || screenName(world) === question,
        5_000,
        'the question again',
        1,
      );
      await world.clock.advance(Math.max(0, ms));
      world.insert(10_000);
      await world.clock.advance(4_000);
      world.mechanics.take();
      await untilScreen(world, 'attract', 180_000);
      const fate = fateOf(10_000);

      const paid = fate === 'counted' ? 18_000 : 8_000;
      await expectMoneySoon(world, { boxedTenge: paid, creditedTenge: paid });
      await expectNextVisitorServed(world);
    },
  );

  test('while it stands the mouth stays shut', async () => {
    await bringTo(world, 'between notes');
    await world.clock.advanceUntil(() => screenName(world) === question, 60_000, question, 10);
    await world.clock.advance(500);
    expectTakesNoNote(world);
    await untilScreen(world, 'credited', 30_000);
    await expectMoneySoon(world, both);
  });
});

describe('left in the mouth by the last visitor', () => {
  test('nobody after them is paid with it, and it is theirs to take', async () => {
    await bringTo(world, 'between notes');
    world.insert(10_000);
    await world.tap('pay');
    await untilScreen(world, 'credited', 20_000);
    await world.clock.advance(3_000);
    await world.press('done');
    await world.until('attract', 5_000);
    expect(world.mechanics.mouth?.note.valueMinor).toBe(1_000_000);
    await world.toConfirm('7010000007');
    await world.press('confirm');
    await world.clock.advance(4_000);
    expect(world.screen('cash').insertedMinor).toBe(0);
    world.mechanics.take();
    await world.pay(1_000);
    await finishVisit(world);
    await expectMoneySoon(world, { boxedTenge: 8_000, creditedTenge: 8_000 });
    expect(world.backend.ledger.balanceMinor('+77010000007')).toBe(100_000);
  });
});

test('when nobody is there: the mouth is shut on every screen without cash', async () => {
  await world.toAttract();
  expectTakesNoNote(world);
  await world.press('start', 'kk');
  expectTakesNoNote(world);
  await world.press('choose-top-up');
  expectTakesNoNote(world);
  await world.typeNumber('7010000001');
  expectTakesNoNote(world);
  await world.until('confirm', 11_000);
  expectTakesNoNote(world);
  await finishVisit(world);
  await expectMoneySoon(world, nothing);
  expect(readBooks(world).notes).toEqual([]);
});
