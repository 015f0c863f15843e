import { describe, expect, it } from 'vitest';
import { limits } from '../limits.ts';
import type { TopUpRow } from '../store.ts';
import type { DeliveryDecision } from './context.ts';
import type { DeliveryEvent } from './event.ts';
import { deliveryDefaults } from './settings.ts';
import { type DeliveryState, initialDeliveryState } from './state.ts';
import {
  credited,
  dueLoaded,
  later,
  loadIdOf,
  noAnswer,
  operationId,
  sampleContext,
  sampleRow,
  sampleRows,
  sentBy,
  showDue,
  step,
  summary,
  unsent,
  wallNow,
} from './testing/samples.ts';

const start = initialDeliveryState(deliveryDefaults);
const context = sampleContext();

function sizesOf(decision: DeliveryDecision): readonly number[] {
  return sentBy(decision).map(({ request }) => (request.kind === 'batch' ? request.batch.items.length : 1));
}

function kindsSent(decision: DeliveryDecision): string {
  return sentBy(decision)
    .map(({ request }) => request.kind)
    .join(', ');
}

describe('what is sent of what is due', () => {
  it.each([
    { name: 'one', rows: sampleRows(1), sent: 'top-up' },
    { name: 'few', rows: sampleRows(7), sent: 'top-up, top-up, top-up, top-up' },
    { name: 'many', rows: sampleRows(8), sent: 'batch' },
    { name: 'very many', rows: sampleRows(1_400), sent: 'batch, batch' },
    { name: 'many accepted', rows: sampleRows(8, { state: 'accepted' }), sent: 'batch' },
    { name: 'few in doubt', rows: sampleRows(2, { attempts: 1 }), sent: 'status, status' },
    { name: 'many in doubt', rows: sampleRows(8, { attempts: 1 }), sent: 'batch' },
    {
      name: 'many that failed often',
      rows: sampleRows(8, { attempts: 8 }),
      sent: 'status, status, status, status',
    },
    { name: 'voids', rows: sampleRows(8, { state: 'voiding' }), sent: 'void, void, void, void' },
    {
      name: 'a void among many',
      rows: [sampleRow(99, { state: 'voiding' }), ...sampleRows(9)],
      sent: 'void, batch',
    },
  ])('$name: $sent', ({ rows, sent }) => {
    expect(kindsSent(showDue(start, rows))).toBe(sent);
  });

  it('keeps batches within the contract and the rest for later', () => {
    expect(sizesOf(showDue(start, sampleRows(1_400)))).toEqual([500, 500]);
  });

  it('says the same about a row alone and in a batch', () => {
    const row = sampleRow(1, { supplementOf: operationId(77), holdId: 'hold-1' });
    const [alone] = sentBy(showDue(start, [row]));
    const [together] = sentBy(showDue(start, [row, ...sampleRows(8).slice(1)]));
    const body = alone?.request.kind === 'top-up' ? alone.request.topUp : undefined;
    expect(body).toMatchObject({
      operationId: row.operationId,
      supplementOf: operationId(77),
      holdId: 'hold-1',
    });
    expect(together?.request.kind === 'batch' ? together.request.batch.items[0] : undefined).toEqual(body);
  });

  it('looks beyond what is in flight', () => {
    const busy = showDue(start, sampleRows(1_000)).state;
    const look = step({ ...busy, topUpLoad: { kind: 'idle' } }, [{ kind: 'timer-fired', timer: 'look' }]);
    const load = look.effects.find((effect) => effect.kind === 'load-due-top-ups');
    expect(load?.limit).toBe(1_008);
  });

  it('sends nothing twice that is in flight', () => {
    const busy = showDue(start, sampleRows(2)).state;
    expect(kindsSent(showDue(busy, sampleRows(3)))).toBe('top-up');
  });

  it('lets a few wait for the batch in flight instead of asking about each', () => {
    const busy = showDue(start, sampleRows(9)).state;
    expect(kindsSent(showDue(busy, [sampleRow(50), sampleRow(51, { state: 'voiding' })]))).toBe('void');
  });

  it('sends no probe while requests from before the trouble hold every place', () => {
    const busy = showDue(start, sampleRows(4)).state;
    const halfOpen = { ...busy, breaker: { kind: 'half-open', openings: 1, probeId: undefined } } as const;
    expect(kindsSent(showDue(halfOpen, [sampleRow(50)]))).toBe('');
    const { state } = showDue({ ...halfOpen, inFlight: new Map() }, sampleRows(9));
    expect([...state.inFlight.values()].map((flight) => flight.kind)).toEqual(['top-up']);
  });

  it('does not trust what a look shows of a row decided about meanwhile', () => {
    const due = showDue(start, [sampleRow(1)]);
    const look = step(due.state, [{ kind: 'timer-fired', timer: 'look' }]);
    const [sent] = sentBy(due);
    const answered: DeliveryEvent = {
      kind: 'answered',
      requestId: sent?.requestId ?? 0,
      reply: { to: 'top-up', answer: credited },
    };
    const { state } = step(look.state, [answered]);
    const loaded = step(state, [dueLoaded(loadIdOf(look, 'load-due-top-ups'), [sampleRow(1)])]);
    // It looks again instead.
    expect(summary(loaded)).toBe('timer look, load-due-top-ups');
  });
});

describe('rows older than a year', () => {
  const old = (changes: Partial<TopUpRow> = {}) =>
    sampleRow(1, { closedAtMs: wallNow - limits.topUpAgeMsMax - 1, ...changes });

  const heard: DeliveryState = { ...start, lastGoodContactMonoMs: context.now.monoMs };

  it('are parked with an alarm and not sent', () => {
    const decision = showDue(heard, [old(), sampleRow(2)]);
    expect(summary(decision)).toBe(
      'top-up-parked, alarm-raised top-up-too-old, send top-up, timer look, load-due-top-ups',
    );
    expect(decision.notices).toEqual([{ operationId: old().operationId, outcome: { kind: 'parked' } }]);
  });

  it('are neither parked nor sent while only this machine’s own clock calls them old', () => {
    expect(summary(showDue(start, [old(), sampleRow(2)]))).toBe('send top-up, timer look');
  });

  it('are sent once when a person says so', () => {
    const row = { ...old(), state: 'parked' } as const;
    const decision = step(start, [{ kind: 'top-up-retry-asked', row, by: 'A. B.' }]);
    expect(summary(decision)).toBe('top-up-requeued, send top-up');
  });

  it('are voided all the same', () => {
    expect(kindsSent(showDue(start, [old({ state: 'voiding' })]))).toBe('void');
  });
});

describe('a batch answer', () => {
  const due = showDue(start, sampleRows(9));
  const requestId = sentBy(due)[0]?.requestId ?? 0;
  const answer = (items: readonly { operationId: string; answer: unknown }[]): DeliveryEvent =>
    ({ kind: 'answered', requestId, reply: { to: 'batch', answer: { items } } }) as DeliveryEvent;

  it('settles each row by its own id, in any order; strangers change nothing', () => {
    const items = sampleRows(9).map((row) => ({ operationId: row.operationId, answer: credited }));
    const stranger = { operationId: operationId(4_711), answer: credited };
    const decision = step(due.state, [answer([stranger, ...items.reverse()])]);
    const settled = decision.facts.map((fact) =>
      'operationId' in fact ? `${fact.kind} ${fact.operationId}` : '',
    );
    expect(settled).toEqual(sampleRows(9).map((row) => `top-up-credited ${row.operationId}`));
  });

  it('leaves a row waiting that it says nothing about', () => {
    const items = sampleRows(8).map((row) => ({ operationId: row.operationId, answer: credited }));
    expect(step(due.state, [answer(items)]).facts.at(-1)).toMatchObject({
      kind: 'delivery-failed',
      operationId: operationId(9),
      why: 'unexpected: the batch has no answer for this item',
    });
  });

  it('makes batches smaller when it fails as a whole, and larger when it gets through', () => {
    const all = (what: unknown) =>
      sampleRows(9).map((row) => ({ operationId: row.operationId, answer: what }));
    const failed = step(due.state, [answer(all(noAnswer))]).state;
    expect(failed.batchItemsNow).toBe(deliveryDefaults.batchFromRows);
    const notSent = step(due.state, [answer(all(unsent))]).state;
    expect(notSent.batchItemsNow).toBe(deliveryDefaults.batchItemsMax);
    const through = step({ ...due.state, batchItemsNow: 40 }, [answer(all(credited))]).state;
    expect(through.batchItemsNow).toBe(80);
  });
});

describe('a person', () => {
  const row = sampleRow(1);
  const voidAsked: DeliveryEvent = { kind: 'top-up-void-asked', row, by: 'A. B.' };
  const sent = step(start, [{ kind: 'operation-closed', row }]);
  const requestId = sentBy(sent)[0]?.requestId ?? 0;
  const answered = (answer: unknown): DeliveryEvent =>
    ({ kind: 'answered', requestId, reply: { to: 'top-up', answer } }) as DeliveryEvent;

  it.each([
    { name: 'credited after all', answer: credited, facts: ['top-up-credited'] },
    { name: 'accepted', answer: { kind: 'accepted' }, facts: [] },
    { name: 'refused', answer: { kind: 'refused', reason: 'wallet-blocked', retryable: true }, facts: [] },
    { name: 'not answered', answer: noAnswer, facts: [] },
  ])('who wants a void waits for what is in the air: $name', ({ answer, facts }) => {
    const decision = step(sent.state, [voidAsked, answered(answer)]);
    expect(decision.facts.map((fact) => fact.kind)).toEqual(facts);
  });

  it.each([
    { name: 'sent again when it was not seen', answer: { kind: 'not-seen' } },
    { name: 'put aside when it was forgotten', answer: { kind: 'expired' } },
  ] as const)('who wants a void does not see the operation $name', ({ answer }) => {
    const due = showDue(start, [sampleRow(1, { attempts: 1 })]);
    const asked = sentBy(due)[0]?.requestId ?? 0;
    const told = { kind: 'answered', requestId: asked, reply: { to: 'status', answer } } as const;
    const decision = step(due.state, [voidAsked, told]);
    expect(sentBy(decision)).toEqual([]);
    expect(decision.facts).toEqual([]);
  });

  it('who wants a void is heard before an older look is, even with no place free', () => {
    let { state } = step(start, [{ kind: 'timer-fired', timer: 'look' }]);
    const loadId = state.topUpLoad.kind === 'loading' ? state.topUpLoad.loadId : 0;
    for (let serial = 101; serial <= 100 + deliveryDefaults.urgentInFlightMax; serial += 1) {
      state = step(state, [{ kind: 'operation-closed', row: sampleRow(serial) }]).state;
    }
    expect(sentBy(step(state, [voidAsked, dueLoaded(loadId, [row])]))).toEqual([]);
  });

  it('who asks for the same void twice asks once', () => {
    const first = step(start, [voidAsked]);
    expect(summary(step(first.state, [voidAsked]))).toBe('ignored');
  });
});

describe('an answer that never comes', () => {
  it('is given up long after its deadline', () => {
    const sent = step(start, [{ kind: 'operation-closed', row: sampleRow(1) }]);
    const look: DeliveryEvent = { kind: 'timer-fired', timer: 'look' };
    expect(step(sent.state, [look], later(context, 49_000)).facts).toEqual([]);
    expect(step(sent.state, [look], later(context, 50_000)).facts).toMatchObject([
      { kind: 'delivery-failed' },
    ]);
  });
});

describe('the age of the queue', () => {
  const shown = (state: DeliveryState, oldestWaitingClosedAtMs: number | undefined) => {
    const look = step(state, [{ kind: 'timer-fired', timer: 'look' }]);
    const event = dueLoaded(loadIdOf(look, 'load-due-top-ups'), []);
    return step(look.state, [{ ...event, oldestWaitingClosedAtMs } as DeliveryEvent]);
  };

  it('raises one alarm for all, and ends it', () => {
    const justInTime = shown(start, wallNow - deliveryDefaults.promiseMs);
    expect(justInTime.facts).toEqual([]);
    const late = shown(justInTime.state, wallNow - deliveryDefaults.promiseMs - 1);
    expect(summary(late)).toBe('alarm-raised queue-too-old, timer look');
    expect(shown(late.state, wallNow - deliveryDefaults.promiseMs - 1).facts).toEqual([]);
    expect(summary(shown(late.state, undefined))).toBe('alarm-ended queue-too-old, timer look');
  });
});
