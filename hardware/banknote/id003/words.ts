import type { AcceptorFault, RejectReason } from '../../../terminal/devices.ts';
import type { DeviceState } from '../note-path/device-state.ts';
import { type FaultCode, firstDenominationCode, type Status } from './message.ts';

/* ID-003 §6: the acceptor's numbers in neutral words. */

/**
 * `isNoteOut`: the note that goes out now has been in escrow. "Rejecting" is then its way back, said until it is taken (§4),
 * and no judgement on another note.
 */
export function deviceStateOf(status: Status, isNoteOut: boolean): DeviceState {
  switch (status.kind) {
    case 'escrow':
      return { kind: 'escrow', type: status.code - firstDenominationCode };
    case 'vend-valid':
      return {
        kind: 'stacked',
        type: status.code === undefined ? undefined : status.code - firstDenominationCode,
      };
    case 'stacked':
      return { kind: 'settling' };
    case 'rejecting':
      return isNoteOut
        ? { kind: 'returning', mayDisable: true }
        : {
            kind: 'rejecting',
            reason: rejectReasonOf(status.reason),
            code: status.reason,
            untilTaken: true,
          };
    case 'returning':
      return { kind: 'returning', mayDisable: true };
    case 'initialize':
      return { kind: 'initializing', awaitsSettings: true };
    case 'fault':
      return { kind: 'fault', fault: faults[status.code], detail: faultDetail(status.code, status.detail) };
    default:
      return status;
  }
}

const faults: Readonly<Record<FaultCode, AcceptorFault>> = {
  67: 'cassette-full',
  68: 'cassette-removed',
  69: 'jam-in-head',
  70: 'jam-in-cassette',
  71: 'paused',
  72: 'cheated',
  73: 'failure',
};

/** For the technician: the status number, and the failing part where the unit names it. */
function faultDetail(code: FaultCode, detail: number | undefined): string {
  if (detail === undefined) return `state ${hex(code)}`;
  return `state ${hex(code)} ${hex(detail)}: ${failureNames.get(detail) ?? 'not listed'}`;
}

const failureNames: ReadonlyMap<number, string> = new Map([
  [0xa2, 'stacker motor'],
  [0xa5, 'transport speed'],
  [0xa6, 'transport motor'],
  [0xa7, 'aligning motor'],
  [0xa8, 'solenoid'],
  [0xa9, 'pusher unit'],
  [0xab, 'cash box not ready'],
  [0xac, 'optic channel'],
  [0xad, 'magnetic channel'],
  [0xaf, 'validator head removed'],
  [0xb0, 'boot ROM'],
  [0xb1, 'external ROM'],
  [0xb2, 'RAM'],
  [0xb3, 'external ROM write'],
]);

function rejectReasonOf(reason: number): RejectReason {
  switch (reason) {
    case 0x71: // insertion
    case 0x75: // conveying
    case 0x7b: // operation
    case 0x7c: // note left at the stacker
      return 'mechanical';
    case 0x73:
      return 'left-in-head';
    case 0x79: // inhibit, direction or denomination
      return 'kind-not-accepted';
    case 0x7f: // feature of a true note
      return 'doubtful';
    // Magnetic, calibration, denomination, photo patterns and level, length, colour, double notes, tickets, and what newer
    // firmware adds: the note could not be read.
    default:
      return 'unreadable';
  }
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
