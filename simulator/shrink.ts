import type { Breach } from './swarm/audit/breach.ts';

/*
 * Delta debugging (Zeller and Hildebrandt 2002): takes events out of a failing plan, in ever smaller groups, for as long
 * as it fails in the same way.
 */

/** Gives the breaches of a run with only these events. */
export type Replay = (only: readonly number[]) => Promise<readonly Breach[]>;

/** Each run plays a whole hour: a long search is cut off, and what it has found by then is given. */
const replaysMax = 250;

/** The shortest list found of which each event is needed, as far as the search came. */
export async function shrink(
  events: readonly number[],
  rule: string,
  replay: Replay,
): Promise<readonly number[]> {
  let kept = [...events];
  let replays = 0;
  const stillFails = async (only: readonly number[]): Promise<boolean> => {
    replays += 1;
    return (await replay(only)).some((breach) => breach.rule === rule);
  };
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length && replays < replaysMax; ) {
      const without = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (await stillFails(without)) kept = without;
      else from += size;
    }
  }
  return kept;
}
