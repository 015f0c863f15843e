import { decided } from '../../core/decision.ts';
import { nationalDigitsCount, walletPhoneOf } from '../../phone.ts';
import { noAnswerInTime, settleCheck, startCheck } from '../checking.ts';
import { startCash } from '../paying.ts';
import { emptyFind, emptyNumber, type NumberStep, type Step } from '../state.ts';
import {
  type Handler,
  ignored,
  noCheckAsked,
  noOperationYet,
  noTimerOfThatKind,
  nothingLookedUp,
  notPrinting,
  notWaitingForBackend,
  pathAlreadyKnown,
  type StepTable,
} from '../table.ts';
import { ask, blockOf, endVisit, show, update } from '../visit.ts';

/* The screens on which no money can be in yet: each may end without a trace. */

type Leave<S extends Step> = Handler<S, unknown>;

const leave: Leave<Step> = (terminal, _step, _event, context) => endVisit(terminal, context);

/** No cash can be taken any more: say so before the customer goes on. */
const leaveIfBlocked: Leave<Step> = (terminal, _step, _event, context) =>
  blockOf(terminal, context) === undefined ? decided(terminal) : endVisit(terminal, context);

const askToClose: Leave<Step> = (terminal, _step, _event, context) => ask(terminal, 'closes', context);

const beforeCash: StepTable<Step>['on'] = {
  'idle-reached': askToClose,
  'question-unanswered': leave,
  'readiness-changed': leaveIfBlocked,
  'nudge-due': noTimerOfThatKind,
  'check-overdue': noTimerOfThatKind,
  'payment-overdue': noTimerOfThatKind,
  'wallet-checked': noCheckAsked,
  'note-moving': noOperationYet,
  'note-counted': noOperationYet,
  'note-coming-back': noOperationYet,
  'notes-at-rest': noOperationYet,
  'operation-doubtful': noOperationYet,
  'top-up-settled': notWaitingForBackend,
  'payment-looked-up': nothingLookedUp,
  'print-ended': notPrinting,
  'start-settled': pathAlreadyKnown,
};

const noVisitorYet = ignored('nobody has touched the screen yet');

export const attract: StepTable<Extract<Step, { kind: 'attract' }>> = {
  presses: {
    start: (terminal, _step, press, context) => {
      const language = context.settings.languages.find((offered) => offered === press.value);
      const session = { ...terminal.session, language: language ?? terminal.session.language };
      return show({ ...terminal, session }, { kind: 'service' }, context);
    },
    'check-payment': (terminal, _step, _press, context) => show(terminal, emptyFind('number'), context),
  },
  on: {
    ...beforeCash,
    // Somebody may still be reading the help; a changed language alone is taken back without a word.
    'idle-reached': (terminal, step, event, context) =>
      terminal.session.overlay === undefined
        ? leave(terminal, step, event, context)
        : ask(terminal, 'closes', context),
    'readiness-changed': noVisitorYet,
  },
};

export const service: StepTable<Extract<Step, { kind: 'service' }>> = {
  presses: {
    'choose-top-up': (terminal, _step, _press, context) => show(terminal, emptyNumber, context),
    back: leave,
  },
  on: beforeCash,
};

export const number: StepTable<NumberStep> = {
  presses: {
    digit: (terminal, step, press) => update(terminal, withDigit(step, press.value ?? '')),
    'delete-digit': (terminal, step) =>
      update(terminal, {
        ...step,
        digits: step.digits.slice(0, -1),
        fault: undefined,
        swallowedPrefix: false,
      }),
    clear: (terminal, step) => update(terminal, { ...emptyNumber, again: step.again }),
    next: (terminal, step, _press, context) => {
      const wallet = walletPhoneOf(step.digits);
      if (wallet === undefined) return update(terminal, { ...step, fault: 'number-invalid' });
      if (step.again === undefined) return startCheck(terminal, wallet, context);
      if (step.again.wallet !== wallet) {
        return update(terminal, { ...emptyNumber, again: step.again, fault: 'numbers-differ' });
      }
      return show(terminal, { kind: 'confirm', recipient: step.again }, context);
    },
    back: (terminal, step, _press, context) =>
      show(terminal, step.again === undefined ? { kind: 'service' } : emptyNumber, context),
  },
  on: beforeCash,
};

/** A lone leading 8 is the trunk prefix that people type by habit: Kazakh mobile numbers begin with 7. */
function withDigit(step: NumberStep, digit: string): NumberStep {
  if (!/^\d$/.test(digit)) return step;
  if (step.digits === '' && digit === '8') return { ...step, swallowedPrefix: true, fault: undefined };
  if (step.digits.length >= nationalDigitsCount) return step;
  return { ...step, digits: step.digits + digit, swallowedPrefix: false, fault: undefined };
}

export const checkFailed: StepTable<Extract<Step, { kind: 'check-failed' }>> = {
  presses: {
    retry: (terminal, step, _press, context) => startCheck(terminal, step.wallet, context),
    'change-number': (terminal, _step, _press, context) => show(terminal, emptyNumber, context),
    cancel: leave,
  },
  on: beforeCash,
};

export const confirm: StepTable<Extract<Step, { kind: 'confirm' }>> = {
  presses: {
    confirm: (terminal, step, _press, context) => {
      if (blockOf(terminal, context) !== undefined) return endVisit(terminal, context);
      if (!terminal.health.printer.ready) return show(terminal, { ...step, kind: 'no-paper' }, context);
      return startCash(terminal, step.recipient, false, context);
    },
    'change-number': (terminal, _step, _press, context) => show(terminal, emptyNumber, context),
    cancel: leave,
  },
  on: beforeCash,
};

export const noPaper: StepTable<Extract<Step, { kind: 'no-paper' }>> = {
  presses: {
    'without-paper': (terminal, step, _press, context) => {
      if (blockOf(terminal, context) !== undefined) return endVisit(terminal, context);
      return startCash(terminal, step.recipient, true, context);
    },
    cancel: leave,
  },
  on: beforeCash,
};

export const checking: StepTable<Extract<Step, { kind: 'checking' }>> = {
  presses: { cancel: leave },
  on: {
    ...beforeCash,
    'idle-reached': noTimerOfThatKind,
    'question-unanswered': noTimerOfThatKind,
    'check-overdue': (terminal, step, _event, context) =>
      settleCheck(terminal, step.wallet, noAnswerInTime, context),
    'wallet-checked': (terminal, step, event, context) =>
      event.requestId === step.requestId
        ? settleCheck(terminal, step.wallet, event.answer, context)
        : decided(terminal),
  },
};
