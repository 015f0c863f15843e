import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WalletFault } from '../../simulator/wallet/faults.ts';
import { expectMoney, expectMoneySoon } from './expect-money.ts';
import { expectNextVisitorServed } from './next-visitor.ts';
import { bringTo, finishVisit, stages } from './stages.ts';
import { World } from './world.ts';

/*
 * The backend cannot be reached, or what comes back proves nothing (money rule M9). Before cash that means no sale, or the
 * offline rule; after cash it means "recorded and on its way", and the queue sees to the rest.
 */

const minuteMs = 60_000;
const digits = '7010000001';

let world: World;
beforeEach(async () => {
  world = new World();
});
afterEach(() => world.close());

/** Every way in which no answer that counts comes back. */
const silences: readonly (readonly [name: string, fault: WalletFault | 'unplugged'])[] = [
  ['the cable is out', 'unplugged'],
  ['the request is lost', { kind: 'drop-before' }],
  ['the answer is lost', { kind: 'drop-after' }],
  ['the answer stops half-way', { kind: 'stall' }],
  ['the answer takes 30 s', { kind: 'slow', delayMs: 30_000 }],
  ['a gateway answers 503', { kind: 'gateway-error', status: 503 }],
  ['it has an error of its own', { kind: 'server-error' }],
  ['it has too many requests', { kind: 'too-many-requests', retryAfterS: 2 }],
  ['the answer is not signed', { kind: 'unsigned' }],
  ['the answer is forged', { kind: 'bad-signature' }],
];

/** Gives what mends it. */
function silence(fault: WalletFault | 'unplugged'): () => void {
  if (fault !== 'unplugged') return world.backend.faults.add(fault);
  world.network.plugged = false;
  return () => {
    world.network.plugged = true;
  };
}

async function enterNumber(): Promise<void> {
  await world.press('start', 'kk');
  await world.press('choose-top-up');
  await world.typeNumber(digits);
}

/** This terminal has lately checked the wallet and been in contact. */
async function makeKnown(): Promise<void> {
  await world.toAttract();
  await world.toConfirm(digits);
  await world.press('cancel');
}

describe('a check without an answer, for a wallet that is not known here', () => {
  test.each(silences)('%s: refused before cash within 10 s, and tried again', async (_name, fault) => {
    await world.toAttract();
    const mend = silence(fault);
    await enterNumber();
    await world.until('check-failed', 10_500, ({ reason }) => reason === 'check-failed');
    expect(world.facts.filter(({ kind }) => kind === 'operation-opened')).toEqual([]);
    mend();
    await world.press('retry');
    await world.until('confirm', 2_000, ({ offline }) => !offline);
  });
});

describe('the offline rule', () => {
  test.each(silences)('%s: a known wallet takes a small sum, typed twice', async (_name, fault) => {
    await makeKnown();
    const mend = silence(fault);
    await enterNumber();
    await world.until('number', 10_500, ({ again, offline }) => again && offline);
    await world.typeNumber(digits);
    const { limitMinor, denominations } = await world.until('confirm', 2_000, ({ offline }) => offline);
    expect(limitMinor).toBe(1_200_000);
    expect(denominations).not.toContain(2_000_000);
    await world.press('confirm');
    await world.pay(10_000);
    const { roomMinor, denominations: left } = world.screen('cash');
    expect(roomMinor).toBe(200_000);
    expect(left.filter(({ fits }) => fits).map(({ valueMinor }) => valueMinor)).toEqual([
      50_000, 100_000, 200_000,
    ]);
    await world.press('pay');
    await world.until('result', 10_500, ({ result }) => result.kind === 'accepted');
    mend();
    await world.clock.advance(20 * minuteMs);
    await expectMoneySoon(world, { boxedTenge: 10_000, creditedTenge: 10_000 });
  });

  test('another number the second time is not accepted', async () => {
    await makeKnown();
    world.network.plugged = false;
    await enterNumber();
    await world.until('number', 10_500, ({ again }) => again);
    await world.typeNumber('7010000002');
    expect(world.screen('number')).toMatchObject({ again: true, fault: 'numbers-differ', digits: '' });
  });

  test('not when the last contact is older than a quarter of an hour', async () => {
    await makeKnown();
    world.network.plugged = false;
    await world.clock.advance(16 * minuteMs);
    await enterNumber();
    await world.until('check-failed', 10_500);
  });

  test('not for a wallet last checked longer ago than is set', async () => {
    await world.close();
    world = new World({ settings: { offline: { checkedWithinHours: 1 } } });
    await makeKnown();
    await world.clock.advance(61 * minuteMs);
    world.backend.faults.add({ kind: 'server-error' }, { call: 'check' });
    await enterNumber();
    await world.until('check-failed', 10_500);
  });

  test('not for another wallet', async () => {
    await makeKnown();
    world.network.plugged = false;
    await world.press('start', 'kk');
    await world.press('choose-top-up');
    await world.typeNumber('7010000002');
    await world.until('check-failed', 10_500);
  });

  test('an answer decides, not the rule: a wallet blocked meanwhile is refused', async () => {
    await world.toAttract();
    await world.press('start', 'kk');
    await world.press('choose-top-up');
    await world.typeNumber('7010000004');
    await world.until('check-failed', 10_500, ({ reason }) => reason === 'wallet-blocked');
  });
});

describe('a payment without an answer', () => {
  test.each(silences)(
    '%s: accepted after 10 s, credited on the screen once it answers',
    async (_name, fault) => {
      await bringTo(world, 'between notes');
      const mend = silence(fault);
      await world.press('pay');
      await world.clock.advance(9_000);
      world.screen('paying');
      const { result } = await world.until('result', 1_500);
      expect(result).toEqual({ kind: 'accepted', late: false });
      mend();
      await world.until('result', 45_000, (shown) => shown.result.kind === 'credited');
      await world.until('result', 5_000, ({ print }) => print === 'printed');
      const slip = world.paper.at(-1) ?? '';
      expect(slip).toContain('30');
      await expectMoneySoon(world, { boxedTenge: 7_000, creditedTenge: 7_000 });
      await world.press('done');
      await expectNextVisitorServed(world);
    },
  );

  test('the visitor does not wait for it: the queue drains behind the next one', async () => {
    await bringTo(world, 'between notes');
    const mend = silence({ kind: 'drop-before' });
    await world.press('pay');
    await world.until('result', 10_500);
    await world.press('done');
    mend();
    await expectNextVisitorServed(world);
    await world.clock.advance(2 * minuteMs);
    expectMoney(world, { boxedTenge: 8_000, creditedTenge: 8_000 });
  });
});

describe('the cable is out', () => {
  test.each(stages)('from: $stage', async ({ stage }) => {
    await bringTo(world, stage);
    world.network.plugged = false;
    await world.clock.advance(12_000);
    await finishVisit(world);
    world.screen('attract');
    await world.clock.advance(5 * minuteMs);
    world.network.plugged = true;
    await world.clock.advance(10 * minuteMs);
    const boxedTenge = world.cassetteMinor() / 100;
    await expectMoneySoon(world, { boxedTenge, creditedTenge: boxedTenge });
    await expectNextVisitorServed(world);
  });

  test('through three visits, a restart and an hour: every sum arrives once', async () => {
    await makeKnown();
    world.network.plugged = false;
    for (const tenge of [1_000, 2_000, 5_000]) {
      await enterNumber();
      await world.until('number', 10_500, ({ again }) => again);
      await world.typeNumber(digits);
      await world.press('confirm');
      await world.pay(tenge);
      await world.press('pay');
      await world.until('result', 10_500);
      await world.press('done');
    }
    await world.restart();
    await world.clock.advance(60 * minuteMs);
    world.network.plugged = true;
    await world.clock.advance(15 * minuteMs);
    await expectMoneySoon(world, { boxedTenge: 8_000, creditedTenge: 8_000 });
  });
});

describe('the network plays tricks', () => {
  test.each<readonly [string, WalletFault]>([
    ['requests arrive twice', { kind: 'duplicate' }],
    ['answers overtake one another', { kind: 'reorder', delayMsMax: 6_000 }],
  ])('%s: credited once', async (_name, fault) => {
    await bringTo(world, 'between notes');
    world.backend.faults.add(fault);
    await world.press('pay');
    await world.until('result', 10_500);
    await world.clock.advance(5 * minuteMs);
    world.backend.faults.clear();
    await world.clock.advance(10 * minuteMs);
    await expectMoneySoon(world, { boxedTenge: 7_000, creditedTenge: 7_000 });
  });
});
