import type { PrintOutcome } from '../devices.ts';
import type { PrintId } from '../ids.ts';
import type { PrintableSlip } from '../receipt/collection-slip.ts';
import type { TestPage } from '../receipt/test-page.ts';
import type { Action, Pressed } from '../session/event.ts';
import type { StaffId } from '../staff/staff.ts';
import type { DeskAnswer, DeskQuery } from './desk.ts';
import type { LedgerOutcome, LinkOutcome } from './device-test.ts';

/** What can happen to service mode, besides a press. */
export type ServiceEvent =
  | { readonly kind: 'pin-checked'; readonly requestId: string; readonly verdict: PinVerdict }
  | { readonly kind: 'pin-made'; readonly requestId: string; readonly verifier: string }
  | { readonly kind: 'enrolment-checked'; readonly requestId: string; readonly fits: boolean }
  | { readonly kind: 'desk-read'; readonly requestId: string; readonly answer: DeskAnswer }
  | { readonly kind: 'slip-ended'; readonly printId: PrintId; readonly outcome: PrintOutcome['kind'] }
  | { readonly kind: 'test-page-ended'; readonly printId: PrintId; readonly outcome: PrintOutcome['kind'] }
  | { readonly kind: 'link-tested'; readonly requestId: string; readonly outcome: LinkOutcome }
  | { readonly kind: 'ledger-tested'; readonly requestId: string; readonly outcome: LedgerOutcome }
  | { readonly kind: 'service-idle' }
  | { readonly kind: 'service-unattended' }
  | { readonly kind: 'service-hide' };

/** `duress`: the PIN that works and calls for help. */
export type PinVerdict = 'fits' | 'duress' | 'differs';

/** What service mode asks of the world; each answer comes back as an event. */
export type ServiceEffect =
  /** For nobody's id too, so that the time it takes tells nothing. */
  | {
      readonly kind: 'check-pin';
      readonly requestId: string;
      readonly staffId: StaffId | undefined;
      readonly pin: string;
    }
  | { readonly kind: 'make-pin'; readonly requestId: string; readonly pin: string }
  | { readonly kind: 'check-enrolment'; readonly requestId: string; readonly code: string }
  /** The code has served. */
  | { readonly kind: 'end-enrolment' }
  | { readonly kind: 'read-desk'; readonly requestId: string; readonly query: DeskQuery }
  | { readonly kind: 'print-slip'; readonly printId: PrintId; readonly slip: PrintableSlip }
  | { readonly kind: 'print-test-page'; readonly printId: PrintId; readonly page: TestPage }
  /** One question to the backend, of no consequence. */
  | { readonly kind: 'test-link'; readonly requestId: string; readonly deadlineMs: number }
  /** A full look at disk and ledger. */
  | { readonly kind: 'test-ledger'; readonly requestId: string };

export type ServiceTimer =
  /** Nobody has touched anything: say that it will close. */
  | 'service-idle'
  /** Nobody has touched anything since it was said. */
  | 'service-unattended'
  /** Sums have been seen for long enough. */
  | 'service-hide';

/** What staff can ask for with a finger. */
export const staffActions = [
  'staff-knock',
  'staff-digit',
  'staff-delete',
  'staff-next',
  'staff-open',
  'staff-back',
  'staff-stay',
  'staff-leave',
  'staff-reveal',
  'staff-begin',
  'staff-slip',
  'staff-emptied',
  'staff-list',
  'staff-older',
  'staff-newer',
  'staff-find',
  'staff-pick',
  'staff-send',
  'staff-void',
  'staff-copy',
  'staff-propose',
  'staff-reason',
  'staff-confirm',
  'staff-person',
  'staff-day',
  'staff-count',
  'staff-seal',
  'staff-device',
  'staff-test',
  'staff-tested',
  'staff-paper',
  'staff-switch',
] as const;

export type StaffAction = (typeof staffActions)[number];

export interface StaffPressed {
  readonly kind: 'pressed';
  readonly action: StaffAction;
  readonly value: string | undefined;
}

export function isStaffAction(action: Action | StaffAction): action is StaffAction {
  return (staffActions as readonly string[]).includes(action);
}

export function isStaffPress(press: Pressed | StaffPressed): press is StaffPressed {
  return isStaffAction(press.action);
}
