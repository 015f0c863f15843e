import type { DeviceName } from '../device-facts.ts';
import type { SignedIn } from '../staff/staff.ts';
import type { DeviceRecord } from './desk.ts';
import type { DeviceTest } from './device-test.ts';
import type { SlipState } from './slip-state.ts';

/* The pages of those whose hands are at the devices. How a device is now stands in the terminal's health. */

/** What a technician sees of one device. */
export interface DevicesPage {
  readonly kind: 'devices';
  readonly who: SignedIn;
  readonly device: DeviceName;
  readonly requestId: string | undefined;
  /** Absent until it has been read. */
  readonly record: DeviceRecord | undefined;
  readonly test: DeviceTest | undefined;
  readonly fault: 'unreadable' | undefined;
}

/** The page covers the glass for a trial of it, and has not told yet how it went. */
export function isGlassTrial({ test }: DevicesPage): boolean {
  return (test?.kind === 'touch' || test?.kind === 'picture') && test.outcome === undefined;
}

/** A roll is changed, step by step; it counts as changed when a slip has been printed on it and cut. */
export interface PaperPage {
  readonly kind: 'paper';
  readonly who: SignedIn;
  readonly print: SlipState;
}

/** What is not in order yet, told before service mode closes. */
export interface LeavingPage {
  readonly kind: 'leaving';
  readonly who: SignedIn;
}
