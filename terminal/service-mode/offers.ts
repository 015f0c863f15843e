import type { StaffAction } from './event.ts';
import type { ServiceMode } from './state.ts';

const typing: readonly StaffAction[] = ['staff-digit', 'staff-delete'];

/** What staff may press now. */
export function staffOffers({ page, closesAtMonoMs }: ServiceMode): readonly StaffAction[] {
  if (closesAtMonoMs !== undefined) return ['staff-stay', 'staff-leave'];
  switch (page.kind) {
    case 'enrol':
    case 'sign-in':
    case 'choose-pin':
      return page.requestId === undefined ? [...typing, 'staff-leave'] : ['staff-leave'];
    case 'try-later':
      return ['staff-stay', 'staff-leave'];
    case 'home':
      return ['staff-leave'];
  }
}
