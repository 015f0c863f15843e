import type { AcceptorFault, AcceptorIdentity, PrinterFault } from '../devices.ts';
import type { AlarmCode } from '../faults.ts';
import type { Minor } from '../money.ts';

/** How the machine is: what may stop it from taking cash, and which alarms stand. */
export interface Health {
  readonly acceptor: AcceptorHealth;
  readonly printer: PrinterHealth;
  /** What came of the last notes, oldest first; how many went back says how clean the sensors are. */
  readonly recentNotes: readonly ('note-stacked' | 'note-rejected')[];
  readonly storage: 'ok' | 'full';
  /** Little room is left: nothing is sold while the reserve is still whole. */
  readonly isDiskLow: boolean;
  readonly clock: 'sane' | 'wrong';
  /** Alarms that the journal says still stand; each is raised once. */
  readonly alarms: readonly StandingAlarm[];
}

export interface StandingAlarm {
  readonly alarm: AlarmCode;
  readonly subject: string;
}

export interface AcceptorHealth {
  readonly connected: boolean;
  /** Its path has been brought to rest since it was last lost. */
  readonly recovered: boolean;
  /** The device has confirmed that it takes notes. */
  readonly enabled: boolean;
  readonly identity: AcceptorIdentity | undefined;
  /** What a person, or a reset, has to see to. */
  readonly faults: readonly AcceptorFault[];
  /** Resets tried by ourselves for the standing fault. */
  readonly resetsTried: number;
}

export interface PrinterHealth {
  readonly ready: boolean;
  readonly paperLow: boolean;
  /** As the printer calls itself, if it does. */
  readonly model: string | undefined;
  readonly fault: PrinterFault | undefined;
}

/** Why no cash may be taken now; the worst first. Shown in plain words. */
export type CashBlock =
  | 'storage'
  | 'crash-loop'
  | 'clock'
  | 'ledger'
  | 'collection'
  | 'acceptor-absent'
  | 'acceptor-fault'
  | 'cassette'
  | 'answers-wrong'
  | 'closed'
  | 'service-mode';

/** The notes that both the operator and the device know. */
export function takenDenominations(health: Health, wanted: readonly Minor[]): readonly Minor[] {
  const known = health.acceptor.identity?.denominations ?? [];
  return wanted.filter((valueMinor) => known.some((denomination) => denomination.valueMinor === valueMinor));
}

export function isStanding(health: Health, alarm: AlarmCode, subject: string): boolean {
  return health.alarms.some((standing) => standing.alarm === alarm && standing.subject === subject);
}
