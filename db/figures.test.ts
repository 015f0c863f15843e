import { expect, it } from 'vitest';
import {
  doubtfulVisit,
  fiveHundred,
  operationId,
  paidVisit,
  periodClosed,
  periodOpened,
  twoThousand,
} from './testing/facts.ts';
import { working } from './testing/fixture.ts';

it('knows nothing of a terminal that has sold nothing', () => {
  expect(working().ledger.figures()).toMatchObject({
    cassette: { periodNumber: 1, counts: [], notesInDoubt: 0 },
    queue: { waiting: 0, accepted: 0, stopped: 0, oldestWaitingClosedAtMs: undefined },
    unknownNotes: 0,
    lastPaymentAtMs: undefined,
    lastCreditedAtMs: undefined,
  });
});

it('counts the notes of the open period, and what is on its way', () => {
  const test = working();
  test.commit(...paidVisit(1, twoThousand));
  const firstAtMs = test.wallMs;
  test.commit(...paidVisit(2, fiveHundred));
  test.commit(...paidVisit(3, fiveHundred));
  const lastAtMs = test.wallMs;
  expect(firstAtMs).toBeLessThan(lastAtMs);
  test.commit({ kind: 'top-up-refused', operationId: operationId(2), reason: 'wallet-closed' });
  test.commit({
    kind: 'top-up-accepted',
    operationId: operationId(3),
    promisedAtMs: undefined,
    nextTryAtMs: 9,
  });

  expect(test.ledger.figures()).toMatchObject({
    cassette: {
      counts: [
        { valueMinor: twoThousand, count: 1 },
        { valueMinor: fiveHundred, count: 2 },
      ],
    },
    queue: { waiting: 1, accepted: 1, stopped: 1, oldestWaitingClosedAtMs: firstAtMs },
    lastPaymentAtMs: lastAtMs,
    lastCreditedAtMs: undefined,
  });
});

it('tells when the newest credit was, and begins anew with a cassette', () => {
  const test = working();
  test.commit(...paidVisit(1));
  test.commit({ kind: 'top-up-credited', operationId: operationId(1) });
  const creditedAtMs = test.wallMs;
  test.commit(...paidVisit(2));
  test.commit(periodClosed(1), periodOpened(2));

  expect(test.ledger.figures()).toMatchObject({
    cassette: { periodNumber: 2, counts: [] },
    queue: { waiting: 1 },
    lastCreditedAtMs: creditedAtMs,
  });
});

it('counts a note in doubt by itself', () => {
  const test = working();
  test.commit(...doubtfulVisit(1));
  const { cassette, unknownNotes } = test.ledger.figures();
  expect(unknownNotes).toBe(1);
  expect(cassette).toMatchObject({ counts: [{ valueMinor: fiveHundred, count: 1 }], notesInDoubt: 1 });
});
