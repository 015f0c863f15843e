import type { ChainAnchor, EventsAnswer } from '../wallet/messages.ts';
import type { DeliveryEvent } from './event.ts';
import { heartbeatOf } from './request.ts';
import { ledgerRolledBack } from './state.ts';
import { countInFlight, draw, raiseAlarm, send, startTimer, type Turn } from './turn.ts';

type AnchorChecked = Extract<DeliveryEvent, { readonly kind: 'anchor-checked' }>;

/**
 * Tells the backend that the terminal is alive and where its journal stands. It goes out whatever the breaker says:
 * it costs little, and its signed answer is what the offline rule lives on.
 */
export function beat(turn: Turn): void {
  const { settings, anchor } = turn.context;
  // A tenth early or late by chance, so that a fleet that came up together drifts apart.
  startTimer(turn, 'heartbeat', settings.heartbeatIntervalMs * (0.9 + 0.2 * draw(turn)));
  if (countInFlight(turn.state, (flight) => flight.kind === 'heartbeat') > 0) return;
  const events = heartbeatOf(turn.context);
  send(turn, { kind: 'heartbeat', anchor }, { kind: 'events', events }, false);
}

/** What an answer to events says about our journal (money rule M13). */
export function settleAnchor(turn: Turn, sent: ChainAnchor, answer: EventsAnswer): void {
  switch (answer.kind) {
    case 'stored':
      if (answer.anchor.sequence === sent.sequence && answer.anchor.head === sent.head) return;
      anchorSeen(turn, answer.anchor);
      return;
    case 'forked':
      // A later anchor of ours may have overtaken this one on the way: the journal itself says whether it is ours.
      if (answer.anchor.sequence > sent.sequence) {
        anchorSeen(turn, answer.anchor);
        return;
      }
      rolledBack(turn, `the backend has seen another chain at ${answer.anchor.sequence}`);
      return;
    case 'unknown':
      return;
  }
}

/** The backend has seen `anchor`: a journal that does not hold it has lost rows or is another one. */
export function anchorSeen(turn: Turn, anchor: ChainAnchor): void {
  const ours = turn.context.anchor.sequence;
  if (anchor.sequence > ours) {
    rolledBack(turn, `the backend has seen row ${anchor.sequence}, the journal ends at ${ours}`);
    return;
  }
  turn.effects.push({ kind: 'check-anchor', anchor });
}

export function anchorChecked(turn: Turn, event: AnchorChecked): void {
  if (event.contained) return;
  rolledBack(turn, `row ${event.anchor.sequence} of the journal is not the one the backend has seen`);
}

function rolledBack(turn: Turn, detail: string): void {
  raiseAlarm(turn, 'ledger-rolled-back', ledgerRolledBack.subject, detail);
}
