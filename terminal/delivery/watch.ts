import type { OperationId } from '../ids.ts';
import type { TopUpRow } from '../store.ts';
import { askStatus, hasUrgentRoom } from './queue.ts';
import type { Watched } from './state.ts';
import { change, operationsInFlight, startTimer, type Turn } from './turn.ts';

/*
 * A top-up that was accepted while its visitor stands there is asked about a few times beside its own schedule, so
 * that the screen may turn to credited. Held in memory only: a restart ends the visit too.
 */

export function watch(turn: Turn, row: TopUpRow): void {
  const [firstDelayMs] = turn.context.settings.watchDelaysMs;
  if (firstDelayMs === undefined) return;
  const watched = new Map(turn.state.watched);
  watched.set(row.operationId, { row, asked: 0, nextAtMonoMs: turn.context.now.monoMs + firstDelayMs });
  // The visitor of the oldest one has long gone.
  for (const operationId of watched.keys()) {
    if (watched.size <= turn.context.settings.watchedMax) break;
    watched.delete(operationId);
  }
  setWatched(turn, watched);
}

export function unwatch(turn: Turn, row: Pick<TopUpRow, 'operationId'>): void {
  if (!turn.state.watched.has(row.operationId)) return;
  const watched = new Map(turn.state.watched);
  watched.delete(row.operationId);
  setWatched(turn, watched);
}

export function askWatched(turn: Turn): void {
  const { now, settings } = turn.context;
  const inFlight = operationsInFlight(turn.state);
  const watched = new Map<OperationId, Watched>();
  for (const [operationId, entry] of turn.state.watched) {
    if (entry.nextAtMonoMs > now.monoMs) {
      watched.set(operationId, entry);
      continue;
    }
    const mayAsk = turn.state.breaker.kind === 'closed' && hasUrgentRoom(turn) && !inFlight.has(operationId);
    if (mayAsk) askStatus(turn, entry.row, true, true);
    const asked = entry.asked + 1;
    const delayMs = settings.watchDelaysMs[asked];
    if (delayMs !== undefined)
      watched.set(operationId, { ...entry, asked, nextAtMonoMs: now.monoMs + delayMs });
  }
  setWatched(turn, watched);
}

function setWatched(turn: Turn, watched: ReadonlyMap<OperationId, Watched>): void {
  change(turn, { watched });
  const next = [...watched.values()].map((entry) => entry.nextAtMonoMs);
  if (next.length > 0) startTimer(turn, 'watch', Math.min(...next) - turn.context.now.monoMs);
}
