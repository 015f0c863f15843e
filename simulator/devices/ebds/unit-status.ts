import type { MouthNote, Path } from '../acceptor/firmware.ts';
import type { AcceptorMechanics } from '../acceptor/mechanics.ts';
import { d0, d1, d2 } from './codes.ts';
import type { Events } from './events.ts';

export type Mode =
  /** Without power, or powered and not yet listening. */
  | { readonly kind: 'deaf' }
  /** Power-up shows until the tests are done and the host polls fast enough. */
  | { readonly kind: 'starting'; readonly testsDone: boolean }
  /** D1 and D2 bits that show until a soft reset. */
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** A note in the head waits for the host: in escrow, or behind a soft reset. */
  | { readonly kind: 'holding'; readonly shows: 'escrow' | 'nothing' }
  | { readonly kind: 'running' };

export type Fault = 'failure' | 'cassette-removed' | 'jammed';

/** Which way a note goes that is on its way out. */
export type WayOut = 'returned' | 'rejected';

export interface StatusFacts {
  readonly mode: Mode;
  readonly path: Path;
  readonly mouth: MouthNote | undefined;
  readonly isPaused: boolean;
  readonly isFull: boolean;
  readonly wayOut: WayOut | undefined;
  readonly showsMouth: boolean;
  readonly events: Events;
}

/** D0 to D2 (EBDS §4), without the value bits. */
export function statusBits(facts: StatusFacts): [number, number, number] {
  const { mode, events, isPaused, isFull } = facts;
  const bit = (isSet: boolean, mask: number): number => (isSet ? mask : 0);
  const fault = mode.kind === 'fault' ? mode.fault : undefined;
  const isRunning = mode.kind === 'running';
  return [
    stateBit(facts) | bit(events.has('stacked'), d0.stacked) | bit(events.has('returned'), d0.returned),
    bit(events.has('cheated'), d1.cheated) |
      bit(events.has('rejected'), d1.rejected) |
      bit(fault === 'jammed', d1.jammed) |
      bit(isRunning && isFull, d1.cassetteFull) |
      bit(fault !== 'cassette-removed', d1.cassettePresent) |
      bit(isRunning && isPaused, d1.paused),
    bit(mode.kind === 'starting', d2.powerUp) | bit(fault === 'failure', d2.failure),
  ];
}

function stateBit({ mode, path, mouth, wayOut, showsMouth, isFull }: StatusFacts): number {
  if (mode.kind === 'holding') return mode.shows === 'escrow' ? d0.escrowed : 0;
  if (mode.kind !== 'running') return 0;
  switch (path.kind) {
    case 'entering':
      return d0.accepting;
    case 'escrowed':
      return d0.escrowed;
    case 'stacking':
      return d0.stacking;
    case 'returning':
      return wayOut === 'rejected' ? d0.accepting : d0.returning;
    default: {
      const isReturnedInMouth = mouth?.wasReturned === true && wayOut === 'returned' && showsMouth;
      if (isReturnedInMouth) return d0.returning;
      return isFull ? 0 : d0.idling;
    }
  }
}

/** What is broken or missing now, the gravest first. */
export function faultOf({ failureCode, cassette, jam }: AcceptorMechanics): Fault | undefined {
  if (failureCode !== undefined) return 'failure';
  if (cassette === undefined) return 'cassette-removed';
  return jam === undefined ? undefined : 'jammed';
}
