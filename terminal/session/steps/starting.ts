import type { Context } from '../../context.ts';
import { andThen, type Decision, decided, type Effect } from '../../core/decision.ts';
import type { Terminal } from '../../core/terminal.ts';
import { limits } from '../../limits.ts';
import { canCancel } from '../../till/state.ts';
import { settleUnattended, showNeedsHelp } from '../paying.ts';
import { emptyCash, type Step } from '../state.ts';
import {
  ignored,
  noCheckAsked,
  noTimerOfThatKind,
  nothingLookedUp,
  notPrinting,
  notWaitingForBackend,
  type StepTable,
} from '../table.ts';
import { visitTimes } from '../timeouts.ts';
import { show } from '../visit.ts';

type StartingStep = Extract<Step, { kind: 'starting' }>;

const waitsForPath = ignored('the acceptor says itself when its path is known');

/** After a start: nobody knows yet what the acceptor holds. */
export const starting: StepTable<StartingStep> = {
  presses: {},
  on: {
    'start-settled': (terminal, step, _event, context) => resume(terminal, step, context),
    'operation-doubtful': (terminal, step, event, context) =>
      isResumable(step, context) ? showNeedsHelp(terminal, event.operation, context) : decided(terminal),
    'note-moving': waitsForPath,
    'note-counted': waitsForPath,
    'note-coming-back': waitsForPath,
    'notes-at-rest': waitsForPath,
    'readiness-changed': waitsForPath,
    'idle-reached': noTimerOfThatKind,
    'question-unanswered': noTimerOfThatKind,
    'nudge-due': noTimerOfThatKind,
    'check-overdue': noTimerOfThatKind,
    'payment-overdue': noTimerOfThatKind,
    'wallet-checked': noCheckAsked,
    'top-up-settled': notWaitingForBackend,
    'payment-looked-up': nothingLookedUp,
    'print-ended': notPrinting,
  },
};

/**
 * Money rule M12: a visitor who was interrupted moments ago goes on where the money was; after that the operation
 * completes, and no later visitor sees it.
 */
function resume(terminal: Terminal, step: StartingStep, context: Context): Decision {
  const { operation } = terminal.till;
  const hasMoney = operation !== undefined && !canCancel(operation);
  if (!hasMoney || !isResumable(step, context)) return settleUnattended(terminal, 'restart', context);
  const session = { ...terminal.session, language: operation.language };
  const reopened: Terminal = { ...terminal, session, till: { ...terminal.till, intake: 'open' } };
  const shown = andThen(decided(reopened), (next) => show(next, emptyCash, context));
  return andThen(shown, (next) => decided(next, { effects: [resumedIdle] }));
}

/** Nobody may be there any more: the question comes so that silence ends the visit when its time is up. */
const resumedIdle: Effect = {
  kind: 'start-timer',
  timer: 'idle',
  delayMs: limits.resumeForMs - visitTimes.warningMs,
};

function isResumable(step: StartingStep, context: Context): boolean {
  return step.resumeUntilWallMs !== undefined && context.now.wallMs < step.resumeUntilWallMs;
}
