import { observe } from '../note-path/observe.ts';
import { log, update } from '../note-path/state.ts';
import { event, needsAck, type PollEvent, type PollEvents } from './message.ts';
import type { EsspTurn } from './state.ts';
import { faultIn, rejectReasonOf, stackerFull } from './words.ts';

/* What a list of events means for the note path: first what has happened, in its order, then how things stand. */

export function takeEvents(turn: EsspTurn, { events, unknown }: PollEvents, isAcked: boolean): void {
  remember(turn, events, unknown !== undefined, isAcked);
  for (const one of events) takeEvent(turn, one);
  tellHowThingsStand(turn, events, unknown);
}

function has(events: readonly PollEvent[], code: number): boolean {
  return events.some((one) => one.code === code);
}

function remember(turn: EsspTurn, events: readonly PollEvent[], hasUnknown: boolean, isAcked: boolean): void {
  const inEscrow = events.findLast(({ code, channel }) => code === event.read && channel !== 0)?.channel;
  const isBarcode = has(events, event.barcodeInEscrow);
  // An unknown event may hide an escrow behind it.
  const escrowTold = inEscrow !== undefined || isBarcode ? 'told' : hasUnknown ? 'unknown' : 'none';
  // A poll that tells of an escrow is a sight of it, as good as a HOLD.
  if (escrowTold === 'told')
    update(turn, { holdDueMonoMs: turn.nowMonoMs + turn.state.options.holdIntervalMs });
  const isEmptied = [event.slaveReset, event.cashboxRemoved, event.cashboxReplaced].some((code) =>
    has(events, code),
  );
  update(turn, {
    escrowTold,
    toldChannel: inEscrow,
    ackWanted: isAcked && events.some(needsAck),
    isFull: has(events, event.stackerFull) || (turn.state.isFull && !isEmptied),
  });
  const isShut = has(events, event.disabled) || has(events, event.allInhibited);
  if (isShut) update(turn, { enabledSet: false });
  if (has(events, event.slaveReset) || has(events, event.allInhibited)) update(turn, { takenSet: undefined });
  const goesOut = has(events, event.rejecting) || has(events, event.rejected);
  if (!goesOut) update(turn, { rejection: undefined });
}

function takeEvent(turn: EsspTurn, { code, channel = 0 }: PollEvent): void {
  switch (code) {
    case event.slaveReset:
      observe(turn, { kind: 'power-up', noteAt: 'nowhere' });
      return;
    case event.credit:
      if (channel > 0) takeCredit(turn, channel);
      return;
    case event.clearedToCashbox:
      if (turn.state.phase.kind === 'working') observe(turn, { kind: 'power-up', noteAt: 'nowhere' });
      if (channel > 0) takeCredit(turn, channel);
      else observe(turn, { kind: 'power-up', noteAt: 'stacker' });
      return;
    case event.clearedFromFront:
      takeClearedFromFront(turn, channel);
      return;
    case event.rejected:
      if (isNoteOut(turn)) observe(turn, { kind: 'returned', type: turn.state.escrow?.type });
      return;
    default:
      return;
  }
}

/** The event has no number of its own, and some units say it again (§12): a new one needs a note that was let in. */
function takeCredit(turn: EsspTurn, channel: number): void {
  const { escrow, doubt, credit, creditedChannel } = turn.state;
  const isExpected = (escrow?.maybeInside === true && escrow.type === channel) || doubt?.type === channel;
  if (!isExpected && credit === undefined && creditedChannel === channel) {
    log(turn, { kind: 'credit-came-late', type: channel });
    return;
  }
  observe(turn, { kind: 'stacked', type: channel });
  update(turn, { creditedChannel: channel });
}

function takeClearedFromFront(turn: EsspTurn, channel: number): void {
  const { escrow, doubt } = turn.state;
  const open = escrow ?? doubt;
  if (open !== undefined && channel !== 0 && open.type !== channel) {
    observe(turn, { kind: 'power-up', noteAt: 'stacker' });
  } else if (escrow === undefined && doubt !== undefined) {
    observe(turn, { kind: 'returned', type: doubt.type });
  } else {
    observe(turn, { kind: 'power-up', noteAt: 'head' });
  }
}

/** The note that goes out now has been in escrow. */
function isNoteOut({ state }: EsspTurn): boolean {
  return state.escrow !== undefined || state.seen?.poll.kind === 'returning';
}

function tellHowThingsStand(turn: EsspTurn, events: readonly PollEvent[], unknown: number | undefined): void {
  const { state } = turn;
  const fault = faultIn(events);
  // Not as long as a credit event is told: the note before is not done with. A unit without acknowledgement may say it
  // again, to the host of after a crash too, which must know it for the same one.
  const isCredited = has(events, event.credit) || has(events, event.clearedToCashbox);
  if (fault !== undefined) observe(turn, fault);
  else if (isCredited) return;
  else if (has(events, event.initializing)) observe(turn, { kind: 'initializing' });
  else if (state.toldChannel !== undefined) observe(turn, { kind: 'escrow', type: state.toldChannel });
  else if (has(events, event.rejecting) || has(events, event.rejected)) tellOnItsWayOut(turn, events);
  else if (has(events, event.stacking))
    observe(turn, { kind: isStackingTold(turn) ? 'settling' : 'stacking' });
  else if (has(events, event.read)) observe(turn, { kind: 'accepting' });
  else if (unknown !== undefined) observe(turn, { kind: 'unlisted', code: unknown });
  else tellRest(turn);
}

/** The note has been told as stacked, and its last way is still said. */
function isStackingTold({ state }: EsspTurn): boolean {
  const before = state.seen?.poll.kind;
  return state.escrow === undefined && (before === 'stacked' || before === 'settling');
}

function tellRest(turn: EsspTurn): void {
  if (turn.state.isFull) observe(turn, stackerFull);
  else observe(turn, { kind: turn.state.enabledSet === false ? 'disabled' : 'idling' });
}

function tellOnItsWayOut(turn: EsspTurn, events: readonly PollEvent[]): void {
  const isStillThere = has(events, event.rejecting);
  if (isNoteOut(turn)) {
    if (isStillThere) observe(turn, { kind: 'returning', mayDisable: true });
    else tellRest(turn);
    return;
  }
  const { rejection, seen } = turn.state;
  if (typeof rejection === 'number') {
    if (isStillThere) tellRejection(turn, rejection);
    else tellRest(turn);
  } else if (isStillThere || seen?.poll.kind !== 'returned') update(turn, { rejection: 'wanted' });
  else tellRest(turn);
}

/** Why a note that was never in escrow comes back. */
export function tellRejection(turn: EsspTurn, code: number): void {
  update(turn, { rejection: code });
  observe(turn, { kind: 'rejecting', reason: rejectReasonOf(code), code, untilTaken: true });
}
