import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StorageError } from '../../db/errors.ts';
import type { Store } from '../../terminal/store.ts';
import { expectClosed } from './expect-closed.ts';
import { expectMoneySoon } from './expect-money.ts';
import { expectNextVisitorServed, expectTakesNoNote } from './next-visitor.ts';
import { bringTo, finishVisit, untilScreen } from './stages.ts';
import { World } from './world.ts';

/*
 * The disk says no. Nothing is tried again: the acceptor is disabled, the process ends, and the next one believes only
 * what it can verify (money rule M14).
 */

const notesTenge = [5_000, 2_000] as const;
const outOfOrder = new StorageError('io', 'the disk gave up');

let world = new World();
const [firstCommit, ...laterCommits] = await commitsOfOneVisit();

beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

async function visit(): Promise<void> {
  await world.toAttract();
  await world.toCash();
  for (const tenge of notesTenge) await world.pay(tenge);
  await world.press('pay');
  await world.until('result', 15_000, ({ print }) => print === 'printed');
  await world.press('done');
  await world.clock.advance(1_000);
}

async function commitsOfOneVisit(): Promise<readonly string[]> {
  const names: string[] = [];
  world.wrapStore = (store) =>
    countingStore(store, (name) => {
      names.push(name);
      return undefined;
    });
  await visit();
  await world.close();
  return names;
}

/** Not written; written, but nobody says so; or as it should be. */
type Fate = Error | 'after' | undefined;

/** Names each commit by what it holds, and how many of that name there were before. */
function countingStore(store: Store, onCommit: (name: string) => Fate): Store {
  const counts = new Map<string, number>();
  return {
    ...store,
    commit: async (facts, wallMs) => {
      const kinds = facts.map((fact) => fact.kind).join(' + ');
      const nth = (counts.get(kinds) ?? 0) + 1;
      counts.set(kinds, nth);
      const fate = onCommit(nth === 1 ? kinds : `${kinds}, time ${nth}`);
      if (fate instanceof Error) throw fate;
      const committed = await store.commit(facts, wallMs);
      if (fate === 'after') throw outOfOrder;
      return committed;
    },
  };
}

describe.each([
  ['and is not written', outOfOrder],
  ['and is written all the same', 'after' as const],
])('a commit fails, %s', (_name, fate) => {
  test.each(laterCommits)('%s', async (commit) => {
    world.wrapStore = (store) => countingStore(store, (name) => (name === commit ? fate : undefined));
    await expect(visit()).rejects.toThrow();
    await expectProcessEnds();
    await world.clock.advance(5_000);
    world.mechanics.take();
    expectTakesNoNote(world);
    await expectNextProcessSettles();
  });
});

/** As soon as the acceptor is disabled. */
async function expectProcessEnds(): Promise<void> {
  await world.clock.advance(4_000);
  expect(world.isRunning).toBe(false);
  expect(world.fatal).toEqual([outOfOrder]);
  world.fatal.length = 0;
}

async function expectNextProcessSettles(): Promise<void> {
  world.wrapStore = undefined;
  await world.boot();
  await world.clock.advance(10_000);
  await finishVisit(world);
  const boxedTenge = world.cassetteMinor() / 100;
  await expectMoneySoon(world, { boxedTenge, creditedTenge: boxedTenge });
  await expectNextVisitorServed(world, notesTenge[0]);
}

describe('another call to the ledger fails', () => {
  const calls = ['dueTopUps', 'dueMessages', 'checkpoint'] as const;

  test.each(calls)('%s, with money in', async (call) => {
    let isBroken = false;
    world.wrapStore = (store) => ({
      ...store,
      [call]: (...input: never[]) => {
        const work = store[call] as (...input: never[]) => Promise<unknown>;
        return isBroken ? Promise.reject(outOfOrder) : work(...input);
      },
    });
    await world.toAttract();
    await world.toCash();
    await world.pay(notesTenge[0]);
    isBroken = true;
    // Each is made at least every few minutes.
    await world.clock.advance(6 * 60_000);
    await expectProcessEnds();
    expectTakesNoNote(world);
    await expectNextProcessSettles();
  });

  test('containsAnchor, when the backend tells where it saw the journal', async () => {
    await world.toAttract();
    await world.clock.advance(6 * 60_000);
    world.wrapStore = (store) => ({ ...store, containsAnchor: () => Promise.reject(outOfOrder) });
    await world.restart();
    await world.clock.advance(6 * 60_000);
    await expectProcessEnds();
    await expectNextProcessSettles();
  });
});

describe('the ledger fails while the process starts: closed, until a person starts it anew', () => {
  test('the first commit', async () => {
    world.wrapStore = (store) =>
      countingStore(store, (name) => (name === firstCommit ? outOfOrder : undefined));
    await expectClosed(world, 'io', 'storage');
    world.kill();
    await expectNextProcessSettles();
  });

  test('the load, with money in', async () => {
    await bringTo(world, 'between notes');
    world.wrapStore = (store) => ({ ...store, load: () => Promise.reject(outOfOrder) });
    await expectClosed(world, 'io', 'storage');
    world.kill();
    await expectNextProcessSettles();
  });
});

describe('the disk is full', () => {
  test.each(laterCommits)(
    'the reserve is spent for %s: that visit ends well, and no other begins',
    async (commit) => {
      let isSpent = false;
      world.wrapStore = (store) => {
        const counting = countingStore(store, (name) => {
          isSpent ||= name === commit;
          return undefined;
        });
        return {
          ...counting,
          commit: async (facts, wallMs) => ({ ...(await counting.commit(facts, wallMs)), diskFull: isSpent }),
        };
      };
      await visit().catch(() => undefined);
      expect(isSpent).toBe(true);
      await finishVisit(world);
      await untilScreen(world, 'out of service: storage', 120_000);
      await expectOutOfServiceFor(10 * 60_000);
      const boxedTenge = world.cassetteMinor() / 100;
      await expectMoneySoon(world, { boxedTenge, creditedTenge: boxedTenge });
    },
  );

  test('it stays out of service through a restart, and sells again when there is room', async () => {
    let isFull = true;
    world.wrapStore = (store) => ({
      ...store,
      commit: async (facts, wallMs) => ({ ...(await store.commit(facts, wallMs)), diskFull: isFull }),
    });
    await world.boot();
    await untilScreen(world, 'out of service: storage');
    await world.restart();
    await untilScreen(world, 'out of service: storage');
    await expectOutOfServiceFor(60_000);
    isFull = false;
    await world.restart();
    await expectNextVisitorServed(world);
    expect(standingAlarms()).toEqual([]);
  });

  /** No restart loop, no crash, no note. */
  async function expectOutOfServiceFor(ms: number): Promise<void> {
    await world.clock.advance(ms);
    world.screen('out-of-service');
    world.mechanics.take();
    expectTakesNoNote(world);
    expect(standingAlarms()).toContain('storage-trouble full');
  }

  function standingAlarms(): readonly string[] {
    const standing = new Set<string>();
    for (const fact of world.facts) {
      if (fact.kind === 'alarm-raised') standing.add(`${fact.alarm} ${fact.subject}`);
      if (fact.kind === 'alarm-ended') standing.delete(`${fact.alarm} ${fact.subject}`);
    }
    return [...standing];
  }
});
