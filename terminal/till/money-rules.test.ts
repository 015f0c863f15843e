import { describe, expect, test } from 'vitest';
import type { AcceptorReport } from '../devices.ts';
import type { Fact } from '../facts.ts';
import type { NoteId } from '../ids.ts';
import {
  contextAt,
  creditId,
  emptyTill,
  escrowId,
  openOperation,
  openTill,
  tenge,
  wallet,
} from '../testing/samples.ts';
import type { TillStep } from './change.ts';
import { onAcceptorReport, onNoteOverdue } from './decide.ts';
import { cancelOperation, payOperation } from './operation.ts';
import { changePeriod } from './period.ts';
import { canCancel, certainSumMinor, roomMinor, type Till } from './state.ts';

/* The money rules as the till keeps them; each test bears the number of its rule. */

const note = (value: number) => ({ valueMinor: tenge(value), currency: 'KZT' as const });
const oneOf = (value: number) => ({ valueMinor: tenge(value), count: 1 });

const escrowed = (serial: number, value = 5_000): AcceptorReport => ({
  kind: 'note-escrowed',
  escrowId: escrowId(serial),
  denomination: note(value),
});

const stacked = (serial: number, value = 5_000, fromEscrow = true): AcceptorReport => ({
  kind: 'note-stacked',
  creditId: creditId(serial),
  escrowId: fromEscrow ? escrowId(serial) : undefined,
  denomination: note(value),
});

const returned: AcceptorReport = { kind: 'note-returned', escrowId: undefined, reason: 'device' };
const jam: AcceptorReport = { kind: 'acceptor-trouble', fault: 'jam-in-cassette', detail: '' };
const pulled: AcceptorReport = { kind: 'acceptor-trouble', fault: 'cassette-removed', detail: '' };
const limitedTo = (value: number): Till => ({
  ...openTill,
  operation: { ...openOperation, limitMinor: tenge(value) },
});
const recovered = (leftInPath: 'nothing' | 'head' | 'stacker'): AcceptorReport => ({
  kind: 'acceptor-recovered',
  leftInPath,
});

/** The reports one after the other; what the last one came to, and all that was stored on the way. */
function hearing(
  till: Till,
  ...reports: readonly AcceptorReport[]
): TillStep & { readonly stored: readonly Fact[] } {
  let step: TillStep = { till, facts: [], effects: [], notices: [], topUps: [] };
  const stored: Fact[] = [];
  for (const report of reports) {
    step = onAcceptorReport(step.till, report, contextAt(1_000));
    stored.push(...step.facts);
  }
  return { ...step, stored };
}

function creditedMinor(till: Till): number {
  return till.operation === undefined ? 0 : certainSumMinor(till.operation);
}

function of<K extends Fact['kind']>(facts: readonly Fact[], kind: K): readonly Extract<Fact, { kind: K }>[] {
  return facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

describe('M2: only the credit event makes money of a note', () => {
  test('not escrow, not the stack command, not the movement', () => {
    const { till } = hearing(openTill, escrowed(1), { kind: 'note-stacking' }, { kind: 'acceptor-disabled' });
    expect(creditedMinor(till)).toBe(0);
    expect(creditedMinor(hearing(till, stacked(1)).till)).toBe(500_000);
  });

  test('a repeated event credits nothing more, and is confirmed again', () => {
    const { till, facts, effects } = hearing(openTill, escrowed(1), stacked(1), stacked(1));
    expect(creditedMinor(till)).toBe(500_000);
    expect(facts).toEqual([]);
    expect(effects).toEqual([{ kind: 'confirm-credit', creditId: creditId(1) }]);
  });

  test('a repeat after a restart is known by its value, for it comes from no escrow of this process', () => {
    const restarted: Till = {
      ...openTill,
      credited: { noteId: 'n' as NoteId, creditId: undefined, valueMinor: tenge(5_000) },
    };
    const { till, facts } = hearing(restarted, stacked(9, 5_000, false));
    expect(facts).toEqual([]);
    expect(till.credited?.creditId).toBe(creditId(9));
  });

  test('two notes of one value in a row are two credits', () => {
    const { till } = hearing(openTill, escrowed(1), stacked(1), escrowed(2), stacked(2));
    expect(creditedMinor(till)).toBe(1_000_000);
  });
});

describe('M3: no stack command without an intent', () => {
  test('escrow and intent are stored in the decision that stacks', () => {
    const { facts, effects } = hearing(openTill, escrowed(1));
    expect(facts.map((fact) => fact.kind)).toEqual(['note-escrowed', 'note-intended']);
    expect(effects).toContainEqual({ kind: 'stack', escrowId: escrowId(1) });
  });

  test.each([
    ['no operation', emptyTill, escrowed(1)],
    ['intake closed', { ...openTill, intake: 'closed' }, escrowed(1)],
    ['over the limit', limitedTo(4_000), escrowed(1)],
    ['a kind that is not taken', openTill, escrowed(1, 200)],
  ] as const)('%s: nothing is intended and the note goes back', (_why, till, report) => {
    const { facts, effects } = hearing(till, report);
    expect(of(facts, 'note-intended')).toEqual([]);
    expect(effects.map((effect) => effect.kind)).toContain('return-note');
    expect(effects.map((effect) => effect.kind)).not.toContain('stack');
  });

  test('a note that fills the limit to the last tenge is taken', () => {
    expect(hearing(limitedTo(5_000), escrowed(1)).effects).toContainEqual({
      kind: 'stack',
      escrowId: escrowId(1),
    });
  });

  test('the same sight of escrow told twice is not stacked twice', () => {
    const { effects } = hearing(openTill, escrowed(1), escrowed(1));
    expect(effects).toEqual([{ kind: 'return-note', escrowId: escrowId(1) }]);
  });

  test('a note in the mouth and a note in the air take up room', () => {
    const { till } = hearing(limitedTo(6_000), escrowed(1));
    expect(till.operation && roomMinor(till.operation)).toBe(100_000);
  });
});

describe('M4: one unresolved note, in one state', () => {
  test('a second escrow means that the first note is lost to us: it is unknown, and the second goes back', () => {
    const { till, facts, effects } = hearing(openTill, escrowed(1), escrowed(2));
    expect(of(facts, 'note-unknown')).toHaveLength(1);
    expect(effects).toContainEqual({ kind: 'return-note', escrowId: escrowId(2) });
    expect(till.inHand).toBeUndefined();
  });

  test('a late credit event proves the unknown note', () => {
    const doubtful = hearing(openTill, escrowed(1), jam).till;
    const { till, facts } = hearing(doubtful, stacked(1));
    expect(of(facts, 'note-stacked')).toMatchObject([{ noteId: doubtful.provableNoteId, proof: 'recovery' }]);
    expect(till.unknownNotes).toEqual([]);
  });

  test('but not after the next escrow, and not with another value', () => {
    const doubtful = hearing(openTill, escrowed(1), jam).till;
    expect(of(hearing(doubtful, escrowed(2), stacked(3)).stored, 'note-stacked')).toEqual([]);
    expect(of(hearing(doubtful, stacked(1, 2_000)).stored, 'note-stacked')).toEqual([]);
  });

  test('a late return proves it too', () => {
    const doubtful = hearing(openTill, escrowed(1), jam).till;
    const { till, facts } = hearing(doubtful, returned);
    expect(facts.map((fact) => fact.kind)).toEqual(['note-returned', 'alarm-ended']);
    expect(till.unknownNotes).toEqual([]);
  });
});

describe('M5: a credit event with no record is an unknown note with an alarm', () => {
  test.each([
    ['with nobody there', emptyTill],
    ['in an open operation', openTill],
  ])('%s', (_where, till) => {
    const step = hearing(till, stacked(1));
    expect(step.facts.map((fact) => fact.kind)).toEqual(['note-appeared', 'alarm-raised']);
    expect(of(step.facts, 'note-appeared')).toMatchObject([{ valueMinor: 500_000 }]);
    expect(step.till.unknownNotes).toMatchObject([{ payer: undefined }]);
    expect(creditedMinor(step.till)).toBe(0);
  });

  test('only persons can place it: no later event proves it', () => {
    const { till } = hearing(emptyTill, stacked(1), { kind: 'credit-released', creditId: creditId(1) });
    expect(of(hearing(till, stacked(2)).facts, 'note-stacked')).toEqual([]);
    expect(of(hearing(till, returned).facts, 'note-returned')).toEqual([]);
  });
});

describe('M8: a closed operation never changes; a supplement pays a note proven later', () => {
  test('same wallet, an id and a number of its own, the note by itself', () => {
    const doubtful = hearing(openTill, escrowed(1), stacked(1), escrowed(2, 2_000), jam).till;
    const { till, facts, topUps } = hearing(doubtful, stacked(2, 2_000));
    const [opened] = of(facts, 'operation-opened');
    expect(opened).toMatchObject({
      wallet,
      supplementOf: { operationId: openOperation.operationId, noteId: doubtful.provableNoteId },
    });
    expect(opened?.operationId).not.toBe(openOperation.operationId);
    expect(opened?.operationNumber).not.toBe(openOperation.operationNumber);
    expect(of(facts, 'operation-closed')).toMatchObject([{ end: 'paid', amountMinor: 200_000 }]);
    expect(topUps).toMatchObject([
      {
        amountMinor: 200_000,
        wallet,
        supplementOf: openOperation.operationId,
        operationId: opened?.operationId,
      },
    ]);
    expect(till.operation).toBeUndefined();
    expect(of(hearing(till, stacked(2, 2_000)).facts, 'operation-opened')).toEqual([]);
  });

  test('a note kept against our word over the limit is paid by a supplement, not by the operation', () => {
    const step = hearing(limitedTo(6_000), escrowed(1), stacked(1), escrowed(2), stacked(2));
    expect(of(step.stored, 'operation-closed')).toMatchObject([
      { operationId: openOperation.operationId, amountMinor: 500_000, end: 'needs-help' },
      { amountMinor: 500_000, end: 'paid' },
    ]);
    expect(step.topUps).toHaveLength(2);
    expect(step.till.unknownNotes).toEqual([]);
  });
});

describe('M11: the period of a note is the one of its credit event', () => {
  test('a cassette pulled between intent and credit puts the note into the new period, and in doubt', () => {
    const pulledOut = hearing(openTill, escrowed(1), pulled).till;
    const change = changePeriod(pulledOut, 'unannounced', contextAt(2_000));
    expect(change.facts.map((fact) => fact.kind)).toEqual(['period-closed', 'period-opened']);
    const { facts } = hearing(change.till, stacked(1));
    expect(of(facts, 'note-stacked')).toMatchObject([
      { periodId: change.till.period.periodId, proof: 'recovery' },
    ]);
  });

  test.each([
    ['silence', { kind: 'acceptor-lost', fault: 'no-answer', detail: '' } as const],
    ['removal', pulled],
  ])('%s between intent and credit is written down with the credit', (_what, report) => {
    expect(of(hearing(openTill, escrowed(1), report, stacked(1)).facts, 'note-stacked')).toMatchObject([
      { proof: 'recovery' },
    ]);
    expect(of(hearing(openTill, escrowed(1), stacked(1)).facts, 'note-stacked')).toMatchObject([
      { proof: 'credit-event' },
    ]);
  });
});

describe('M12: from the first intended note on there are two ends', () => {
  test('an operation with money or a note on its way is not cancelled', () => {
    for (const { till } of [hearing(openTill, escrowed(1)), hearing(openTill, escrowed(1), stacked(1))]) {
      expect(till.operation && canCancel(till.operation)).toBe(false);
      expect(() => cancelOperation(till, 'customer')).toThrow('assertion failed');
    }
  });

  test('with every note returned it is', () => {
    const { till } = hearing(openTill, escrowed(1), returned);
    expect(cancelOperation(till, 'customer').facts).toMatchObject([{ kind: 'operation-cancelled' }]);
  });

  test('the last note that Pay waits for is the last: the intake closes behind it', () => {
    const waiting: Till = { ...hearing(openTill, escrowed(1)).till, intake: 'last-note' };
    for (const report of [stacked(1), returned]) {
      expect(hearing(waiting, report).till.intake).toBe('closed');
      expect(hearing(hearing(openTill, escrowed(1)).till, report).till.intake).toBe('open');
    }
  });

  test('it is not paid while a note moves', () => {
    const { till } = hearing(openTill, escrowed(1), stacked(1), { kind: 'note-accepting' });
    expect(() => payOperation(till, contextAt(1_000))).toThrow('assertion failed');
  });

  test('the sum goes on its way with the notes it is made of', () => {
    const counted = [escrowed(1), stacked(1), escrowed(2, 2_000), stacked(2, 2_000)];
    const { till } = hearing(openTill, ...counted, escrowed(3, 20_000), returned);
    expect(payOperation(till, contextAt(1_000)).topUp).toMatchObject({
      amountMinor: 700_000,
      notes: [oneOf(2_000), oneOf(5_000)],
    });
  });

  test.each([
    ['a jam', jam],
    ['a note past return without a credit', recovered('stacker')],
    ['an empty path after a stack command', recovered('nothing')],
  ])('%s closes it as needing help, with the certain sum on its way and a claim', (_what, report) => {
    const step = hearing(openTill, escrowed(1), stacked(1), escrowed(2, 2_000), report);
    expect(of(step.facts, 'operation-closed')).toMatchObject([{ end: 'needs-help', amountMinor: 500_000 }]);
    expect(of(step.facts, 'operation-closed')[0]?.claimId).toBeDefined();
    expect(step.topUps).toMatchObject([{ amountMinor: 500_000, notes: [oneOf(5_000)] }]);
    expect(step.notices).toMatchObject([{ kind: 'operation-doubtful' }]);
  });

  test('so do fifty seconds of silence; without a certain sum nothing is sent', () => {
    const step = onNoteOverdue(hearing(openTill, escrowed(1)).till, contextAt(60_000));
    expect(of(step.facts, 'operation-closed')).toMatchObject([{ end: 'needs-help', amountMinor: 0 }]);
    expect(step.topUps).toEqual([]);
  });
});
