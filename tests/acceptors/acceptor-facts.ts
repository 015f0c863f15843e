import type { TapRecord } from '../../hardware/link/tap.ts';
import type { AcceptorHabits } from '../../simulator/acceptor-faces.ts';
import type { AcceptorProtocol } from '../../terminal/devices.ts';
import type { Random } from '../../terminal/ports.ts';

/*
 * What the tests of all acceptors must know of each. Everything else about them is the same, and tested as the same.
 */

/** What a frame of the host asks for; `accept` switches kinds of note on or off. */
export type HostWord = 'stack' | 'return' | 'reset' | 'accept' | 'other';

export interface AcceptorFacts<Protocol extends AcceptorProtocol = AcceptorProtocol> {
  /** Listens on a line from its beginning: called with every record, it tells what each frame of the host asks for. */
  readonly listen: () => (record: TapRecord) => HostWord | undefined;
  /** One part that can fail, and how a technician is told. */
  readonly failure: { readonly code: number; readonly detail: string };
  /** A second note pushed in early is a state of its own, not only a longer way of the first one. */
  readonly tellsPause: boolean;
  /** It says whether the head or the cassette is jammed. */
  readonly tellsJamPlace: boolean;
  /** The name plate of the usual simulated unit. */
  readonly model: string;
  /** How the driver names money that it does not know, in its word about the first kind of the table. */
  readonly foreignMoney: string;
  /** Any of the habits that the protocol's document leaves open. */
  readonly drawHabits: (random: Random) => Partial<AcceptorHabits[Protocol]>;
  /** A unit with these habits repeats a credit event until the host has it. */
  readonly repeatsCredits: (habits: Partial<AcceptorHabits[Protocol]>) => boolean;
}

/** For a protocol whose frames stand for themselves. */
export function eachFrame(wordOf: (frame: Uint8Array) => HostWord): AcceptorFacts['listen'] {
  return () => (record) => (record.kind === 'to-device' ? wordOf(record.bytes) : undefined);
}
