import { unreachable } from '../../../terminal/assert.ts';
import type { AcceptorLease } from '../../../terminal/devices.ts';
import type { CreditId, EscrowId } from '../../../terminal/ids.ts';
import { followCredit } from './credit.ts';
import { reviseWish, wishReturn, wishStack } from './escrow.ts';
import { seekDevice, tellLost, watchLiveness } from './phase.ts';
import { type Output, type PathState, type Turn, update } from './state.ts';

/*
 * The one order in which an acceptor's dialog thinks, whatever it speaks: a pure machine that reads no clock and touches
 * no port.
 */

export type Input =
  | { readonly kind: 'link-opened' }
  | { readonly kind: 'link-failed'; readonly detail: string }
  | { readonly kind: 'link-closed'; readonly reason: string }
  | { readonly kind: 'bytes'; readonly chunk: Uint8Array }
  | { readonly kind: 'time' }
  | { readonly kind: 'lease'; readonly lease: AcceptorLease | undefined }
  | { readonly kind: 'stack'; readonly escrowId: EscrowId }
  | { readonly kind: 'return'; readonly escrowId: EscrowId }
  | { readonly kind: 'confirm'; readonly creditId: CreditId }
  | { readonly kind: 'reset' };

export interface Step<State extends PathState> {
  readonly state: State;
  readonly outputs: readonly Output[];
}

/** A protocol's part in a step: its line. Each function works on the turn at hand. */
export interface Wire<State extends PathState> {
  opened(turn: Turn<State>): void;
  closed(turn: Turn<State>): void;
  bytes(turn: Turn<State>, chunk: Uint8Array): void;
  /** The credit has just become durable: the device may be told at once, if its line waits for that. */
  creditConfirmed(turn: Turn<State>): void;
  /** What the passing of time does to an exchange. */
  tick(turn: Turn<State>): void;
  /** Writes what is wanted and due. */
  sendNext(turn: Turn<State>): void;
}

export function stepWith<State extends PathState>(
  wire: Wire<State>,
  state: State,
  input: Input,
  nowMonoMs: number,
): Step<State> {
  const turn: Turn<State> = { state, nowMonoMs, outputs: [] };
  // By the lease as it stood: one that ran out while nothing moved here is not mended by its renewal (money rule M7).
  reviseWish(turn);
  take(turn, input, wire);
  wire.tick(turn);
  watchLiveness(turn);
  reviseWish(turn);
  wire.sendNext(turn);
  return { state: turn.state, outputs: turn.outputs };
}

function take<State extends PathState>(turn: Turn<State>, input: Input, wire: Wire<State>): void {
  const path: Turn = turn;
  switch (input.kind) {
    case 'link-opened':
      seekDevice(turn);
      update(path, { isLineOpen: true });
      wire.opened(turn);
      return;
    case 'link-failed':
      lineGone(turn, input.detail, wire);
      return;
    case 'link-closed':
      lineGone(turn, input.reason, wire);
      return;
    case 'bytes':
      wire.bytes(turn, input.chunk);
      return;
    case 'time':
      return;
    case 'lease':
      update(path, { lease: input.lease });
      return;
    case 'stack':
      wishStack(turn, input.escrowId);
      return;
    case 'return':
      if (turn.state.escrow?.id === input.escrowId) wishReturn(turn, 'host');
      return;
    case 'confirm':
      confirmCredit(turn, input.creditId, wire);
      return;
    case 'reset':
      update(path, { resetWanted: true });
      return;
    default:
      unreachable(input);
      return;
  }
}

function lineGone<State extends PathState>(turn: Turn<State>, detail: string, wire: Wire<State>): void {
  const path: Turn = turn;
  seekDevice(turn);
  update(path, { isLineOpen: false });
  wire.closed(turn);
  tellLost(turn, 'not-connected', detail);
}

function confirmCredit<State extends PathState>(
  turn: Turn<State>,
  creditId: CreditId,
  wire: Wire<State>,
): void {
  const path: Turn = turn;
  const { credit } = turn.state;
  if (credit?.id !== creditId || credit.confirmed) return;
  update(path, { credit: { ...credit, confirmed: true } });
  wire.creditConfirmed(turn);
  followCredit(turn);
}
