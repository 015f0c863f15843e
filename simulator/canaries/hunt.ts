import { runSeed } from '../run.ts';
import { planSweep, replay } from '../sweep/sweep.ts';
import type { TerminalUnderTest } from '../terminal-under-test.ts';

/** What has noticed a planted bug, after how many plays. */
export interface Catch {
  /** `seed 3`, or the point of the crash sweep. */
  readonly by: string;
  /** The auditor's own words. */
  readonly saying: string;
  readonly seeds: number;
}

/** Plays seeds, one after the other, until one of them breaks a rule; then, if wanted, the crash sweep. `undefined` for a survivor. */
export async function hunt(
  terminal: TerminalUnderTest,
  seedsMax: number,
  thenSweep: boolean,
): Promise<Catch | undefined> {
  for (let seed = 1; seed <= seedsMax; seed += 1) {
    const saying = await complaintOf(async () => (await runSeed(seed, terminal)).breaches);
    if (saying !== undefined) return { by: `seed ${seed}`, saying, seeds: seed };
  }
  if (!thenSweep) return undefined;
  const { singles } = await planSweep(terminal);
  for (const name of singles) {
    const saying = await complaintOf(async () => (await replay(terminal, name)).breaches);
    if (saying !== undefined) return { by: `crash ${name}`, saying, seeds: seedsMax };
  }
  return undefined;
}

/** A play that cannot go on is as good as a rule that is broken. */
async function complaintOf(
  play: () => Promise<readonly { readonly rule: string; readonly what: string }[]>,
): Promise<string | undefined> {
  try {
    const [first] = await play();
    return first && `${first.rule}: ${first.what}`;
  } catch (error) {
    return `it stops with ${String(error)}`;
  }
}
