import fc from 'fast-check';
import { expect, test } from 'vitest';
import { viewSchema } from '../contract/messages.ts';
import type { AcceptorFault, AcceptorReport, PrinterReport } from '../devices.ts';
import { offersOf } from '../screen/offers.ts';
import { viewOf } from '../screen/view-of.ts';
import type { StepKind } from '../session/state.ts';
import { type Bench, openAnswer } from '../testing/bench.ts';
import { contextAt, creditId, escrowId, identity, tenge } from '../testing/samples.ts';
import { situations } from '../testing/situations.ts';
import { isNoteMoving } from '../till/state.ts';
import type { CheckAnswer } from '../wallet/messages.ts';
import type { TerminalEvent } from './event.ts';

/*
 * The whole core in a random life: any offered button, any running timer, any word of any device, in any order. It must
 * never meet an assertion, never show what the contract does not hold, and never leave a visitor without a way on.
 */

type Step =
  | { readonly kind: 'press'; readonly choice: number; readonly value: string }
  | { readonly kind: 'wait'; readonly durationMs: number }
  | { readonly kind: 'timer'; readonly choice: number }
  | { readonly kind: 'event'; readonly event: TerminalEvent }
  | { readonly kind: 'escrow' | 'stack'; readonly value: number }
  | { readonly kind: 'check'; readonly answer: CheckAnswer };

const acceptor = (report: AcceptorReport): TerminalEvent => ({ kind: 'acceptor-reported', report });
const printer = (report: PrinterReport): TerminalEvent => ({ kind: 'printer-reported', report });

const faults: readonly AcceptorFault[] = [
  ...['not-connected', 'no-answer', 'cassette-full', 'cassette-removed', 'jam-in-head', 'cheated'],
  ...['paused', 'failure', 'note-stuck', 'note-in-mouth'],
] as readonly AcceptorFault[];

const events: readonly TerminalEvent[] = [
  acceptor({ kind: 'acceptor-connected', identity }),
  acceptor({ kind: 'acceptor-recovered', leftInPath: 'nothing' }),
  acceptor({ kind: 'acceptor-recovered', leftInPath: 'stacker' }),
  acceptor({ kind: 'acceptor-enabled' }),
  acceptor({ kind: 'note-accepting' }),
  acceptor({ kind: 'note-stacking' }),
  acceptor({ kind: 'note-returning', reason: 'device' }),
  acceptor({ kind: 'note-returned', escrowId: undefined, reason: 'device' }),
  acceptor({ kind: 'note-rejected', reason: 'unreadable' }),
  acceptor({ kind: 'credit-released', creditId: creditId(1) }),
  ...faults.flatMap((fault) => [
    acceptor({ kind: 'acceptor-trouble', fault, detail: '' }),
    acceptor({ kind: 'acceptor-trouble-ended', fault }),
  ]),
  acceptor({ kind: 'acceptor-lost', fault: 'no-answer', detail: '' }),
  printer({ kind: 'printer-ready', paperLow: false, model: undefined }),
  printer({ kind: 'printer-trouble', fault: 'paper-out', detail: '' }),
  { kind: 'clock-checked', isSane: false },
  { kind: 'clock-checked', isSane: true },
  { kind: 'collector-seen', by: 'anna' },
  { kind: 'backend-heard' },
];

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('press' as const),
      choice: fc.nat(20),
      value: fc.constantFrom('7', '0', '1', 'ru', '1000000', 'nonsense'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), durationMs: fc.constantFrom(1, 600) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('timer' as const), choice: fc.nat(20) }) },
  { weight: 4, arbitrary: fc.constantFrom(...events).map((event): Step => ({ kind: 'event', event })) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('escrow' as const, 'stack' as const),
      value: fc.constantFrom(200, 500, 20_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<CheckAnswer>(
        openAnswer,
        { ...openAnswer, holderName: undefined } as CheckAnswer,
        { kind: 'wallet-unknown' },
        { kind: 'wallet-exhausted' },
      )
      .map((answer): Step => ({ kind: 'check', answer })),
  },
);

/** A wallet number goes in at once: random fingers would hardly ever type one. */
function typed(bench: Bench): void {
  for (const digit of '7010000001') {
    if (offersOf(bench.terminal, contextAt(bench.nowMs)).includes('digit')) bench.press('digit', digit);
  }
}

function take(bench: Bench, step: Step, serial: number): void {
  switch (step.kind) {
    case 'wait':
      bench.wait(step.durationMs);
      return;
    case 'press': {
      const offered = offersOf(bench.terminal, contextAt(bench.nowMs));
      const action = offered[step.choice % Math.max(1, offered.length)];
      bench.wait(step.choice % 2 === 0 ? 600 : 10);
      if (action === 'digit' && step.choice % 3 !== 0) typed(bench);
      else if (action !== undefined) bench.press(action, step.value);
      return;
    }
    case 'timer': {
      const running = [...bench.timers.keys()];
      const timer = running[step.choice % Math.max(1, running.length)];
      if (timer !== undefined) bench.fire(timer);
      return;
    }
    case 'event': {
      const { event } = step;
      // A lost acceptor says nothing of its notes before it is there again.
      const isMute = event.kind === 'acceptor-reported' && event.report.kind.startsWith('note-');
      if (!isMute || bench.terminal.health.acceptor.connected) bench.apply(event);
      return;
    }
    case 'escrow':
      bench.report({
        kind: 'note-escrowed',
        escrowId: escrowId(serial),
        denomination: { valueMinor: tenge(step.value), currency: 'KZT' },
      });
      return;
    case 'stack': {
      const { inHand, operation } = bench.terminal.till;
      const note = operation?.notes.find(({ noteId }) => noteId === inHand?.noteId);
      bench.report({
        kind: 'note-stacked',
        creditId: creditId(serial),
        escrowId: inHand?.escrowId,
        denomination: { valueMinor: note?.valueMinor ?? tenge(step.value), currency: 'KZT' },
      });
      return;
    }
    case 'check': {
      const asked = bench.terminal.session.step;
      if (asked.kind === 'checking') bench.answerCheck(step.answer);
    }
  }
}

/** Nobody can be left before a screen that never changes: something is offered, or some clock runs. */
function hasWayOn(bench: Bench): boolean {
  const { session, till, health } = bench.terminal;
  const visitTimers = ['idle', 'question', 'check', 'payment', 'note-watch', 'start-settling'] as const;
  const isWatched = visitTimers.some((timer) => bench.timers.has(timer));
  // The driver tells when it is taken, or that it is not.
  const isInMouth = isNoteMoving(till) && health.acceptor.connected;
  const isAtRest = session.step.kind === 'attract' && session.overlay === undefined;
  return isAtRest || isWatched || isInMouth;
}

test.each(Object.keys(situations) as StepKind[])(
  'from the screen %s on it lives through anything',
  (from) => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 5, maxLength: 60 }), (steps) => {
        const bench = situations[from]();
        steps.forEach((step, index) => {
          take(bench, step, 1_000 + index);
          const view = viewOf(bench.terminal, contextAt(bench.nowMs));
          expect(viewSchema.safeParse(view).error).toBeUndefined();
          const isStarting = bench.terminal.session.step.kind === 'starting';
          expect(isStarting || hasWayOn(bench), JSON.stringify(view.screen)).toBe(true);
        });
      }),
      { numRuns: 120 },
    );
  },
);
