import type { FullCheck } from '../db/full-check.ts';
import type { DeskAnswer, DeskQuery } from '../terminal/service-mode/desk.ts';
import type { ReaderCall, StoreOptions } from './store-messages.ts';
import { startWorker } from './worker-calls.ts';

/** Long reads beside the writer: they hold up neither the devices nor a commit. */
export interface StoreReader {
  /** What service mode asks. */
  desk(query: DeskQuery): Promise<DeskAnswer>;
  /** The whole chain, every seal, the anchor and `quick_check`; rejects with what does not hold. */
  fullCheck(): Promise<FullCheck>;
  /** Makes every projection again beside the ones that stand, and compares. Minutes, with millions of rows. */
  checkProjections(): Promise<void>;
  /** Writes the journal to a new file as lines of JSON; resolves with the number of rows. */
  exportJournal(path: string): Promise<number>;
  close(): Promise<void>;
}

/** Opens a read-only connection in a thread of its own; the writer must be open. */
export async function openStoreReader(options: StoreOptions): Promise<StoreReader> {
  const worker = await startWorker<ReaderCall>(new URL('./store-reader-worker.ts', import.meta.url), options);
  return {
    desk: (query) => worker.call({ kind: 'desk', query }),
    fullCheck: () => worker.call({ kind: 'full-check' }),
    checkProjections: () => worker.call({ kind: 'check-projections' }),
    exportJournal: (path) => worker.call({ kind: 'export-journal', path }),
    close: async () => {
      await worker.call({ kind: 'close' });
      await worker.ended();
    },
  };
}
