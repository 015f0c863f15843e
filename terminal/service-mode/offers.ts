import { unreachable } from '../assert.ts';
import type { Surroundings } from '../context.ts';
import type { Terminal } from '../core/terminal.ts';
import { may } from '../staff/roles.ts';
import type { Till } from '../till/state.ts';
import { collectedDeeds } from './collections.ts';
import { type DevicesPage, isGlassTrial } from './device-pages.ts';
import type { StaffAction } from './event.ts';
import { noteDeeds } from './notes.ts';
import { operationDeeds } from './operation.ts';
import { findDigits } from './operations.ts';
import { mayTryPaper } from './paper.ts';
import type {
  AuditPage,
  CollectedPage,
  CollectionPage,
  CollectionsPage,
  FindOperationPage,
  NotesPage,
  OperationPage,
  OperationsPage,
  ServiceMode,
} from './state.ts';
import { mayTry } from './trials.ts';

const typing: readonly StaffAction[] = ['staff-digit', 'staff-delete'];

/** What staff may press now. */
export function staffOffers(
  terminal: Terminal,
  { page, closesAtMonoMs }: ServiceMode,
  context: Surroundings,
): readonly StaffAction[] {
  if (closesAtMonoMs !== undefined) return ['staff-stay', 'staff-leave'];
  switch (page.kind) {
    case 'enrol':
    case 'sign-in':
    case 'choose-pin':
      return page.requestId === undefined ? [...typing, 'staff-leave'] : ['staff-leave'];
    case 'try-later':
      return ['staff-stay', 'staff-leave'];
    case 'home':
      return [...only({ 'staff-switch': may(page.who.role, 'run-terminal') }), 'staff-open', 'staff-leave'];
    case 'collection':
      return [...collectionOffers(terminal.till, page), 'staff-back', 'staff-leave'];
    case 'operations':
      return [...operationsOffers(page), 'staff-back', 'staff-leave'];
    case 'find-operation':
      return [...findOffers(page), 'staff-back', 'staff-leave'];
    case 'operation':
      return [...operationOffers(terminal, page), 'staff-back', 'staff-leave'];
    case 'notes':
      return [...notesOffers(page), 'staff-back', 'staff-leave'];
    case 'audit':
      return [...auditOffers(page), 'staff-back', 'staff-leave'];
    case 'paper':
      return [...only({ 'staff-test': mayTryPaper(terminal, page) }), 'staff-back', 'staff-leave'];
    case 'leaving':
      return ['staff-back', 'staff-leave'];
    case 'devices':
      return [...devicesOffers(terminal, page, context), 'staff-back', 'staff-leave'];
    case 'collections':
      return [...collectionsOffers(page), 'staff-back', 'staff-leave'];
    case 'collected':
      return [...collectedOffers(terminal, page), 'staff-back', 'staff-leave'];
    default:
      return unreachable(page);
  }
}

function devicesOffers(terminal: Terminal, page: DevicesPage, context: Surroundings): readonly StaffAction[] {
  return only({
    'staff-device': true,
    'staff-test': mayTry(terminal, page, context),
    'staff-tested': isGlassTrial(page),
    'staff-paper': page.device === 'printer',
  });
}

/** Each step has its own button; what comes later is not offered yet. */
function collectionOffers({ collection }: Till, page: CollectionPage): readonly StaffAction[] {
  if (collection === undefined) return page.period === undefined ? [] : ['staff-reveal', 'staff-begin'];
  const isBusy = page.requestId !== undefined || page.slip.kind === 'printing';
  const printing: readonly StaffAction[] = isBusy ? [] : ['staff-slip'];
  return collection.stage === 'begun'
    ? ['staff-reveal', ...printing, 'staff-emptied']
    : [...printing, ...typing, 'staff-next'];
}

function only(offers: Readonly<Partial<Record<StaffAction, boolean>>>): readonly StaffAction[] {
  return Object.entries(offers).flatMap(([action, isOffered]) => (isOffered ? [action as StaffAction] : []));
}

function operationsOffers({ place, hasMore, operations = [] }: OperationsPage): readonly StaffAction[] {
  return only({
    'staff-list': true,
    'staff-find': true,
    'staff-pick': operations.length > 0,
    'staff-newer': place.befores.length > 0,
    'staff-older': hasMore,
  });
}

function findOffers({ by, digits, requestId }: FindOperationPage): readonly StaffAction[] {
  const isFull = digits.length === findDigits(by);
  return requestId === undefined
    ? only({ 'staff-find': true, 'staff-digit': !isFull, 'staff-delete': true, 'staff-next': isFull })
    : [];
}

function operationOffers(terminal: Terminal, page: OperationPage): readonly StaffAction[] {
  const deeds = operationDeeds(page, terminal);
  switch (page.asking?.kind) {
    case 'void':
      return only({ 'staff-confirm': deeds.void });
    case 'reason':
      return only({ 'staff-reason': deeds.propose });
    case 'wallet': {
      const isFull = page.asking.digits.length === 10;
      return only({ 'staff-digit': !isFull, 'staff-delete': true, 'staff-next': isFull });
    }
    case undefined:
      return only({
        'staff-send': deeds.send,
        'staff-void': deeds.void,
        'staff-copy': deeds.copy,
        'staff-propose': deeds.propose,
        'staff-confirm': deeds.confirm,
      });
  }
}

function auditOffers({ befores, hasMore }: AuditPage): readonly StaffAction[] {
  return only({
    'staff-list': true,
    'staff-person': true,
    'staff-day': true,
    'staff-newer': befores.length > 0,
    'staff-older': hasMore,
  });
}

function collectionsOffers({ befores, hasMore, periods = [] }: CollectionsPage): readonly StaffAction[] {
  return only({
    'staff-pick': periods.length > 0,
    'staff-newer': befores.length > 0,
    'staff-older': hasMore,
  });
}

function collectedOffers(terminal: Terminal, page: CollectedPage): readonly StaffAction[] {
  if (page.typing !== undefined) {
    return only({ 'staff-digit': true, 'staff-delete': true, 'staff-next': page.typing.digits !== '' });
  }
  const deeds = collectedDeeds(page, terminal);
  return only({
    'staff-reveal': true,
    'staff-count': deeds.count,
    'staff-seal': deeds.seal,
    'staff-slip': deeds.slip,
  });
}

function notesOffers(page: NotesPage): readonly StaffAction[] {
  const deeds = noteDeeds(page);
  if (page.as !== undefined) return only({ 'staff-reason': deeds.propose });
  return only({
    'staff-propose': deeds.propose,
    'staff-confirm': deeds.confirm,
    'staff-newer': page.index > 0,
    'staff-older': page.index + 1 < (page.notes?.length ?? 0),
  });
}
