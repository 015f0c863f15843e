import type { DeliveryEvent } from '../event.ts';
import { deliveryDefaults } from '../settings.ts';
import { type DeliveryState, initialDeliveryState } from '../state.ts';
import {
  credited,
  noAnswer,
  sampleAlarm,
  sampleContext,
  sampleRow,
  sampleRows,
  sentBy,
  showDue,
  step,
} from './samples.ts';

/* Every place delivery can be in, reached as it is reached in life; and one of every kind of event. */

const context = sampleContext();
const initial = initialDeliveryState(deliveryDefaults);

function fresh(serial: number): DeliveryEvent {
  return { kind: 'operation-closed', row: sampleRow(serial) };
}

function topUpInFlight(): DeliveryState {
  return step(initial, [fresh(1)], context).state;
}

function broken(restMs?: number): DeliveryState {
  let { state } = step(initial, [], context);
  for (let serial = 101; serial <= 103; serial += 1) {
    const sent = step(state, [fresh(serial)], context);
    const [request] = sentBy(sent);
    const answer = restMs === undefined ? noAnswer : { ...noAnswer, retryAfterMs: restMs };
    const requestId = request?.requestId ?? 0;
    state = step(
      sent.state,
      [{ kind: 'answered', requestId, reply: { to: 'top-up', answer } }],
      context,
    ).state;
  }
  return state;
}

function watched(): DeliveryState {
  const sent = step(initial, [fresh(1)], context);
  const requestId = sentBy(sent)[0]?.requestId ?? 0;
  const answer = { kind: 'accepted', promisedAtMs: context.now.wallMs + 600_000 } as const;
  const accepted = step(
    sent.state,
    [{ kind: 'answered', requestId, reply: { to: 'top-up', answer } }],
    context,
  );
  return showNothing(accepted.state);
}

/** Ends the looks that an answer began. */
function showNothing(state: DeliveryState): DeliveryState {
  const events: DeliveryEvent[] = [];
  if (state.topUpLoad.kind === 'loading') events.push(topUpsShown(state.topUpLoad.loadId));
  if (state.messageLoad.kind === 'loading') {
    const { loadId } = state.messageLoad;
    events.push({ kind: 'due-messages-loaded', loadId, rows: [], nextDueAtMs: undefined });
  }
  return step(state, events, context).state;
}

function topUpsShown(loadId: number): DeliveryEvent {
  return {
    kind: 'due-top-ups-loaded',
    loadId,
    rows: [],
    nextDueAtMs: undefined,
    oldestWaitingClosedAtMs: undefined,
  };
}

function salesStopped(): DeliveryState {
  const standingAlarms = [{ alarm: 'ledger-rolled-back', subject: 'backend' }];
  const { state } = step(initial, [{ kind: 'started', standingAlarms }], context);
  return showNothing({ ...state, inFlight: new Map() });
}

export const situations = {
  quiet: initial,
  looking: step(initial, [{ kind: 'timer-fired', timer: 'look' }, { kind: 'message-stored' }], context).state,
  'top-up in flight': topUpInFlight(),
  'batch in flight': showDue(initial, sampleRows(9), context).state,
  'breaker open': broken(),
  'backend resting': broken(600_000),
  'half-open, nothing due': step(broken(), [{ kind: 'link-became-good' }], context).state,
  'half-open, probing': showDue(broken(), [sampleRow(1)], {
    ...context,
    now: { ...context.now, monoMs: 2_000_000 },
  }).state,
  'watching an accepted one': watched(),
  'comparing a register': step(initial, [{ kind: 'timer-fired', timer: 'register' }], context).state,
  'sales stopped': salesStopped(),
} satisfies Record<string, DeliveryState>;

export type SituationName = keyof typeof situations;

/** Ids that the situation is waiting for, so that an event answers it if anything can. */
export function events(state: DeliveryState): Readonly<Record<string, DeliveryEvent>> {
  const topUpLoadId = state.topUpLoad.kind === 'loading' ? state.topUpLoad.loadId : 999;
  const messageLoadId = state.messageLoad.kind === 'loading' ? state.messageLoad.loadId : 999;
  const requestId = [...state.inFlight.keys()][0] ?? 999;
  const anchor = { sequence: 90, head: 'bb' };
  const stopped = { ...sampleRow(1), state: 'refused' } as const;
  return {
    started: { kind: 'started', standingAlarms: [] },
    'operation-closed, again': fresh(1),
    'operation-closed, new': fresh(50),
    'due-top-ups-loaded': { ...topUpsShown(topUpLoadId), rows: [sampleRow(1)] } as DeliveryEvent,
    'due-messages-loaded': {
      kind: 'due-messages-loaded',
      loadId: messageLoadId,
      rows: [sampleAlarm(1)],
      nextDueAtMs: undefined,
    },
    'message-stored': { kind: 'message-stored' },
    'answered top-up: credited': { kind: 'answered', requestId, reply: { to: 'top-up', answer: credited } },
    'answered top-up: nothing': { kind: 'answered', requestId, reply: { to: 'top-up', answer: noAnswer } },
    'answered batch: one of nine': {
      kind: 'answered',
      requestId,
      reply: {
        to: 'batch',
        answer: { items: [{ operationId: sampleRow(1).operationId, answer: credited }] },
      },
    },
    'answered for nobody': { kind: 'answered', requestId: 12_345, reply: { to: 'top-up', answer: credited } },
    'timer-fired look': { kind: 'timer-fired', timer: 'look' },
    'timer-fired messages': { kind: 'timer-fired', timer: 'messages' },
    'timer-fired breaker': { kind: 'timer-fired', timer: 'breaker' },
    'timer-fired heartbeat': { kind: 'timer-fired', timer: 'heartbeat' },
    'timer-fired register': { kind: 'timer-fired', timer: 'register' },
    'timer-fired watch': { kind: 'timer-fired', timer: 'watch' },
    'link-became-good': { kind: 'link-became-good' },
    'backend-heard': { kind: 'backend-heard' },
    'backend-anchor-seen, ahead': {
      kind: 'backend-anchor-seen',
      anchor: { sequence: 101, head: 'cc' },
    },
    'backend-anchor-seen, behind': { kind: 'backend-anchor-seen', anchor },
    'anchor-checked, missing': { kind: 'anchor-checked', anchor, contained: false },
    'register-loaded': { kind: 'register-loaded', day: '2026-11-21', rows: [] },
    'top-up-retry-asked': { kind: 'top-up-retry-asked', row: stopped, by: 'A. B.' },
    'top-up-send-asked': { kind: 'top-up-send-asked', row: sampleRow(1) },
    'top-up-void-asked': { kind: 'top-up-void-asked', row: sampleRow(1), by: 'A. B.' },
    'sales-allowed': { kind: 'sales-allowed' },
  };
}
