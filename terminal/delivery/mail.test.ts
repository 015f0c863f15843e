import { describe, expect, it } from 'vitest';
import type { ClaimId, OperationId, PeriodId, WalletPhone } from '../ids.ts';
import { minor } from '../money.ts';
import type { MessageRow } from '../store.ts';
import type { DeliveryDecision } from './context.ts';
import type { DeliveryEvent } from './event.ts';
import { deliveryDefaults } from './settings.ts';
import { type DeliveryState, initialDeliveryState, salesStopped } from './state.ts';
import {
  loadIdOf,
  noAnswer,
  sampleAlarm,
  sampleContext,
  sentBy,
  step,
  summary,
  unsent,
  wallNow,
} from './testing/samples.ts';

const start = initialDeliveryState(deliveryDefaults);
const anchor = sampleContext().anchor;

const claim: MessageRow = {
  messageId: 'claim-1',
  attempts: 0,
  body: {
    kind: 'claim',
    claimId: 'claim-1' as ClaimId,
    operationId: 'operation-1' as OperationId,
    operationNumber: '0000000001',
    wallet: '+77010000001' as WalletPhone,
    currency: 'KZT',
    certainMinor: minor(100),
    doubtfulNotes: [],
    atMs: wallNow,
  },
};

const collection: MessageRow = {
  messageId: 'collection-1',
  attempts: 0,
  body: {
    kind: 'collection',
    periodId: 'period-1' as PeriodId,
    periodNumber: 1,
    how: 'collected',
    currency: 'KZT',
    counts: [],
    inDoubt: [],
    openedAtMs: wallNow - 1_000,
    closedAtMs: wallNow,
  },
};

function show(state: DeliveryState, rows: readonly MessageRow[]): DeliveryDecision {
  const look = step(state, [{ kind: 'message-stored' }]);
  const loadId = loadIdOf(look, 'load-due-messages');
  return step(look.state, [{ kind: 'due-messages-loaded', loadId, rows, nextDueAtMs: undefined }]);
}

function answer(
  decision: DeliveryDecision,
  to: 'events' | 'claim' | 'collection',
  what: unknown,
): DeliveryDecision {
  const requestId = sentBy(decision)[0]?.requestId ?? 0;
  return step(decision.state, [
    { kind: 'answered', requestId, reply: { to, answer: what } } as DeliveryEvent,
  ]);
}

describe('messages', () => {
  it('travel two calls at a time: alarms together, the rest one by one', () => {
    const sent = sentBy(show(start, [claim, sampleAlarm(1), collection, sampleAlarm(2)]));
    expect(sent.map(({ request }) => request.kind)).toEqual(['events', 'claim']);
    const [events] = sent;
    expect(events?.request.kind === 'events' ? events.request.events.events : []).toMatchObject([
      { eventId: sampleAlarm(1).messageId, name: 'acceptor-trouble', severity: 'alarm' },
      { eventId: sampleAlarm(2).messageId },
    ]);
  });

  it('stored while the store is being asked are looked for again', () => {
    const look = step(start, [{ kind: 'message-stored' }, { kind: 'message-stored' }]);
    const { messageLoad } = look.state;
    const loadId = messageLoad.kind === 'loading' ? messageLoad.loadId : 0;
    const loaded = step(look.state, [
      { kind: 'due-messages-loaded', loadId, rows: [], nextDueAtMs: undefined },
    ]);
    expect(summary(loaded)).toBe('timer messages, load-due-messages');
  });

  it('send one call to find out whether the backend is back', () => {
    const halfOpen = { ...start, breaker: { kind: 'half-open', openings: 1, probeId: undefined } } as const;
    expect(sentBy(show(halfOpen, [claim, collection]))).toHaveLength(1);
  });

  it('travel alone after failing often', () => {
    const sent = sentBy(show(start, [sampleAlarm(1, 3), sampleAlarm(2), sampleAlarm(3)]));
    const sizes = sent.map(({ request }) => (request.kind === 'events' ? request.events.events.length : 0));
    expect(sizes).toEqual([2, 1]);
  });

  it.each([
    {
      name: 'stored',
      to: 'events',
      row: sampleAlarm(1),
      what: { kind: 'stored', anchor },
      facts: 'message-delivered',
    },
    { name: 'a stored claim', to: 'claim', row: claim, what: { kind: 'stored' }, facts: 'message-delivered' },
    {
      name: 'a stored collection',
      to: 'collection',
      row: collection,
      what: { kind: 'stored' },
      facts: 'message-delivered',
    },
    { name: 'no answer', to: 'claim', row: claim, what: noAnswer, facts: 'message-failed' },
    { name: 'not sent', to: 'claim', row: claim, what: unsent, facts: '' },
    {
      name: 'forked',
      to: 'events',
      row: sampleAlarm(1),
      what: { kind: 'forked', anchor },
      facts: 'message-failed alarm-raised',
    },
  ] as const)('$name: $facts', ({ to, row, what, facts }) => {
    const decision = answer(show(start, [row]), to, what);
    expect(decision.facts.map((fact) => fact.kind).join(' ')).toBe(facts);
  });
});

describe('heartbeat', () => {
  const beaten = step(start, [{ kind: 'timer-fired', timer: 'heartbeat' }]);

  it('carries the end of the journal, and only one is in the air', () => {
    const [sent] = sentBy(beaten);
    expect(sent?.request).toMatchObject({ kind: 'events', events: { anchor, events: [] } });
    expect(summary(step(beaten.state, [{ kind: 'timer-fired', timer: 'heartbeat' }]))).toBe(
      'timer heartbeat',
    );
  });

  it.each([
    { name: 'what was sent', seen: anchor, effect: 'ignored' },
    { name: 'an earlier row', seen: { sequence: 40, head: 'bb' }, effect: 'check-anchor' },
    { name: 'the same row with another head', seen: { ...anchor, head: 'bb' }, effect: 'check-anchor' },
    {
      name: 'a later row',
      seen: { sequence: anchor.sequence + 1, head: 'bb' },
      effect: 'alarm-raised ledger-rolled-back',
    },
  ])('whose answer names $name: $effect', ({ seen, effect }) => {
    expect(summary(answer(beaten, 'events', { kind: 'stored', anchor: seen }))).toBe(effect);
  });

  it('stops sales when the journal does not hold what the backend has seen', () => {
    const checked: DeliveryEvent = { kind: 'anchor-checked', anchor, contained: false };
    expect(salesStopped(step(start, [checked]).state)).toEqual(['ledger-rolled-back']);
    expect(salesStopped(step(start, [{ ...checked, contained: true }]).state)).toEqual([]);
    expect(salesStopped(answer(beaten, 'events', { kind: 'forked', anchor }).state)).toEqual([
      'ledger-rolled-back',
    ]);
  });

  it('overtaken by a later one of this very journal is no fork: the journal is asked', () => {
    const later = { sequence: anchor.sequence + 2, head: 'cc' };
    const [sent] = sentBy(beaten);
    const reply = { to: 'events', answer: { kind: 'forked', anchor: later } } as const;
    const event: DeliveryEvent = { kind: 'answered', requestId: sent?.requestId ?? 0, reply };
    const decision = step(beaten.state, [event], { ...sampleContext(), anchor: later });
    expect(decision.effects).toContainEqual({ kind: 'check-anchor', anchor: later });
    expect(salesStopped(decision.state)).toEqual([]);
  });

  it('lets old money be tried again', () => {
    const open = {
      kind: 'open',
      openings: 3,
      untilMonoMs: Number.MAX_SAFE_INTEGER,
      restAsked: false,
    } as const;
    const heard = answer({ ...beaten, state: { ...beaten.state, breaker: open } }, 'events', {
      kind: 'stored',
      anchor,
    });
    expect(summary(heard)).toBe('load-due-top-ups');
    expect(heard.state.breaker.kind).toBe('half-open');
  });

  it('renews the last good contact', () => {
    expect(answer(beaten, 'events', { kind: 'stored', anchor }).state.lastGoodContactMonoMs).toBe(
      sampleContext().now.monoMs,
    );
    expect(answer(beaten, 'events', noAnswer).state.lastGoodContactMonoMs).toBeUndefined();
  });
});
