import { VirtualClock } from '../../../simulator/virtual-clock.ts';
import type { ScreenView } from '../../contract/messages.ts';
import type { AcceptorLease, AcceptorReport, PrinterReport } from '../../devices.ts';
import type { Fact } from '../../facts.ts';
import type { NoteId, PeriodId } from '../../ids.ts';
import type { LogEvent } from '../../log.ts';
import type { Committed, Store, StoredState } from '../../store.ts';
import { openOperation, quietFigures, settings, tenge } from '../../testing/samples.ts';
import { type RunningTerminal, runTerminal, type TerminalParts } from '../terminal.ts';

/*
 * The loop among parts that do what a test tells them, and one list of all that was done to them, in order.
 */

export interface Scripted {
  readonly clock: VirtualClock;
  /** What was done, in order: `commit note-stacked`, `stack`, `renew 500 1000`, `end lease`… */
  readonly done: string[];
  readonly leases: (AcceptorLease & { readonly atMonoMs: number })[];
  readonly views: ScreenView[];
  readonly logged: LogEvent[];
  readonly fatal: unknown[];
  readonly terminal: () => RunningTerminal;
  /** What the store does with the next commits. */
  onCommit: (facts: readonly Fact[]) => Promise<void>;
  start(stored?: Partial<StoredState>): Promise<void>;
  report(report: AcceptorReport): void;
  printer(report: PrinterReport): void;
}

/** A visit that was interrupted a moment ago with a note of 5 000 in: the shortest way to an open acceptor. */
export function interruptedState(nowMs: number): StoredState {
  const note = {
    noteId: '0192a000-0000-7000-8002-999999999999' as NoteId,
    operationId: openOperation.operationId,
    state: 'stacked' as const,
    valueMinor: tenge(5_000),
    currency: 'KZT' as const,
    operation: undefined,
  };
  return {
    sequence: 10,
    head: '00'.repeat(32),
    latestRowWallMs: nowMs - 1_000,
    previousStop: 'unclean',
    uncleanStartsMs: [],
    nextOperationSerial: 572,
    period: { periodId: '0192a000-0000-7000-8004-999999999999' as PeriodId, periodNumber: 7 },
    openOperation: { ...openOperation, lastActivityMs: nowMs - 1_000, notes: [note] },
    unresolvedNotes: [],
    newestNoteId: note.noteId,
    unreleasedNote: undefined,
    openPrints: [],
    standingAlarms: [],
    openSlips: [],
    isPaperInDoubt: false,
    collection: undefined,
    cassetteNumber: undefined,
    staff: [],
    staffRefusals: 0,
  };
}

export function scriptedParts(changes: Partial<TerminalParts> = {}): Scripted {
  const clock = new VirtualClock();
  const done: string[] = [];
  let running: RunningTerminal | undefined;
  let sequence = 10;
  let ids = 0;
  let toAcceptor: (report: AcceptorReport) => void = () => undefined;
  let toPrinter: (report: PrinterReport) => void = () => undefined;

  const note = (what: string): void => void done.push(what);

  const store: Store = {
    async commit(facts): Promise<Committed> {
      const kinds = facts.map((fact) => fact.kind).join(', ');
      note(`commit ${kinds}`);
      await scripted.onCommit(facts);
      note(`durable ${kinds}`);
      sequence += facts.length;
      return { sequence, head: 'ab'.repeat(32), diskFull: false };
    },
    load: async () => interruptedState(clock.wallMs()),
    dueTopUps: async () => ({ rows: [], nextDueAtMs: undefined, oldestWaitingClosedAtMs: undefined }),
    dueMessages: async () => ({ rows: [], nextDueAtMs: undefined }),
    registerRows: async () => [],
    containsAnchor: async () => true,
    pinVerifier: async () => undefined,
    figures: async () => quietFigures,
    checkpoint: async () => note('checkpoint'),
    close: async () => note('close store'),
  };

  const scripted: Scripted = {
    clock,
    done,
    leases: [],
    views: [],
    logged: [],
    fatal: [],
    terminal: () => {
      if (running === undefined) throw new Error('the terminal is not running');
      return running;
    },
    onCommit: async () => undefined,
    report: (report) => toAcceptor(report),
    printer: (report) => toPrinter(report),
    async start(stored = {}) {
      running = await runTerminal({
        settings,
        store: { ...store, load: async () => ({ ...interruptedState(clock.wallMs()), ...stored }) },
        acceptor: {
          start: (onReport) => {
            note('start acceptor');
            toAcceptor = onReport;
          },
          renewLease: (lease) => scripted.leases.push({ ...lease, atMonoMs: clock.monoMs() }),
          endLease: () => note('end lease'),
          stack: (escrowId) => note(`stack ${escrowId}`),
          returnNote: (escrowId) => note(`return ${escrowId}`),
          confirmCredit: (creditId) => note(`confirm ${creditId}`),
          reset: () => note('reset'),
          stop: async () => note('stop acceptor'),
        },
        printer: {
          start: (onReport) => {
            toPrinter = onReport;
          },
          print: async () => {
            note('print');
            return { kind: 'printed' };
          },
          clear: async () => note('clear printer'),
          stop: async () => note('stop printer'),
        },
        wallet: { send: async () => ({ kind: 'no-answer', why: 'refused-connection', sentMaybe: false }) },
        inspector: { fullCheck: async () => undefined, freeBytes: () => 1e12, totalBytes: () => 1e12 },
        desk: { read: async () => ({ kind: 'unreadable' }) },
        pins: {
          check: async () => 'differs',
          make: async () => '',
          checkEnrolment: async () => false,
          endEnrolment: async () => undefined,
        },
        clock,
        random: { nextInt: () => 0 },
        ids: {
          uuidV7: () => {
            ids += 1;
            return `0192a000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
          },
        },
        words: (_language, key) => key,
        log: (event) => scripted.logged.push(event),
        build: { version: 'test', builtAtMs: 0 },
        onView: (view) => scripted.views.push(view),
        onFatal: (reason) => scripted.fatal.push(reason),
        ...changes,
      });
    },
  };
  return scripted;
}
