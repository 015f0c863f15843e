import type { Fact } from '../terminal/facts.ts';
import type { Store } from '../terminal/store.ts';

/** The same store; each fact is written down here too, from the moment it would survive a power cut. */
export function witnessedStore(store: Store, facts: Fact[]): Store {
  return {
    ...store,
    commit: async (committing, wallMs) => {
      const committed = await store.commit(committing, wallMs);
      facts.push(...committing);
      return committed;
    },
  };
}
