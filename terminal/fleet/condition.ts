import type { AcceptorFault, PrinterFault } from '../devices.ts';
import type { CashBlock, StandingAlarm } from '../health/state.ts';
import type { Figures } from './figures.ts';

/** How the terminal is, as the office sees it: sent with each heartbeat and offered to a monitor on this machine. */
export interface Condition {
  readonly build: string;
  readonly startedAtMs: number;
  /** `free`: the next customer may begin. `in-service`: in the hands of staff. */
  readonly state: 'free' | 'in-use' | 'in-service' | 'out-of-service';
  /** Why no cash is taken. */
  readonly why: CashBlock | undefined;
  readonly alarms: readonly StandingAlarm[];
  readonly acceptor: AcceptorCondition;
  readonly printer: PrinterCondition;
  /** As a collector has typed it. */
  readonly cassetteNumber: string | undefined;
  readonly diskFreePercent: number | undefined;
  readonly clockOffsetMs: number | undefined;
  /** Absent for the first moments of a process. */
  readonly figures: Figures | undefined;
}

export interface AcceptorCondition {
  readonly connected: boolean;
  readonly enabled: boolean;
  readonly faults: readonly AcceptorFault[];
  readonly protocol: string | undefined;
  readonly model: string | undefined;
  readonly serialNumber: string | undefined;
  readonly firmware: string | undefined;
}

export interface PrinterCondition {
  readonly ready: boolean;
  readonly paperLow: boolean;
  readonly fault: PrinterFault | undefined;
}
