import type { Role } from './staff/roles.ts';
import type { StaffId } from './staff/staff.ts';

/* What is recorded of the people who look after the terminal. */

export type StaffFact =
  | {
      readonly kind: 'staff-enrolled';
      readonly staffId: StaffId;
      readonly role: Role;
      /** A member's id, or `command-line`. */
      readonly by: string;
    }
  | StaffPinSet
  | { readonly kind: 'staff-blocked' | 'staff-unblocked'; readonly staffId: StaffId; readonly by: string }
  /** A wrong PIN, an unknown or blocked id, or a wrong enrolment code. The id only if somebody has it. */
  | { readonly kind: 'staff-refused'; readonly staffId: StaffId | undefined }
  | { readonly kind: 'staff-signed-in'; readonly staffId: StaffId; readonly role: Role }
  | StaffSignedOut;

export interface StaffSignedOut {
  readonly kind: 'staff-signed-out';
  readonly staffId: StaffId;
  readonly why: 'asked' | 'idle';
  /** What the person was told was not in order, and left so. */
  readonly unfinished?: readonly string[];
}

export interface StaffPinSet {
  readonly kind: 'staff-pin-set';
  readonly staffId: StaffId;
  /**
   * A slow salted hash on its way to the store, which keeps it outside the journal: six digits could be found from any hash.
   */
  readonly verifier: string;
  readonly mustChange: boolean;
  readonly by: string;
}
