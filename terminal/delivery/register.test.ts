import { describe, expect, it } from 'vitest';
import { type Minor, minor } from '../money.ts';
import type { RegisterRow } from '../store.ts';
import type { RegisterItem } from '../wallet/messages.ts';
import type { DeliveryDecision } from './context.ts';
import type { DeliveryEvent } from './event.ts';
import { boundsOf, dayOf, pastDays } from './register-days.ts';
import { foundByBackend, foundHere } from './register-differences.ts';
import { deliveryDefaults } from './settings.ts';
import { type DeliveryState, initialDeliveryState } from './state.ts';
import { noAnswer, operationId, sampleContext, sentBy, step, summary, wallNow } from './testing/samples.ts';

function row(serial: number, state: RegisterRow['state'], amount = 100): RegisterRow {
  return { operationId: operationId(serial), amountMinor: minor(amount), state };
}

function item(serial: number, amount = 100): RegisterItem {
  return { operationId: operationId(serial), amountMinor: minor(amount) };
}

function register(items: readonly RegisterItem[], sum?: number) {
  const sumMinor = (sum ?? items.reduce((total, { amountMinor }) => total + amountMinor, 0)) as Minor;
  return { kind: 'register', sumMinor, items } as const;
}

describe("the backend's register against ours", () => {
  it.each([
    { name: 'alike', rows: [row(1, 'credited')], theirs: register([item(1)]), found: 0 },
    { name: 'nothing on both sides', rows: [], theirs: register([]), found: 0 },
    { name: 'an answer still on its way', rows: [row(1, 'open')], theirs: register([item(1)]), found: 0 },
    { name: 'open here, unknown there', rows: [row(1, 'open')], theirs: register([]), found: 0 },
    { name: 'refused here and not there', rows: [row(1, 'ended')], theirs: register([]), found: 0 },
    { name: 'missing there', rows: [row(1, 'credited')], theirs: register([]), found: 1 },
    { name: 'unknown here', rows: [], theirs: register([item(1)]), found: 1 },
    { name: 'refused here, credited there', rows: [row(1, 'ended')], theirs: register([item(1)]), found: 1 },
    { name: 'another amount', rows: [row(1, 'credited', 200)], theirs: register([item(1)]), found: 1 },
    { name: 'a wrong sum', rows: [row(1, 'credited')], theirs: register([item(1)], 99), found: 1 },
    { name: 'listed twice', rows: [row(1, 'credited')], theirs: register([item(1), item(1)]), found: 1 },
  ])('$name: $found', ({ rows, theirs, found }) => {
    expect(foundHere(rows, theirs)).toHaveLength(found);
  });

  it('drops what the backend finds odd only because its answer is on its way', () => {
    const answer = {
      kind: 'differs',
      missingAtBackend: [operationId(1)],
      missingAtTerminal: [item(2), item(3), item(4, 999), item(5)],
      otherAmounts: [item(6)],
    } as const;
    const rows = [row(1, 'credited'), row(2, 'open'), row(3, 'ended'), row(4, 'open'), row(6, 'credited')];
    const found = foundByBackend(rows, answer).map((text) => text.slice(0, operationId(1).length));
    expect(found).toEqual([1, 3, 4, 5, 6].map(operationId));
  });
});

describe('days', () => {
  it('are those of Kazakhstan', () => {
    const { fromMs, toMs } = boundsOf('2026-11-22');
    expect(new Date(fromMs).toISOString()).toBe('2026-11-21T19:00:00.000Z');
    expect([dayOf(fromMs - 1), dayOf(fromMs), dayOf(toMs - 1), dayOf(toMs)]).toEqual([
      '2026-11-21',
      '2026-11-22',
      '2026-11-22',
      '2026-11-23',
    ]);
    expect(pastDays(toMs - 1, 2)).toEqual(['2026-11-21', '2026-11-20']);
  });
});

/** Goes through one whole round: what the store shows and the backend answers about each day. */
function round(
  state: DeliveryState,
  rows: readonly RegisterRow[],
  theirs: readonly RegisterItem[],
): { readonly last: DeliveryDecision; readonly days: readonly string[] } {
  const days: string[] = [];
  let last = step(state, [{ kind: 'timer-fired', timer: 'register' }]);
  for (let load = loadOf(last); load !== undefined; load = loadOf(last)) {
    days.push(load.day);
    last = step(last.state, [{ kind: 'register-loaded', day: load.day, rows }]);
    last = answer(last, { to: 'register', answer: { kind: 'agreed' } });
    last = answer(last, { to: 'register-day', answer: register(theirs) });
  }
  return { last, days };
}

function loadOf(decision: DeliveryDecision) {
  return decision.effects.find((effect) => effect.kind === 'load-register');
}

function answer(decision: DeliveryDecision, reply: unknown): DeliveryDecision {
  const requestId = sentBy(decision)[0]?.requestId ?? 0;
  return step(decision.state, [{ kind: 'answered', requestId, reply } as DeliveryEvent]);
}

describe('the daily comparison', () => {
  const settings = { ...deliveryDefaults, registerDays: 2 };
  const start = initialDeliveryState(settings);
  const yesterday = pastDays(wallNow, 1)[0];

  it('goes through the past days and comes again tomorrow', () => {
    const { last, days } = round(start, [], []);
    expect(days).toEqual(pastDays(wallNow, deliveryDefaults.registerDays));
    expect(last.effects).toEqual([{ kind: 'start-timer', timer: 'register', delayMs: 86_400_000 }]);
  });

  it('looks a second time before it alarms, and ends the alarm when all is well', () => {
    const first = round(start, [row(1, 'credited')], []);
    expect(first.last.facts).toEqual([]);
    expect(first.last.effects).toEqual([{ kind: 'start-timer', timer: 'register', delayMs: 600_000 }]);

    const second = round(first.last.state, [row(1, 'credited')], []);
    expect(second.days).toEqual(first.days);
    expect(second.last.facts).toMatchObject([{ kind: 'alarm-raised', alarm: 'register-differs' }]);
    expect(second.last.state.standing.has(`register-differs ${yesterday}`)).toBe(true);

    const third = round(second.last.state, [row(1, 'credited')], [item(1)]);
    expect(third.last.state.standing.size).toBe(0);
  });

  it('says nothing when the second look finds all well', () => {
    const first = round(start, [row(1, 'credited')], []);
    const second = round(first.last.state, [row(1, 'credited')], [item(1)]);
    expect(second.last.state.standing.size).toBe(0);
  });

  it('comes back to a day that still differs, however old', () => {
    const standingAlarms = [{ alarm: 'register-differs', subject: '2026-01-02' }];
    const { state } = step(start, [{ kind: 'started', standingAlarms }]);
    const { days } = round(state, [], []);
    expect(days.at(-1)).toBe('2026-01-02');
  });

  it.each(['register', 'register-day'] as const)('is put off when %s has no answer', (to) => {
    let decision = step(start, [{ kind: 'timer-fired', timer: 'register' }]);
    decision = step(decision.state, [{ kind: 'register-loaded', day: yesterday ?? '', rows: [] }]);
    if (to === 'register-day') decision = answer(decision, { to: 'register', answer: { kind: 'agreed' } });
    decision = answer(decision, { to, answer: noAnswer });
    expect(summary(decision)).toBe('timer register');
    const again = step(decision.state, [{ kind: 'timer-fired', timer: 'register' }], sampleContext());
    expect(loadOf(again)?.day).toBe(yesterday);
  });
});
