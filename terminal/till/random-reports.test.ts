import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AcceptorFault, AcceptorReport } from '../devices.ts';
import { contextAt, creditId, emptyTill, escrowId, holderMasked, tenge, wallet } from '../testing/samples.ts';
import { stay, type TillStep } from './change.ts';
import { onAcceptorReport, onNoteOverdue } from './decide.ts';
import { cancelOperation, openOperation, payOperation, type TillChange } from './operation.ts';
import { assertTill, canCancel, certainSumMinor, isNoteMoving, type Till } from './state.ts';
import { createAuditor } from './testing/auditor.ts';

/*
 * A till among devices that report anything in any order. Only what the driver promises is taken for granted: a new
 * sight of escrow has a new id, a repeated credit event has its old one, and none is repeated once the next note stands
 * in escrow or the path has been brought to rest.
 */

type Move =
  | { readonly kind: 'report'; readonly report: AcceptorReport }
  | { readonly kind: 'escrow'; readonly value: number; readonly again: boolean }
  | {
      readonly kind: 'stack';
      readonly value: number;
      readonly repeat: boolean;
      readonly of: 'hand' | 'other' | undefined;
    }
  | { readonly kind: 'release' | 'open' | 'pay' | 'cancel' | 'close-intake' | 'overdue' };

const anyValue = fc.constantFrom(500, 1_000, 2_000, 20_000);
const anyFault = fc.constantFrom<AcceptorFault>(
  'no-answer',
  'cassette-full',
  'cassette-removed',
  'jam-in-head',
  'jam-in-cassette',
  'cheated',
  'paused',
  'failure',
  'note-stuck',
  'note-in-mouth',
);

const anyReport: fc.Arbitrary<AcceptorReport> = fc.oneof(
  fc.record({
    kind: fc.constant('acceptor-recovered' as const),
    leftInPath: fc.constantFrom('nothing' as const, 'head' as const, 'stacker' as const),
  }),
  fc.record({
    kind: fc.constant('acceptor-trouble' as const),
    fault: anyFault,
    detail: fc.constant(''),
  }),
  fc.record({ kind: fc.constant('acceptor-lost' as const), fault: anyFault, detail: fc.constant('') }),
  fc.constantFrom<AcceptorReport>(
    { kind: 'acceptor-enabled' },
    { kind: 'acceptor-disabled' },
    { kind: 'note-accepting' },
    { kind: 'note-stacking' },
    { kind: 'note-returning', reason: 'host' },
    { kind: 'note-returning', reason: 'device' },
    { kind: 'note-returned', escrowId: undefined, reason: 'device' },
    { kind: 'note-returned', escrowId: escrowId(1), reason: 'host' },
    { kind: 'note-rejected', reason: 'doubtful' },
  ),
);

const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('report' as const), report: anyReport }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('escrow' as const),
      value: anyValue,
      again: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('stack' as const),
      value: anyValue,
      repeat: fc.constantFrom(false, false, true),
      of: fc.constantFrom<'hand' | 'other' | undefined>('hand', 'hand', 'other', undefined),
    }),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('release', 'open', 'open', 'pay', 'cancel', 'close-intake', 'overdue')
      .map((kind): Move => ({ kind }) as Move),
  },
);

const newOperation = {
  wallet,
  holderMasked,
  language: 'kk',
  limitMinor: tenge(23_000),
  holdId: undefined,
  offline: false,
  withoutPaper: false,
} as const;

interface Device {
  escrows: number;
  credits: number;
  /** The value of the credit event that it would repeat. */
  repeating: number | undefined;
}

function reportOf(
  move: Extract<Move, { kind: 'escrow' | 'stack' }>,
  till: Till,
  device: Device,
): AcceptorReport {
  const denomination = (value: number) => ({ valueMinor: tenge(value), currency: 'KZT' as const });
  if (move.kind === 'escrow') {
    const isRepeat = move.again && till.inHand?.escrowId === escrowId(device.escrows);
    if (!isRepeat) {
      device.escrows += 1;
      device.repeating = undefined;
    }
    return {
      kind: 'note-escrowed',
      escrowId: escrowId(device.escrows),
      denomination: denomination(move.value),
    };
  }
  if (move.repeat && device.repeating !== undefined) {
    return {
      kind: 'note-stacked',
      creditId: creditId(device.credits),
      escrowId: undefined,
      denomination: denomination(device.repeating),
    };
  }
  device.credits += 1;
  const { inHand, operation } = till;
  const inHandMinor = operation?.notes.find((note) => note.noteId === inHand?.noteId)?.valueMinor;
  const value = move.of === 'hand' && inHandMinor !== undefined ? inHandMinor / 100 : move.value;
  device.repeating = value;
  return {
    kind: 'note-stacked',
    creditId: creditId(device.credits),
    escrowId: move.of === 'hand' ? inHand?.escrowId : move.of === 'other' ? escrowId(999) : undefined,
    denomination: denomination(value),
  };
}

function play(till: Till, move: Move, device: Device, atMs: number): TillStep {
  const context = contextAt(atMs);
  switch (move.kind) {
    case 'report':
      if (move.report.kind === 'acceptor-recovered') device.repeating = undefined;
      return onAcceptorReport(till, move.report, context);
    case 'escrow':
    case 'stack':
      return onAcceptorReport(till, reportOf(move, till, device), context);
    case 'release':
      device.repeating = undefined;
      return onAcceptorReport(till, { kind: 'credit-released', creditId: creditId(device.credits) }, context);
    case 'overdue':
      return onNoteOverdue(till, context);
    case 'close-intake':
      return stay({ ...till, intake: 'closed' });
    case 'open':
      return till.operation === undefined ? changed(openOperation(till, newOperation, context)) : stay(till);
    case 'cancel':
      return till.operation !== undefined && canCancel(till.operation)
        ? changed(cancelOperation(till, 'customer'))
        : stay(till);
    case 'pay': {
      const { operation } = till;
      const isPayable = operation !== undefined && !isNoteMoving(till) && certainSumMinor(operation) > 0;
      return isPayable ? changed(payOperation(till, context)) : stay(till);
    }
  }
}

function changed(change: TillChange): TillStep {
  const topUps = change.topUp === undefined ? [] : [change.topUp];
  return { till: change.till, facts: change.facts, effects: [], notices: [], topUps };
}

test('whatever a device reports, in any order, no note is credited twice and none is lost from the books', () => {
  fc.assert(
    fc.property(fc.array(anyMove, { minLength: 1, maxLength: 60 }), (moves) => {
      let till = emptyTill;
      const device: Device = { escrows: 0, credits: 0, repeating: undefined };
      const auditor = createAuditor();
      moves.forEach((move, index) => {
        const before = device.credits;
        const step = play(till, move, device, index * 1_000);
        assertTill(step.till);
        auditor.see(step, device.credits > before ? (device.repeating ?? 0) * 100 : 0);
        till = step.till;
        const openMinor = till.operation === undefined ? 0 : certainSumMinor(till.operation);
        expect(auditor.creditedMinor()).toBe(auditor.closedMinor() + openMinor);
      });
      expect(auditor.creditedMinor()).toBeLessThanOrEqual(auditor.reportedMinor());
    }),
    { numRuns: 3_000 },
  );
});
