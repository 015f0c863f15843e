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

/** Makes one person of each role known to a terminal that no process runs on. */
export function enrolStaff(place: LedgerPlace, sealer: Sealer, wallMs: number): void {
  const ledger = openLedger(place, { sealer, randomBytes });
  try {
    ledger.commit(roles.flatMap(enrolled), wallMs);
  } finally {
    ledger.close();
  }
}

/** The simulated keeper of PINs lets a PIN stand for itself. */
function enrolled(role: Role): readonly Fact[] {
  const staffId = staffIdOfRole(role);
  const by = 'command-line';
  return [
    { kind: 'staff-enrolled', staffId, role, by },
    { kind: 'staff-pin-set', staffId, verifier: `plain ${simulatedPin}`, mustChange: false, by },
  ];
}
