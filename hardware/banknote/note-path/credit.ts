import type { CreditId } from '../../../terminal/ids.ts';
import { type DeviceState, sameKind } from './device-state.ts';
import { type Credit, log, newId, report, type Turn, update } from './state.ts';

/*
 * The credit event. It has no number of its own, and the device repeats it until it is acknowledged: one credit
 * therefore lasts until it has been confirmed and the device has been seen to go on.
 */

/** `type` is absent where the protocol does not say it again: the event then fits whatever note was let in. */
export function sawStacked(turn: Turn, { type, named }: Extract<DeviceState, { kind: 'stacked' }>): void {
  const { escrow, credit, doubt } = turn.state;
  update(turn, { found: 'nothing', isFoundTold: false });
  const escrowFits = escrow !== undefined && sameKind(escrow.type, type);
  // Only a note that we let in can be a new one; without it the same kind again is the same note again.
  if (credit !== undefined && sameKind(credit.type, type) && !(escrowFits && escrow.maybeInside)) {
    repeatCredit(turn, credit);
    return;
  }
  const source = escrowFits ? escrow : doubt !== undefined && sameKind(doubt.type, type) ? doubt : undefined;
  if (credit !== undefined) releaseCredit(turn, credit);
  const fresh: Credit = {
    id: newId(turn, 'c') as CreditId,
    type: type ?? source?.type,
    escrowId: source?.id,
    isRecovery: turn.state.phase.kind !== 'working',
    denomination: source?.denomination ?? named ?? knownKind(turn, type),
    confirmed: false,
    toldMonoMs: turn.nowMonoMs,
  };
  update(turn, {
    credit: fresh,
    escrow: escrowFits ? undefined : escrow,
    doubt: source === doubt ? undefined : doubt,
  });
  tellCredit(turn, fresh);
}

/** After a connection the table may be another device's until it has been read again. */
function knownKind(turn: Turn, type: number | undefined): Credit['denomination'] {
  return turn.state.isKnown && type !== undefined ? turn.state.table[type] : undefined;
}

function repeatCredit(turn: Turn, credit: Credit): void {
  log(turn, { kind: 'credit-repeated', creditId: credit.id });
  if (credit.confirmed || turn.nowMonoMs - credit.toldMonoMs < turn.state.options.creditRepeatMs) return;
  update(turn, { credit: { ...credit, toldMonoMs: turn.nowMonoMs } });
  tellCredit(turn, credit);
}

function tellCredit(turn: Turn, credit: Credit): void {
  report(turn, {
    kind: 'note-stacked',
    creditId: credit.id,
    escrowId: credit.escrowId,
    denomination: credit.denomination,
    ...(credit.isRecovery && { isRecovery: true }),
  });
}

/** Lets go of a stored credit once the device shows that it has gone on to something else. */
export function followCredit(turn: Turn): void {
  const { credit, seen } = turn.state;
  if (credit?.confirmed === true && seen !== undefined && hasMovedOn(seen.poll)) releaseCredit(turn, credit);
}

function releaseCredit(turn: Turn, credit: Credit): void {
  update(turn, { credit: undefined });
  report(turn, { kind: 'credit-released', creditId: credit.id });
}

/** Busy, faults and power-ups prove nothing: the same event may still follow them if our ACK was lost. */
function hasMovedOn(poll: DeviceState): boolean {
  switch (poll.kind) {
    case 'stacked':
    case 'busy':
    case 'unlisted':
    case 'fault':
    case 'power-up':
    case 'initializing':
      return false;
    default:
      return true;
  }
}
