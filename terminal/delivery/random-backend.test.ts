import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OperationId } from '../ids.ts';
import { fractionOf } from './backoff.ts';
import type { WalletRequest } from './effect.ts';
import type { ModelBackend, Mood } from './testing/model-backend.ts';
import { type Fate, modelWorld, type World } from './testing/model-world.ts';
import { noAnswer, sampleRow, sentBy, unsent } from './testing/samples.ts';

/*
 * Delivery against a backend and a network that lose, double, delay, refuse, contradict and forget, and a process that
 * dies at any moment. Once they behave again, every operation is credited exactly once or waits for a person.
 */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

function chances(seed: number): () => number {
  let drawn = 0;
  return () => {
    drawn += 1;
    return fractionOf(seed, drawn);
  };
}

/** Which troubles a run has: some runs have none of a kind, so that the others come through. */
interface Troubles {
  readonly unsent: boolean;
  readonly lost: boolean;
  readonly answersLost: boolean;
  readonly late: boolean;
  readonly problems: boolean;
  readonly rests: boolean;
  readonly mismatches: boolean;
  readonly refusals: boolean;
  readonly accepts: boolean;
  readonly forgets: boolean;
  readonly crashes: boolean;
  readonly people: boolean;
}

function troubledFate(random: () => number, troubles: Troubles) {
  return (request: WalletRequest, backend: ModelBackend): Fate => {
    const dice = random();
    if (troubles.unsent && dice < 0.1) return { appliedAfterMs: undefined, heardAfterMs: 3, instead: unsent };
    if (troubles.lost && dice < 0.2) {
      return { appliedAfterMs: undefined, heardAfterMs: 20_000, instead: noAnswer };
    }
    if (troubles.answersLost && dice < 0.3) {
      return { appliedAfterMs: 50, heardAfterMs: 20_000, instead: noAnswer };
    }
    // Given up here, done there much later: even after newer requests about the same operation.
    if (troubles.late && dice < 0.4) {
      return { appliedAfterMs: 20_000 + random() * hourMs, heardAfterMs: 20_000, instead: noAnswer };
    }
    if (troubles.problems && dice < 0.5) {
      const problem = random() < 0.5 ? 'internal-error' : 'unavailable';
      const instead = { kind: 'unknown', why: 'problem', problem, needsPerson: false } as const;
      return { appliedAfterMs: undefined, heardAfterMs: 100, instead };
    }
    if (troubles.rests && dice < 0.55) {
      const instead = {
        kind: 'unknown',
        why: 'problem',
        problem: 'too-many-requests',
        needsPerson: false,
        retryAfterMs: random() * hourMs,
      } as const;
      return { appliedAfterMs: undefined, heardAfterMs: 100, instead };
    }
    if (troubles.mismatches && dice < 0.6) {
      const instead = { kind: 'unknown', why: 'mismatch', field: 'amountMinor' } as const;
      return { appliedAfterMs: random() < 0.5 ? 50 : undefined, heardAfterMs: 100, instead };
    }
    if (troubles.forgets && dice < 0.65 && request.kind === 'status') {
      backend.forget(request.operation.operationId);
    }
    return { appliedAfterMs: random() * 2_000, heardAfterMs: 2_000 + random() * 2_000 };
  };
}

function troubledMood(random: () => number, troubles: Troubles): () => Mood {
  return () => {
    const dice = random();
    if (troubles.refusals && dice < 0.2) return 'refuse';
    return troubles.accepts && dice < 0.5 ? 'accept' : 'credit';
  };
}

function pick<Item>(items: readonly Item[], random: () => number): Item | undefined {
  return items[Math.floor(random() * items.length)];
}

function somethingHappens(world: World, random: () => number, troubles: Troubles): void {
  const dice = random();
  if (troubles.crashes && dice < 0.05) world.crash();
  else if (troubles.crashes && dice < 0.1) world.crashAtNextDecision('before-commit');
  else if (troubles.crashes && dice < 0.15) world.crashAtNextDecision('after-commit');
  else if (dice < 0.2) world.tell({ kind: 'link-became-good' });
  else if (dice < 0.25) world.tell({ kind: 'backend-heard' });
  else if (dice < 0.35) world.backend.creditAccepted();
  else if (troubles.people && dice < 0.45) {
    const row = pick(world.store.stopped(), random);
    if (row !== undefined) world.tell({ kind: 'top-up-retry-asked', row, by: 'A. B.' });
  } else if (troubles.people && dice < 0.5) {
    const row = pick(world.store.voidable(), random);
    if (row !== undefined) world.tell({ kind: 'top-up-void-asked', row, by: 'A. B.' });
  }
}

function sellInTrouble(world: World, random: () => number, troubles: Troubles): readonly OperationId[] {
  const sold: OperationId[] = [];
  for (let serial = 1; serial <= 60; serial += 1) {
    world.run(random() < 0.2 ? random() * 30 * minuteMs : 3_000 + random() * 20_000);
    somethingHappens(world, random, troubles);
    if (random() < 0.3) continue;
    const row = sampleRow(serial, { openedAtMs: world.wallMs(), closedAtMs: world.wallMs() });
    sold.push(row.operationId);
    const first = sentBy(world.close(row))[0]?.request;
    // New money goes out in the very decision it is born in, whatever the queue looks like.
    expect(first?.kind === 'top-up' && first.topUp.operationId === row.operationId).toBe(true);
  }
  return sold;
}

function assertSettled(world: World, sold: readonly OperationId[]): void {
  expect(world.store.topUpsIn('waiting', 'accepted', 'voiding')).toEqual([]);
  for (const operationId of sold) {
    const here = world.store.stateOf(operationId);
    if (here === 'credited' || here === 'voided') expect(world.backend.stateOf(operationId)).toBe(here);
    // Whoever waits for a person is on the list of standing alarms.
    else expect(world.store.standingAlarms().map((alarm) => alarm.subject)).toContain(operationId);
  }
  expect(world.store.undeliveredMessages()).toBe(0);
}

/** The people who were called come and have everything tried again. */
function peopleCome(world: World): void {
  for (const row of world.store.stopped()) {
    world.tell({ kind: 'top-up-retry-asked', row, by: 'A. B.' });
    world.run(minuteMs);
  }
}

const troublesArbitrary = fc.record({
  unsent: fc.boolean(),
  lost: fc.boolean(),
  answersLost: fc.boolean(),
  late: fc.boolean(),
  problems: fc.boolean(),
  rests: fc.boolean(),
  mismatches: fc.boolean(),
  refusals: fc.boolean(),
  accepts: fc.boolean(),
  forgets: fc.boolean(),
  crashes: fc.boolean(),
  people: fc.boolean(),
});

describe('delivery in a bad world', () => {
  it('credits every operation exactly once or leaves it to a person', () => {
    fc.assert(
      fc.property(fc.nat(), troublesArbitrary, (seed, troubles) => {
        const random = chances(seed);
        const world = modelWorld(random);
        world.use(troubledFate(random, troubles), troubledMood(random, troubles));
        const sold = sellInTrouble(world, random, troubles);
        world.use(() => ({ appliedAfterMs: 20, heardAfterMs: 60 }));
        for (let round = 0; round < 24; round += 1) {
          world.run(10 * minuteMs);
          world.backend.creditAccepted();
        }
        world.run(hourMs);
        assertSettled(world, sold);
        peopleCome(world);
        assertSettled(world, sold);
        expect(world.store.topUpsIn('refused', 'parked')).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
