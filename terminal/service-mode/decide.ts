import { unreachable } from '../assert.ts';
import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { PrintOutcome } from '../devices.ts';
import { staffRules } from '../staff/staff.ts';
import { isNoteMoving } from '../till/state.ts';
import { onCollectionPress, onPeriodsRead, openCollection } from './collection.ts';
import type { DeskAnswer } from './desk.ts';
import type { ServiceEvent, StaffPressed } from './event.ts';
import { askWho, close, onIdle, open, stay, watch } from './pages.ts';
import { onCodeChecked, onPinChecked, onPinMade, typeCode, typeNewPin, typeSignIn } from './sign-in.ts';
import { type ServiceMode, serviceTimes } from './state.ts';

/** A new page takes no press for its first moments: it was meant for the one before. */
const pressAfterMs = 300;

export function decidePressOfStaff(terminal: Terminal, press: StaffPressed, context: Context): Decision {
  const { serviceMode } = terminal;
  if (serviceMode === undefined)
    return press.action === 'staff-knock' ? knock(terminal, context) : decided(terminal);
  if (context.now.monoMs - serviceMode.sinceMonoMs < pressAfterMs) return decided(terminal);
  if (press.action === 'staff-leave') return close(terminal, 'asked');
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
      return press.action === 'staff-open' && press.value === 'collection'
        ? openCollection(terminal, page.who, context)
        : decided(terminal);
    case 'collection':
      return onCollectionPress(terminal, mode, page, press, context);
    default:
      return unreachable(page);
  }
}

/** What has been read belongs to the page that asked; a later page has asked anew. */
function onDeskRead(terminal: Terminal, requestId: string, answer: DeskAnswer, context: Context): Decision {
  const { serviceMode } = terminal;
  if (serviceMode === undefined) return decided(terminal);
  const { page } = serviceMode;
  if (page.kind === 'collection' && page.requestId === requestId) {
    return onPeriodsRead(terminal, serviceMode, page, answer, context);
  }
  if (page.kind === 'home' && page.requestId === requestId && answer.kind === 'recent-events') {
    return stay(terminal, serviceMode, { ...page, events: answer.events });
  }
  return decided(terminal);
}

function onSlipEnded(terminal: Terminal, printId: string, outcome: PrintOutcome['kind']): Decision {
  const { serviceMode } = terminal;
  const page = serviceMode?.page;
  if (serviceMode === undefined || page?.kind !== 'collection') return decided(terminal);
  const { slip } = page;
  return slip.kind === 'printing' && slip.printId === printId
    ? stay(terminal, serviceMode, { ...page, slip: { kind: outcome } })
    : decided(terminal);
}

function edited(digits: string, { action, value }: StaffPressed): string {
  if (action === 'staff-delete') return digits.slice(0, -1);
  return action === 'staff-digit' && /^\d$/.test(value ?? '') ? `${digits}${value}` : digits;
}
