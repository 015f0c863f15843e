import { describe, expect, it } from 'vitest';
import { fractionOf } from './backoff.ts';
import { type Fate, modelWorld, type World } from './testing/model-world.ts';
import { noAnswer, sampleRow, sentBy, unsent } from './testing/samples.ts';

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

function chances(): () => number {
  let drawn = 0;
  return () => {
    drawn += 1;
    return fractionOf(7, drawn);
  };
}

/** Visits evenly over the time, each money sent at once whatever waits. */
function sellThrough(world: World, visits: number, forMs: number, firstSerial = 1): void {
  for (let serial = firstSerial; serial < firstSerial + visits; serial += 1) {
    world.run(Math.floor(forMs / visits));
    const decision = world.close(
      sampleRow(serial, { openedAtMs: world.wallMs(), closedAtMs: world.wallMs() }),
    );
    expect(sentBy(decision).map(({ request }) => request.kind)).toEqual(['top-up']);
  }
}

function countOf(world: World, kind: string): number {
  return world.requests.filter((request) => request.kind === kind).length;
}

describe('a week without the backend', () => {
  const outages: readonly { name: string; fate: Fate }[] = [
    { name: 'nobody listens', fate: { appliedAfterMs: undefined, heardAfterMs: 5, instead: unsent } },
    {
      name: 'requests vanish',
      fate: { appliedAfterMs: undefined, heardAfterMs: 20_000, instead: noAnswer },
    },
    {
      name: 'answers vanish',
      fate: { appliedAfterMs: 10, heardAfterMs: 20_000, instead: noAnswer },
    },
  ];

  it.each(outages)('$name: 10 000 rows drain with few requests', ({ fate }) => {
    const visits = 10_000;
    const world = modelWorld(chances());
    world.use(() => fate);
    sellThrough(world, visits, weekMs);
    expect(world.store.topUpsIn('waiting')).toHaveLength(visits);
    expect(world.store.standingAlarms()).toContainEqual({ alarm: 'queue-too-old', subject: 'queue' });
    // Old trouble is probed about once a minute; every visit tries once.
    expect(countOf(world, 'top-up')).toBeLessThan(visits * 2.5);
    const factsOfOutage = world.store.facts();
    expect(factsOfOutage).toBeLessThan(visits * 4);

    world.requests.length = 0;
    world.use(() => ({ appliedAfterMs: 20, heardAfterMs: 50 }));
    world.run(hourMs);
    expect(world.store.topUpsIn('waiting')).toHaveLength(0);
    expect(world.backend.credited()).toHaveLength(visits);
    const asked = countOf(world, 'batch') + countOf(world, 'status') + countOf(world, 'top-up');
    expect(asked).toBeLessThan(60);
    expect(world.store.standingAlarms()).toEqual([]);
    expect(world.store.undeliveredMessages()).toBe(0);
  });

  it('costs the journal nothing per probe while nobody listens', () => {
    const world = modelWorld(chances());
    world.use(() => ({ appliedAfterMs: undefined, heardAfterMs: 5, instead: unsent }));
    sellThrough(world, 100, weekMs);
    // One alarm for the whole queue.
    expect(world.store.facts()).toBe(1);
  });
});

describe('a row that spoils every batch it is in', () => {
  it('does not keep the others from their wallets', () => {
    const world = modelWorld(chances());
    const bad = sampleRow(250).operationId;
    world.use(() => ({ appliedAfterMs: undefined, heardAfterMs: 5, instead: unsent }));
    sellThrough(world, 500, hourMs);
    world.use((request) => {
      const spoiled =
        (request.kind === 'batch' && request.batch.items.some((item) => item.operationId === bad)) ||
        (request.kind === 'top-up' && request.topUp.operationId === bad);
      const instead = {
        kind: 'unknown',
        why: 'problem',
        problem: 'internal-error',
        needsPerson: false,
      } as const;
      return spoiled
        ? { appliedAfterMs: undefined, heardAfterMs: 30, instead }
        : { appliedAfterMs: 10, heardAfterMs: 30 };
    });
    world.requests.length = 0;
    world.run(hourMs);
    expect(world.store.topUpsIn('waiting')).toEqual([bad]);
    expect(countOf(world, 'batch')).toBeLessThan(60);
  });
});
