import type { DeliverySettings } from './settings.ts';

/**
 * Keeps old trouble from being hammered. `closed`: all may be sent. `open`: nothing old until `untilMonoMs`. `half-open`:
 * one request, the probe, decides. New money is not asked to wait by any of them.
 */
export type Breaker =
  | { readonly kind: 'closed'; readonly failuresInRow: number }
  | {
      readonly kind: 'open';
      readonly openings: number;
      readonly untilMonoMs: number;
      /** The backend itself asked for the rest: only time ends it. */
      readonly restAsked: boolean;
    }
  | { readonly kind: 'half-open'; readonly openings: number; readonly probeId: number | undefined };

/** What a request said about the backend. */
export type Verdict =
  | { readonly kind: 'works' }
  /** It answered, but about this row only. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'fails'; readonly retryAfterMs: number | undefined };

export interface BreakerInput {
  readonly requestId: number;
  readonly monoMs: number;
  /** From 0 up to, not including, 1. */
  readonly fraction: number;
  readonly settings: DeliverySettings;
}

export function breakerAfter(breaker: Breaker, verdict: Verdict, input: BreakerInput): Breaker {
  switch (verdict.kind) {
    case 'works':
      return breaker.kind === 'open' && breaker.restAsked ? breaker : { kind: 'closed', failuresInRow: 0 };
    case 'nothing':
      return freed(breaker, input.requestId);
    case 'fails':
      return afterFailure(breaker, verdict.retryAfterMs, input);
  }
}

/** A probe that decided nothing leaves the place to the next one. */
function freed(breaker: Breaker, requestId: number): Breaker {
  return breaker.kind === 'half-open' && breaker.probeId === requestId
    ? { ...breaker, probeId: undefined }
    : breaker;
}

function afterFailure(breaker: Breaker, retryAfterMs: number | undefined, input: BreakerInput): Breaker {
  if (retryAfterMs !== undefined) return rested(breaker, retryAfterMs, input);
  switch (breaker.kind) {
    case 'closed': {
      const failuresInRow = breaker.failuresInRow + 1;
      if (failuresInRow < input.settings.breakerFailuresMax) return { kind: 'closed', failuresInRow };
      return opened(1, input);
    }
    case 'half-open':
      return breaker.probeId === input.requestId ? opened(breaker.openings + 1, input) : breaker;
    case 'open':
      return breaker;
  }
}

function rested(breaker: Breaker, retryAfterMs: number, input: BreakerInput): Breaker {
  const untilMonoMs = input.monoMs + Math.min(retryAfterMs, input.settings.retryAfterMsMax);
  if (breaker.kind === 'open' && breaker.untilMonoMs >= untilMonoMs) return breaker;
  const openings = breaker.kind === 'closed' ? 1 : breaker.openings;
  return { kind: 'open', openings, untilMonoMs, restAsked: true };
}

/** Half of the wait is sure and half is chance: probes of a whole fleet spread out, yet none comes at once. */
function opened(openings: number, input: BreakerInput): Breaker {
  const { breakerOpenMsBase, breakerOpenMsMax } = input.settings;
  const ceilingMs = Math.min(breakerOpenMsMax, breakerOpenMsBase * 2 ** Math.min(openings - 1, 20));
  const waitMs = Math.ceil((ceilingMs * (1 + input.fraction)) / 2);
  return { kind: 'open', openings, untilMonoMs: input.monoMs + waitMs, restAsked: false };
}

/** Time has passed, or something says that a try is worth it. */
export function breakerReady(breaker: Breaker, monoMs: number, hint: boolean): Breaker {
  if (breaker.kind !== 'open') return breaker;
  const ready = monoMs >= breaker.untilMonoMs || (hint && !breaker.restAsked);
  return ready ? { kind: 'half-open', openings: breaker.openings, probeId: undefined } : breaker;
}

/** May something old be sent, and how much. */
export function breakerRoom(breaker: Breaker): 'all' | 'probe' | 'none' {
  switch (breaker.kind) {
    case 'closed':
      return 'all';
    case 'half-open':
      return breaker.probeId === undefined ? 'probe' : 'none';
    case 'open':
      return 'none';
  }
}

/** `requestId` has been sent: in half-open the first one is the probe. */
export function breakerSent(breaker: Breaker, requestId: number): Breaker {
  return breaker.kind === 'half-open' && breaker.probeId === undefined
    ? { ...breaker, probeId: requestId }
    : breaker;
}
