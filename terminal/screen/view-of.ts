import { assert, unreachable } from '../assert.ts';
import type { Surroundings } from '../context.ts';
import type { Offer, Screen, ScreenView } from '../contract/messages.ts';
import type { Terminal } from '../core/terminal.ts';
import { welcomeDenominations } from '../health/decide.ts';
import { takenDenominations } from '../health/state.ts';
import { minor } from '../money.ts';
import { maskPhone } from '../receipt/format.ts';
import { resultOfPayment } from '../receipt/payment-copy.ts';
import { receiptQr } from '../receipt/qr.ts';
import type { ReceiptResult } from '../receipt/receipt-data.ts';
import type { CashStep, ConfirmStep, FoundStep, NumberStep, ResultStep } from '../session/state.ts';
import { canPrintCopy } from '../session/steps/help-desk.ts';
import { blockOf } from '../session/visit.ts';
import { certainSumMinor, isNoteComingBack, isNoteMoving, type Operation, roomMinor } from '../till/state.ts';
import { offersOf } from './offers.ts';
import { servicePageOf } from './service-page.ts';

/** The one screen that the terminal shows now: numbers and names, no sentences and no layout. */
export function viewOf(terminal: Terminal, context: Surroundings): ScreenView {
  const { session } = terminal;
  const { settings, now } = context;
  const { question, overlay } = session;
  // Neither counts on while the other is on the screen: together they name every screen once.
  const generation = `${session.generation}.${terminal.serviceMode?.generation ?? ''}`;
  const offers: readonly Offer[] = offersOf(terminal, context).map((action) => ({
    offerId: `${generation}.${action}`,
    action,
  }));
  return {
    frame: {
      terminalNumber: settings.terminal.number,
      supportPhone: settings.terminal.supportPhone,
      language: session.language,
      languages: settings.languages,
      easyMode: session.easyMode,
      moreTime: session.moreTime,
      simulated: settings.simulated,
      panel: settings.screen,
    },
    ...(overlay === undefined ? {} : { overlay }),
    ...(question === undefined
      ? {}
      : {
          question: {
            silence: question.silence,
            endsInMs: Math.max(0, Math.round(question.endsAtMonoMs - now.monoMs)),
          },
        }),
    screen: screenOf(terminal, context),
    offers,
  };
}

function screenOf(terminal: Terminal, context: Surroundings): Screen {
  const { step } = terminal.session;
  if (terminal.serviceMode !== undefined) {
    return { kind: 'service-mode', page: { ...servicePageOf(terminal, terminal.serviceMode, context) } };
  }
  switch (step.kind) {
    case 'starting':
      return { kind: 'one-moment' };
    case 'attract': {
      const reason = blockOf(terminal, context);
      if (reason !== undefined) return { kind: 'out-of-service', reason };
      return {
        kind: 'attract',
        denominations: takenDenominations(terminal.health, context.settings.denominations),
      };
    }
    case 'service':
    case 'checking':
    case 'no-paper':
      return { kind: step.kind };
    case 'number':
      return numberScreen(step);
    case 'check-failed':
      return { kind: 'check-failed', reason: step.reason };
    case 'confirm':
      return confirmScreen(step, terminal, context);
    case 'cash':
      return cashScreen(step, terminal, context);
    case 'counting':
      return {
        kind: 'counting',
        insertedMinor: certainSumMinor(openOperation(terminal)),
        note: isNoteInMouth(terminal) ? 'in-mouth' : 'reading',
      };
    case 'paying': {
      const { operation } = step;
      const willPrint = terminal.health.printer.ready && !operation.withoutPaper;
      return { kind: 'paying', amountMinor: operation.amountMinor, willPrint };
    }
    case 'result':
      return resultScreen(step, context);
    case 'find': {
      const { field, digits, requestId, fault } = step;
      const isLooking = requestId !== undefined;
      return { kind: 'find', field, digits, isLooking, ...(fault === undefined ? {} : { fault }) };
    }
    case 'found':
      return foundScreen(step, terminal, context);
    default:
      return unreachable(step);
  }
}

function numberScreen(step: NumberStep): Screen {
  const { digits, swallowedPrefix, fault, again } = step;
  return {
    kind: 'number',
    digits,
    again: again !== undefined,
    offline: again?.offline ?? false,
    swallowedPrefix,
    ...(fault === undefined ? {} : { fault }),
  };
}

function confirmScreen(step: ConfirmStep, terminal: Terminal, context: Surroundings): Screen {
  const { wallet, holderMasked, limitMinor, offline } = step.recipient;
  const { denominations } = context.settings;
  return {
    kind: 'confirm',
    wallet,
    ...(holderMasked === undefined ? {} : { holderMasked }),
    limitMinor,
    denominations: welcomeDenominations(terminal.health, denominations, limitMinor),
    offline,
  };
}

function cashScreen(step: CashStep, terminal: Terminal, context: Surroundings): Screen {
  const { till, health } = terminal;
  const operation = openOperation(terminal);
  const room = roomMinor(operation);
  const stopped = blockOf(terminal, context);
  const { targetMinor, comingBack, comingBackCount, nudged } = step;
  return {
    kind: 'cash',
    walletMasked: maskPhone(operation.wallet),
    ...(operation.holderMasked === undefined ? {} : { holderMasked: operation.holderMasked }),
    insertedMinor: certainSumMinor(operation),
    roomMinor: room,
    ...(targetMinor === undefined ? {} : { targetMinor }),
    countedMinor: operation.notes
      .filter((note) => note.state === 'stacked')
      .map((note) => minor(note.valueMinor)),
    denominations: takenDenominations(health, context.settings.denominations).map((valueMinor) => ({
      valueMinor,
      fits: valueMinor <= room,
    })),
    isAcceptorOpen: health.acceptor.enabled && till.credited === undefined && !isNoteMoving(till),
    note: isNoteInMouth(terminal) ? 'in-mouth' : noteInMotion(till, step),
    ...(comingBack === undefined ? {} : { comingBack }),
    comingBackCount,
    nudged,
    ...(stopped === undefined ? {} : { stopped }),
  };
}

/** On its way there, or lying there for so long that the books have closed over it. */
function isNoteInMouth({ till, health }: Terminal): boolean {
  return isNoteComingBack(till) || health.acceptor.faults.includes('note-in-mouth');
}

function noteInMotion(till: Terminal['till'], step: CashStep): 'none' | 'reading' | 'coming-back' {
  if (!isNoteMoving(till)) return 'none';
  return step.comingBack === undefined ? 'reading' : 'coming-back';
}

function resultScreen(step: ResultStep, context: Surroundings): Screen {
  const { operation, print } = step;
  const { operationNumber, amountMinor, holderMasked, closedAtMs } = operation;
  return {
    kind: 'result',
    result: shownResult(step.result, context),
    amountMinor,
    operationNumber,
    qr: receiptQr(context.settings.terminal.number, operationNumber),
    walletMasked: maskPhone(operation.wallet),
    ...(holderMasked === undefined ? {} : { holderMasked }),
    closedAtMs,
    notes: operation.notes.map(({ valueMinor, state }) => ({
      state,
      ...(valueMinor === undefined ? {} : { valueMinor }),
    })),
    print: print.kind,
  };
}

function foundScreen(step: FoundStep, terminal: Terminal, context: Surroundings): Screen {
  const { payment, print } = step;
  return {
    kind: 'found',
    result: shownResult(resultOfPayment(payment), context),
    amountMinor: payment.amountMinor,
    closedAtMs: payment.closedAtMs,
    canPrint: canPrintCopy(terminal, step),
    print: print.kind,
  };
}

/** A promise whose time has passed turns into the red sign: it is not through, whoever is to blame. */
function shownResult(
  result: ReceiptResult,
  context: Surroundings,
): Extract<Screen, { kind: 'result' }>['result'] {
  if (result.kind !== 'accepted') return result;
  const { byMs } = result;
  const late = byMs !== undefined && context.now.wallMs > byMs;
  return { kind: 'accepted', late, ...(byMs === undefined ? {} : { byMs }) };
}

function openOperation(terminal: Terminal): Operation {
  const { operation } = terminal.till;
  assert(operation !== undefined, 'cash is taken only into an open operation');
  return operation;
}
