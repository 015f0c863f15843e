import { unreachable } from '../assert.ts';
import type { Surroundings } from '../context.ts';
import type { Terminal } from '../core/terminal.ts';
import { nationalDigitsCount } from '../phone.ts';
import type { StaffAction } from '../service-mode/event.ts';
import { staffOffers } from '../service-mode/offers.ts';
import type { Action } from '../session/event.ts';
import type { FindStep } from '../session/state.ts';
import { canPrintCopy, fieldOf } from '../session/steps/help-desk.ts';
import { blockOf } from '../session/visit.ts';
import { canCancel, isNoteMoving } from '../till/state.ts';

const frame: readonly Action[] = ['open-help', 'open-languages', 'easy-mode', 'more-time'];

/** What may be pressed now. A button that is not offered does not exist for anybody, whatever a screen still shows. */
export function offersOf(terminal: Terminal, context: Surroundings): readonly (Action | StaffAction)[] {
  const { session, serviceMode } = terminal;
  if (session.question !== undefined) return ['continue'];
  if (session.overlay === 'help') return ['close-overlay'];
  if (session.overlay === 'language') return ['language', 'close-overlay'];
  if (serviceMode !== undefined) return [...staffOffers(terminal, serviceMode, context), 'open-languages'];
  if (session.step.kind === 'starting') return [];
  if (session.step.kind === 'attract') return [...ownOffers(terminal, context), ...frame, 'staff-knock'];
  return [...ownOffers(terminal, context), ...frame];
}

function ownOffers(terminal: Terminal, context: Surroundings): readonly Action[] {
  const { step } = terminal.session;
  switch (step.kind) {
    case 'starting':
    case 'counting':
    case 'paying':
      return [];
    case 'attract':
      return blockOf(terminal, context) === undefined ? ['start', 'check-payment'] : ['check-payment'];
    case 'service':
      return ['choose-top-up', 'back'];
    case 'number':
      return step.digits.length === nationalDigitsCount
        ? ['delete-digit', 'clear', 'next', 'back']
        : ['digit', 'delete-digit', 'clear', 'back'];
    case 'checking':
      return ['cancel'];
    case 'check-failed':
      return step.reason === 'check-failed'
        ? ['retry', 'change-number', 'cancel']
        : ['change-number', 'cancel'];
    case 'confirm':
      return ['confirm', 'change-number', 'cancel'];
    case 'no-paper':
      return ['without-paper', 'cancel'];
    case 'cash':
      return cashOffers(terminal);
    case 'result':
      return ['done', 'top-up-again'];
    case 'find':
      return findOffers(step);
    case 'found':
      return canPrintCopy(terminal, step) ? ['done', 'print-copy'] : ['done'];
    default:
      return unreachable(step);
  }
}

function findOffers(step: FindStep): readonly Action[] {
  if (step.requestId !== undefined) return ['back'];
  if (step.field === 'day') return ['day', 'other-way', 'back'];
  const common: readonly Action[] = ['delete-digit', 'clear', 'other-way', 'back'];
  const { isFull, isEnough } = fieldOf(step);
  return [...(isFull ? [] : ['digit' as const]), ...(isEnough ? ['next' as const] : []), ...common];
}

/** Cancel while nothing is in; Pay once something is. Never both, never neither but for a moving first note. */
function cashOffers(terminal: Terminal): readonly Action[] {
  const { operation } = terminal.till;
  if (operation === undefined) return [];
  if (!canCancel(operation)) {
    const hasCounted = operation.notes.some((note) => note.state === 'stacked');
    return hasCounted ? ['pay', 'target'] : ['target'];
  }
  return isNoteMoving(terminal.till) ? ['target'] : ['target', 'cancel'];
}
