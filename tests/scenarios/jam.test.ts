import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectMoney, expectMoneySoon, readBooks } from './expect-money.ts';
import { expectTakesNoNote } from './next-visitor.ts';
import { bringTo, finishVisit, isRecorded, screenName, stages, untilScreen } from './stages.ts';
import { both, type Mishap, nothing, type Outcome, onlyCounted, walkMishap } from './walk-mishap.ts';
import { World } from './world.ts';

/*
 * Paper stuck in the machine (CCNET 43 and 44). A recorded note is in doubt at once and the visit ends honestly; what the
 * device says after service decides, and only that.
 */

const outOfService = 'out of service: acceptor-fault';
const stopped = 'cash, stopped: acceptor-fault';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

/** The terminal's own attempt at a reset comes half a minute after the fault. */
const jam = (place: 'head' | 'cassette', found: 'stays' | 'taken' | 'cassette'): Mishap => ({
  strike: ({ mechanics }) => mechanics.obstruct(place),
  mend: ({ mechanics }) => mechanics.clearJam(found),
  lastsMs: 15_000,
  settlesMs: 40_000,
});

describe('a jam in the head, cleared by a technician who leaves the note where it is', () => {
  const outcomes: readonly Outcome[] = [
    { stage: 'attract', says: outOfService, ...nothing },
    { stage: 'number', says: outOfService, ...nothing },
    { stage: 'cash, nothing in yet', says: stopped, ...nothing },
    // Not yet in the books: the reset brings it back to the customer.
    { stage: 'note accepting', says: stopped, ...onlyCounted },
    { stage: 'in escrow, untold', says: stopped, ...onlyCounted },
    // This unit says nothing about a note that goes out during its initialization: no proof, so persons decide.
    { stage: 'intent stored, no stack byte yet', says: 'needs-help', ...onlyCounted, unknownTenge: [5_000] },
    { stage: 'stacking, not past return', says: 'needs-help', ...onlyCounted, unknownTenge: [5_000] },
    { stage: 'stacking, past return', says: 'needs-help', ...both },
    { stage: 'stacked, untold', says: stopped, ...both },
    { stage: 'credited, not yet acknowledged', says: stopped, ...both },
    { stage: 'between notes', says: stopped, ...both },
    { stage: 'Pay pressed while a note moves', says: 'needs-help', ...both },
    { stage: 'paying', says: 'credited', ...both },
    { stage: 'result', says: 'credited', ...both },
  ];

  test.each(outcomes)('$stage', (outcome) => walkMishap(world, outcome, jam('head', 'stays')));
});

describe('a jam in the head, cleared by a technician who takes the note out', () => {
  const unknown = { unknownTenge: [5_000] };
  const outcomes: readonly Outcome[] = [
    { stage: 'note accepting', says: stopped, ...onlyCounted },
    { stage: 'in escrow, untold', says: stopped, ...onlyCounted },
    { stage: 'intent stored, no stack byte yet', says: 'needs-help', ...onlyCounted, ...unknown },
    { stage: 'stacking, not past return', says: 'needs-help', ...onlyCounted, ...unknown },
    { stage: 'stacking, past return', says: 'needs-help', ...onlyCounted, ...unknown },
    { stage: 'Pay pressed while a note moves', says: 'needs-help', ...onlyCounted, ...unknown },
  ];

  test.each(outcomes)('$stage', (outcome) => walkMishap(world, outcome, jam('head', 'taken')));
});

describe('a jam before the cassette, found when a note is pressed against it', () => {
  const outcomes: readonly Outcome[] = [
    { stage: 'note accepting', says: 'needs-help', ...both },
    { stage: 'in escrow, untold', says: 'needs-help', ...both },
    { stage: 'intent stored, no stack byte yet', says: 'needs-help', ...both },
    { stage: 'stacking, not past return', says: 'needs-help', ...both },
    { stage: 'stacking, past return', says: 'needs-help', ...both },
    { stage: 'Pay pressed while a note moves', says: 'needs-help', ...both },
  ];

  test.each(outcomes)('$stage', (outcome) => walkMishap(world, outcome, jam('cassette', 'stays')));

  test('the technician drops the note into the cassette: it is there, and only persons may say so', () =>
    walkMishap(
      world,
      {
        stage: 'stacking, past return',
        says: 'needs-help',
        boxedTenge: 7_000,
        creditedTenge: 2_000,
        unknownTenge: [5_000],
      },
      jam('cassette', 'cassette'),
    ));

  test('nothing was counted yet: the claim is for the note alone, and no empty top-up is sent', async () => {
    await world.toAttract();
    await world.toCash();
    world.mechanics.obstruct('cassette');
    world.insert(5_000);
    await untilScreen(world, 'needs-help');
    expect(world.screen('result')).toMatchObject({
      amountMinor: 0,
      notes: [{ valueMinor: 500_000, state: 'unknown' }],
    });
    expectTakesNoNote(world);
    const unproven = await expectMoneySoon(world, { boxedTenge: 0, creditedTenge: 0, unknownTenge: [5_000] });
    expect(unproven.operations).toMatchObject([{ end: 'needs-help', topUp: null }]);
    world.mechanics.clearJam();
    await world.clock.advance(40_000);
    const { operations } = expectMoney(world, { boxedTenge: 5_000, creditedTenge: 5_000 });
    expect(operations).toHaveLength(2);
  });
});

describe('a jam that nobody clears', () => {
  test.each(stages.filter(isRecorded).filter(({ at }) => at === 'head' || at === 'stacker'))(
    '$stage: the certain sum goes its way at once, the visit ends, and the terminal stays out of service',
    async ({ stage }) => {
      await bringTo(world, stage);
      world.mechanics.obstruct('head');
      await untilScreen(world, 'needs-help', 2_000);
      await expectMoneySoon(world, { ...onlyCounted, unknownTenge: [5_000] });
      await untilScreen(world, outOfService, 90_000);
      await world.clock.advance(600_000);
      expect(screenName(world)).toBe(outOfService);
      expectTakesNoNote(world);
      expect(readBooks(world).alarmsStanding).toContain('acceptor-trouble jam-in-head');
      expectMoney(world, { ...onlyCounted, unknownTenge: [5_000] });
    },
  );

  test('the tries end, and a restart of the terminal after the repair brings it back', async () => {
    await bringTo(world, 'stacking, past return');
    world.mechanics.obstruct('head');
    await world.clock.advance(300_000);
    world.mechanics.clearJam();
    await world.restart();
    await world.until('attract', 60_000);
    await expectMoneySoon(world, both);
  });
});

test('the next visitor pays in the same kind of note: it is theirs, and proves nothing about the unknown one', async () => {
  await bringTo(world, 'stacking, past return');
  world.mechanics.obstruct('cassette');
  await untilScreen(world, 'needs-help');
  world.mechanics.clearJam('taken');
  await world.clock.advance(40_000);
  await finishVisit(world);
  await world.toCash('7010000007');
  await world.pay(5_000);
  await world.press('pay');
  await world.until('result', 15_000);
  await expectMoneySoon(world, { ...both, unknownTenge: [5_000] });
  expect(world.backend.ledger.balanceMinor('+77010000007')).toBe(500_000);
});
