import type { Surroundings } from '../context.ts';
import type { TerminalEvent } from '../core/event.ts';
import type { Terminal } from '../core/terminal.ts';
import type { AcceptorDriver } from '../devices.ts';
import { welcomeDenominations } from '../health/decide.ts';
import { takenDenominations } from '../health/state.ts';
import { limits } from '../limits.ts';
import type { Minor } from '../money.ts';
import type { Clock, LedgerInspector, Timer } from '../ports.ts';
import { isFitForTrial, isNoteTrial } from '../service-mode/trials.ts';
import { blockOf } from '../session/visit.ts';
import type { Store } from '../store.ts';
import { isNoteMoving, roomMinor } from '../till/state.ts';
import type { Build } from './build.ts';

/*
 * Money rule M7: the acceptor takes notes only while the host vouches for it, anew every half second. Whatever hangs,
 * hangs with the acceptor off.
 */

export interface LeaseKeeperParts {
  readonly acceptor: AcceptorDriver;
  readonly store: Store;
  readonly inspector: LedgerInspector;
  readonly clock: Clock;
  readonly build: Build;
  readonly put: (event: TerminalEvent) => void;
  readonly latestRowWallMs: number | undefined;
  /** The backend's time now, as far as its last signed answer tells. */
  readonly backendWallMs: () => number | undefined;
  readonly terminal: () => Terminal | undefined;
  /** Since when a commit has been under way. */
  readonly commitSinceMonoMs: () => number | undefined;
  readonly context: () => Surroundings;
  readonly fail: (reason: unknown) => void;
  /** Half a second has passed. */
  readonly onTick: () => void;
}

export interface LeaseKeeper {
  start(): void;
  /** The state has changed: take notes, or stop taking them, at once. */
  follow(): void;
  rowWritten(wallMs: number): void;
  /**
   * The time that records are written under: the clock's own as long as that can be true, else the backend's, else not
   * before the last row. What a visit has begun under a right clock does not end a year earlier under a wrong one.
   */
  bestWallMs(): number;
  stop(): void;
}

/** A commit that takes longer means a disk in trouble: the lease runs out. */
const commitMsMax = 1_000;
/** One that has not come back by then will not: the visitor waits before a dead screen (money rule M14). */
const commitHungMsMax = 60_000;
/** How far the clock may be from the backend's. */
const clockOffsetMsMax = 5 * 60_000;
/** Steps back of less than this are how clocks are kept right. */
const clockStepBackMsMax = 2_000;
const checkpointIntervalMs = 60_000;
const diskCheckIntervalMs = 30_000;

export function createLeaseKeeper(parts: LeaseKeeperParts): LeaseKeeper {
  const { acceptor, clock } = parts;
  let timer: Timer | undefined;
  let latestRowWallMs = parts.latestRowWallMs;
  let isClockSane: boolean | undefined;
  let isLeased = false;
  let isDiskLow = false;
  let diskDueMonoMs = clock.monoMs();
  let checkpointDueMonoMs = clock.monoMs() + checkpointIntervalMs;

  const follow = (): void => {
    const welcome = welcomeNotes(parts);
    if (welcome !== undefined) {
      acceptor.renewLease({ untilMonoMs: clock.monoMs() + limits.leaseMs, denominations: welcome });
      isLeased = true;
    } else if (isLeased) {
      acceptor.endLease();
      isLeased = false;
    }
  };

  const tick = (): void => {
    timer = clock.setTimer(limits.leaseRenewIntervalMs, tick);
    checkClock();
    const commitMs = commitMsSoFar(parts);
    if (commitMs > commitHungMsMax) {
      parts.fail(new Error(`a commit has not come back for ${commitHungMsMax} ms`));
      return;
    }
    if (commitMs <= commitMsMax) follow();
    parts.onTick();
    checkpoint();
    checkDisk();
  };

  const checkClock = (): void => {
    const isSane = isWallClockSane(parts, latestRowWallMs);
    if (isSane === isClockSane) return;
    isClockSane = isSane;
    parts.put({ kind: 'clock-checked', isSane });
  };

  /** Money rule M6: never while a note waits for a commit. */
  const checkpoint = (): void => {
    const terminal = parts.terminal();
    if (terminal === undefined || isNoteMoving(terminal.till) || clock.monoMs() < checkpointDueMonoMs) return;
    checkpointDueMonoMs = clock.monoMs() + checkpointIntervalMs;
    parts.store.checkpoint().catch(parts.fail);
  };

  const checkDisk = (): void => {
    if (clock.monoMs() < diskDueMonoMs) return;
    diskDueMonoMs = clock.monoMs() + diskCheckIntervalMs;
    const isLow = parts.inspector.freeBytes() < limits.diskFreeBytesMin;
    if (isLow === isDiskLow) return;
    isDiskLow = isLow;
    parts.put({ kind: 'disk-checked', isLow });
  };

  return {
    start: tick,
    follow,
    rowWritten: (wallMs) => {
      latestRowWallMs = Math.max(latestRowWallMs ?? 0, wallMs);
    },
    bestWallMs: () => {
      const wallMs = clock.wallMs();
      if (isWallClockSane(parts, latestRowWallMs)) return wallMs;
      return parts.backendWallMs() ?? Math.max(wallMs, latestRowWallMs ?? parts.build.builtAtMs);
    },
    stop: () => timer?.cancel(),
  };
}

function commitMsSoFar(parts: LeaseKeeperParts): number {
  const sinceMonoMs = parts.commitSinceMonoMs();
  return sinceMonoMs === undefined ? 0 : parts.clock.monoMs() - sinceMonoMs;
}

/** The notes that may go in now; `undefined` if none may. Only the last one, when Pay has been pressed. */
function welcomeNotes(parts: LeaseKeeperParts): readonly Minor[] | undefined {
  const terminal = parts.terminal();
  if (terminal === undefined) return undefined;
  const { till, health } = terminal;
  if (isNoteTrial(terminal)) {
    const context = parts.context();
    return isFitForTrial(terminal, context)
      ? takenDenominations(health, context.settings.denominations)
      : undefined;
  }
  if (till.operation === undefined || till.intake === 'closed') return undefined;
  const context = parts.context();
  if (blockOf(terminal, context) !== undefined) return undefined;
  if (till.intake === 'last-note') return [];
  return welcomeDenominations(health, context.settings.denominations, roomMinor(till.operation));
}

/** Money rule M7: not before the build, not before the last row, and near the backend's time. */
function isWallClockSane(parts: LeaseKeeperParts, latestRowWallMs: number | undefined): boolean {
  const wallMs = parts.clock.wallMs();
  const backendWallMs = parts.backendWallMs();
  if (wallMs < parts.build.builtAtMs) return false;
  if (backendWallMs !== undefined && Math.abs(wallMs - backendWallMs) > clockOffsetMsMax) return false;
  if (latestRowWallMs === undefined || wallMs >= latestRowWallMs - clockStepBackMsMax) return true;
  // A row from a time that has not come yet was itself written under a wrong clock, and proves nothing.
  return backendWallMs !== undefined && latestRowWallMs > backendWallMs + clockOffsetMsMax;
}
