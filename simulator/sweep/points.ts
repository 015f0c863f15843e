/*
 * The moments at which a process is ended. A point is counted from the start of the process's world, a second one from
 * the end of the process before; the same visit passes the same points each time.
 */

export type PointKind = 'write' | 'acceptor' | 'printer' | 'request';

/** What the process passes: the nth durable write, the nth bytes to a device, the nth request to the backend. */
export interface Point {
  readonly kind: PointKind;
  /** From 1, within its kind. */
  readonly nth: number;
}

/**
 * How far it got.
 *
 * - `before`, `after`: nothing of it, all of it. A request that was made is applied, and its answer lost.
 * - `torn`: a write that is stored, and the anchor beside it not; a request of which half was sent.
 * - `torn-first`, `torn-half`, `torn-last`: the first byte has left, half of them, all but the last.
 */
export type Side = 'before' | 'after' | 'torn' | 'torn-first' | 'torn-half' | 'torn-last';

/** `stays`: the machine keeps its power; `power`: it loses it in that instant; `late`: when a moving note has gone on. */
export type Power = 'stays' | 'power' | 'late';

export interface Crash extends Point {
  readonly side: Side;
  readonly power: Power;
}

export interface PassedPoint extends Point {
  /** A note was between mouth and cassette, and goes on moving without the process. */
  readonly hasNote: boolean;
  readonly byteCount: number;
  /** Where second crashes are tried: from escrow to credit of one note, and from the close of the operation on. */
  readonly span: 'note' | 'close' | undefined;
}

/** Every crash that a passed point gives. */
export function crashesAt(passed: PassedPoint, powers: readonly Power[]): readonly Crash[] {
  const { kind, nth } = passed;
  const possible = powers.filter((power) => power !== 'late' || passed.hasNote);
  return sidesOf(passed).flatMap((side) => possible.map((power) => ({ kind, nth, side, power })));
}

/**
 * The crashes that are tried in pairs. Bytes that have all left stand for the others: what comes before a command is
 * what was left after the one before it.
 */
export function pairedCrashesAt(passed: PassedPoint, powers: readonly Power[]): readonly Crash[] {
  const isCommand = passed.kind === 'acceptor' || passed.kind === 'printer';
  return crashesAt(passed, powers).filter(({ side }) => !isCommand || side === 'after');
}

function sidesOf({ kind, byteCount }: PassedPoint): readonly Side[] {
  if (kind === 'write' || (kind === 'request' && byteCount > 1)) return ['before', 'torn', 'after'];
  // A question to the backend of which half was sent is none.
  if (kind === 'request' || byteCount < 2) return ['before', 'after'];
  return byteCount < 4
    ? ['before', 'torn-first', 'after']
    : ['before', 'torn-first', 'torn-half', 'torn-last', 'after'];
}

/** How many bytes of a torn command have left. */
export function bytesLeft(side: Side, byteCount: number): number {
  if (side === 'torn-first') return 1;
  if (side === 'torn-half') return byteCount >> 1;
  return side === 'torn-last' ? byteCount - 1 : byteCount;
}

/** One crash or two, by the name that the command line takes. */
export function nameOf(crashes: readonly Crash[]): string {
  return crashes.map(({ kind, nth, side, power }) => `${kind}:${nth}:${side}:${power}`).join('+');
}

const crashPattern =
  /^(write|acceptor|printer|request):(\d{1,6}):(before|after|torn|torn-first|torn-half|torn-last):(stays|power|late)$/;

/** Throws a `RangeError` that says which part it cannot read. */
export function crashesNamed(name: string): readonly Crash[] {
  return name.split('+').map((part) => {
    const [, kind, nth, side, power] = crashPattern.exec(part) ?? [];
    if (power === undefined) throw new RangeError(`${part} names no crash, as write:17:after:power does`);
    return { kind: kind as PointKind, nth: Number(nth), side: side as Side, power: power as Power };
  });
}
