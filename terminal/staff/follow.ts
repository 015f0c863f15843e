import type { Fact } from '../facts.ts';
import { waitMsAfter } from './lock-out.ts';
import type { Staff, StaffMember } from './staff.ts';

/** Keeps what is known of people in step with what was decided. */
export function followStaff(staff: Staff, facts: readonly Fact[], nowMonoMs: number): Staff {
  return facts.reduce((followed, fact) => follow(followed, fact, nowMonoMs), staff);
}

function follow(staff: Staff, fact: Fact, nowMonoMs: number): Staff {
  switch (fact.kind) {
    case 'staff-enrolled': {
      const { staffId, role } = fact;
      const member: StaffMember = { staffId, role, isBlocked: false, mustChangePin: true };
      return { ...staff, members: [...staff.members, member] };
    }
    case 'staff-pin-set':
      return changed(staff, fact.staffId, { mustChangePin: fact.mustChange });
    case 'staff-blocked':
    case 'staff-unblocked':
      return changed(staff, fact.staffId, { isBlocked: fact.kind === 'staff-blocked' });
    case 'staff-refused': {
      const refusals = staff.refusals + 1;
      return { ...staff, refusals, lockedUntilMonoMs: nowMonoMs + waitMsAfter(refusals) };
    }
    case 'staff-signed-in':
      return { ...staff, refusals: 0, lockedUntilMonoMs: 0 };
    default:
      return staff;
  }
}

function changed(staff: Staff, staffId: string, change: Partial<StaffMember>): Staff {
  const members = staff.members.map((member) =>
    member.staffId === staffId ? { ...member, ...change } : member,
  );
  return { ...staff, members };
}
