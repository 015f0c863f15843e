import { describe, expect, it } from 'vitest';
import type { Fact } from '../terminal/facts.ts';
import { limits } from '../terminal/limits.ts';
import { minorFromTenge } from '../terminal/money.ts';
import { listOperations } from './history.ts';
import { openReader } from './open.ts';
import {
  closed,
  escrowed,
  fiveHundred,
  intended,
  opened,
  operationId,
  paidVisit,
  stacked,
  twoThousand,
  wallet,
} from './testing/facts.ts';
import { only, type TestLedger, working } from './testing/fixture.ts';

const far = Number.MAX_SAFE_INTEGER;

function topUp(test: TestLedger): Record<string, unknown> {
  return only(test.read<Record<string, unknown>>('SELECT * FROM top_up'));
}

describe('top-ups', () => {
  function queued(): TestLedger {
    const test = working();
    test.commit(...paidVisit(1));
    return test;
  }

  const id = operationId(1);
  const failed = (nextTryAtMs: number): Fact => ({
    kind: 'delivery-failed',
    operationId: id,
    why: 'silence',
    nextTryAtMs,
  });
  const accepted = (nextTryAtMs: number, promisedAtMs?: number): Fact => ({
    kind: 'top-up-accepted',
    operationId: id,
    promisedAtMs,
    nextTryAtMs,
  });
  const credited: Fact = { kind: 'top-up-credited', operationId: id };
  const refused: Fact = { kind: 'top-up-refused', operationId: id, reason: 'wallet-closed' };
  const voided: Fact = { kind: 'top-up-voided', operationId: id };
  const parked: Fact = { kind: 'top-up-parked', operationId: id, why: 'too-old' };
  const requeued: Fact = { kind: 'top-up-requeued', operationId: id, by: 'Aigul', nextTryAtMs: 5 };
  const voidAsked: Fact = { kind: 'void-requested', operationId: id, by: 'Aigul', nextTryAtMs: 6 };

  it('are due at once, with all that a request needs', () => {
    const test = queued();
    expect(test.ledger.dueTopUps(test.wallMs - 1, 10).rows).toEqual([]);
    expect(test.ledger.dueTopUps(test.wallMs, 10)).toEqual({
      rows: [
        {
          operationId: id,
          operationNumber: opened(1).operationNumber,
          wallet,
          amountMinor: fiveHundred,
          currency: 'KZT',
          holdId: undefined,
          openedAtMs: test.wallMs,
          closedAtMs: test.wallMs,
          notes: [{ valueMinor: fiveHundred, count: 1 }],
          supplementOf: undefined,
          state: 'waiting',
          attempts: 0,
          promisedAtMs: undefined,
        },
      ],
      nextDueAtMs: undefined,
      oldestWaitingClosedAtMs: test.wallMs,
    });
  });

  it('count their notes by denomination, smallest first', () => {
    const test = working();
    const notes = [twoThousand, fiveHundred, twoThousand].flatMap((value, index) => [
      escrowed(index, 1, value),
      intended(index),
      stacked(index),
    ]);
    test.commit(opened(1), ...notes, closed(1, minorFromTenge(4_500)));
    expect(only(test.ledger.dueTopUps(far, 10).rows).notes).toEqual([
      { valueMinor: fiveHundred, count: 1 },
      { valueMinor: twoThousand, count: 2 },
    ]);
  });

  it('wait for their next try, and count the tries without progress', () => {
    const test = queued();
    const due = test.wallMs + 60_000;
    test.commit(failed(due));
    test.commit(failed(due));
    expect(test.ledger.dueTopUps(due - 1, 10)).toMatchObject({ rows: [], nextDueAtMs: due });
    expect(only(test.ledger.dueTopUps(due, 10).rows)).toMatchObject({ state: 'waiting', attempts: 2 });
  });

  it('are due at once where their next try was written under a clock that was ahead', () => {
    const test = queued();
    test.commit(failed(test.wallMs + limits.nextTryAheadMsMax + 60_000));
    expect(only(test.ledger.dueTopUps(test.wallMs, 10).rows)).toMatchObject({
      state: 'waiting',
      attempts: 1,
    });
    test.commit(failed(test.wallMs + limits.nextTryAheadMsMax));
    expect(test.ledger.dueTopUps(test.wallMs, 10).rows).toEqual([]);
  });

  it('keep a promise once it was given', () => {
    const test = queued();
    test.commit(failed(1), accepted(2, 900));
    expect(only(test.ledger.dueTopUps(far, 10).rows)).toMatchObject({
      state: 'accepted',
      attempts: 0,
      promisedAtMs: 900,
    });
    test.commit(accepted(3));
    expect(only(test.ledger.dueTopUps(far, 10).rows)).toMatchObject({
      state: 'accepted',
      attempts: 1,
      promisedAtMs: 900,
    });
    test.commit(credited);
    expect(topUp(test)).toMatchObject({ state: 'credited', next_try_at_ms: null });
  });

  it('come newest first, as many as asked for, and tell the age of the queue', () => {
    const test = working();
    for (let serial = 1; serial <= 4; serial += 1) test.commit(...paidVisit(serial));
    test.commit(credited);
    const { rows, oldestWaitingClosedAtMs } = test.ledger.dueTopUps(far, 2);
    expect(rows.map((row) => row.operationId)).toEqual([operationId(4), operationId(3)]);
    expect(oldestWaitingClosedAtMs).toBe(test.wallMs - 3_000);
  });

  it('stay in void while a person wants the id closed, until that is answered', () => {
    const test = queued();
    test.commit(voidAsked, accepted(7));
    expect(only(test.ledger.dueTopUps(far, 10).rows)).toMatchObject({ state: 'voiding', attempts: 1 });
    test.commit(voided);
    expect(topUp(test)).toMatchObject({ state: 'voided', next_try_at_ms: null });
  });

  it.each([
    ['refused', refused, 'wallet-closed'],
    ['parked', parked, 'too-old'],
  ])('wait for a person when %s', (state, fact, reason) => {
    const test = queued();
    test.commit(fact);
    expect(test.ledger.dueTopUps(far, 10)).toMatchObject({ rows: [], nextDueAtMs: undefined });
    const reader = openReader(test.place.folder);
    expect(only(listOperations(reader, { kind: 'stopped' }, 10))).toMatchObject({
      operationId: id,
      topUp: { state, reason },
    });
    reader.close();
    test.commit(requeued);
    expect(only(test.ledger.dueTopUps(far, 10).rows)).toMatchObject({ state: 'waiting', attempts: 0 });
  });

  const final: readonly Fact[] = [credited, voided];
  const anything = [failed(1), accepted(1), credited, refused, voided, parked, requeued, voidAsked];
  it.each(final.flatMap((end) => anything.map((next) => [end.kind, next.kind, end, next] as const)))(
    '%s is final: no %s after it',
    (_end, _next, end, next) => {
      const test = queued();
      test.commit(end);
      expect(() => test.commit(next)).toThrow(expect.objectContaining({ code: 'refused' }));
    },
  );

  it('make a register of their day', () => {
    const test = working();
    test.commit(...paidVisit(1));
    const from = test.wallMs;
    for (let serial = 2; serial <= 4; serial += 1) test.commit(...paidVisit(serial));
    test.commit({ kind: 'top-up-credited', operationId: operationId(2) });
    test.commit({ kind: 'top-up-refused', operationId: operationId(1), reason: 'x' });
    expect(test.ledger.registerRows(from, from + 3_000)).toEqual([
      { operationId: operationId(1), amountMinor: fiveHundred, state: 'ended' },
      { operationId: operationId(2), amountMinor: fiveHundred, state: 'credited' },
      { operationId: operationId(3), amountMinor: fiveHundred, state: 'open' },
    ]);
  });
});
