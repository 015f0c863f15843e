import { unreachable } from '../../../terminal/assert.ts';
import type { AcceptorFault, RejectReason } from '../../../terminal/devices.ts';
import type { DeviceState } from '../note-path/device-state.ts';
import type { FaultCode, PollState } from './message.ts';

/* CCNET §6: the validator's numbers in neutral words. */

export function deviceStateOf(poll: PollState): DeviceState {
  switch (poll.kind) {
    case 'rejecting':
      return { kind: 'rejecting', reason: rejectReasonOf(poll.reason), code: poll.reason };
    case 'fault':
      return { kind: 'fault', fault: faultOf(poll.code), detail: faultDetail(poll.code, poll.detail) };
    default:
      return poll;
  }
}

function faultOf(code: FaultCode): AcceptorFault {
  switch (code) {
    case 0x41:
      return 'cassette-full';
    case 0x42:
      return 'cassette-removed';
    case 0x43:
      return 'jam-in-head';
    case 0x44:
      return 'jam-in-cassette';
    case 0x45:
      return 'cheated';
    case 0x46:
      return 'paused';
    case 0x47:
      return 'failure';
    default:
      return unreachable(code);
  }
}

/** For the technician: the state's number, and the failing part where the unit names it. */
function faultDetail(code: FaultCode, detail: number | undefined): string {
  if (detail === undefined) return `state ${hex(code)}`;
  return `state ${hex(code)} ${hex(detail)}: ${failureNames.get(detail) ?? 'not listed'}`;
}

const failureNames: ReadonlyMap<number, string> = new Map([
  [0x50, 'stacker motor'],
  [0x51, 'transport speed'],
  [0x52, 'transport motor'],
  [0x53, 'aligning motor'],
  [0x54, 'initial cassette status'],
  [0x55, 'optic channel'],
  [0x56, 'magnetic channel'],
  [0x5f, 'capacitance channel'],
  // Newer units.
  [0x57, 'sensor board'],
  [0x58, 'sensor board'],
  [0x59, 'sensor board'],
  [0x60, 'sensor board'],
  [0x22, 'recovery mode'],
  [0x23, 'calibration'],
  [0x30, 'boot'],
  [0xfe, 'cover open'],
]);

function rejectReasonOf(reason: number): RejectReason {
  switch (reason) {
    case 0x60: // insertion
    case 0x64: // conveying
    case 0x6a: // operation
      return 'mechanical';
    case 0x62:
      return 'left-in-head';
    case 0x68: // inhibited type
      return 'kind-not-accepted';
    case 0x66: // verification
      return 'doubtful';
    // Magnetic, multiplying, identification, optic, capacitance, length, ultraviolet, barcodes, and what newer
    // firmware adds: the note could not be read.
    default:
      return 'unreadable';
  }
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
