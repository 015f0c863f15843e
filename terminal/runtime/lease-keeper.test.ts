import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import type { TerminalEvent } from '../core/event.ts';
import type { AcceptorDriver } from '../devices.ts';
import type { Store } from '../store.ts';
import { contextAt, openTill, readyTerminal } from '../testing/samples.ts';
import { createLeaseKeeper, type LeaseKeeperParts } from './lease-keeper.ts';

interface Told {
  readonly clock: VirtualClock;
  readonly events: TerminalEvent[];
  readonly checkpointsAtMs: number[];
}

/** Room enough, and nothing found wrong. */
const wholeLedger = { fullCheck: async () => undefined, freeBytes: () => 1e12, totalBytes: () => 1e12 };

function keeper(
  changes: (clock: VirtualClock) => Partial<LeaseKeeperParts>,
): Told & ReturnType<typeof createLeaseKeeper> {
  const clock = new VirtualClock();
  const events: TerminalEvent[] = [];
  const checkpointsAtMs: number[] = [];
  const made = createLeaseKeeper({
    acceptor: { renewLease: () => undefined, endLease: () => undefined } as unknown as AcceptorDriver,
    store: {
      checkpoint: async () => void checkpointsAtMs.push(clock.monoMs()),
    } as unknown as Store,
    inspector: wholeLedger,
    clock,
    build: { version: 'test', builtAtMs: clock.wallMs() - 86_400_000 },
    put: (event) => events.push(event),
    latestRowWallMs: undefined,
    backendWallMs: () => undefined,
    terminal: () => readyTerminal(),
    commitSinceMonoMs: () => undefined,
    context: () => contextAt(clock.monoMs()),
    fail: (reason) => {
      throw reason;
    },
    onTick: () => undefined,
    ...changes(clock),
  });
  return { ...made, clock, events, checkpointsAtMs };
}

const minute = 60_000;

describe('a sane clock (M7)', () => {
  const sane = (changes: (clock: VirtualClock) => Partial<LeaseKeeperParts>): unknown => {
    const { start, events } = keeper(changes);
    start();
    return events;
  };
  const said = (isSane: boolean) => [{ kind: 'clock-checked', isSane }];

  test.each<[string, (clock: VirtualClock) => Partial<LeaseKeeperParts>, boolean]>([
    ['after the build, with nothing else known', () => ({}), true],
    ['before the build', (clock) => ({ build: { version: '', builtAtMs: clock.wallMs() + 1 } }), false],
    ['two seconds before the last row', (clock) => ({ latestRowWallMs: clock.wallMs() + 2_000 }), true],
    ['more than that before it', (clock) => ({ latestRowWallMs: clock.wallMs() + 2_001 }), false],
    ['five minutes off the backend', (clock) => ({ backendWallMs: () => clock.wallMs() + 5 * minute }), true],
    [
      'more than that ahead of it',
      (clock) => ({ backendWallMs: () => clock.wallMs() - 5 * minute - 1 }),
      false,
    ],
    [
      'more than that behind it',
      (clock) => ({ backendWallMs: () => clock.wallMs() + 5 * minute + 1 }),
      false,
    ],
    [
      'before a row of a time that the backend says has not come',
      (clock) => ({ latestRowWallMs: clock.wallMs() + 60 * minute, backendWallMs: () => clock.wallMs() }),
      true,
    ],
  ])('%s', (_when, changes, isSane) => {
    expect(sane(changes)).toEqual(said(isSane));
  });

  test('is told when it changes, and only then', async () => {
    const { start, clock, events, stop } = keeper((told) => ({ latestRowWallMs: told.wallMs() }));
    start();
    await clock.advance(5_000);
    expect(events).toEqual(said(true));
    clock.jumpWall(-60 * minute);
    await clock.advance(5_000);
    expect(events).toEqual([...said(true), ...said(false)]);
    clock.jumpWall(60 * minute);
    await clock.advance(5_000);
    expect(events).toEqual([...said(true), ...said(false), ...said(true)]);
    stop();
  });

  test('every row that is written moves the bound', async () => {
    const { start, clock, events, rowWritten } = keeper(() => ({}));
    start();
    rowWritten(clock.wallMs() + 10 * minute);
    await clock.advance(500);
    expect(events).toEqual([...said(true), ...said(false)]);
    await clock.advance(10 * minute);
    expect(events.at(-1)).toEqual({ kind: 'clock-checked', isSane: true });
  });
});

describe('checkpoints (M6)', () => {
  test('one a minute, and none while a note is in the path', async () => {
    let moving = false;
    const { start, clock, checkpointsAtMs } = keeper(() => ({
      terminal: () => readyTerminal({ till: { ...openTill, accepting: moving } }),
    }));
    start();
    await clock.advance(3 * minute);
    expect(checkpointsAtMs).toEqual([minute, 2 * minute, 3 * minute]);
    moving = true;
    await clock.advance(5 * minute);
    expect(checkpointsAtMs).toHaveLength(3);
    moving = false;
    await clock.advance(500);
    expect(checkpointsAtMs).toHaveLength(4);
  });
});
