import { describe, expect, it } from 'vitest';
import type { DeliveryDecision } from './context.ts';
import type { DeliveryEvent } from './event.ts';
import { deliveryDefaults } from './settings.ts';
import { type DeliveryState, initialDeliveryState } from './state.ts';
import {
  credited,
  later,
  noAnswer,
  sampleContext,
  sampleRow,
  sentBy,
  step,
  wallNow,
} from './testing/samples.ts';

const start = initialDeliveryState(deliveryDefaults);
const context = sampleContext();
const row = sampleRow(1);
const promisedAtMs = wallNow + 1_200_000;
const accepted = { kind: 'accepted', promisedAtMs } as const;
const watchFired: DeliveryEvent = { kind: 'timer-fired', timer: 'watch' };

function answer(
  decision: DeliveryDecision,
  to: 'top-up' | 'status',
  what: unknown,
  afterMs = 0,
): DeliveryDecision {
  const requestId = sentBy(decision)[0]?.requestId ?? 0;
  const event = { kind: 'answered', requestId, reply: { to, answer: what } } as DeliveryEvent;
  return step(decision.state, [event], later(context, afterMs));
}

function sell(state: DeliveryState, serial = 1): DeliveryDecision {
  return answer(
    step(state, [{ kind: 'operation-closed', row: sampleRow(serial) }], context),
    'top-up',
    accepted,
  );
}

describe('a top-up accepted while its visitor stands there', () => {
  it('turns to credited on the screen without waiting for the promised time', () => {
    const sold = sell(start);
    expect(sold.notices).toEqual([
      { operationId: row.operationId, outcome: { kind: 'accepted', promisedAtMs } },
    ]);
    expect(sold.effects).toContainEqual({ kind: 'start-timer', timer: 'watch', delayMs: 3_000 });

    const asked = step(sold.state, [watchFired], later(context, 3_000));
    expect(sentBy(asked).map(({ request }) => request.kind)).toEqual(['status']);
    const still = answer(asked, 'status', accepted, 3_100);
    expect([still.facts, still.notices]).toEqual([[], []]);

    const again = step(still.state, [watchFired], later(context, 9_000));
    const done = answer(again, 'status', credited, 9_100);
    expect(done.facts).toEqual([{ kind: 'top-up-credited', operationId: row.operationId }]);
    expect(done.notices).toEqual([{ operationId: row.operationId, outcome: { kind: 'credited' } }]);
    expect(done.state.watched.size).toBe(0);
  });

  it('keeps its own schedule when a question gets no answer', () => {
    const asked = step(sell(start).state, [watchFired], later(context, 3_000));
    expect(answer(asked, 'status', noAnswer, 9_000).facts).toEqual([]);
  });

  it('is asked about a few times only', () => {
    let { state } = sell(start);
    let afterMs = 0;
    let asked = 0;
    for (let turn = 0; turn < 20; turn += 1) {
      afterMs += 30_000;
      const decision = step(state, [watchFired], later(context, afterMs));
      asked += sentBy(decision).length;
      state =
        sentBy(decision).length === 0 ? decision.state : answer(decision, 'status', accepted, afterMs).state;
    }
    expect(asked).toBe(deliveryDefaults.watchDelaysMs.length);
    expect(state.watched.size).toBe(0);
  });

  it('is not asked about while the backend is in trouble', () => {
    const breaker = {
      kind: 'open',
      openings: 1,
      untilMonoMs: Number.MAX_SAFE_INTEGER,
      restAsked: false,
    } as const;
    const { state } = sell(start);
    expect(sentBy(step({ ...state, breaker }, [watchFired], later(context, 3_000)))).toEqual([]);
  });

  it('is not watched any more when a person wants it closed', () => {
    const voidAsked: DeliveryEvent = {
      kind: 'top-up-void-asked',
      row: { ...row, state: 'accepted' },
      by: 'A. B.',
    };
    expect(step(sell(start).state, [voidAsked], context).state.watched.size).toBe(0);
  });

  it('gives way to those that came after it', () => {
    let { state } = sell(start, 1);
    for (let serial = 2; serial <= 6; serial += 1) state = sell(state, serial).state;
    expect([...state.watched.keys()]).toEqual([3, 4, 5, 6].map((serial) => sampleRow(serial).operationId));
  });

  it('is not watched when it was found in the queue', () => {
    const due = step(start, [{ kind: 'timer-fired', timer: 'look' }], context);
    const load = due.effects.find((effect) => effect.kind === 'load-due-top-ups');
    const loaded = step(
      due.state,
      [
        {
          kind: 'due-top-ups-loaded',
          loadId: load?.loadId ?? 0,
          rows: [row],
          nextDueAtMs: undefined,
          oldestWaitingClosedAtMs: undefined,
        },
      ],
      context,
    );
    expect(answer(loaded, 'top-up', accepted).state.watched.size).toBe(0);
  });
});
