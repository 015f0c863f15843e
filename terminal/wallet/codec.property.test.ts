import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OperationId, WalletPhone } from '../ids.ts';
import { minorFromTenge } from '../money.ts';
import {
  checkCall,
  claimCall,
  collectionCall,
  eventsCall,
  profileCall,
  registerCall,
  registerDayCall,
} from './codec-terminal.ts';
import { batchCall, statusCall, topUpCall, voidCall } from './codec-top-up.ts';
import type { ClaimRequest, CollectionRequest, TopUpRequest } from './messages.ts';
import { pairCall } from './pairing.ts';
import { problemType, refusalReasons, troubleProblems } from './problem.ts';
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

// ---------------------------------------------------------------- properties

/** Bodies near the truth: some field wrong, missing, doubled or of another kind. */
const almost = fc
  .record(
    {
      type: fc.oneof(fc.string(), fc.constantFrom(...refusalReasons, ...troubleProblems).map(problemType)),
      outcome: fc.oneof(fc.constantFrom('credited', 'accepted', 'voided'), fc.string()),
      operationId: fc.oneof(fc.constant<string>(request.operationId), fc.uuid()),
      wallet: fc.oneof(fc.constant<string>(request.wallet), fc.string()),
      amountMinor: fc.oneof(fc.constant<number>(request.amountMinor), fc.double()),
      currency: fc.constantFrom('KZT', 'USD', ''),
      creditedAt: fc.oneof(fc.constant(credited.creditedAt), fc.string()),
      voidedAt: fc.oneof(fc.constant(credited.creditedAt), fc.string()),
      retryable: fc.oneof(fc.boolean(), fc.string()),
      stored: fc.string(),
      anchor: fc.anything(),
      items: fc.anything(),
    },
    { requiredKeys: [] },
  )
  .map((body) => JSON.parse(JSON.stringify(body)) as unknown);

const garbage = fc.oneof(
  fc.jsonValue(),
  almost,
  fc.record({ items: fc.array(fc.oneof(almost, fc.jsonValue())) }),
);

function isTheTruth(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || 'type' in body) return false;
  const said = new Map<string, unknown>(Object.entries(body));
  return (
    said.get('outcome') === 'credited' &&
    Object.entries(echo).every(([field, value]) => said.get(field) === value) &&
    said.get('creditedAt') === credited.creditedAt
  );
}

const collection = {
  periodId: request.operationId as unknown as CollectionRequest['periodId'],
  doubtfulNotes: [],
} as unknown as CollectionRequest;
const claim = {
  claimId: request.operationId as unknown as ClaimRequest['claimId'],
  doubtfulNotes: [],
} as unknown as ClaimRequest;

describe('garbage', () => {
  test('never becomes a credit, and never throws', () => {
    fc.assert(
      fc.property(garbage, (body) => {
        const read = topUpCall.decode(request, answer(body)).kind;
        if (read === 'credited') expect(isTheTruth(body)).toBe(true);
        else if (isTheTruth(body)) expect(read).toBe('credited');
        for (const item of batchCall.decode({ items: [request] }, answer(body)).items) {
          if (item.answer.kind === 'credited') expect(JSON.stringify(body)).toContain(request.operationId);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('throws at no call', () => {
    const decoders: ((body: SignedAnswer) => { readonly kind: string })[] = [
      (body) => statusCall.decode(request, body),
      (body) => voidCall.decode({ ...request, reason: '' }, body),
      (body) => checkCall.decode({ wallet: request.wallet }, body),
      (body) => profileCall.decode({ terminalNumber: '1' }, body),
      (body) =>
        eventsCall.decode(
          { terminalNumber: '1', sentAtMs: 0, anchor: { sequence: 0, head: '' }, events: [] },
          body,
        ),
      (body) => collectionCall.decode(collection, body),
      (body) => claimCall.decode(claim, body),
      (body) =>
        registerCall.decode({ terminalNumber: '1', day: '2026-11-22', currency: 'KZT', items: [] }, body),
      (body) => registerDayCall.decode({ day: '2026-11-22', currency: 'KZT' }, body),
      (body) =>
        pairCall.decode({ terminalNumber: '1', publicKey: '', right: { kind: 'code', code: '' } }, body),
    ];
    fc.assert(
      fc.property(garbage, fc.constantFrom(...decoders), (body, decode) => {
        expect(decode(answer(body)).kind).toEqual(expect.any(String));
      }),
      { numRuns: 2_000 },
    );
  });

  test('the status code changes nothing', () => {
    fc.assert(
      fc.property(garbage, fc.integer({ min: 100, max: 599 }), (body, status) => {
        expect(topUpCall.decode(request, answer(body, { status }))).toEqual(
          topUpCall.decode(request, answer(body)),
        );
      }),
    );
  });
});

test('what goes out is the same bytes at every try, however the row was put together', () => {
  const reversed = Object.fromEntries(Object.entries(request).reverse()) as unknown as TopUpRequest;
  expect(JSON.stringify(topUpCall.encode(reversed))).toBe(JSON.stringify(topUpCall.encode(request)));
});
