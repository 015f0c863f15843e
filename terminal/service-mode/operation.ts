import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import { toDelivery } from '../core/to-delivery.ts';
import { walletPhoneOf } from '../phone.ts';
import { copyOfPayment } from '../receipt/payment-copy.ts';
import {
  awaitsSettlement,
  confirmSettlement,
  proposeSettlement,
  type SettlementAnswer,
} from '../settlement.ts';
import { may } from '../staff/roles.ts';
import type { AnyTopUp, DeskAnswer, SettlementProposal } from './desk.ts';
import type { StaffPressed } from './event.ts';
import { openOperations, readAgain } from './open-money.ts';
import { stay } from './pages.ts';
import { type OperationPage, type ServiceMode, settlementReasons } from './state.ts';

/*
 * One operation in the hands of staff. Whatever is decided here is decided on the row as the journal has it at this
 * moment: as soon as anything is recorded about the operation, it is read again before anybody may touch it.
 */

export function onOperationRead(
  terminal: Terminal,
  mode: ServiceMode,
  page: OperationPage,
  answer: DeskAnswer,
): Decision {
  const detail = answer.kind === 'operation' ? answer.operation : undefined;
  const fault = detail === undefined ? 'unreadable' : page.fault;
  return stay(terminal, mode, { ...page, requestId: undefined, detail, fault });
}

/** What this person may do with it now. */
export function operationDeeds({ detail, requestId, who, print }: OperationPage, { health }: Terminal) {
  const isFresh = detail !== undefined && requestId === undefined;
  const maySettle = isFresh && may(who.role, 'settle-operations');
  const state = detail?.topUp?.state;
  const isOnItsWay = state === 'waiting' || state === 'accepted';
  const isStopped = state === 'refused' || state === 'parked';
  const isOwed = maySettle && awaitsSettlement(detail);
  return {
    send: maySettle && (isOnItsWay || isStopped),
    void: maySettle && (isOnItsWay || isStopped),
    propose: isOwed,
    confirm: isOwed && detail.proposal !== undefined && detail.proposal.by !== who.staffId,
    copy: maySettle && detail.payment !== undefined && health.printer.ready && print.kind !== 'printing',
  };
}

export function onOperationPress(
  terminal: Terminal,
  mode: ServiceMode,
  page: OperationPage,
  press: StaffPressed,
  context: Context,
): Decision {
  const { asking } = page;
  if (press.action === 'staff-back') {
    return asking === undefined
      ? openOperations(terminal, page.who, page.place, context)
      : stay(terminal, mode, { ...page, asking: undefined, fault: undefined });
  }
  const deeds = operationDeeds(page, terminal);
  const clean: OperationPage = { ...page, fault: undefined };
  switch (press.action) {
    case 'staff-send':
      return deeds.send ? send(terminal, page, context) : decided(terminal);
    case 'staff-void':
      return deeds.void ? stay(terminal, mode, { ...clean, asking: { kind: 'void' } }) : decided(terminal);
    case 'staff-copy':
      return deeds.copy ? printCopy(terminal, mode, page, context) : decided(terminal);
    case 'staff-propose': {
      const as = press.value === 'by-hand' || press.value === 'rerouted' ? press.value : undefined;
      return deeds.propose && as !== undefined
        ? stay(terminal, mode, { ...clean, asking: { kind: 'reason', as } })
        : decided(terminal);
    }
    case 'staff-reason':
      return deeds.propose ? chooseReason(terminal, mode, clean, press.value, context) : decided(terminal);
    case 'staff-digit':
    case 'staff-delete':
      return asking?.kind === 'wallet'
        ? stay(terminal, mode, { ...clean, asking: { ...asking, digits: edited(asking.digits, press) } })
        : decided(terminal);
    case 'staff-next':
      return asking?.kind === 'wallet' ? typedWallet(terminal, mode, clean, context) : decided(terminal);
    case 'staff-confirm':
      if (asking?.kind === 'void') return deeds.void ? voidIt(terminal, page, context) : decided(terminal);
      return deeds.confirm ? confirm(terminal, mode, clean, context) : decided(terminal);
    default:
      return decided(terminal);
  }
}

function edited(digits: string, { action, value }: StaffPressed): string {
  if (action === 'staff-delete') return digits.slice(0, -1);
  return /^\d$/.test(value ?? '') ? `${digits}${value}`.slice(0, 10) : digits;
}

// ---------------------------------------------------------------- on its way, or stopped

function send(terminal: Terminal, { detail, who }: OperationPage, context: Context): Decision {
  const row = detail?.topUp;
  if (row === undefined) return decided(terminal);
  const by = who.staffId;
  if (isStopped(row)) return toDelivery(terminal, { kind: 'top-up-retry-asked', row, by }, context);
  if (!isOnItsWay(row)) return decided(terminal);
  const { operationId } = row;
  return andThen(decided(terminal, { facts: [{ kind: 'send-asked', operationId, by }] }), (next) =>
    toDelivery(next, { kind: 'top-up-send-asked', row }, context),
  );
}

/** Money rule M9: nothing else may become of it before the backend has closed its id for ever. */
function voidIt(terminal: Terminal, page: OperationPage, context: Context): Decision {
  const row = page.detail?.topUp;
  const { serviceMode } = terminal;
  if (serviceMode === undefined || row === undefined || !(isStopped(row) || isOnItsWay(row))) {
    return decided(terminal);
  }
  return andThen(stay(terminal, serviceMode, { ...page, asking: undefined }), (next) =>
    toDelivery(next, { kind: 'top-up-void-asked', row, by: page.who.staffId }, context),
  );
}

function isStopped(row: AnyTopUp): row is AnyTopUp & { readonly state: 'refused' | 'parked' } {
  return row.state === 'refused' || row.state === 'parked';
}

function isOnItsWay(row: AnyTopUp): row is AnyTopUp & { readonly state: 'waiting' | 'accepted' } {
  return row.state === 'waiting' || row.state === 'accepted';
}

function printCopy(terminal: Terminal, mode: ServiceMode, page: OperationPage, context: Context): Decision {
  const payment = page.detail?.payment;
  if (payment === undefined) return decided(terminal);
  const { printId } = context.fresh;
  return andThen(stay(terminal, mode, { ...page, print: { kind: 'printing', printId } }), (next) =>
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

// ---------------------------------------------------------------- voided: two persons

function chooseReason(
  terminal: Terminal,
  mode: ServiceMode,
  page: OperationPage,
  value: string | undefined,
  context: Context,
): Decision {
  const { asking } = page;
  const reason = settlementReasons.find((known) => known === value);
  if (asking?.kind !== 'reason' || reason === undefined) return decided(terminal);
  if (asking.as === 'rerouted') {
    return stay(terminal, mode, { ...page, asking: { kind: 'wallet', reason, digits: '' } });
  }
  return propose(terminal, mode, page, { as: 'by-hand', reason, wallet: undefined }, context);
}

/** A proposal when a reason was chosen before it; else the second person's. */
function typedWallet(terminal: Terminal, mode: ServiceMode, page: OperationPage, context: Context): Decision {
  const { asking } = page;
  if (asking?.kind !== 'wallet') return decided(terminal);
  const wallet = walletPhoneOf(asking.digits);
  if (wallet === undefined) return stay(terminal, mode, { ...page, fault: 'number-wrong' });
  const deeds = operationDeeds(page, terminal);
  if (asking.reason !== undefined) {
    if (!deeds.propose) return decided(terminal);
    return propose(terminal, mode, page, { as: 'rerouted', reason: asking.reason, wallet }, context);
  }
  return deeds.confirm ? settle(terminal, mode, page, wallet, context) : decided(terminal);
}

function confirm(terminal: Terminal, mode: ServiceMode, page: OperationPage, context: Context): Decision {
  return page.detail?.proposal?.as === 'rerouted'
    ? stay(terminal, mode, { ...page, asking: { kind: 'wallet', reason: undefined, digits: '' } })
    : settle(terminal, mode, page, undefined, context);
}

function propose(
  terminal: Terminal,
  mode: ServiceMode,
  page: OperationPage,
  proposal: Omit<SettlementProposal, 'by'>,
  context: Context,
): Decision {
  if (page.detail === undefined) return decided(terminal);
  const answer = proposeSettlement(page.detail, { ...proposal, by: page.who.staffId });
  return record(terminal, mode, page, answer, context);
}

function settle(
  terminal: Terminal,
  mode: ServiceMode,
  page: OperationPage,
  wallet: SettlementProposal['wallet'],
  context: Context,
): Decision {
  if (page.detail === undefined) return decided(terminal);
  const answer = confirmSettlement(page.detail, {
    by: page.who.staffId,
    wallet,
    nextOperationSerial: terminal.till.nextOperationSerial,
    newOperationId: context.fresh.operationId,
    atMs: context.now.wallMs,
  });
  return record(terminal, mode, page, answer, context);
}

function record(
  terminal: Terminal,
  mode: ServiceMode,
  page: OperationPage,
  answer: SettlementAnswer,
  context: Context,
): Decision {
  if (answer.kind === 'refused') {
    return stay(terminal, mode, { ...page, asking: undefined, fault: answer.why });
  }
  const { facts, topUp } = answer;
  const { till } = terminal;
  const counted: Terminal =
    topUp === undefined
      ? terminal
      : { ...terminal, till: { ...till, nextOperationSerial: till.nextOperationSerial + 1 } };
  return andThen(stay(counted, mode, { ...page, asking: undefined }), (next) =>
    andThen(
      decided(next, { facts, topUps: topUp === undefined ? [] : [topUp] }),
      // The rows just recorded are read back before anything else is decided.
      (recorded) => readAgain(recorded, { ...page, asking: undefined }, context),
    ),
  );
}
