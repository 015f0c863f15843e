import { describe, expect, it } from 'vitest';
import type { Fact } from '../terminal/facts.ts';
import { findOperation, listOperations } from './history.ts';
import { openReader } from './open.ts';
import {
  closed,
  doubtfulVisit,
  fiveHundred,
  noteId,
  opened,
  operationId,
  paidVisit,
  periodId,
  printId,
  released,
  supplement,
  twoThousand,
} from './testing/facts.ts';
import { working } from './testing/fixture.ts';

const far = Number.MAX_SAFE_INTEGER;

describe('resolution by two persons', () => {
  const proposal = { noteId: noteId(12), as: 'stacked', by: 'Aigul', reason: 'counted' } as const;
  const proposed: Fact = { kind: 'note-resolution-proposed', ...proposal };
  const resolvedBy = (confirmedBy: string, changes: object = {}): Fact => ({
    kind: 'note-resolved',
    noteId: noteId(12),
    as: 'stacked',
    proposedBy: 'Aigul',
    confirmedBy,
    reason: 'counted',
    periodId: periodId(1),
    ...changes,
  });
  const paid = [supplement(2, 1, 12), closed(2, twoThousand)];

  it('pays the note by a supplement in the same transaction', () => {
    const test = working();
    test.commit(...doubtfulVisit(1));
    test.commit(proposed);
    test.commit(resolvedBy('Baurzhan'), ...paid);
    expect(test.ledger.load().unresolvedNotes).toEqual([]);
    expect(test.ledger.dueTopUps(far, 10).rows.map((row) => row.amountMinor)).toEqual([
      twoThousand,
      fiveHundred,
    ]);
    expect(test.ledger.load().unreleasedNote?.noteId).toBe(noteId(11));
  });

  it.each([
    ['the same person', [resolvedBy(' aigul '), ...paid]],
    ['nobody having proposed it', [resolvedBy('Baurzhan', { proposedBy: 'Dana' }), ...paid]],
    ['another outcome than proposed', [resolvedBy('Baurzhan', { as: 'void', periodId: undefined })]],
    ['no period', [resolvedBy('Baurzhan', { periodId: undefined }), ...paid]],
    ['no supplement', [resolvedBy('Baurzhan')]],
  ])('is refused with %s', (_why, facts) => {
    const test = working();
    test.commit(...doubtfulVisit(1));
    test.commit(proposed);
    expect(() => test.commit(...facts)).toThrow(expect.objectContaining({ code: 'refused' }));
  });
});

describe('prints and released notes', () => {
  const print = (serial: number, copy: boolean): Fact => ({
    kind: 'print-intended',
    printId: printId(serial),
    operationId: operationId(1),
    copy,
  });
  const ended = (serial: number, outcome: 'printed' | 'failed' | 'unknown'): Fact => ({
    kind: 'print-ended',
    printId: printId(serial),
    outcome,
  });

  it('allow copies after an original, and another original only after a sure failure', () => {
    const test = working();
    test.commit(...paidVisit(1));
    test.commit(print(1, false), ended(1, 'failed'));
    test.commit(print(2, false), ended(2, 'unknown'));
    test.commit(print(3, true), ended(3, 'printed'));
    expect(() => test.commit(print(4, false))).toThrow(/UNIQUE/);
  });

  it('take a release as often as it is told', () => {
    const test = working();
    test.commit(...paidVisit(1));
    test.commit(released(1));
    expect(() => test.commit(released(1))).not.toThrow();
  });
});

describe('history', () => {
  it('pages through operations, newest first, and finds one by its number', () => {
    const test = working();
    for (let serial = 1; serial <= 3; serial += 1) test.commit(...paidVisit(serial));
    const reader = openReader(test.place.folder);
    const page = listOperations(reader, { kind: 'all' }, 2);
    expect(page.map((operation) => operation.serial)).toEqual([3, 2]);
    expect(listOperations(reader, { kind: 'all' }, 2, 2).map((operation) => operation.serial)).toEqual([1]);
    expect(findOperation(reader, 'operation_number', opened(2).operationNumber)).toMatchObject({
      serial: 2,
      end: 'paid',
      topUp: { state: 'waiting' },
    });
    expect(findOperation(reader, 'operation_number', '0000000000')).toBeUndefined();
    reader.close();
  });
});
