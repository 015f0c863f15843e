import type { Load } from './state.ts';

/** A look at the store is under way, or one is now begun under `loadId`. */
export function beginLoad<Id>(load: Load<Id>, loadId: number): Load<Id> {
  if (load.kind === 'loading') return { ...load, again: true };
  return { kind: 'loading', loadId, overtaken: new Set(), again: false };
}

/** Something has just been decided about `ids`: what a running look shows of them is old. */
export function overtake<Id>(load: Load<Id>, ids: readonly Id[]): Load<Id> {
  if (load.kind === 'idle' || ids.length === 0) return load;
  return { ...load, overtaken: new Set([...load.overtaken, ...ids]) };
}
