import type { Breach } from '../swarm/audit/breach.ts';
import type { TerminalUnderTest } from '../terminal-under-test.ts';
import { type Played, type PowerUp, play } from './play.ts';
import {
  type Crash,
  crashesAt,
  crashesNamed,
  nameOf,
  type PassedPoint,
  type Power,
  pairedCrashesAt,
} from './points.ts';

/*
 * Every crash of one visit, by enumeration: a walk without a crash names the points, and each is played again with an end
 * at it.
 */

const everyPower: readonly Power[] = ['stays', 'power', 'late'];

/** What one replay found, as the processes of a sweep tell it to each other. */
export interface Replay {
  readonly name: string;
  readonly breaches: readonly Breach[];
  readonly powerUps: readonly PowerUp[];
  readonly recovery: readonly PassedPoint[];
}

export interface SweepPlan {
  readonly passed: readonly PassedPoint[];
  /** Names of the crashes that come alone. */
  readonly singles: readonly string[];
  /** Those of them in whose recovery a second crash is tried. */
  readonly paired: ReadonlySet<string>;
}

/** Walks through the visit once. Throws if that walk alone breaks a rule. */
export async function planSweep(terminal: TerminalUnderTest): Promise<SweepPlan> {
  const { passed, breaches, stackedNotes } = await play(terminal, []);
  if (breaches.length > 0 || stackedNotes !== 5) {
    throw new Error(`the visit fails without a crash: ${stackedNotes} notes, ${JSON.stringify(breaches)}`);
  }
  const named = (crashes: readonly Crash[]): string[] => crashes.map((crash) => nameOf([crash]));
  return {
    passed,
    singles: named(passed.flatMap((point) => crashesAt(point, everyPower))),
    paired: new Set(
      named(
        passed
          .filter(({ span }) => span !== undefined)
          .flatMap((point) => pairedCrashesAt(point, everyPower)),
      ),
    ),
  };
}

/** Plays the visit with the crashes of that name. */
export async function replay(terminal: TerminalUnderTest, name: string): Promise<Replay> {
  const { breaches, powerUps, recovery }: Played = await play(terminal, crashesNamed(name));
  return { name, breaches, powerUps, recovery };
}

/** The pairs that begin with that crash: a second one at each point of its recovery, with the power left on. */
export function pairsOf({ name, recovery }: Replay): readonly string[] {
  return recovery
    .flatMap((point) => pairedCrashesAt(point, ['stays']))
    .map((second) => `${name}+${nameOf([second])}`);
}

export interface SweepResult {
  /** Names of what was played. */
  readonly points: readonly string[];
  readonly violations: readonly { readonly point: string; readonly breaches: readonly Breach[] }[];
}

/** The crashes of these names, or all that come alone, one after the other in this process. */
export async function sweep(
  terminal: TerminalUnderTest,
  options: { readonly points?: readonly string[] } = {},
): Promise<SweepResult> {
  const points = options.points ?? (await planSweep(terminal)).singles;
  const violations: { point: string; breaches: readonly Breach[] }[] = [];
  for (const point of points) {
    const { breaches } = await replay(terminal, point);
    if (breaches.length > 0) violations.push({ point, breaches });
  }
  return { points, violations };
}
