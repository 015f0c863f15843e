import { randomBytes } from 'node:crypto';
import { type LedgerPlace, openLedger } from '../db/ledger.ts';
import type { Sealer } from '../db/sealer.ts';
import type { Fact } from '../terminal/facts.ts';
import { type Role, roles } from '../terminal/staff/roles.ts';
import type { StaffId } from '../terminal/staff/staff.ts';

/** What everybody types at a simulated terminal. */
export const simulatedPin = '493816';

export function staffIdOfRole(role: Role): StaffId {
  return String(1001 + roles.indexOf(role)) as StaffId;
}

/** Where one person alone may settle nothing. */
export const secondAdministrator = '1005' as StaffId;

/** Makes one person of each role and a second administrator known to a terminal that no process runs on. */
export function enrolStaff(place: LedgerPlace, sealer: Sealer, wallMs: number): void {
  const ledger = openLedger(place, { sealer, randomBytes });
  try {
    const one = roles.flatMap((role) => enrolled(staffIdOfRole(role), role));
    ledger.commit([...one, ...enrolled(secondAdministrator, 'administrator')], wallMs);
  } finally {
    ledger.close();
  }
}

/** The simulated keeper of PINs lets a PIN stand for itself. */
function enrolled(staffId: StaffId, role: Role): readonly Fact[] {
  const by = 'command-line';
  return [
    { kind: 'staff-enrolled', staffId, role, by },
    { kind: 'staff-pin-set', staffId, verifier: `plain ${simulatedPin}`, mustChange: false, by },
  ];
}
