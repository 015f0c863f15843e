import type { Random } from '../../../terminal/ports.ts';
import type { FaultKind } from '../fault-kinds.ts';

/** Faults that show as a habit of the acceptor's firmware. */
export type HabitFault = Extract<FaultKind, 'state-repeated' | 'credit-event-lost' | 'note-back-after-stack'>;

/** Words of the host that a rule of money is about. */
export type HostWord = 'ask' | 'reset' | 'open' | 'stack';
/** What an acceptor says of itself that a rule of money is about. */
export type DeviceWord = 'idling' | 'escrow' | 'other';

/** A protocol's acceptor as the swarm meets it: what its document leaves open, how it fails, what is read on its cable. */
export interface SwarmAcceptor<Habits> {
  drawHabits(random: Random): Partial<Habits>;
  /** Faults that this protocol does not have, or that cannot be told from a bad line. */
  readonly lacks: readonly FaultKind[];
  readonly habitsOf: Readonly<Partial<Record<HabitFault, Partial<Habits>>>>;
  /** Codes of parts that fail. */
  readonly failures: readonly number[];
  /** What says, whatever was heard, that it was not understood. */
  readonly refusal: Uint8Array | undefined;
  /** Reads a chunk from the host; `undefined` for what no rule is about. */
  hostWord(bytes: Uint8Array): HostWord | undefined;
  /** Reads a chunk from the acceptor; `undefined` unless it came in one piece and unharmed, and says what it is doing. */
  deviceWord(bytes: Uint8Array): DeviceWord | undefined;
}

/** Keeps each of these habits in a third of the draws. */
export function oddHabits<Habits>(
  random: Random,
  odd: { readonly [Name in keyof Habits]?: () => Habits[Name] },
): Partial<Habits> {
  const habits: Partial<Habits> = {};
  for (const name of Object.keys(odd) as (keyof Habits)[]) {
    const draw = odd[name];
    if (draw !== undefined && random.nextInt(3) === 0) habits[name] = draw();
  }
  return habits;
}
