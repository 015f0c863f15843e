import type { Denomination, RejectReason } from '../../../terminal/devices.ts';
import { minorFromTenge } from '../../../terminal/money.ts';
import type { DeviceState } from '../note-path/device-state.ts';
import type { NoteTable } from '../note-path/state.ts';
import type { NoteBlock } from './note-block.ts';
import type { RejectCounters, Status } from './reply.ts';

/* EBDS §4 to §6: the acceptor's bits and counters in neutral words. */

/**
 * The notes of Kazakhstan. A kind is a place in this list: the unit's own table may hold one value several times, for
 * its series, and a report of a note names no place in it.
 */
const tengeKinds: readonly Denomination[] = [200, 500, 1_000, 2_000, 5_000, 10_000, 20_000].map((tenge) => ({
  valueMinor: minorFromTenge(tenge),
  currency: 'KZT',
}));

/** Any money that is no note of Kazakhstan. */
export const otherKind = -1;

export function kindOf(note: NoteBlock): number {
  if (note.kind === 'blank' || note.currency !== 'KZT') return otherKind;
  return tengeKinds.findIndex(({ valueMinor }) => valueMinor === note.valueMinor);
}

export function denominationOf(kind: number | undefined): Denomination | undefined {
  return kind === undefined ? undefined : tengeKinds[kind];
}

export function tableOf(kinds: readonly number[]): NoteTable {
  return tengeKinds.map((denomination, kind) => (kinds.includes(kind) ? denomination : undefined));
}

const modelNames: ReadonlyMap<number, string> = new Map([
  [0x54, 'Cashflow SC83/SC85'],
  [0x55, 'Cashflow SC66'],
]);

export function modelOf({ model }: Status): string {
  return modelNames.get(model) ?? `model ${model.toString(16).toUpperCase().padStart(2, '0')}`;
}

export function firmwareOf({ revision }: Status): string {
  return (revision / 10).toFixed(1);
}

/**
 * The state behind the events, the gravest first; nothing if the answer says events only. `kind`: of the note that is told
 * of, where one is.
 */
export function stateOf(
  status: Status,
  kind: number | undefined,
  isGateOpen: boolean,
): Exclude<DeviceState, { readonly kind: 'stacked' }> | undefined {
  if (status.powerUp) return { kind: 'initializing' };
  const fault = faultOf(status);
  if (fault !== undefined) return fault;
  if (status.escrowed) return kind === undefined ? { kind: 'holding' } : { kind: 'escrow', type: kind };
  if (status.stacking) return { kind: 'stacking' };
  if (status.returning) return { kind: 'returning', mayDisable: true };
  // A note in escrow is decided about, whatever lies behind it.
  if (status.paused) return { kind: 'fault', fault: 'paused', detail: 'a second note was pushed in' };
  if (status.accepting) return { kind: 'accepting' };
  if (status.idling) return { kind: isGateOpen ? 'idling' : 'disabled' };
  const isEventOnly = status.stacked || status.returned || status.rejected || status.cheated;
  return isEventOnly ? undefined : { kind: 'fault', fault: 'failure', detail: 'out of service' };
}

/** One bit stands for every jam: where it is, nobody is told. */
function faultOf(status: Status): Extract<DeviceState, { kind: 'fault' }> | undefined {
  const { failure, cassettePresent, transportOpen, jammed, cassetteFull } = status;
  if (failure) return { kind: 'fault', fault: 'failure', detail: 'the unit says that it has failed' };
  if (!cassettePresent) return { kind: 'fault', fault: 'cassette-removed', detail: 'no cassette' };
  if (transportOpen) return { kind: 'fault', fault: 'failure', detail: 'the transport is open' };
  if (jammed) return { kind: 'fault', fault: 'jam-in-head', detail: 'jammed' };
  if (cassetteFull && !isNoteInside(status))
    return { kind: 'fault', fault: 'cassette-full', detail: 'cassette full' };
  return undefined;
}

/** From the mouth to the cassette, and back. */
export function isNoteInside({ escrowed, stacking, returning, accepting }: Status): boolean {
  return escrowed || stacking || returning || accepting;
}

/** The reason that was counted between two readings; the unit has no code for a single note. */
export function rejectReasonOf(before: RejectCounters, after: RejectCounters): RejectReason {
  const counted = (reason: keyof RejectCounters): boolean => before[reason] !== after[reason];
  if (counted('noteDisabled') || counted('orientation') || counted('whileDisabled'))
    return 'kind-not-accepted';
  if (counted('security')) return 'doubtful';
  return counted('fastFeed') ? 'mechanical' : 'unreadable';
}
