import { unreachable } from '../assert.ts';
import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { PrintOutcome } from '../devices.ts';
import { type SignedIn, staffRules } from '../staff/staff.ts';
import { isNoteMoving } from '../till/state.ts';
import { onAuditPress, onAuditRead, openAudit } from './audit.ts';
import { onCollectionPress, onPeriodsRead, openCollection } from './collection.ts';
import {
  onCollectedPress,
  onCollectedRead,
  onCollectionsPress,
  onCollectionsRead,
  openCollections,
} from './collections.ts';
import type { DeskAnswer } from './desk.ts';
import { onDeviceRead, onDevicesPress, openDevices } from './devices.ts';
import type { ServiceEvent, StaffPressed } from './event.ts';
import { switchSales } from './home.ts';
import { leave, onLeavingPress } from './leaving.ts';
import { onNotesPress, onNotesRead, openNotes, readNotesAgain } from './notes.ts';
import { firstPlace, openOperations, readAgain } from './open-money.ts';
import { onOperationPress, onOperationRead } from './operation.ts';
import { onFindPress, onFound, onOperationsPress, onOperationsRead } from './operations.ts';
import { askWho, close, onHide, onIdle, open, stay, watch } from './pages.ts';
import { onPaperPress, onPaperTried, openPaper } from './paper.ts';
import { onCodeChecked, onPinChecked, onPinMade, typeCode, typeNewPin, typeSignIn } from './sign-in.ts';
import { mayOpen, type ServiceMode, sections, serviceTimes } from './state.ts';
import { onLedgerTested, onLinkTested, onTestPageEnded } from './trials.ts';

/** A new page takes no press for its first moments: it was meant for the one before. */
const pressAfterMs = 300;

export function decidePressOfStaff(terminal: Terminal, press: StaffPressed, context: Context): Decision {
  const { serviceMode } = terminal;
  if (serviceMode === undefined)
    return press.action === 'staff-knock' ? knock(terminal, context) : decided(terminal);
  if (context.now.monoMs - serviceMode.sinceMonoMs < pressAfterMs) return decided(terminal);
  if (press.action === 'staff-leave') return leave(terminal, context);
  return andThen(watch(terminal), (next) =>
    next.serviceMode === undefined ? decided(next) : onPress(next, next.serviceMode, press, context),
  );
}

export function decideService(terminal: Terminal, event: ServiceEvent, context: Context): Decision {
  const page = terminal.serviceMode?.page;
  if (page === undefined) return decided(terminal);
  switch (event.kind) {
    case 'service-idle':
      return onIdle(terminal, context);
    case 'service-unattended':
      return close(terminal, 'idle');
    case 'service-hide':
      return onHide(terminal);
    case 'enrolment-checked':
      return page.kind === 'enrol' && page.requestId === event.requestId
        ? onCodeChecked(terminal, event.fits, context)
        : decided(terminal);
    case 'pin-checked':
      return page.kind === 'sign-in' && page.requestId === event.requestId
        ? onPinChecked(terminal, page, event.verdict, context)
        : decided(terminal);
    case 'desk-read':
      return onDeskRead(terminal, event.requestId, event.answer, context);
    case 'slip-ended':
      return onSlipEnded(terminal, event.printId, event.outcome);
    case 'test-page-ended':
      return onTestPage(terminal, event.printId, event.outcome);
    case 'link-tested':
      return onLinkTested(terminal, event.requestId, event.outcome);
    case 'ledger-tested':
      return onLedgerTested(terminal, event.requestId, event.outcome);
    case 'pin-made':
      return page.kind === 'choose-pin' && page.requestId === event.requestId
        ? onPinMade(terminal, page, event.verifier, context)
        : decided(terminal);
    default:
      return unreachable(event);
  }
}

/** Five touches of the terminal's name within five seconds: nobody does that by chance. */
function knock(terminal: Terminal, context: Context): Decision {
  const { monoMs } = context.now;
  const recent = terminal.staff.knocksMonoMs.filter(
    (atMonoMs) => monoMs - atMonoMs < serviceTimes.knocksWithinMs,
  );
  const knocksMonoMs = [...recent, monoMs];
  const heard: Terminal = { ...terminal, staff: { ...terminal.staff, knocksMonoMs } };
  return knocksMonoMs.length < serviceTimes.knocks
    ? decided(heard)
    : open(heard, isNoteMoving(terminal.till), context);
}

function onPress(terminal: Terminal, mode: ServiceMode, press: StaffPressed, context: Context): Decision {
  const { page } = mode;
  const typed = (digits: string): string => edited(digits, press);
  switch (page.kind) {
    case 'try-later':
      return isNoteMoving(terminal.till) ? decided(terminal) : askWho(terminal, context);
    case 'enrol':
      return typeCode(terminal, mode, page, typed(page.digits).slice(0, staffRules.enrolmentDigits), context);
    case 'sign-in':
      if (page.field === 'pin' && page.pin === '' && press.action === 'staff-delete') {
        return stay(terminal, mode, { ...page, field: 'id', id: page.id.slice(0, -1) });
      }
      return typeSignIn(terminal, mode, page, typed(page.field === 'id' ? page.id : page.pin), context);
    case 'choose-pin':
      return typeNewPin(terminal, mode, page, typed(page.pin), context);
    case 'home':
      if (press.action === 'staff-switch') return switchSales(terminal, page.who);
      return press.action === 'staff-open'
        ? openSection(terminal, page.who, press.value, context)
        : decided(terminal);
    case 'collection':
      return onCollectionPress(terminal, mode, page, press, context);
    case 'operations':
      return onOperationsPress(terminal, page, press, context);
    case 'find-operation':
      return onFindPress(terminal, mode, page, press, typed(page.digits), context);
    case 'operation':
      return onOperationPress(terminal, mode, page, press, context);
    case 'notes':
      return onNotesPress(terminal, mode, page, press, context);
    case 'audit':
      return onAuditPress(terminal, page, press, context);
    case 'collections':
      return onCollectionsPress(terminal, page, press, context);
    case 'collected':
      return onCollectedPress(terminal, mode, page, press, context);
    case 'paper':
      return onPaperPress(terminal, mode, page, press, context);
    case 'leaving':
      return onLeavingPress(terminal, page, press, context);
    case 'devices':
      if (press.action === 'staff-paper') return openPaper(terminal, page.who, context);
      return onDevicesPress(terminal, mode, page, press, context);
    default:
      return unreachable(page);
  }
}

/** The right is asked for here, whatever a screen may have offered. */
function openSection(
  terminal: Terminal,
  who: SignedIn,
  value: string | undefined,
  context: Context,
): Decision {
  const section = sections.find((known) => known === value);
  if (section === undefined || !mayOpen(who.role, section)) return decided(terminal);
  switch (section) {
    case 'collection':
      return openCollection(terminal, who, context);
    case 'collections':
      return openCollections(terminal, who, [], context);
    case 'operations':
      return openOperations(terminal, who, firstPlace, context);
    case 'notes':
      return openNotes(terminal, who, context);
    case 'audit':
      return openAudit(terminal, who, context);
    case 'devices':
      return openDevices(terminal, who, context);
    default:
      return unreachable(section);
  }
}

/** What has been read belongs to the page that asked; a later page has asked anew. */
function onDeskRead(terminal: Terminal, requestId: string, answer: DeskAnswer, context: Context): Decision {
  const { serviceMode } = terminal;
  if (serviceMode === undefined) return decided(terminal);
  const { page } = serviceMode;
  if (!('requestId' in page) || page.requestId !== requestId) return decided(terminal);
  switch (page.kind) {
    case 'collection':
      return onPeriodsRead(terminal, serviceMode, page, answer, context);
    case 'home':
      return answer.kind === 'recent-events'
        ? stay(terminal, serviceMode, { ...page, events: answer.events })
        : decided(terminal);
    case 'collections':
      return onCollectionsRead(terminal, serviceMode, page, answer);
    case 'collected':
      return onCollectedRead(terminal, serviceMode, page, answer);
    case 'operations':
      return onOperationsRead(terminal, serviceMode, page, answer);
    case 'find-operation':
      return onFound(terminal, serviceMode, page, answer, context);
    case 'operation':
      return onOperationRead(terminal, serviceMode, page, answer);
    case 'notes':
      return onNotesRead(terminal, serviceMode, page, answer);
    case 'audit':
      return onAuditRead(terminal, serviceMode, page, answer);
    case 'devices':
      return onDeviceRead(terminal, serviceMode, page, answer);
    default:
      return decided(terminal);
  }
}

/** What has just been recorded may make what a page shows old: it is read again before anybody acts on it. */
export function keepFresh(decision: Decision, context: Context): Decision {
  const page = decision.terminal.serviceMode?.page;
  if (page?.kind === 'operation') {
    const { operationId } = page;
    // What was asked in this decision is answered from a ledger that has its facts.
    if (page.requestId === context.fresh.requestId) return decision;
    const isNews = decision.facts.some((fact) => 'operationId' in fact && fact.operationId === operationId);
    return isNews ? andThen(decision, (next) => readAgain(next, page, context)) : decision;
  }
  if (page?.kind === 'notes' && page.requestId !== context.fresh.requestId) {
    const isNews = decision.facts.some(({ kind }) => kind.startsWith('note-') || kind === 'operation-closed');
    return isNews ? andThen(decision, (next) => readNotesAgain(next, page, context)) : decision;
  }
  return decision;
}

export function onCopyEnded(terminal: Terminal, printId: string, outcome: PrintOutcome['kind']): Decision {
  const { serviceMode } = terminal;
  const page = serviceMode?.page;
  if (serviceMode === undefined || page?.kind !== 'operation') return decided(terminal);
  return page.print.kind === 'printing' && page.print.printId === printId
    ? stay(terminal, serviceMode, { ...page, print: { kind: outcome } })
    : decided(terminal);
}

function onSlipEnded(terminal: Terminal, printId: string, outcome: PrintOutcome['kind']): Decision {
  const { serviceMode } = terminal;
  const page = serviceMode?.page;
  if (serviceMode === undefined || (page?.kind !== 'collection' && page?.kind !== 'collected')) {
    return decided(terminal);
  }
  const { slip } = page;
  return slip.kind === 'printing' && slip.printId === printId
    ? stay(terminal, serviceMode, { ...page, slip: { kind: outcome } })
    : decided(terminal);
}

/** The page that asked for it says what it was for. */
function onTestPage(terminal: Terminal, printId: string, outcome: PrintOutcome['kind']): Decision {
  const { serviceMode } = terminal;
  return serviceMode?.page.kind === 'paper'
    ? onPaperTried(terminal, serviceMode, serviceMode.page, printId, outcome)
    : onTestPageEnded(terminal, printId, outcome);
}

function edited(digits: string, { action, value }: StaffPressed): string {
  if (action === 'staff-delete') return digits.slice(0, -1);
  return action === 'staff-digit' && /^\d$/.test(value ?? '') ? `${digits}${value}` : digits;
}
