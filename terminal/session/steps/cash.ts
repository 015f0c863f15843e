import { andThen, decided } from '../../core/decision.ts';
import { minor } from '../../money.ts';
import { canCancel, certainSumMinor, isNoteMoving } from '../../till/state.ts';
import { cancelVisit, pay, payNow, showNeedsHelp } from '../paying.ts';
import type { CashStep, Step } from '../state.ts';
import {
  ignored,
  noCheckAsked,
  noTimerOfThatKind,
  nothingLookedUp,
  notPrinting,
  notWaitingForBackend,
  pathAlreadyKnown,
  type StepTable,
} from '../table.ts';
import { ask, holdTimeouts, keepAwake, update } from '../visit.ts';

/* The open acceptor, and the wait for the last note. */

const shownByReadiness = ignored(
  'the lease follows readiness by itself, and the screen says when notes are not taken',
);

export const cash: StepTable<CashStep> = {
  presses: {
    pay: (terminal, _step, _press, context) =>
      terminal.till.operation !== undefined && !canCancel(terminal.till.operation)
        ? pay(terminal, context)
        : decided(terminal),
    cancel: (terminal, _step, _press, context) =>
      terminal.till.operation !== undefined &&
      canCancel(terminal.till.operation) &&
      !isNoteMoving(terminal.till)
        ? cancelVisit(terminal, 'customer', context)
        : decided(terminal),
    target: (terminal, step, press) => update(terminal, { ...step, targetMinor: targetOf(press.value) }),
  },
  on: {
    'idle-reached': (terminal, _step, _event, context) => {
      if (isNoteMoving(terminal.till)) return decided(terminal);
      const hasMoney = terminal.till.operation !== undefined && !canCancel(terminal.till.operation);
      // The next person would pay into this wallet: no note while the question stands.
      const closed = { ...terminal, till: { ...terminal.till, intake: 'closed' as const } };
      return ask(closed, hasMoney ? 'pays' : 'closes', context);
    },
    'question-unanswered': (terminal, _step, _event, context) =>
      terminal.till.operation !== undefined && canCancel(terminal.till.operation)
        ? cancelVisit(terminal, 'idle', context)
        : pay(terminal, context),
    'nudge-due': (terminal, step) =>
      terminal.till.operation !== undefined && certainSumMinor(terminal.till.operation) > 0
        ? update(terminal, { ...step, nudged: true })
        : decided(terminal),
    'note-moving': (terminal, step) =>
      andThen(update(terminal, { ...step, comingBack: undefined, nudged: false }), holdTimeouts),
    'note-counted': (terminal, step) =>
      update(terminal, { ...step, comingBack: undefined, comingBackCount: 0, nudged: false }),
    'note-coming-back': (terminal, step, event) =>
      andThen(
        update(terminal, {
          ...step,
          comingBack: event.reason,
          comingBackCount: step.comingBackCount + 1,
        }),
        holdTimeouts,
      ),
    'notes-at-rest': (terminal, _step, _event, context) => {
      const { question } = terminal.session;
      // A note pushed in while the question stood is no answer to it: it may be the next person's.
      return question === undefined ? keepAwake(terminal) : ask(terminal, question.silence, context);
    },
    'operation-doubtful': (terminal, _step, event, context) =>
      showNeedsHelp(terminal, event.operation, context),
    'readiness-changed': shownByReadiness,
    'check-overdue': noTimerOfThatKind,
    'payment-overdue': noTimerOfThatKind,
    'wallet-checked': noCheckAsked,
    'top-up-settled': notWaitingForBackend,
    'payment-looked-up': nothingLookedUp,
    'print-ended': notPrinting,
    'start-settled': pathAlreadyKnown,
  },
};

/** Whole tiyn in decimal; anything else takes the target away. It is a wish, never a condition. */
function targetOf(value: string | undefined): CashStep['targetMinor'] {
  return value !== undefined && /^[1-9]\d{0,9}$/.test(value) ? minor(Number(value)) : undefined;
}

const waitsForNote = ignored(
  'the note is still between mouth and cassette; it ends the wait by coming to rest',
);

export const counting: StepTable<Extract<Step, { kind: 'counting' }>> = {
  presses: {},
  on: {
    'notes-at-rest': (terminal, _step, _event, context) => payNow(terminal, context),
    'operation-doubtful': (terminal, _step, event, context) =>
      showNeedsHelp(terminal, event.operation, context),
    'note-moving': waitsForNote,
    'note-counted': waitsForNote,
    'note-coming-back': waitsForNote,
    'idle-reached': noTimerOfThatKind,
    'question-unanswered': noTimerOfThatKind,
    'nudge-due': noTimerOfThatKind,
    'check-overdue': noTimerOfThatKind,
    'payment-overdue': noTimerOfThatKind,
    'wallet-checked': noCheckAsked,
    'top-up-settled': notWaitingForBackend,
    'payment-looked-up': nothingLookedUp,
    'print-ended': notPrinting,
    'readiness-changed': ignored('the watch over the moving note decides how long this lasts'),
    'start-settled': pathAlreadyKnown,
  },
};
