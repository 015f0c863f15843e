import type { DeliveryState } from '../delivery/state.ts';
import type { Health } from '../health/state.ts';
import type { ServiceMode } from '../service-mode/state.ts';
import type { Session } from '../session/state.ts';
import type { Staff } from '../staff/staff.ts';
import type { Till } from '../till/state.ts';
import type { TerminalProfile } from '../wallet/messages.ts';

/** The whole terminal between two events. Plain data: a crash loses it, the journal brings back what matters. */
export interface Terminal {
  readonly session: Session;
  readonly till: Till;
  readonly health: Health;
  readonly delivery: DeliveryState;
  readonly staff: Staff;
  /** Set while the terminal is in the hands of those who look after it. */
  readonly serviceMode: ServiceMode | undefined;
  /** What the backend has last said about limits and notes. */
  readonly profile: TerminalProfile | undefined;
}
