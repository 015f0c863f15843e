import type { Context } from '../../context.ts';
import { type Decision, decided } from '../../core/decision.ts';
import type { Terminal } from '../../core/terminal.ts';
import type { ReceiptResult } from '../../receipt/receipt-data.ts';
import type { TopUpOutcome } from '../event.ts';
import { needsHelp, showResult } from '../paying.ts';
import { emptyNumber, type PayingStep, type ResultStep } from '../state.ts';
import {
  ignored,
  noCheckAsked,
  noOperationYet,
  noTimerOfThatKind,
  nothingLookedUp,
  notPrinting,
  pathAlreadyKnown,
  type StepTable,
} from '../table.ts';
import { ask, blockOf, endVisit, freshSession, show, update } from '../visit.ts';

/* The operation is closed and durable: what follows only tells the customer how it went. */

const visitEndsAnyway = ignored('this visit takes no more cash; the next screen shows that none is taken');

export const paying: StepTable<PayingStep> = {
  presses: {},
  on: {
    'top-up-settled': (terminal, step, event, context) =>
      event.operationId === step.operation.operationId
        ? showResult(terminal, step.operation, resultOf(step, event.outcome), context)
        : decided(terminal),
    // Silence is no refusal: the money is recorded and on its way.
    'payment-overdue': (terminal, step, _event, context) =>
      showResult(terminal, step.operation, { kind: 'accepted', byMs: undefined }, context),
    'idle-reached': noTimerOfThatKind,
    'question-unanswered': noTimerOfThatKind,
    'nudge-due': noTimerOfThatKind,
    'check-overdue': noTimerOfThatKind,
    'wallet-checked': noCheckAsked,
    'note-moving': noOperationYet,
    'note-counted': noOperationYet,
    'note-coming-back': noOperationYet,
    'notes-at-rest': noOperationYet,
    'operation-doubtful': noOperationYet,
    'print-ended': notPrinting,
    'readiness-changed': visitEndsAnyway,
    'payment-looked-up': nothingLookedUp,
    'start-settled': pathAlreadyKnown,
  },
};

export const result: StepTable<ResultStep> = {
  presses: {
    done: (terminal, _step, _press, context) => endVisit(terminal, context),
    'top-up-again': (terminal, _step, _press, context) => topUpAgain(terminal, context),
  },
  on: {
    'top-up-settled': (terminal, step, event) => turnResult(terminal, step, event),
    'print-ended': (terminal, step, event) =>
      step.print.kind === 'printing' && step.print.printId === event.printId
        ? update(terminal, {
            ...step,
            print: { kind: event.outcome === 'printed' ? 'printed' : 'not-printed' },
          })
        : decided(terminal),
    'idle-reached': (terminal, _step, _event, context) => ask(terminal, 'closes', context),
    'question-unanswered': (terminal, _step, _event, context) => endVisit(terminal, context),
    'nudge-due': noTimerOfThatKind,
    'check-overdue': noTimerOfThatKind,
    'payment-overdue': noTimerOfThatKind,
    'wallet-checked': noCheckAsked,
    'note-moving': noOperationYet,
    'note-counted': noOperationYet,
    'note-coming-back': noOperationYet,
    'notes-at-rest': noOperationYet,
    'operation-doubtful': noOperationYet,
    'readiness-changed': visitEndsAnyway,
    'payment-looked-up': nothingLookedUp,
    'start-settled': pathAlreadyKnown,
  },
};

/** The screen may turn while the visitor stands there; the slip in the hand said what was true when it was printed. */
function turnResult(
  terminal: Terminal,
  step: ResultStep,
  event: { readonly operationId: ResultStep['operation']['operationId']; readonly outcome: TopUpOutcome },
): Decision {
  if (event.operationId !== step.operation.operationId || step.result.kind !== 'accepted')
    return decided(terminal);
  return update(terminal, { ...step, result: resultOf(step, event.outcome) });
}

function resultOf(step: PayingStep | ResultStep, outcome: TopUpOutcome): ReceiptResult {
  switch (outcome.kind) {
    case 'credited':
      return { kind: 'credited' };
    case 'accepted':
      return { kind: 'accepted', byMs: outcome.byMs };
    case 'refused':
      return needsHelp(step.operation);
  }
}

/** Another visit in the same language, with an empty number: nothing of the last one is kept. */
function topUpAgain(terminal: Terminal, context: Context): Decision {
  if (blockOf(terminal, context) !== undefined) return endVisit(terminal, context);
  const { session } = terminal;
  const fresh = freshSession(context.settings, session.guard, { kind: 'attract' }, context.now.monoMs);
  const kept = {
    ...fresh,
    generation: session.generation,
    language: session.language,
    easyMode: session.easyMode,
  };
  return show({ ...terminal, session: { ...kept, moreTime: session.moreTime } }, emptyNumber, context);
}
