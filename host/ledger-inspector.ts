import { diskSpace } from '../db/reserve.ts';
import type { LedgerInspector } from '../terminal/ports.ts';
import type { StoreOptions } from './store-messages.ts';
import { openStoreReader } from './store-reader.ts';

/** Looks at the ledger from a thread of its own, which lives no longer than the look. */
export function ledgerInspector(options: StoreOptions): LedgerInspector {
  return {
    freeBytes: () => diskSpace(options.place.folder).freeBytes,
    totalBytes: () => diskSpace(options.place.folder).totalBytes,
    fullCheck: async () => {
      const reader = await openStoreReader(options);
      try {
        await reader.fullCheck();
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      } finally {
        await reader.close();
      }
    },
  };
}
