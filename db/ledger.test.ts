import { describe, expect, it } from 'vitest';
import type { Fact } from '../terminal/facts.ts';
import { minorFromTenge } from '../terminal/money.ts';
import {
  appeared,
  cancelled,
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
  printId,
  released,
  returned,
  stacked,
  supplement,
  twoThousand,
  unknown,
  wallet,
} from './testing/facts.ts';
import { only, startWallMs, TestLedger, working } from './testing/fixture.ts';

describe('what a fresh process is told', () => {
  it('is nothing when there is nothing', () => {
    const state = new TestLedger().ledger.load();
    expect(state).toEqual({
      sequence: 0,
      head: '0'.repeat(64),
      latestRowWallMs: undefined,
      previousStop: 'first',
      uncleanStartsMs: [],
      nextOperationSerial: 1,
      period: undefined,
      openOperation: undefined,
      unresolvedNotes: [],
      newestNoteId: undefined,
      unreleasedNote: undefined,
      openPrints: [],
      standingAlarms: [],
      openSlips: [],
      isPaperInDoubt: false,
      collection: undefined,
      cassetteNumber: undefined,
      staff: [],
      staffRefusals: 0,
    });
  });

  it('is the interrupted visit, with the note that was on its way', () => {
    const test = working();
    test.commit(opened(1));
    test.commit(escrowed(1, 1), intended(1));
    test.commit(stacked(1));
    test.commit(escrowed(2, 1, twoThousand), intended(2));
    test.reopen();
    const state = test.ledger.load();
    expect(state).toMatchObject({
      latestRowWallMs: test.wallMs,
      previousStop: 'unclean',
      nextOperationSerial: 2,
      period: { periodId: periodId(1), periodNumber: 1 },
      newestNoteId: noteId(2),
    });
    expect(state.openOperation).toMatchObject({
      operationId: operationId(1),
      wallet,
      holderMasked: 'Айгүл С.',
      openedAtMs: startWallMs + 2_000,
      lastActivityMs: startWallMs + 5_000,
    });
    expect(state.openOperation?.notes.map((note) => note.state)).toEqual(['stacked', 'intended']);
    expect(state.unresolvedNotes).toEqual([
      {
        noteId: noteId(2),
        operationId: operationId(1),
        state: 'intended',
        valueMinor: twoThousand,
        currency: 'KZT',
        operation: { closed: false, wallet, holderMasked: 'Айгүл С.', language: 'kk' },
      },
    ]);
    expect(state.unreleasedNote?.noteId).toBe(noteId(1));
  });

  it('tells a clean stop from a crash, also when a person settled a note in between', () => {
    const test = working();
    test.commit(...doubtfulVisit(1), { kind: 'terminal-stopped' });
    test.commit({
      kind: 'note-resolution-proposed',
      noteId: noteId(12),
      as: 'void',
      by: 'A',
      reason: 'counted',
    });
    expect(test.ledger.load().previousStop).toBe('clean');
    test.commit({ kind: 'terminal-started', build: 'next', previousStop: 'clean' });
    expect(test.ledger.load().previousStop).toBe('unclean');
  });

  it('names the note whose credit event the device may repeat, until it is released', () => {
    const test = working();
    test.commit(opened(1), escrowed(1, 1), intended(1), stacked(1));
    expect(test.ledger.load().unreleasedNote?.noteId).toBe(noteId(1));
    test.commit(released(1));
    expect(test.ledger.load().unreleasedNote).toBeUndefined();
    test.commit(appeared(2));
    expect(test.ledger.load().unreleasedNote).toMatchObject({ noteId: noteId(2), state: 'unknown' });
  });

  it('holds standing alarms and prints that never ended', () => {
    const test = working();
    test.commit(...paidVisit(1));
    const print: Fact = {
      kind: 'print-intended',
      printId: printId(1),
      operationId: operationId(1),
      copy: false,
    };
    test.commit(print, { kind: 'alarm-raised', alarm: 'acceptor-trouble', subject: 'jam', detail: 'x' });
    expect(test.ledger.load()).toMatchObject({
      openPrints: [printId(1)],
      standingAlarms: [{ alarm: 'acceptor-trouble', subject: 'jam' }],
    });
    test.commit(
      { kind: 'print-ended', printId: printId(1), outcome: 'printed' },
      { kind: 'alarm-ended', alarm: 'acceptor-trouble', subject: 'jam' },
    );
    expect(test.ledger.load()).toMatchObject({ openPrints: [], standingAlarms: [] });
  });
});

describe('nonsense is refused, and ends the store', () => {
  const visit: readonly Fact[] = [opened(1), escrowed(1, 1), intended(1)];
  const cases: readonly (readonly [why: string, before: readonly Fact[], nonsense: readonly Fact[]])[] = [
    ['a second visit at a time', [opened(1)], [opened(2)]],
    ['an operation twice', paidVisit(1), [opened(1)]],
    ['a second note on its way', [...visit], [escrowed(2, 1)]],
    ['an intent without an escrow', [opened(1)], [intended(1)]],
    ['a note into a closed operation', paidVisit(1), [escrowed(2, 1)]],
    ['a note credited twice', [...visit, stacked(1)], [stacked(1)]],
    ['a returned note credited', [...visit, returned(1)], [stacked(1)]],
    ['a stacked note returned', [...visit, stacked(1)], [returned(1)]],
    ['a note into a period that never was', visit, [stacked(1, 9)]],
    ['a cancelled operation with money', [...visit, stacked(1)], [cancelled(1)]],
    ['a cancelled operation with a note on its way', visit, [cancelled(1)]],
    ['more than the notes say', [...visit, stacked(1)], [closed(1, twoThousand)]],
    ['less than the notes say', [...visit, stacked(1)], [closed(1, minorFromTenge(1))]],
    ['a close with a note on its way', visit, [closed(1, fiveHundred)]],
    ['nothing at all as paid', [opened(1)], [closed(1, minorFromTenge(0))]],
    [
      'paid with an unknown note',
      [...visit, stacked(1), escrowed(2, 1), intended(2), unknown(2)],
      [closed(1, fiveHundred)],
    ],
    ['a second open period', [], [periodOpened(2)]],
    ['a period closed twice', [periodClosed(1)], [periodClosed(1)]],
    ['a late note without its supplement', doubtfulVisit(1), [stacked(12, 1, 'recovery')]],
    [
      'a supplement for a note that is not proven',
      doubtfulVisit(1),
      [supplement(2, 1, 12), closed(2, twoThousand)],
    ],
    ['a supplement left open', doubtfulVisit(1), [stacked(12, 1, 'recovery'), supplement(2, 1, 12)]],
    [
      'a supplement of another amount',
      doubtfulVisit(1),
      [stacked(12, 1, 'recovery'), supplement(2, 1, 12), closed(2, fiveHundred)],
    ],
    [
      'an original receipt twice',
      paidVisit(1),
      [1, 2].map(
        (n): Fact => ({
          kind: 'print-intended',
          printId: printId(n),
          operationId: operationId(1),
          copy: false,
        }),
      ),
    ],
  ];

  it.each(cases)('%s', (_why, before, nonsense) => {
    const test = working();
    if (before.length > 0) test.commit(...before);
    const { sequence, head } = test.ledger.load();
    expect(() => test.commit(...nonsense)).toThrow(expect.objectContaining({ code: 'refused' }));
    expect(() => test.ledger.load()).toThrow(expect.objectContaining({ code: 'stopped' }));
    test.reopen();
    expect(test.ledger.load()).toMatchObject({ sequence, head });
  });

  it('a supplement into another wallet', () => {
    const test = working();
    test.commit(...doubtfulVisit(1));
    const elsewhere = { ...supplement(2, 1, 12), wallet: '+77019999999' as typeof wallet };
    expect(() => test.commit(stacked(12, 1, 'recovery'), elsewhere, closed(2, twoThousand))).toThrow(
      /same wallet/,
    );
  });

  it('a second supplement for one note', () => {
    const test = working();
    test.commit(...doubtfulVisit(1));
    test.commit(stacked(12, 1, 'recovery'), supplement(2, 1, 12), closed(2, twoThousand));
    expect(() => test.commit(supplement(3, 1, 12), closed(3, twoThousand))).toThrow(/UNIQUE/);
  });
});

describe('several commits in one transaction', () => {
  it('keep their own outcomes and one chain', () => {
    const test = working();
    const commits = [opened(1), escrowed(1, 1), intended(1)].map((fact) => ({
      facts: [fact],
      wallMs: test.wallMs,
    }));
    const outcomes = test.ledger.commitGroup(commits);
    expect(outcomes.map(({ sequence }) => sequence)).toEqual([3, 4, 5]);
    expect(new Set(outcomes.map(({ head }) => head)).size).toBe(3);
    const rows = test.read<{ hash: Buffer }>('SELECT hash FROM journal WHERE sequence > 2 ORDER BY sequence');
    expect(rows.map(({ hash }) => hash.toString('hex'))).toEqual(outcomes.map(({ head }) => head));
  });

  it('fall together', () => {
    const test = working();
    const commits = [opened(1), opened(2)].map((fact) => ({ facts: [fact], wallMs: test.wallMs }));
    expect(() => test.ledger.commitGroup(commits)).toThrow(expect.objectContaining({ code: 'refused' }));
    expect(test.read('SELECT * FROM operation')).toEqual([]);
  });
});

describe('a supplement', () => {
  it('is written while another visit is open, and leaves that visit alone', () => {
    const test = working();
    test.commit(...doubtfulVisit(1));
    test.commit(opened(2));
    test.commit(stacked(12, 1, 'recovery'), supplement(3, 1, 12), closed(3, twoThousand));
    const state = test.ledger.load();
    expect(state.openOperation?.operationId).toBe(operationId(2));
    expect(state.nextOperationSerial).toBe(4);
    const due = test.ledger.dueTopUps(test.wallMs, 10);
    expect(due.rows.map((row) => [row.operationId, row.amountMinor, row.supplementOf, row.notes])).toEqual([
      [operationId(3), twoThousand, operationId(1), [{ valueMinor: twoThousand, count: 1 }]],
      [operationId(1), fiveHundred, undefined, [{ valueMinor: fiveHundred, count: 1 }]],
    ]);
  });
});

describe('phones', () => {
  it('stand in the journal only as hashes, one for each wallet', () => {
    const test = working();
    test.commit(...paidVisit(1));
    test.commit(...paidVisit(2));
    const payloads = test.read<{ payload: string }>('SELECT payload FROM journal').map((row) => row.payload);
    expect(payloads.some((payload) => payload.includes(wallet.slice(1)))).toBe(false);
    expect(test.read('SELECT phone FROM phone')).toEqual([{ phone: wallet }]);
  });

  it('are kept while the office has not heard of a claim, or a note is unknown', () => {
    const test = working();
    test.commit(...doubtfulVisit(1), { kind: 'top-up-credited', operationId: operationId(1) });
    expect(test.ledger.erasePhone(wallet)).toBe('money-on-its-way');
    test.commit({ kind: 'note-returned', noteId: noteId(12) });
    expect(test.ledger.erasePhone(wallet)).toBe('money-on-its-way');
    test.commit({ kind: 'message-delivered', messageId: claimId(1) });
    expect(test.ledger.erasePhone(wallet)).toBe('erased');
  });

  it('are erased with their salt, but not while money is on its way', () => {
    const test = working();
    test.commit(...paidVisit(1));
    expect(test.ledger.erasePhone(wallet)).toBe('money-on-its-way');
    test.commit({ kind: 'top-up-credited', operationId: operationId(1) });
    expect(test.ledger.erasePhone(wallet)).toBe('erased');
    expect(test.ledger.erasePhone(wallet)).toBe('not-known');
    expect(test.read('SELECT * FROM phone')).toEqual([]);
    test.ledger.rebuild();
    expect(only(test.read<{ state: string }>('SELECT state FROM top_up')).state).toBe('credited');
  });
});
