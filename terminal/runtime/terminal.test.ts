import { describe, expect, test } from 'vitest';
import type { AcceptorReport } from '../devices.ts';
import { limits } from '../limits.ts';
import { creditId, escrowId, identity, tenge } from '../testing/samples.ts';
import { type Scripted, scriptedParts } from './testing/scripted-parts.ts';

const escrowed: AcceptorReport = {
  kind: 'note-escrowed',
  escrowId: escrowId(1),
  denomination: { valueMinor: tenge(2_000), currency: 'KZT' },
};
const stacked: AcceptorReport = {
  kind: 'note-stacked',
  creditId: creditId(1),
  escrowId: escrowId(1),
  denomination: { valueMinor: tenge(2_000), currency: 'KZT' },
};

/** A commit that waits until the test lets it go. */
function heldCommit(world: Scripted): { release(): void; reject(reason: unknown): void } {
  let settle: { resolve: () => void; reject: (reason: unknown) => void } | undefined;
  world.onCommit = () =>
    new Promise<void>((resolve, reject) => {
      settle = { resolve, reject };
    });
  return {
    release: () => {
      world.onCommit = async () => undefined;
      settle?.resolve();
    },
    reject: (reason) => settle?.reject(reason),
  };
}

/** Money is in and notes are welcome. */
async function atCash(): Promise<Scripted> {
  const world = scriptedParts();
  await world.start();
  world.report({ kind: 'acceptor-connected', identity });
  world.report({ kind: 'acceptor-recovered', leftInPath: 'nothing' });
  await world.clock.advance(1);
  world.report({ kind: 'acceptor-enabled' });
  await world.clock.advance(1);
  expect(world.terminal().view().screen.kind).toBe('cash');
  world.done.length = 0;
  return world;
}

describe('first durable, then done', () => {
  test('the note is let in only when its intent would survive a power cut', async () => {
    const world = await atCash();
    const commit = heldCommit(world);
    world.report(escrowed);
    await world.clock.advance(100);
    expect(world.done).toEqual(['commit note-escrowed, note-intended']);
    commit.release();
    await world.clock.advance(1);
    expect(world.done).toEqual([
      'commit note-escrowed, note-intended',
      'durable note-escrowed, note-intended',
      'stack escrow-1',
    ]);
  });

  test('neither device nor screen hears of a credit before it is durable', async () => {
    const world = await atCash();
    world.report(escrowed);
    await world.clock.advance(1);
    world.done.length = 0;
    const commit = heldCommit(world);
    world.report(stacked);
    await world.clock.advance(100);
    expect(world.done).toEqual(['commit note-stacked']);
    expect(world.terminal().view().screen).toMatchObject({ insertedMinor: tenge(5_000) });
    commit.release();
    await world.clock.advance(1);
    expect(world.done.slice(1)).toEqual(['durable note-stacked', 'confirm credit-1']);
    expect(world.terminal().view().screen).toMatchObject({ insertedMinor: tenge(7_000) });
    expect(world.views.at(-1)?.screen).toMatchObject({ insertedMinor: tenge(7_000) });
  });

  test('what comes meanwhile waits its turn, in its order', async () => {
    const world = await atCash();
    const commit = heldCommit(world);
    world.report(escrowed);
    world.report(stacked);
    world.report({ kind: 'credit-released', creditId: creditId(1) });
    await world.clock.advance(100);
    expect(world.done).toEqual(['commit note-escrowed, note-intended']);
    commit.release();
    await world.clock.advance(1);
    expect(world.done.filter((entry) => !entry.startsWith('durable'))).toEqual([
      'commit note-escrowed, note-intended',
      'stack escrow-1',
      'commit note-stacked',
      'confirm credit-1',
      'commit note-released',
    ]);
  });

  test('a screen that says the same is not sent again', async () => {
    const world = await atCash();
    const before = world.views.length;
    world.report({ kind: 'acceptor-enabled' });
    await world.clock.advance(1);
    expect(world.views).toHaveLength(before);
  });
});

describe('a failed commit', () => {
  test('ends the process: nothing is let in, the acceptor is stopped, and nothing more is decided', async () => {
    const world = await atCash();
    const commit = heldCommit(world);
    world.report(escrowed);
    await world.clock.advance(1);
    const leasesBefore = world.leases.length;
    const reason = new Error('disk');
    commit.reject(reason);
    await world.clock.advance(1);
    world.report(stacked);
    await world.clock.advance(10_000);
    expect(world.fatal).toEqual([reason]);
    expect(world.done).toEqual(['commit note-escrowed, note-intended', 'stop acceptor']);
    expect(world.leases).toHaveLength(leasesBefore);
  });

  test('before anything has begun, nothing begins', async () => {
    const world = scriptedParts();
    world.onCommit = () => Promise.reject(new Error('disk'));
    await expect(world.start()).rejects.toThrow('disk');
    expect(world.done).not.toContain('start acceptor');
  });

  test('a flood that cannot be stored in time is a fault, not a reason to eat memory', async () => {
    const world = await atCash();
    heldCommit(world);
    world.report(escrowed);
    for (let index = 0; index <= limits.inboxEventsMax; index += 1)
      world.report({ kind: 'acceptor-enabled' });
    await world.clock.advance(1);
    expect(world.fatal).toHaveLength(1);
    expect(world.done).toContain('stop acceptor');
  });
});

describe('the lease (M7)', () => {
  test('is renewed every half second for a second and a half, for the notes that fit', async () => {
    const world = await atCash();
    world.leases.length = 0;
    await world.clock.advance(5_000);
    expect(world.leases).toHaveLength(10);
    for (const lease of world.leases) {
      expect(lease.untilMonoMs - lease.atMonoMs).toBe(1_500);
      expect(lease.denominations).toEqual([500, 1_000, 2_000, 5_000, 10_000, 20_000].map(tenge));
    }
  });

  test('runs out under a commit that takes too long, and comes back with it', async () => {
    const world = await atCash();
    const commit = heldCommit(world);
    const sinceMonoMs = world.clock.monoMs();
    world.report(escrowed);
    await world.clock.advance(4_000);
    const last = world.leases.at(-1);
    expect(last?.atMonoMs).toBeLessThanOrEqual(sinceMonoMs + 1_000);
    expect(last?.untilMonoMs).toBeLessThan(world.clock.monoMs());
    commit.release();
    await world.clock.advance(1);
    expect(world.leases.at(-1)?.atMonoMs).toBeGreaterThanOrEqual(sinceMonoMs + 4_000);
  });

  test('ends at once with the readiness to take notes', async () => {
    const world = await atCash();
    world.report({ kind: 'acceptor-trouble', fault: 'failure', detail: '' });
    await world.clock.advance(1);
    expect(world.done).toContain('end lease');
    const leases = world.leases.length;
    await world.clock.advance(5_000);
    expect(world.leases).toHaveLength(leases);
  });

  test('after Pay welcomes no further note, and lives on for the one that is moving', async () => {
    const world = await atCash();
    world.report({ kind: 'note-accepting' });
    await world.clock.advance(600);
    const pay = world
      .terminal()
      .view()
      .offers.find((offer) => offer.action === 'pay');
    world.terminal().hear(JSON.stringify({ kind: 'press', pressId: 'p', offerId: pay?.offerId }));
    await world.clock.advance(1);
    expect(world.terminal().view().screen.kind).toBe('counting');
    expect(world.leases.at(-1)?.denominations).toEqual([]);
    expect(world.done).not.toContain('end lease');
    world.report({ kind: 'note-rejected', reason: 'unreadable' });
    await world.clock.advance(1);
    expect(world.done).toContain('end lease');
  });
});

describe('the screen’s words', () => {
  test('one that is no press is logged by its kind alone', async () => {
    const world = await atCash();
    world.terminal().hear('+77010000001');
    expect(world.logged.at(-1)).toEqual({ event: 'press-refused', why: 'not-json' });
  });
});

describe('stopping', () => {
  test('the acceptor first, then the journal’s last row, then the ledger', async () => {
    const world = await atCash();
    await world.terminal().stop();
    expect(world.done).toEqual([
      'stop acceptor',
      'commit terminal-stopped',
      'durable terminal-stopped',
      'stop printer',
      'close store',
    ]);
    await world.clock.advance(10_000);
    expect(world.done).toHaveLength(5);
  });

  test('what the acceptor still says is stored before the last row', async () => {
    const world = await atCash();
    world.report(escrowed);
    await world.terminal().stop();
    const commits = world.done.filter((entry) => entry.startsWith('commit'));
    expect(commits).toEqual(['commit note-escrowed, note-intended', 'commit terminal-stopped']);
  });
});
