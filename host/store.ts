import type { Store } from '../terminal/store.ts';
import type { StoreCall, StoreOptions } from './store-messages.ts';
import { startWorker } from './worker-calls.ts';

/**
 * Opens the ledger in a thread of its own, so that waiting for the disk never holds up the devices. Rejects with the
 * {@link StorageError} that says why the ledger may not be used. After any rejected call the store is done: close it
 * and start afresh (money rule M14).
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const worker = await startWorker<StoreCall>(new URL('./store-worker.ts', import.meta.url), options);
  return {
    commit: (facts, wallMs) => worker.call({ kind: 'commit', commit: { facts, wallMs } }),
    load: () => worker.call({ kind: 'load' }),
    dueTopUps: (atMs, limit) => worker.call({ kind: 'due-top-ups', atMs, limit }),
    dueMessages: (atMs, limit) => worker.call({ kind: 'due-messages', atMs, limit }),
    registerRows: (fromMs, toMs) => worker.call({ kind: 'register-rows', fromMs, toMs }),
    containsAnchor: (anchor) => worker.call({ kind: 'contains-anchor', anchor }),
    pinVerifier: (staffId) => worker.call({ kind: 'pin-verifier', staffId }),
    figures: () => worker.call({ kind: 'figures' }),
    checkpoint: () => worker.call({ kind: 'checkpoint' }),
    close: async () => {
      await worker.call({ kind: 'close' });
      await worker.ended();
    },
  };
}
