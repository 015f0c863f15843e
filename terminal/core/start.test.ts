import { describe, expect, test } from 'vitest';
import type { NoteId, PrintId } from '../ids.ts';
import { interruptedState } from '../runtime/testing/scripted-parts.ts';
import type { StoredState } from '../store.ts';
import { type Bench, createBench } from '../testing/bench.ts';
import { contextAt, creditId, tenge, wallNow } from '../testing/samples.ts';
import type { Decision } from './decision.ts';
import { startTerminal } from './start.ts';

function started(changes: Partial<StoredState> = {}): Decision {
  return startTerminal({ ...interruptedState(wallNow), ...changes }, 'test', contextAt(0));
}

/** The process at work, with the timers that its start has set. */
function running(changes: Partial<StoredState> = {}): Bench {
  const { terminal, effects } = started(changes);
  return createBench(terminal, effects);
}

const intendedNote = {
  noteId: '0192a000-0000-7000-8002-000000000042' as NoteId,
  operationId: interruptedState(wallNow).openOperation?.operationId,
  state: 'intended' as const,
  valueMinor: tenge(2_000),
  currency: 'KZT' as const,
  operation: undefined,
};

/** A stack command may have left when the power went. */
function withNoteInHand(lastActivityMs = wallNow - 1_000): Partial<StoredState> {
  const { openOperation } = interruptedState(wallNow);
  if (openOperation === undefined) throw new Error('an operation is open');
  return {
    openOperation: { ...openOperation, lastActivityMs, notes: [...openOperation.notes, intendedNote] },
    unresolvedNotes: [intendedNote],
    newestNoteId: intendedNote.noteId,
  };
}

const longAgo = (): Partial<StoredState> => {
  const { openOperation } = interruptedState(wallNow);
  return { openOperation: openOperation && { ...openOperation, lastActivityMs: wallNow - 120_000 } };
};

describe('what a process says first', () => {
  test('that it has started; a new database opens its first period', () => {
    expect(started().facts.map((fact) => fact.kind)).toEqual(['terminal-started']);
    expect(started({ period: undefined }).facts).toMatchObject([
      { kind: 'terminal-started', previousStop: 'unclean' },
      { kind: 'period-opened', periodNumber: 1 },
    ]);
  });

  test('that prints nobody saw the end of are unknown, and their rest is cleared (M15)', () => {
    const { facts, effects } = started({ openPrints: ['p1' as PrintId] });
    expect(facts).toContainEqual({ kind: 'print-ended', printId: 'p1', outcome: 'unknown' });
    expect(effects).toContainEqual({ kind: 'clear-printer' });
  });
});

describe('a visit interrupted moments ago (M12)', () => {
  test('goes on where the money was, once the path is known', () => {
    const bench = running();
    expect(bench.terminal.session.step.kind).toBe('starting');
    bench.report({ kind: 'acceptor-recovered', leftInPath: 'nothing' });
    expect(bench.terminal.session.step.kind).toBe('cash');
    expect(bench.terminal.till.intake).toBe('open');
  });

  test('completes if it is two minutes old, and no later visitor sees it', () => {
    const bench = running(longAgo());
    const { facts } = bench.report({ kind: 'acceptor-recovered', leftInPath: 'nothing' });
    expect(facts).toMatchObject([{ kind: 'operation-closed', end: 'paid', amountMinor: tenge(5_000) }]);
    expect(bench.terminal.session.step.kind).toBe('attract');
  });

  test('a clock set back makes no old visit young', () => {
    const { openOperation } = interruptedState(wallNow);
    const later = { openOperation: openOperation && { ...openOperation, lastActivityMs: wallNow + 1 } };
    const bench = running(later);
    bench.report({ kind: 'acceptor-recovered', leftInPath: 'nothing' });
    expect(bench.terminal.session.step.kind).toBe('attract');
  });

  test('without money it is cancelled', () => {
    const { openOperation } = interruptedState(wallNow);
    const bench = running({ openOperation: openOperation && { ...openOperation, notes: [] } });
    const { facts } = bench.report({ kind: 'acceptor-recovered', leftInPath: 'nothing' });
    expect(facts).toMatchObject([{ kind: 'operation-cancelled', why: 'restart' }]);
  });
});

describe('a note that was let in when the process ended', () => {
  test('is credited by the event after the reset', () => {
    const bench = running(withNoteInHand());
    const credited = bench.report({
      kind: 'note-stacked',
      creditId: creditId(1),
      escrowId: undefined,
      denomination: { valueMinor: tenge(2_000), currency: 'KZT' },
    });
    expect(credited.facts).toMatchObject([{ kind: 'note-stacked', proof: 'recovery' }]);
    bench.report({ kind: 'acceptor-recovered', leftInPath: 'nothing' });
    expect(bench.terminal.session.step.kind).toBe('cash');
  });

  test('is unknown without one, and the visitor who stands there gets a claim', () => {
    const bench = running(withNoteInHand());
    bench.apply({
      kind: 'printer-reported',
      report: { kind: 'printer-ready', paperLow: false, model: undefined },
    });
    const { facts } = bench.report({ kind: 'acceptor-recovered', leftInPath: 'stacker' });
    expect(facts.map((fact) => fact.kind)).toContain('note-unknown');
    expect(bench.terminal.session.step).toMatchObject({ kind: 'result', result: { kind: 'needs-help' } });
  });

  test('a silent acceptor keeps the terminal starting for a minute, and the note is placed before', () => {
    const bench = running(withNoteInHand(wallNow - 119_999));
    expect(bench.timers.get('note-watch')).toBeLessThan(bench.timers.get('start-settling') ?? 0);
    bench.wait(1_000);
    const { facts } = bench.fire('note-watch');
    expect(facts.map((fact) => fact.kind)).toContain('note-unknown');
    bench.fire('start-settling');
    expect(bench.terminal.session.step.kind).toBe('attract');
  });

  test('no start is settled over a note that moves', () => {
    const bench = running(longAgo());
    bench.report({ kind: 'note-accepting' });
    bench.fire('start-settling');
    expect(bench.terminal.session.step.kind).toBe('starting');
    expect(bench.timers.has('start-settling')).toBe(true);
    bench.fire('note-watch');
    bench.fire('start-settling');
    expect(bench.terminal.session.step.kind).toBe('attract');
  });
});

describe('a process that keeps dying', () => {
  test('sells nothing on its fifth start in ten minutes', () => {
    const crashes = (count: number, agoMs: number) => ({
      uncleanStartsMs: Array.from({ length: count }, () => wallNow - agoMs),
    });
    const alarmed = (changes: Partial<StoredState>): boolean =>
      started(changes).facts.some((fact) => fact.kind === 'alarm-raised' && fact.alarm === 'crash-loop');
    expect(alarmed(crashes(3, 60_000))).toBe(false);
    expect(alarmed(crashes(4, 60_000))).toBe(true);
    expect(alarmed(crashes(4, 11 * 60_000))).toBe(false);
    expect(alarmed({ ...crashes(4, 60_000), previousStop: 'clean' })).toBe(false);
  });
});
