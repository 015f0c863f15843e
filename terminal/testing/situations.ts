import type { Terminal } from '../core/terminal.ts';
import type { NoteId } from '../ids.ts';
import { operationNumber } from '../operation-number.ts';
import type { FoundPayment } from '../service-mode/desk.ts';
import type { Step, StepKind } from '../session/state.ts';
import {
  type Bench,
  createBench,
  escrow,
  insert,
  toCash,
  toConfirm,
  toPaying,
  toResult,
  touch,
} from './bench.ts';
import {
  healthy,
  holderMasked,
  openOperation,
  openTill,
  readyTerminal,
  tenge,
  wallet,
  wallNow,
} from './samples.ts';

/* One terminal for every step of a visit, each reached the way a customer reaches it. */

export const situations: Readonly<Record<StepKind, () => Bench>> = {
  starting: () => createBench(interrupted()),
  attract: () => createBench(),
  service: () => {
    const bench = createBench();
    touch(bench, 'start', 'kk');
    return bench;
  },
  /** One digit is missing. */
  number: () => {
    const bench = situations.service();
    touch(bench, 'choose-top-up');
    for (const digit of '701000000') touch(bench, 'digit', digit);
    return bench;
  },
  checking: () => {
    const bench = situations.number();
    touch(bench, 'digit', '1');
    touch(bench, 'next');
    return bench;
  },
  'check-failed': () => {
    const bench = situations.checking();
    bench.fire('check');
    return bench;
  },
  confirm: () => toConfirm(),
  'no-paper': () => {
    const bench = toConfirm();
    bench.apply({
      kind: 'printer-reported',
      report: { kind: 'printer-trouble', fault: 'paper-out', detail: '' },
    });
    touch(bench, 'confirm');
    return bench;
  },
  /** A note is in, and another one came back. */
  cash: () => {
    const bench = toCash();
    insert(bench, 5_000);
    bench.report({ kind: 'note-accepting' });
    bench.report({ kind: 'note-rejected', reason: 'unreadable' });
    return bench;
  },
  counting: () => {
    const bench = toCash();
    insert(bench, 5_000);
    escrow(bench, 2_000);
    touch(bench, 'pay');
    return bench;
  },
  paying: () => toPaying(),
  result: () => toResult(),
  /** Number and last digits are typed, and the ledger is asked. */
  find: () => {
    const bench = createBench();
    touch(bench, 'check-payment');
    typeField(bench, somePayment.operationNumber);
    typeField(bench, '0001');
    return bench;
  },
  /** A copy of the slip is being printed. */
  found: () => {
    const bench = situations.find();
    const asked = bench.effects.findLast((effect) => effect.kind === 'read-desk');
    bench.apply({
      kind: 'desk-read',
      requestId: asked?.requestId ?? '',
      answer: { kind: 'payment', payment: somePayment },
    });
    touch(bench, 'print-copy');
    return bench;
  },
};

/** Fills in one field of the help desk and goes on. */
export function typeField(bench: Bench, digits: string): void {
  for (const digit of digits) touch(bench, 'digit', digit);
  touch(bench, 'next');
}

export const somePayment: FoundPayment = {
  operationId: openOperation.operationId,
  operationNumber: operationNumber(571),
  wallet,
  holderMasked,
  amountMinor: tenge(5_000),
  closedAtMs: wallNow - 3_600_000,
  notes: [{ valueMinor: tenge(5_000), state: 'stacked' }],
  fate: 'on-its-way',
  promisedAtMs: undefined,
  wasCopied: false,
};

/** A process that has just started over a visitor's money. */
export function interrupted(): Terminal {
  const ready = readyTerminal();
  const step: Step = { kind: 'starting', resumeUntilWallMs: wallNow + 120_000 };
  const noteId = '0192a000-0000-7000-8002-999999999999' as NoteId;
  const notes = [{ noteId, valueMinor: tenge(5_000), state: 'stacked' as const }];
  return {
    ...ready,
    session: { ...ready.session, step },
    till: { ...openTill, intake: 'closed', operation: { ...openOperation, notes } },
  };
}

/** The same terminal, whose acceptor has just been lost. */
export function blocked(terminal: Terminal): Terminal {
  const acceptor = { ...healthy.acceptor, connected: false };
  return { ...terminal, health: { ...terminal.health, acceptor } };
}
