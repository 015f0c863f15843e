import { describe, expect, it } from 'vitest';
import type { TopUpRow } from '../store.ts';
import type { StatusAnswer, TopUpAnswer, VoidAnswer } from '../wallet/messages.ts';
import type { DeliveryContext, DeliveryDecision } from './context.ts';
import type { Reply } from './event.ts';
import { deliveryDefaults } from './settings.ts';
import { type DeliveryState, initialDeliveryState, salesStopped } from './state.ts';
import {
  credited,
  later,
  noAnswer,
  sampleContext,
  sampleRow,
  sentBy,
  showDue,
  step,
  summary,
  unsent,
  wallNow,
} from './testing/samples.ts';

const start = initialDeliveryState(deliveryDefaults);

/** Lets a due row be asked about and hears `answer`. */
function ask(
  row: TopUpRow,
  answer: TopUpAnswer | StatusAnswer | VoidAnswer,
  state: DeliveryState = start,
  context: DeliveryContext = sampleContext(),
): DeliveryDecision {
  const due = showDue(state, [row], context);
  const [sent] = sentBy(due);
  if (sent === undefined) throw new Error('nothing was sent');
  const reply = { to: sent.request.kind, answer } as Reply;
  return step(due.state, [{ kind: 'answered', requestId: sent.requestId, reply }], context);
}

function factOf(decision: DeliveryDecision): unknown {
  return decision.facts[0];
}

const waiting = sampleRow(1);
const doubtful = sampleRow(1, { attempts: 2 });
const promised = sampleRow(1, { state: 'accepted', promisedAtMs: wallNow - 1 });
const accepted = sampleRow(1, { state: 'accepted', promisedAtMs: wallNow + 600_000 });
const voiding = sampleRow(1, { state: 'voiding' });
const looks = 'load-due-top-ups, load-due-messages';
const retries = 'timer look, timer messages';

const refused = { kind: 'refused', reason: 'wallet-blocked', retryable: true } as const;
const refusedForEver = { kind: 'refused', reason: 'wallet-closed', retryable: false } as const;
const notSeen = { kind: 'not-seen' } as const;
const expired = { kind: 'expired' } as const;
const voided = { kind: 'voided', voidedAtMs: wallNow } as const;
const takenOn = { kind: 'accepted' } as const;
const mismatch = { kind: 'unknown', why: 'mismatch', field: 'amountMinor' } as const;
const unexpected = { kind: 'unknown', why: 'unexpected', detail: 'x' } as const;
const poison = { kind: 'unknown', why: 'problem', problem: 'request-invalid', needsPerson: true } as const;
const noKey = { kind: 'unknown', why: 'problem', problem: 'key-unknown', needsPerson: true } as const;

/** Which answer means what for a row that is … */
const meanings: readonly [string, TopUpRow, TopUpAnswer | StatusAnswer | VoidAnswer, string][] = [
  ['waiting: credited', waiting, credited, `top-up-credited, ${looks}`],
  ['waiting: accepted', waiting, takenOn, `top-up-accepted, ${looks}`],
  ['waiting: refused', waiting, refused, `top-up-refused, alarm-raised top-up-refused, ${looks}`],
  ['waiting: voided', waiting, voided, `top-up-voided, alarm-raised top-up-refused, ${looks}`],
  ['waiting: no answer', waiting, noAnswer, `delivery-failed, ${retries}`],
  ['waiting: not sent', waiting, unsent, retries],
  ['waiting: nonsense', waiting, unexpected, `delivery-failed, ${retries}`],
  ['waiting: mismatch', waiting, mismatch, `top-up-parked, alarm-raised answer-mismatch, ${looks}`],
  ['waiting: invalid', waiting, poison, `alarm-raised answer-mismatch, delivery-failed, ${looks}`],
  ['waiting: no key', waiting, noKey, `alarm-raised answer-mismatch, delivery-failed, ${retries}`],
  ['in doubt: not seen', doubtful, notSeen, `send top-up, ${looks}`],
  ['in doubt: credited', doubtful, credited, `top-up-credited, ${looks}`],
  ['in doubt: accepted', doubtful, takenOn, `top-up-accepted, ${looks}`],
  ['in doubt: an old refusal', doubtful, refused, `send top-up, ${looks}`],
  [
    'in doubt: refused for ever',
    doubtful,
    refusedForEver,
    `top-up-refused, alarm-raised top-up-refused, ${looks}`,
  ],
  ['in doubt: expired', doubtful, expired, `top-up-parked, alarm-raised top-up-too-old, ${looks}`],
  ['accepted: credited', accepted, credited, `top-up-credited, ${looks}`],
  ['accepted: still', accepted, takenOn, `top-up-accepted, ${looks}`],
  ['accepted: refused', accepted, refused, `top-up-refused, alarm-raised top-up-refused, ${looks}`],
  ['accepted: forgotten', accepted, notSeen, `send top-up, ${looks}`],
  ['accepted: expired', accepted, expired, `top-up-parked, alarm-raised top-up-too-old, ${looks}`],
  ['accepted: no answer', accepted, noAnswer, `delivery-failed, ${retries}`],
  ['promised: still', promised, takenOn, `top-up-accepted, alarm-raised promise-broken, ${looks}`],
  ['promised: no answer', promised, noAnswer, `alarm-raised promise-broken, delivery-failed, ${retries}`],
  ['voiding: voided', voiding, voided, `top-up-voided, ${looks}`],
  ['voiding: too late', voiding, credited, `top-up-credited, ${looks}`],
  ['voiding: no answer', voiding, noAnswer, `delivery-failed, ${retries}`],
  ['voiding: mismatch', voiding, mismatch, `top-up-parked, alarm-raised answer-mismatch, ${looks}`],
];

describe('what an answer means', () => {
  it.each(meanings)('%s', (_name, row, answer, expected) => {
    expect(summary(ask(row, answer))).toBe(expected);
  });
});

describe('schedule of one row', () => {
  it('rests at most as long as the ceiling of its try, and never forgets the reason', () => {
    expect(factOf(ask(sampleRow(1, { attempts: 3 }), noAnswer))).toMatchObject({
      kind: 'delivery-failed',
      why: 'no answer: deadline',
    });
    const fact = factOf(ask(sampleRow(1, { attempts: 3 }), noAnswer)) as { nextTryAtMs: number };
    expect(fact.nextTryAtMs).toBeGreaterThan(wallNow);
    expect(fact.nextTryAtMs).toBeLessThanOrEqual(wallNow + 40_000);
  });

  it.each([
    { asked: 120_000, rests: 120_000 },
    { asked: 3_600_000, rests: 900_000 },
  ])('honours Retry-After of $asked ms for $rests ms', ({ asked, rests }) => {
    expect(factOf(ask(waiting, { ...noAnswer, retryAfterMs: asked }))).toMatchObject({
      nextTryAtMs: wallNow + rests,
    });
  });

  it('asks about an accepted one at the promised time', () => {
    const promisedAtMs = wallNow + 600_000;
    const fact = factOf(ask(waiting, { kind: 'accepted', promisedAtMs })) as { nextTryAtMs: number };
    expect(fact).toMatchObject({ promisedAtMs });
    expect(fact.nextTryAtMs - promisedAtMs).toBeGreaterThanOrEqual(0);
    expect(fact.nextTryAtMs - promisedAtMs).toBeLessThan(deliveryDefaults.retryDelayMsBase);
  });

  it('keeps the first promise, and alarms once when it is broken', () => {
    const first = ask(promised, { kind: 'accepted', promisedAtMs: wallNow + 999_999 });
    expect(factOf(first)).toMatchObject({ kind: 'top-up-accepted', promisedAtMs: promised.promisedAtMs });
    const again = ask(promised, takenOn, first.state, later(sampleContext(), 60_000));
    expect(again.facts.map((fact) => fact.kind)).toEqual(['top-up-accepted']);
    const done = ask(promised, credited, again.state, later(sampleContext(), 120_000));
    expect(done.facts.map((fact) => fact.kind)).toEqual(['top-up-credited', 'alarm-ended']);
  });

  it('measures an accepted one without a promise by the receipt', () => {
    const old = sampleRow(1, { state: 'accepted', closedAtMs: wallNow - deliveryDefaults.promiseMs });
    expect(summary(ask(old, takenOn))).toContain('alarm-raised promise-broken');
  });
});

describe('contradictions', () => {
  const contradict = (state: DeliveryState, serial: number) => ask(sampleRow(serial), mismatch, state).state;

  it('stop sales at the third in a row, until a person allows them', () => {
    const two = contradict(contradict(start, 1), 2);
    expect(salesStopped(two)).toEqual([]);
    const three = contradict(two, 3);
    expect(salesStopped(three)).toEqual(['answers-contradict']);
    const standingAlarms = [{ alarm: 'answer-mismatch', subject: 'several in a row' }];
    expect(salesStopped(step(start, [{ kind: 'started', standingAlarms }]).state)).toEqual([
      'answers-contradict',
    ]);
    expect(salesStopped(step(three, [{ kind: 'sales-allowed' }]).state)).toEqual([]);
  });

  it('count anew after an answer that fits', () => {
    const two = contradict(contradict(start, 1), 2);
    const fits = ask(sampleRow(3), credited, two).state;
    expect(salesStopped(contradict(fits, 4))).toEqual([]);
  });
});

describe('contact', () => {
  it.each([
    { name: 'credited', answer: credited, heard: true },
    { name: 'a signed problem', answer: poison, heard: true },
    { name: 'a signed contradiction', answer: mismatch, heard: true },
    { name: 'nothing', answer: noAnswer, heard: false },
    {
      name: 'an answer with a bad signature',
      answer: { ...noAnswer, reason: 'bad-signature' },
      heard: false,
    },
  ] as const)('$name', ({ answer, heard }) => {
    const { lastGoodContactMonoMs } = ask(waiting, answer).state;
    expect(lastGoodContactMonoMs).toBe(heard ? sampleContext().now.monoMs : undefined);
  });
});

describe('calls for a person', () => {
  it('end when the backend works again', () => {
    const stuck = ask(waiting, noKey);
    expect(summary(ask(sampleRow(2), credited, stuck.state))).toContain('alarm-ended answer-mismatch');
  });

  it('end when a person has the row tried again', () => {
    const { state } = ask(waiting, refused);
    const row = { ...waiting, state: 'refused' } as const;
    const decision = step(state, [{ kind: 'top-up-retry-asked', row, by: 'A. B.' }]);
    expect(summary(decision)).toBe('top-up-requeued, alarm-ended top-up-refused, send top-up');
  });
});
