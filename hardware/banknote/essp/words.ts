import type { AcceptorFault, RejectReason } from '../../../terminal/devices.ts';
import type { DeviceState } from '../note-path/device-state.ts';
import { event, type PollEvent } from './message.ts';

/* eSSP §6 and §11: the unit's events and numbers in neutral words. */

const faults: readonly (readonly [code: number, fault: AcceptorFault])[] = [
  [event.cashboxRemoved, 'cassette-removed'],
  [event.unsafeJam, 'jam-in-head'],
  [event.safeJam, 'jam-in-cassette'],
  [event.fraud, 'cheated'],
  [event.notePathOpen, 'failure'],
];

export const stackerFull: DeviceState = {
  kind: 'fault',
  fault: 'cassette-full',
  detail: `event ${hex(event.stackerFull)}`,
};

/** The gravest trouble of a list, but for a full box: that matters when no note is on its way. */
export function faultIn(events: readonly PollEvent[]): DeviceState | undefined {
  const found = faults.find(([code]) => events.some((one) => one.code === code));
  if (found === undefined) return undefined;
  const [code, fault] = found;
  return { kind: 'fault', fault, detail: `event ${hex(code)}` };
}

export function rejectReasonOf(code: number): RejectReason {
  switch (code) {
    case 0x06: // inhibited
    case 0x0c: // disabled by the host
    case 0x14: // barcode
      return 'kind-not-accepted';
    case 0x0e: // pull-back fraud
    case 0x0f: // fraud channel
      return 'doubtful';
    case 0x01:
    case 0x07: // second note
    case 0x0a:
    case 0x0b:
    case 0x0d:
    case 0x10:
    case 0x12:
    case 0x15:
    case 0x16:
    case 0x17:
    case 0x1d:
      return 'mechanical';
    // Recognition, width, length and peak, double notes, and what newer firmware adds: the note could not be read.
    default:
      return 'unreadable';
  }
}

export function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
