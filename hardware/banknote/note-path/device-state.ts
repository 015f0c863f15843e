import { unreachable } from '../../../terminal/assert.ts';
import type { AcceptorFault, Denomination, RejectReason } from '../../../terminal/devices.ts';

/*
 * What an acceptor says it is doing, in words that every protocol's status table is turned into. A kind of note is a
 * number: its place in the table that the device was asked for.
 */

export type DeviceState =
  /** Waits for RESET. `noteAt`: where a note lay when power came back. */
  | { readonly kind: 'power-up'; readonly noteAt: 'nowhere' | 'head' | 'stacker' }
  /** `awaitsSettings`: it goes on only when it has been told how to work. */
  | { readonly kind: 'initializing'; readonly awaitsSettings?: true }
  | { readonly kind: 'idling' }
  | { readonly kind: 'accepting' }
  | { readonly kind: 'stacking' }
  /** The note has been stacked and told of; the way is being cleared for the next one. */
  | { readonly kind: 'settling' }
  /** `mayDisable`: the acceptor can be disabled while the note goes out, or lies in the mouth. */
  | { readonly kind: 'returning'; readonly mayDisable?: true }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'holding' }
  | { readonly kind: 'busy'; readonly forMs: number }
  /**
   * `code`: the device's own number for it. `untilTaken`: it says so for as long as the note lies in the mouth, and can be
   * disabled meanwhile.
   */
  | {
      readonly kind: 'rejecting';
      readonly reason: RejectReason;
      readonly code: number;
      readonly untilTaken?: true;
    }
  | { readonly kind: 'fault'; readonly fault: AcceptorFault; readonly detail: string }
  | { readonly kind: 'escrow'; readonly type: number }
  /**
   * The protocol's credit event (money rule M2). Not every protocol says again which kind it was; `named`: one does, with
   * its value, so that no table has to be read first.
   */
  | { readonly kind: 'stacked'; readonly type: number | undefined; readonly named?: Denomination | undefined }
  | { readonly kind: 'returned'; readonly type: number | undefined }
  /** A state that the documents do not list. */
  | { readonly kind: 'unlisted'; readonly code: number };

/** A second note was pushed in too early: the one fault that a customer ends, by taking it back. */
export function isPause(state: DeviceState): boolean {
  return state.kind === 'fault' && state.fault === 'paused';
}

/** Two numbers of a kind. Where one was not named, only the order of events can tell, and that fits. */
export function sameKind(one: number | undefined, other: number | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** How a state bears on the note path. */
export type Motion = 'rest' | 'moving' | 'returning' | 'initializing' | 'fault' | 'final' | 'unclear';

export function motionOf(state: DeviceState): Motion {
  switch (state.kind) {
    case 'idling':
    case 'disabled':
      return 'rest';
    case 'accepting':
    case 'stacking':
    case 'settling':
    case 'escrow':
    case 'holding':
      return 'moving';
    case 'rejecting':
      return state.untilTaken === true ? 'returning' : 'moving';
    case 'returning':
      return 'returning';
    case 'power-up':
    case 'initializing':
      return 'initializing';
    case 'fault':
      return 'fault';
    case 'stacked':
    case 'returned':
      return 'final';
    case 'busy':
    case 'unlisted':
      return 'unclear';
    default:
      return unreachable(state);
  }
}

export function sameState(one: DeviceState, other: DeviceState): boolean {
  if (one.kind !== other.kind) return false;
  switch (one.kind) {
    case 'power-up':
      return other.kind === one.kind && one.noteAt === other.noteAt;
    case 'escrow':
    case 'stacked':
    case 'returned':
      return other.kind === one.kind && one.type === other.type;
    case 'rejecting':
    case 'unlisted':
      return other.kind === one.kind && one.code === other.code;
    case 'fault':
      return other.kind === one.kind && one.fault === other.fault && one.detail === other.detail;
    case 'initializing':
    case 'idling':
    case 'accepting':
    case 'stacking':
    case 'settling':
    case 'returning':
    case 'disabled':
    case 'holding':
    case 'busy':
      return true;
    default:
      return unreachable(one);
  }
}
