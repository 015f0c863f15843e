import { describe, expect, it } from 'vitest';
import type { Fact } from '../terminal/facts.ts';
import { isUuidV7 } from '../terminal/ids.ts';
import { minorFromTenge } from '../terminal/money.ts';
import { listPeriods } from './history.ts';
import { openReader } from './open.ts';
import {
  appeared,
  claimId,
  closed,
  doubtfulVisit,
  escrowed,
  fiveHundred,
  intended,
  noteId,
  opened,
  operationId,
  paidVisit,
  periodClosed,
  periodId,
  periodOpened,
  stacked,
  twoThousand,
  unknown,
  wallet,
} from './testing/facts.ts';
import { only, TestLedger, working } from './testing/fixture.ts';

const far = Number.MAX_SAFE_INTEGER;

describe('messages', () => {
  it('tell an alarm once when it is raised and once when it ends, oldest first', () => {
    const test = new TestLedger();
    const what = { alarm: 'acceptor-trouble', subject: 'jam' } as const;
    test.commit({ kind: 'alarm-ended', ...what });
    test.commit({ kind: 'alarm-raised', ...what, detail: 'E5' });
    test.commit({ kind: 'alarm-raised', ...what, detail: 'again' });
    test.commit({ kind: 'alarm-ended', ...what });
    const { rows } = test.ledger.dueMessages(far, 10);
    expect(rows.map((row) => row.body)).toEqual([
      { kind: 'alarm', ...what, detail: 'E5', raised: true, atMs: test.wallMs - 2_000 },
      { kind: 'alarm', ...what, detail: '', raised: false, atMs: test.wallMs },
    ]);
    expect(rows.every((row) => isUuidV7(row.messageId))).toBe(true);
    expect(new Set(rows.map((row) => row.messageId)).size).toBe(2);
  });

  it('tell a claim with the wallet in clear, though it is kept as a hash', () => {
    const test = working();
    test.commit(...doubtfulVisit(1));
    const claim = only(test.ledger.dueMessages(far, 10).rows);
    expect(claim).toEqual({
      messageId: claimId(1),
      attempts: 0,
      body: {
        kind: 'claim',
        claimId: claimId(1),
        operationId: operationId(1),
        operationNumber: opened(1).operationNumber,
        wallet,
        currency: 'KZT',
        certainMinor: fiveHundred,
        doubtfulNotes: [{ noteId: noteId(12), operationId: operationId(1), valueMinor: twoThousand }],
        atMs: test.wallMs,
      },
    });
    expect(only(test.read<{ body: string }>('SELECT body FROM message')).body).not.toContain(wallet);
  });

  it('are tried again until they are delivered', () => {
    const test = working();
    test.commit(...doubtfulVisit(1));
    const nextTryAtMs = test.wallMs + 3_600_000;
    test.commit({ kind: 'message-failed', messageId: claimId(1), nextTryAtMs });
    expect(test.ledger.dueMessages(nextTryAtMs - 1, 10)).toEqual({ rows: [], nextDueAtMs: nextTryAtMs });
    expect(only(test.ledger.dueMessages(far, 10).rows).attempts).toBe(1);
    test.commit({ kind: 'message-delivered', messageId: claimId(1) });
    expect(test.ledger.dueMessages(far, 10)).toEqual({ rows: [], nextDueAtMs: undefined });
    const late: Fact = { kind: 'message-failed', messageId: claimId(1), nextTryAtMs: 1 };
    expect(() => test.commit(late)).toThrow(expect.objectContaining({ code: 'refused' }));
  });
});

describe('cassette periods', () => {
  function slipOf(test: TestLedger, serial: number) {
    const collection = test.ledger
      .dueMessages(far, 100)
      .rows.find((row) => row.messageId === periodId(serial));
    return collection?.body;
  }

  it('close with the certain sum by denomination, largest first', () => {
    const test = working();
    test.commit(...paidVisit(1));
    test.commit(...paidVisit(2, twoThousand));
    test.commit(...paidVisit(3));
    test.commit(periodClosed(1), periodOpened(2));
    expect(slipOf(test, 1)).toEqual({
      kind: 'collection',
      periodId: periodId(1),
      periodNumber: 1,
      how: 'collected',
      currency: 'KZT',
      counts: [
        { valueMinor: twoThousand, count: 1 },
        { valueMinor: fiveHundred, count: 2 },
      ],
      inDoubt: [],
      openedAtMs: test.wallMs - 4_000,
      closedAtMs: test.wallMs,
    });
    test.commit(...paidVisit(4).map((fact) => (fact.kind === 'note-stacked' ? stacked(4, 2) : fact)));
    test.commit(periodClosed(2, 'unannounced'));
    expect(slipOf(test, 2)).toMatchObject({
      how: 'unannounced',
      counts: [{ valueMinor: fiveHundred, count: 1 }],
    });
  });

  const doubtful = { noteId: noteId(1), operationId: operationId(1), valueMinor: fiveHundred };

  it('list on both slips a note whose cassette was pulled between intent and credit', () => {
    const test = working();
    test.commit(opened(1), escrowed(1, 1), intended(1));
    test.commit(periodClosed(1, 'unannounced'), periodOpened(2));
    test.commit(stacked(1, 2));
    test.commit(periodClosed(2), periodOpened(3));
    test.commit(periodClosed(3));
    expect(slipOf(test, 1)).toMatchObject({ counts: [], inDoubt: [doubtful] });
    expect(slipOf(test, 2)).toMatchObject({ counts: [], inDoubt: [doubtful] });
    expect(slipOf(test, 3)).toMatchObject({ counts: [], inDoubt: [] });
  });

  it('list by itself a note with a power cut between intent and credit', () => {
    const test = working();
    test.commit(opened(1), escrowed(1, 1), intended(1));
    test.commit({ kind: 'terminal-started', build: 'test', previousStop: 'unclean' });
    test.commit(stacked(1));
    test.commit(periodClosed(1));
    expect(slipOf(test, 1)).toMatchObject({ counts: [], inDoubt: [doubtful] });
  });

  it.each([
    ['only a recovery has proven', [intended(1), stacked(1, 1, 'recovery')]],
    ['was credited without an intent', [stacked(1)]],
  ])('list by itself a note that %s', (_what, facts) => {
    const test = working();
    test.commit(opened(1), escrowed(1, 1), ...facts, periodClosed(1));
    expect(slipOf(test, 1)).toMatchObject({ counts: [], inDoubt: [doubtful] });
  });

  it('list an unknown note on this slip and the next, and not when it turns out to have gone back', () => {
    const test = working();
    test.commit(
      opened(1),
      escrowed(1, 1),
      intended(1),
      unknown(1),
      closed(1, minorFromTenge(0), { end: 'needs-help' }),
    );
    test.commit(periodClosed(1), periodOpened(2));
    test.commit(periodClosed(2), periodOpened(3));
    test.commit(periodClosed(3), periodOpened(4));
    const listed = [1, 2, 3]
      .map((serial) => slipOf(test, serial))
      .map((slip) => slip && 'inDoubt' in slip && slip.inDoubt.length);
    expect(listed).toEqual([1, 1, 0]);
    test.commit({ kind: 'note-returned', noteId: noteId(1) });
    const reader = openReader(test.place.folder);
    expect(listPeriods(reader, 10).map((period) => period.inDoubt.length)).toEqual([0, 0, 0, 0]);
    reader.close();
  });

  it('list a note that appeared without a record', () => {
    const test = working();
    test.commit(appeared(9, 1, undefined), periodClosed(1));
    expect(slipOf(test, 1)).toMatchObject({ inDoubt: [{ noteId: noteId(9) }] });
  });
});
