import type { VirtualClock } from '../../simulator/virtual-clock.ts';
import type { Fact } from '../../terminal/facts.ts';
import type { Store } from '../../terminal/store.ts';

/** A disk on which commits that hold one kind of fact take their time: so long as `delayMs` says at that moment. */
export function slowFor(
  kind: Fact['kind'],
  delayMs: () => number,
  clock: VirtualClock,
): (store: Store) => Store {
  return (store) => ({
    ...store,
    commit: async (facts, wallMs) => {
      const committed = await store.commit(facts, wallMs);
      if (facts.some((fact) => fact.kind === kind) && delayMs() > 0) {
        await new Promise<void>((resolve) => clock.setTimer(delayMs(), resolve));
      }
      return committed;
    },
  });
}
