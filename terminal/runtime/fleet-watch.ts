import type { TerminalEvent } from '../core/event.ts';
import type { Figures } from '../fleet/figures.ts';
import { allOk, areSame, type Levels, levelsOf } from '../fleet/gauges.ts';
import type { RunState } from '../fleet/run-state.ts';
import type { Clock, LedgerInspector, Timer } from '../ports.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../store.ts';

/* Once a minute: what the ledger and the machine say of the terminal's work, and whether a level has changed. */

export interface FleetWatchParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly inspector: LedgerInspector;
  readonly clock: Clock;
  readonly build: { readonly version: string };
  readonly put: (event: TerminalEvent) => void;
  /** The time that records are written under. */
  readonly bestWallMs: () => number;
  readonly backendWallMs: () => number | undefined;
  readonly fail: (reason: unknown) => void;
}

export interface FleetWatch {
  start(): void;
  /** What was last counted, with the machine as it is now. */
  runState(): RunState;
  stop(): void;
}

const countIntervalMs = 60_000;

export function createFleetWatch(parts: FleetWatchParts): FleetWatch {
  const { clock, settings, store, inspector } = parts;
  const startedAtMs = parts.bestWallMs();
  let figures: Figures | undefined;
  let diskFreePercent = freePercent(inspector);
  let levels: Levels = allOk;
  let timer: Timer | undefined;
  let hasStopped = false;

  const clockOffsetMs = (): number | undefined => {
    const backendMs = parts.backendWallMs();
    return backendMs === undefined ? undefined : clock.wallMs() - backendMs;
  };

  const count = (): void => {
    store.figures().then(take).catch(parts.fail);
  };
  const take = (counted: Figures): void => {
    if (hasStopped) return;
    figures = counted;
    diskFreePercent = freePercent(inspector);
    timer = clock.setTimer(countIntervalMs, count);
    const machine = {
      wallMs: parts.bestWallMs(),
      clockOffsetMs: clockOffsetMs(),
      diskFreePercent,
    };
    const now = levelsOf(counted, machine, settings.fleet, settings.promiseMinutes * 60_000);
    if (areSame(now, levels)) return;
    levels = now;
    parts.put({ kind: 'levels-changed', levels });
  };

  return {
    start: count,
    runState: () => ({
      build: parts.build.version,
      startedAtMs,
      diskFreePercent,
      clockOffsetMs: clockOffsetMs(),
      figures,
    }),
    stop: () => {
      hasStopped = true;
      timer?.cancel();
    },
  };
}

function freePercent(inspector: LedgerInspector): number {
  return (100 * inspector.freeBytes()) / inspector.totalBytes();
}
