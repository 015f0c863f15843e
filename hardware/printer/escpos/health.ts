import { unreachable } from '../../../terminal/assert.ts';
import type { PrinterFault } from '../../../terminal/devices.ts';
import type { PrinterReply } from './status.ts';

/** What is known of a printer's condition; each reply renews its own part. */
export interface PrinterHealth {
  readonly offline: boolean;
  readonly coverOpen: boolean;
  readonly paperOut: boolean;
  readonly paperLow: boolean;
  readonly cutter: boolean;
  readonly jam: boolean;
  readonly overHeated: boolean;
  /** Needs power off and on, or a mechanic. */
  readonly fatal: boolean;
  /** Something a person can put right, that no other bit names. */
  readonly otherError: boolean;
  /** Kiosk printers: the last slip still lies in the output. */
  readonly slipInOutput: boolean;
  readonly motorOn: boolean;
}

export const soundHealth: PrinterHealth = {
  offline: false,
  coverOpen: false,
  paperOut: false,
  paperLow: false,
  cutter: false,
  jam: false,
  overHeated: false,
  fatal: false,
  otherError: false,
  slipInOutput: false,
  motorOn: false,
};

export type StatusQuestion = 1 | 2 | 3 | 4;

/** Folds the answer to `DLE EOT n` into the picture. */
export function withRealTimeStatus(
  health: PrinterHealth,
  question: StatusQuestion,
  bits: number,
): PrinterHealth {
  switch (question) {
    case 1:
      return { ...health, offline: has(bits, 3) };
    case 2:
      return { ...health, coverOpen: has(bits, 2) };
    case 3:
      return {
        ...health,
        otherError: has(bits, 2),
        cutter: has(bits, 3),
        fatal: has(bits, 5),
        overHeated: has(bits, 6),
      };
    case 4:
      return { ...health, paperLow: (bits & 0x0c) !== 0, paperOut: (bits & 0x60) !== 0 };
    default:
      return unreachable(question);
  }
}

/** Folds a reply that explains itself into the picture; others leave it as it is. */
export function withReply(health: PrinterHealth, reply: PrinterReply): PrinterHealth {
  switch (reply.kind) {
    case 'automatic-status':
      return withAutomaticStatus(health, reply.bytes);
    case 'full-status':
      return withFullStatus(health, reply);
    default:
      return health;
  }
}

/** Bits 0 to 2 of the second byte mean nothing on older clones and are left to `DLE EOT`. */
function withAutomaticStatus(health: PrinterHealth, bytes: Uint8Array): PrinterHealth {
  const [first = 0, second = 0, third = 0] = bytes;
  return {
    ...health,
    offline: has(first, 3),
    coverOpen: has(first, 5),
    cutter: has(second, 3),
    fatal: has(second, 5),
    overHeated: has(second, 6),
    paperLow: (third & 0x03) !== 0,
    paperOut: (third & 0x0c) !== 0,
  };
}

function withFullStatus(
  health: PrinterHealth,
  { paper, user, recoverable, fatal }: PrinterReply & { kind: 'full-status' },
): PrinterHealth {
  return {
    ...health,
    paperOut: has(paper, 0),
    paperLow: has(paper, 2) || has(paper, 6),
    slipInOutput: has(paper, 5),
    coverOpen: has(user, 0) || has(user, 1),
    motorOn: has(user, 3),
    overHeated: has(recoverable, 0),
    // Serial line, supply voltage; a refused command (bit 5) is no fault of the printer.
    otherError: has(recoverable, 1) || has(recoverable, 3),
    jam: has(recoverable, 6),
    cutter: has(fatal, 0) || has(fatal, 1),
    fatal: (fatal & 0x8c) !== 0,
  };
}

export interface Complaint {
  readonly fault: PrinterFault;
  readonly detail: string;
}

/** Why nothing can be printed now, the thing to be done first in front; `undefined` if all is well. */
export function complaintOf(health: PrinterHealth): Complaint | undefined {
  if (health.fatal) return { fault: 'failure', detail: 'a fault that only power-off or a mechanic ends' };
  if (health.coverOpen) return { fault: 'cover-open', detail: 'the cover is open' };
  if (health.paperOut) return { fault: 'paper-out', detail: 'no paper' };
  if (health.cutter) return { fault: 'cutter', detail: 'the knife is stuck' };
  if (health.jam) return { fault: 'jam', detail: 'paper is jammed' };
  if (health.overHeated)
    return { fault: 'over-heated', detail: 'the head is too hot and cools down by itself' };
  if (health.otherError) return { fault: 'failure', detail: 'an error that the printer does not name' };
  if (health.offline) return { fault: 'failure', detail: 'offline without a cause' };
  return undefined;
}

function has(bits: number, bit: number): boolean {
  return (bits & (1 << bit)) !== 0;
}
