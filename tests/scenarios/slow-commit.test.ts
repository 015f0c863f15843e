import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TapRecord, tapLink } from '../../hardware/link/tap.ts';
import type { Fact } from '../../terminal/facts.ts';
import { limits } from '../../terminal/limits.ts';
import { expectMoneySoon } from './expect-money.ts';
import { expectNextVisitorServed, expectTakesNoNote } from './next-visitor.ts';
import { slowFor } from './slow-disk.ts';
import { World } from './world.ts';

/*
 * A disk that takes its time. Nothing is shown, sent or stacked before it is durable; a note whose intent comes too late
 * goes back, because by then nobody knows whose it is (money rules M3, M6, M7).
 */

const tenge = 5_000;
const boxed = { boxedTenge: tenge, creditedTenge: tenge };

let world: World;
let wire: TapRecord[];
let slow: { readonly kind: Fact['kind'] | 'any'; readonly ms: number };

beforeEach(async () => {
  world = new World();
  wire = [];
  slow = { kind: 'any', ms: 0 };
  world.wrapLink = (link, device) =>
    device === 'acceptor' ? tapLink(link, world.clock, (record) => wire.push(record)) : link;
  world.wrapStore = (store) => ({
    ...store,
    commit: (facts, wallMs) => {
      const kind = slow.kind === 'any' ? facts[0]?.kind : slow.kind;
      if (kind === undefined) return store.commit(facts, wallMs);
      return slowFor(kind, () => slow.ms, world.clock)(store).commit(facts, wallMs);
    },
  });
  await world.toAttract();
});
afterEach(() => world.close());

/** When the host wrote that command, CCNET §5. */
function timesOf(command: number): number[] {
  return wire.flatMap((record) =>
    record.kind === 'to-device' && record.bytes[3] === command ? [record.monoMs] : [],
  );
}

/** When the acceptor first said that a note is in escrow, for each note. */
function escrowTimes(): number[] {
  const states = wire.filter((record) => record.kind === 'from-device' && isState(record.bytes));
  return states.flatMap((record, index) => {
    const before = states[index - 1];
    const isFirst = stateOf(record) === 0x80 && (before === undefined || stateOf(before) !== 0x80);
    return isFirst ? [record.monoMs] : [];
  });
}

function isState(frame: Uint8Array): boolean {
  return (frame.length === 6 || frame.length === 7) && frame[3] !== 0x00;
}

function stateOf(record: TapRecord): number | undefined {
  return record.kind === 'from-device' ? record.bytes[3] : undefined;
}

const stack = 0x35;

describe('every commit takes half a second', () => {
  test('the visit only takes longer', async () => {
    slow = { kind: 'any', ms: 500 };
    await world.toCash();
    await world.pay(tenge);
    await world.press('pay');
    await world.until('result', 15_000, ({ print }) => print === 'printed');
    await expectMoneySoon(world, boxed);
  });
});

describe('the intent takes its time', () => {
  test.each([500, 1_000])('%i ms: the note is stacked', async (ms) => {
    await world.toCash();
    slow = { kind: 'note-intended', ms };
    await world.pay(tenge);
    expect(timesOf(stack)).toHaveLength(1);
    expect(Number(timesOf(stack)[0]) - Number(escrowTimes()[0])).toBeGreaterThanOrEqual(ms);
    await world.press('pay');
    await expectMoneySoon(world, boxed);
  });

  test.each([1_400, 1_700, 1_950])('%i ms: no stack byte comes too late', async (ms) => {
    await world.toCash();
    slow = { kind: 'note-intended', ms };
    world.insert(tenge);
    await world.clock.advance(8_000);
    for (const atMonoMs of timesOf(stack)) {
      expect(atMonoMs - Number(escrowTimes()[0])).toBeLessThan(limits.escrowDecisionMsMax);
    }
    world.mechanics.take();
    await world.clock.advance(2_000);
    const { insertedMinor } = world.screen('cash');
    expect(insertedMinor).toBe(world.cassetteMinor());
  });

  test.each([2_000, 2_500, 5_000, 10_000])(
    '%i ms: the note goes back, and fits the next time',
    async (ms) => {
      await world.toCash();
      slow = { kind: 'note-intended', ms };
      world.insert(tenge);
      await world.clock.advanceUntil(
        () => world.mechanics.mouth !== undefined,
        6_000,
        'the note in the mouth',
      );
      expect(timesOf(stack)).toEqual([]);
      await world.clock.advance(ms);
      expect(world.screen('cash')).toMatchObject({
        insertedMinor: 0,
        note: 'in-mouth',
        comingBack: 'not-now',
      });
      world.mechanics.take();
      slow = { kind: 'any', ms: 0 };
      await world.pay(tenge);
      await world.press('pay');
      await expectMoneySoon(world, boxed);
      await world.press('done');
      await expectNextVisitorServed(world);
    },
  );
});

describe('another commit of the visit takes five seconds', () => {
  const ms = 5_000;

  test('the opening: no note is taken before it is durable', async () => {
    await world.toConfirm();
    slow = { kind: 'operation-opened', ms };
    await world.press('confirm');
    await world.clock.advance(ms - 1_000);
    expectTakesNoNote(world);
    await world.until('cash', 3_000, (screen) => screen.isAcceptorOpen);
  });

  test('the credit: counted on the screen only when it is durable, and once', async () => {
    await world.toCash();
    slow = { kind: 'note-stacked', ms };
    world.insert(tenge);
    await world.clock.advanceUntil(() => world.cassetteMinor() > 0, 6_000, 'the note in the cassette');
    await world.clock.advance(ms - 500);
    expect(world.screen('cash').insertedMinor).toBe(0);
    await world.until('cash', 2_000, ({ insertedMinor }) => insertedMinor === tenge * 100);
    await world.until('cash', 2_000, (screen) => screen.isAcceptorOpen);
    await world.press('pay');
    await expectMoneySoon(world, boxed);
  });

  test('the close: the wallet hears of nothing that is not durable', async () => {
    await world.toCash();
    await world.pay(tenge);
    slow = { kind: 'operation-closed', ms };
    await world.press('pay');
    // The acceptor is still open for a moment; whatever goes in now belongs to nobody's operation.
    world.insert(1_000);
    await world.clock.advance(ms - 1_000);
    expect(world.backend.ledger.operations()).toEqual([]);
    expect(world.view.screen.kind).toBe('cash');
    expect(world.mechanics.take()).toMatchObject({ valueMinor: 100_000 });
    expectTakesNoNote(world);
    await world.until('result', 3_000);
    await expectMoneySoon(world, boxed);
  });

  test('the print intent: no byte of the slip leaves before it', async () => {
    await world.toCash();
    await world.pay(tenge);
    slow = { kind: 'print-intended', ms };
    await world.press('pay');
    await world.clock.advance(ms - 500);
    expect(world.paper).toEqual([]);
    await world.until('result', 10_000, ({ print }) => print === 'printed');
    await expectMoneySoon(world, boxed);
  });

  test('some other row while the acceptor is open: the lease lapses, and comes back with the disk', async () => {
    await world.toCash();
    slow = { kind: 'alarm-raised', ms };
    world.printer.change({ isCoverOpen: true });
    const isHanging = (): boolean => world.facts.some((fact) => fact.kind === 'alarm-raised');
    await world.clock.advanceUntil(isHanging, 5_000, 'the alarm on its way to the disk');
    // A second before it is called trouble, and the lease after that.
    await world.clock.advance(1_000 + limits.leaseMs + 500);
    expectTakesNoNote(world);
    await world.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
    world.printer.change({ isCoverOpen: false });
    await world.clock.advance(10_000);
    await world.pay(tenge);
    await world.press('pay');
    await expectMoneySoon(world, boxed);
  });
});

test('a commit that never comes back ends the process after a minute; the next one finds the money', async () => {
  let isHung = false;
  const { wrapStore } = world;
  world.wrapStore = (store) => {
    const slowed = wrapStore?.(store) ?? store;
    return {
      ...slowed,
      commit: (...args) => (isHung ? new Promise(() => undefined) : slowed.commit(...args)),
    };
  };
  await world.restart();
  await world.until('attract', 60_000);
  await world.toCash();
  await world.pay(tenge);
  isHung = true;
  await world.press('pay');
  await world.clock.advance(59_000);
  expect(world.isRunning).toBe(true);
  expectTakesNoNote(world);
  await world.clock.advance(5_000);
  expect(world.isRunning).toBe(false);
  expect(world.fatal).toHaveLength(1);
  world.fatal.length = 0;
  isHung = false;
  await world.clock.advance(120_000);
  await world.boot();
  await world.until('attract', 60_000);
  await expectMoneySoon(world, boxed);
});
