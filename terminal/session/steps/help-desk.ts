import type { Context } from '../../context.ts';
import { andThen, type Decision, decided } from '../../core/decision.ts';
import type { Terminal } from '../../core/terminal.ts';
import { minorFromTenge } from '../../money.ts';
import { parseOperationNumber } from '../../operation-number.ts';
import { nationalDigitsCount, walletPhoneOf } from '../../phone.ts';
import { copyOfPayment } from '../../receipt/payment-copy.ts';
import { kazakhstanOffsetMs } from '../../receipt/receipt-terminal.ts';
import type { DeskAnswer, PaymentClue } from '../../service-mode/desk.ts';
import { emptyFind, type FindStep, type FoundStep } from '../state.ts';
import {
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
import { ask, endVisit, show, update } from '../visit.ts';

/*
 * "Check a payment": state, time and amount for whoever holds the number and knows the phone's last digits, or knows
 * phone, amount and day. Open also while nothing is sold: that is when people ask.
 */

const digitsOf: Readonly<Record<FindStep['field'], number>> = {
  number: 10,
  'last-four': 4,
  phone: nationalDigitsCount,
  amount: 6,
  day: 0,
};

const dayMs = 24 * 3_600_000;
/** Today, yesterday and the day before. */
const daysBackMax = 2;

const lookupLimits = {
  /** About one number or one phone in a day: four digits are soon tried. */
  aboutOneMax: 5,
  aboutAllPerHourMax: 30,
} as const;

const sellsNothingHere = ignored('nothing is sold here, and the answer stays true whatever the devices do');

export const find: StepTable<FindStep> = {
  presses: {
    digit: (terminal, step, press) => update(terminal, withDigit(step, press.value)),
    'delete-digit': (terminal, step) =>
      update(terminal, { ...step, digits: step.digits.slice(0, -1), fault: undefined }),
    clear: (terminal, step) => update(terminal, { ...step, digits: '', fault: undefined }),
    next: (terminal, step, _press, context) => goOn(terminal, step, context),
    'other-way': (terminal, step, _press, context) =>
      show(terminal, emptyFind(isByNumber(step) ? 'phone' : 'number'), context),
    day: (terminal, step, press, context) => chooseDay(terminal, step, press.value, context),
    back: (terminal, _step, _press, context) => endVisit(terminal, context),
  },
  on: {
    'idle-reached': (terminal, _step, _event, context) => ask(terminal, 'closes', context),
    'question-unanswered': (terminal, _step, _event, context) => endVisit(terminal, context),
    'payment-looked-up': (terminal, step, event, context) =>
      event.requestId === step.requestId
        ? onLookedUp(terminal, step, event.answer, context)
        : decided(terminal),
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
    'print-ended': notPrinting,
    'readiness-changed': sellsNothingHere,
    'start-settled': pathAlreadyKnown,
  },
};

/** An amount has as many digits as it has; every other field has its number of them. */
export function fieldOf({ field, digits }: FindStep): {
  readonly isFull: boolean;
  readonly isEnough: boolean;
} {
  const isFull = digits.length >= digitsOf[field];
  return { isFull, isEnough: field === 'amount' ? Number(digits) > 0 : isFull };
}

function isByNumber({ field }: FindStep): boolean {
  return field === 'number' || field === 'last-four';
}

function withDigit(step: FindStep, digit: string | undefined): FindStep {
  if (digit === undefined || !/^\d$/.test(digit) || step.digits.length >= digitsOf[step.field]) return step;
  return { ...step, digits: step.digits + digit, fault: undefined };
}

/** The field is filled in: on to the next one, or to the ledger. */
function goOn(terminal: Terminal, step: FindStep, context: Context): Decision {
  const { field, digits } = step;
  switch (field) {
    case 'number':
      return parseOperationNumber(digits) === undefined
        ? update(terminal, { ...step, fault: 'number-wrong' })
        : show(terminal, { ...step, field: 'last-four', operationNumber: digits, digits: '' }, context);
    case 'last-four':
      return lookUp(
        terminal,
        step,
        { kind: 'number', operationNumber: step.operationNumber, lastFour: digits },
        context,
      );
    case 'phone':
      return walletPhoneOf(digits) === undefined
        ? update(terminal, { ...step, fault: 'number-wrong' })
        : show(terminal, { ...step, field: 'amount', phone: digits, digits: '' }, context);
    case 'amount':
      return show(
        terminal,
        { ...step, field: 'day', amountMinor: minorFromTenge(Number(digits)), digits: '' },
        context,
      );
    case 'day':
      return decided(terminal);
  }
}

function chooseDay(
  terminal: Terminal,
  step: FindStep,
  value: string | undefined,
  context: Context,
): Decision {
  const daysBack = Number(value);
  const wallet = walletPhoneOf(step.phone);
  const isDay = Number.isInteger(daysBack) && daysBack >= 0 && daysBack <= daysBackMax;
  if (step.field !== 'day' || wallet === undefined || !isDay) return decided(terminal);
  const local = context.now.wallMs + kazakhstanOffsetMs;
  const fromMs = local - (local % dayMs) - kazakhstanOffsetMs - daysBack * dayMs;
  const { amountMinor } = step;
  return lookUp(
    terminal,
    step,
    { kind: 'amount', wallet, amountMinor, fromMs, toMs: fromMs + dayMs },
    context,
  );
}

function lookUp(terminal: Terminal, step: FindStep, clue: PaymentClue, context: Context): Decision {
  if (step.requestId !== undefined) return decided(terminal);
  const { session } = terminal;
  const { monoMs } = context.now;
  const about = clue.kind === 'number' ? clue.operationNumber : clue.wallet;
  const lately = session.guard.lookups.filter(({ atMonoMs }) => monoMs - atMonoMs < dayMs);
  const isTooMany =
    lately.filter((lookup) => lookup.about === about).length >= lookupLimits.aboutOneMax ||
    lately.filter(({ atMonoMs }) => monoMs - atMonoMs < dayMs / 24).length >= lookupLimits.aboutAllPerHourMax;
  if (isTooMany) return show(terminal, emptyFind(isByNumber(step) ? 'number' : 'phone', 'too-many'), context);
  const guard = { ...session.guard, lookups: [...lately, { about, atMonoMs: monoMs }] };
  const { requestId } = context.fresh;
  return andThen(update({ ...terminal, session: { ...session, guard } }, { ...step, requestId }), (next) =>
    decided(next, { effects: [{ kind: 'read-desk', requestId, query: { kind: 'payment', clue } }] }),
  );
}

/** Nobody is told which part did not fit. */
function onLookedUp(terminal: Terminal, step: FindStep, answer: DeskAnswer, context: Context): Decision {
  const payment = answer.kind === 'payment' ? answer.payment : undefined;
  return payment === undefined
    ? show(terminal, emptyFind(isByNumber(step) ? 'number' : 'phone', 'not-found'), context)
    : show(terminal, { kind: 'found', payment, print: { kind: 'none' } }, context);
}

export const found: StepTable<FoundStep> = {
  presses: {
    'print-copy': (terminal, step, _press, context) => printCopy(terminal, step, context),
    done: (terminal, _step, _press, context) => endVisit(terminal, context),
  },
  on: {
    'idle-reached': (terminal, _step, _event, context) => ask(terminal, 'closes', context),
    'question-unanswered': (terminal, _step, _event, context) => endVisit(terminal, context),
    'print-ended': (terminal, step, event) =>
      step.print.kind === 'printing' && step.print.printId === event.printId
        ? update(terminal, {
            ...step,
            print: { kind: event.outcome === 'printed' ? 'printed' : 'not-printed' },
          })
        : decided(terminal),
    // It may turn while somebody stands there.
    'top-up-settled': (terminal, step, event) =>
      event.operationId === step.payment.operationId && event.outcome.kind === 'credited'
        ? update(terminal, { ...step, payment: { ...step.payment, fate: 'credited' } })
        : decided(terminal),
    'payment-looked-up': nothingLookedUp,
    'nudge-due': noTimerOfThatKind,
    'check-overdue': noTimerOfThatKind,
    'payment-overdue': noTimerOfThatKind,
    'wallet-checked': noCheckAsked,
    'note-moving': noOperationYet,
    'note-counted': noOperationYet,
    'note-coming-back': noOperationYet,
    'notes-at-rest': noOperationYet,
    'operation-doubtful': noOperationYet,
    'readiness-changed': sellsNothingHere,
    'start-settled': pathAlreadyKnown,
  },
};

/** "My receipt did not print": once, and marked (money rule M15). */
export function canPrintCopy({ health }: Terminal, { payment, print }: FoundStep): boolean {
  return health.printer.ready && !payment.wasCopied && print.kind === 'none';
}

function printCopy(terminal: Terminal, step: FoundStep, context: Context): Decision {
  if (!canPrintCopy(terminal, step)) return decided(terminal);
  const { printId } = context.fresh;
  const { payment } = step;
  return andThen(update(terminal, { ...step, print: { kind: 'printing', printId } }), (next) =>
    decided(next, {
      facts: [{ kind: 'print-intended', printId, operationId: payment.operationId, copy: true }],
      effects: [
        {
          kind: 'print-receipt',
          printId,
          language: terminal.session.language,
          receipt: copyOfPayment(payment, context.settings),
        },
      ],
    }),
  );
}
