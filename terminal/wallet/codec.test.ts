import { describe, expect, test } from 'vitest';
import type { OperationId, WalletPhone } from '../ids.ts';
import { minorFromTenge } from '../money.ts';
import { checkCall, eventsCall } from './codec-terminal.ts';
import { batchCall, statusCall, topUpCall, voidCall } from './codec-top-up.ts';
import type { TopUpRequest } from './messages.ts';
import { isRefusal, problemType, refusalReasons, troubleProblems } from './problem.ts';
import type { SignedAnswer } from './transport.ts';

const request: TopUpRequest = {
  operationId: '019d0000-0000-7000-8000-000000000001' as OperationId,
  wallet: '+77010000001' as WalletPhone,
  amountMinor: minorFromTenge(7_000),
  currency: 'KZT',
  terminalNumber: '10000001',
  operationNumber: '0000000018',
  openedAtMs: Date.UTC(2026, 10, 22, 7, 0, 0),
  closedAtMs: Date.UTC(2026, 10, 22, 7, 1, 30),
  notes: [
    { denominationMinor: minorFromTenge(5_000), count: 1 },
    { denominationMinor: minorFromTenge(1_000), count: 2 },
  ],
};

const echo = {
  operationId: request.operationId,
  wallet: request.wallet,
  amountMinor: request.amountMinor,
  currency: request.currency,
};
const credited = { outcome: 'credited', ...echo, creditedAt: '2026-11-22T07:01:31.500Z' };

function answer(body: unknown, more: Partial<SignedAnswer> = {}): SignedAnswer {
  return { kind: 'answer', status: 200, body, backendWallMs: 0, ...more };
}

describe('a top-up', () => {
  test('goes out with times as text and without what is absent', () => {
    expect(topUpCall.encode(request)).toEqual({
      method: 'POST',
      path: '/v1/top-ups',
      body: {
        ...echo,
        terminalNumber: '10000001',
        operationNumber: '0000000018',
        openedAt: '2026-11-22T07:00:00.000Z',
        closedAt: '2026-11-22T07:01:30.000Z',
        notes: [
          { denominationMinor: 500_000, count: 1 },
          { denominationMinor: 100_000, count: 2 },
        ],
      },
    });
    const supplement = { ...request, supplementOf: request.operationId, holdId: 'hold-1' };
    expect(topUpCall.encode(supplement).body).toMatchObject({
      supplementOf: request.operationId,
      holdId: 'hold-1',
    });
  });

  test.each([
    [credited, { kind: 'credited', creditedAtMs: Date.UTC(2026, 10, 22, 7, 1, 31, 500) }],
    [{ outcome: 'accepted', ...echo }, { kind: 'accepted' }],
    [
      { outcome: 'accepted', ...echo, promisedAt: '2026-11-22T12:31:31+05:00' },
      { kind: 'accepted', promisedAtMs: Date.UTC(2026, 10, 22, 7, 31, 31) },
    ],
    [
      { outcome: 'voided', ...echo, voidedAt: '2026-11-22T07:01:31Z' },
      { kind: 'voided', voidedAtMs: Date.UTC(2026, 10, 22, 7, 1, 31) },
    ],
    [
      { type: problemType('limit-exceeded'), ...echo, retryable: true },
      { kind: 'refused', reason: 'limit-exceeded', retryable: true },
    ],
    [
      { type: problemType('key-unknown') },
      { kind: 'unknown', why: 'problem', problem: 'key-unknown', needsPerson: true },
    ],
    [
      { type: problemType('unavailable') },
      { kind: 'unknown', why: 'problem', problem: 'unavailable', needsPerson: false },
    ],
  ])('%j', (body, expected) => {
    expect(topUpCall.decode(request, answer(body))).toEqual(expected);
  });

  test.each([
    ['operationId', '019d0000-0000-7000-8000-000000000002'],
    ['wallet', '+77010000002'],
    ['amountMinor', 700_001],
    ['amountMinor', '700000'],
    ['currency', 'USD'],
    ['operationId', undefined],
    ['amountMinor', undefined],
  ])('with another %s (%j) is a mismatch, whatever the outcome', (field, value) => {
    const refusal = { type: problemType('wallet-closed'), ...echo, retryable: false };
    for (const body of [credited, refusal, { outcome: 'accepted', ...echo }]) {
      expect(topUpCall.decode(request, answer({ ...body, [field]: value }))).toEqual({
        kind: 'unknown',
        why: 'mismatch',
        field,
      });
    }
  });

  test.each([
    { ...credited, type: problemType('internal-error') },
    { ...credited, type: 'about:blank' },
    { outcome: 'accepted', ...echo, type: 'about:blank' },
    { outcome: 'voided', ...echo, voidedAt: credited.creditedAt, type: 'about:blank' },
    { type: problemType('limit-exceeded'), ...echo, retryable: true, outcome: 'credited' },
    { ...credited, creditedAt: 'yesterday' },
    { ...credited, outcome: 'CREDITED' },
    { ...echo, creditedAt: credited.creditedAt },
    { type: problemType('limit-exceeded'), ...echo },
    { type: 'urn:qyzyl:problem:', ...echo },
    [credited],
    JSON.stringify(credited),
    null,
    undefined,
  ])('%j is unknown', (body) => {
    expect(topUpCall.decode(request, answer(body)).kind).toBe('unknown');
  });

  test('that was never answered says so', () => {
    const none = { kind: 'no-answer', why: 'deadline', sentMaybe: true } as const;
    expect(topUpCall.decode(request, none)).toEqual({
      kind: 'unknown',
      why: 'no-answer',
      reason: 'deadline',
      sentMaybe: true,
    });
  });
});

describe('status and void', () => {
  test.each([
    ['operation-not-seen', 'not-seen'],
    ['operation-expired', 'expired'],
  ] as const)('%s', (problem, kind) => {
    const body = { type: problemType(problem), operationId: request.operationId };
    expect(statusCall.decode(request, answer(body))).toEqual({ kind });
    const other = { ...body, operationId: '019d0000-0000-7000-8000-000000000002' };
    expect(statusCall.decode(request, answer(other))).toMatchObject({
      why: 'mismatch',
      field: 'operationId',
    });
    // To a top-up it means nothing.
    expect(topUpCall.decode(request, answer(body))).toMatchObject({ kind: 'unknown', problem });
  });

  test('a void ends in voided or credited and nothing else', () => {
    const ask = { ...request, reason: 'test' };
    expect(voidCall.decode(ask, answer(credited)).kind).toBe('credited');
    expect(voidCall.decode(ask, answer({ outcome: 'accepted', ...echo })).kind).toBe('unknown');
    const refusal = { type: problemType('wallet-blocked'), ...echo, retryable: true };
    expect(voidCall.decode(ask, answer(refusal)).kind).toBe('unknown');
  });
});

describe('a batch', () => {
  const other: TopUpRequest = {
    ...request,
    operationId: '019d0000-0000-7000-8000-000000000002' as OperationId,
  };
  const batch = { items: [request, other] };
  const forOther = { ...credited, operationId: other.operationId };
  const kinds = (body: unknown): string[] =>
    batchCall
      .decode(batch, answer(body))
      .items.map(({ answer: item }) => (item.kind === 'unknown' ? item.why : item.kind));

  test.each([
    [
      [forOther, credited],
      ['credited', 'credited'],
    ],
    [
      [credited, credited, forOther],
      ['credited', 'credited'],
    ],
    [[credited], ['credited', 'unexpected']],
    [
      [credited, { ...credited, operationId: '019d0000-0000-7000-8000-00000000000f' }],
      ['credited', 'mismatch'],
    ],
    [
      [credited, { ...credited, creditedAt: '2026-11-22T07:01:32Z' }, forOther],
      ['unexpected', 'credited'],
    ],
    [
      [{ ...credited, amountMinor: 1 }, forOther],
      ['mismatch', 'credited'],
    ],
  ])('%j', (items, expected) => {
    expect(kinds({ items })).toEqual(expected);
  });

  test('as a whole in trouble leaves every item unknown', () => {
    expect(kinds({ type: problemType('unavailable') })).toEqual(['problem', 'problem']);
    expect(kinds({ items: 'none' })).toEqual(['unexpected', 'unexpected']);
  });
});

describe('a check', () => {
  const open = {
    wallet: request.wallet,
    holderName: 'Айгүл С.',
    allowanceMinor: 1_297_500,
    currency: 'KZT',
    hold: { holdId: 'hold-1', until: '2026-11-22T07:15:00Z' },
  };
  const ask = { wallet: request.wallet };

  test.each([
    [open, 'open'],
    [{ ...open, allowanceMinor: 0 }, 'wallet-exhausted'],
    [{ ...open, wallet: '+77010000002' }, 'unknown'],
    [{ ...open, currency: 'USD' }, 'unknown'],
    [{ ...open, allowanceMinor: 0.5 }, 'unknown'],
    [{ ...open, type: problemType('unavailable') }, 'unknown'],
    [{ type: problemType('wallet-closed'), ...ask }, 'wallet-blocked'],
    [{ type: problemType('wallet-unknown'), ...ask }, 'wallet-unknown'],
    [{ type: problemType('wallet-unknown'), wallet: '+77010000002' }, 'unknown'],
  ])('%j is %s', (body, kind) => {
    expect(checkCall.decode(ask, answer(body)).kind).toBe(kind);
  });
});

test('a forked chain is told from a stored one', () => {
  const anchor = { sequence: 7, head: 'a'.repeat(64) };
  const events = { terminalNumber: '10000001', sentAtMs: 0, anchor, events: [] };
  expect(eventsCall.decode(events, answer({ anchor }))).toEqual({ kind: 'stored', anchor });
  expect(eventsCall.decode(events, answer({ type: problemType('chain-forked'), anchor }))).toEqual({
    kind: 'forked',
    anchor,
  });
  expect(eventsCall.decode(events, answer({ type: problemType('unavailable'), anchor })).kind).toBe(
    'unknown',
  );
});

test('every problem of the catalogue is known by its type, and by nothing else', () => {
  for (const name of [...refusalReasons, ...troubleProblems]) {
    const read = topUpCall.decode(request, answer({ type: problemType(name), ...echo, retryable: false }));
    expect(read).toMatchObject(
      isRefusal(name) ? { kind: 'refused', reason: name } : { why: 'problem', problem: name },
    );
  }
});
