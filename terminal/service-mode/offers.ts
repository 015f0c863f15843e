import { unreachable } from '../assert.ts';
import type { Terminal } from '../core/terminal.ts';
import type { Till } from '../till/state.ts';
import type { StaffAction } from './event.ts';
import type { CollectionPage, ServiceMode } from './state.ts';

const typing: readonly StaffAction[] = ['staff-digit', 'staff-delete'];

/** What staff may press now. */
export function staffOffers(
  { till }: Terminal,
  { page, closesAtMonoMs }: ServiceMode,
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
      return ['staff-open', 'staff-leave'];
    case 'collection':
      return [...collectionOffers(till, page), 'staff-back', 'staff-leave'];
    default:
      return unreachable(page);
  }
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
