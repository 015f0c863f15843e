import { runSeed } from '../run.ts';
import type { FaultKind } from '../swarm/fault-kinds.ts';
import { planSweep, replay } from '../sweep/sweep.ts';
import type { TerminalUnderTest } from '../terminal-under-test.ts';

/** What has noticed a planted bug, after how many plays. */
export interface Catch {
  /** `seed 3`, or the point of the crash sweep, or the name of a test. */
  readonly by: string;
  /** The auditor's own words. */
  readonly saying: string;
  readonly seeds: number;
}

export interface Hunt {
  readonly seedsMax: number;
  readonly focus?: readonly FaultKind[] | undefined;
  /** After the seeds, the crash sweep. */
  readonly thenSweep: boolean;
}

/**
 * Plays seeds, one after the other, until the auditor sees a rule broken; then, if wanted, the crash sweep. `undefined` for a
 * survivor. A play that throws is a mistake of the simulator, and no catch.
 */
export async function hunt(
  terminal: TerminalUnderTest,
  { seedsMax, focus, thenSweep }: Hunt,
): Promise<Catch | undefined> {
  for (let seed = 1; seed <= seedsMax; seed += 1) {
    const [breach] = (await runSeed(seed, terminal, { ...(focus !== undefined && { focus }) })).breaches;
    if (breach !== undefined)
      return { by: `seed ${seed}`, saying: `${breach.rule}: ${breach.what}`, seeds: seed };
  }
  if (!thenSweep) return undefined;
  const { singles } = await planSweep(terminal);
  for (const name of singles) {
    const [breach] = (await replay(terminal, name)).breaches;
    if (breach !== undefined)
      return { by: `crash ${name}`, saying: `${breach.rule}: ${breach.what}`, seeds: seedsMax };
  }
  return undefined;
}
