import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readBooks } from './expect-money.ts';
import { expectNextVisitorServed, expectTakesNoNote } from './next-visitor.ts';
import { bringTo, screenName, untilScreen } from './stages.ts';
import { World } from './world.ts';

/*
 * The backend answers, and the answer is not "credited": accepted for later, refused, or a contradiction under a good
 * signature. Money is never lost by it; where a person is needed the visitor is told so (money rule M9).
 */

const minuteMs = 60_000;

let world: World;
beforeEach(async () => {
  world = new World({ settings: { promiseMinutes: 5 } });
  await bringTo(world, 'between notes');
});
afterEach(() => world.close());

function topUps(): readonly (string | null)[] {
  return readBooks(world)
    .operations.map(({ topUp }) => topUp)
    .filter((topUp) => topUp !== null);
}

function lastShown(): unknown {
  const { screen } = world.views.at(-1) ?? {};
  return screen?.kind === 'result' ? screen.result : undefined;
}

describe('accepted for later', () => {
  test('with a promised time: it is said, and turns to credited on the screen', async () => {
    world.backend.faults.add({ kind: 'accept', creditAfterMs: 20_000, promises: true });
    await world.press('pay');
    const { result } = await world.until('result', 2_000);
    expect(result).toMatchObject({ kind: 'accepted', late: false, byMs: expect.any(Number) });
    await world.until('result', 40_000, (shown) => shown.result.kind === 'credited');
  });

  test('without one: no time is made up', async () => {
    world.backend.faults.add({ kind: 'accept', creditAfterMs: 3 * minuteMs, promises: false });
    await world.press('pay');
    const { result } = await world.until('result', 2_000);
    expect(result).toEqual({ kind: 'accepted', late: false });
    await world.press('done');
    await world.clock.advance(10 * minuteMs);
    expect(topUps()).toEqual(['credited']);
  });

  test('a promise that passes while the visitor stands there turns into the red sign', async () => {
    world.backend.faults.add({ kind: 'accept', creditAfterMs: 15_000, promises: true });
    await world.press('pay');
    await world.until('result', 2_000);
    world.network.plugged = false;
    await world.clock.advance(14_000);
    expect(lastShown()).toMatchObject({ kind: 'accepted', late: false });
    await world.clock.advance(2_000);
    expect(lastShown()).toMatchObject({ kind: 'accepted', late: true });
  });

  test('a promise broken for good is an alarm', async () => {
    world.backend.faults.add({ kind: 'accept', creditAfterMs: 60 * minuteMs, promises: false });
    await world.press('pay');
    await world.clock.advance(10 * minuteMs);
    expect(readBooks(world).alarmsStanding).toContainEqual(expect.stringMatching(/^promise-broken /));
  });
});

describe('refused', () => {
  test.each([true, false])(
    'retryable: %s. Needs help with a number; the money waits for a person',
    async (retryable) => {
      world.backend.faults.add({ kind: 'refuse', reason: 'wallet-closed', retryable }, { call: 'top-up' });
      await world.press('pay');
      const { result, amountMinor } = await world.until('result', 2_000);
      expect(result).toMatchObject({ kind: 'needs-help', claimNumber: expect.stringMatching(/\d/) });
      expect(amountMinor).toBe(700_000);
      const printed = await world.until('result', 15_000, ({ print }) => print === 'printed');
      expect(printed.result.kind).toBe('needs-help');
      await world.press('done');
      world.backend.faults.clear();
      await world.clock.advance(20 * minuteMs);
      expect(topUps()).toEqual(['refused']);
      expect(world.creditedMinor()).toBe(0);
      expect(readBooks(world).alarmsStanding).toContainEqual(expect.stringMatching(/^top-up-refused /));
      await expectNextVisitorServed(world);
    },
  );

  test('only after the visit had ended as accepted: the screen turns, the slip stays true', async () => {
    const mend = world.backend.faults.add({ kind: 'drop-before' });
    world.backend.faults.add(
      { kind: 'refuse', reason: 'wallet-closed', retryable: false },
      { call: 'top-up' },
    );
    await world.press('pay');
    await world.until('result', 10_500, ({ result }) => result.kind === 'accepted');
    mend();
    await world.until('result', 45_000, ({ result }) => result.kind === 'needs-help');
    expect(topUps()).toEqual(['refused']);
  });
});

describe('a contradiction under a good signature', () => {
  test.each(['wrong-id', 'wrong-amount', 'wrong-wallet'] as const)(
    '%s: parked with an alarm, needs help',
    async (kind) => {
      world.backend.faults.add({ kind }, { call: 'top-up', times: 1 });
      await world.press('pay');
      await world.until('result', 2_000, ({ result }) => result.kind === 'needs-help');
      await world.press('done');
      expect(topUps()).toEqual(['parked']);
      expect(readBooks(world).alarmsStanding).toContainEqual(expect.stringMatching(/^answer-mismatch /));
      await world.clock.advance(20 * minuteMs);
      expect(topUps()).toEqual(['parked']);
      expect(screenName(world)).toBe('attract');
      await expectNextVisitorServed(world);
    },
  );

  test('three in a row stop sales, through a restart too', async () => {
    world.backend.faults.add({ kind: 'wrong-amount' }, { call: 'top-up' });
    await world.press('pay');
    for (let visits = 2; visits <= 3; visits += 1) {
      await world.until('result', 2_000, ({ result }) => result.kind === 'needs-help');
      await world.press('done');
      expect(screenName(world)).toBe('attract');
      await world.toCash();
      await world.pay(1_000);
      await world.press('pay');
    }
    await world.until('result', 2_000, ({ result }) => result.kind === 'needs-help');
    await world.press('done');
    await untilScreen(world, 'out of service: answers-wrong', 1_000);
    expectTakesNoNote(world);
    world.backend.faults.clear();
    await world.restart();
    await untilScreen(world, 'out of service: answers-wrong');
    await world.clock.advance(20 * minuteMs);
    expect(screenName(world)).toBe('out of service: answers-wrong');
    expect(topUps()).toEqual(['parked', 'parked', 'parked']);
  });

  test('two, and then a true one, do not', async () => {
    world.backend.faults.add({ kind: 'wrong-amount' }, { call: 'top-up', times: 2 });
    await world.press('pay');
    for (let visits = 2; visits <= 4; visits += 1) {
      await world.until('result', 2_000);
      await world.press('done');
      if (visits === 4) world.backend.faults.add({ kind: 'wrong-amount' }, { call: 'top-up', times: 2 });
      await world.toCash();
      await world.pay(1_000);
      await world.press('pay');
    }
    await world.until('result', 2_000);
    await world.press('done');
    expect(screenName(world)).toBe('attract');
  });
});
