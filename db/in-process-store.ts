import type { Store } from '../terminal/store.ts';
import type { Ledger } from './ledger.ts';

/**
 * The store in the caller's own thread, for virtual time: every promise is settled when the call returns, so one seed
 * gives one run. In the field the ledger lives in a worker, where waiting for the disk holds nobody up.
 */
export function inProcessStore(ledger: Ledger): Store {
  return {
    commit: async (facts, wallMs) => ledger.commit(facts, wallMs),
    load: async () => ledger.load(),
    dueTopUps: async (atMs, limit) => ledger.dueTopUps(atMs, limit),
    dueMessages: async (atMs, limit) => ledger.dueMessages(atMs, limit),
    figures: async () => ledger.figures(),
    registerRows: async (fromMs, toMs) => ledger.registerRows(fromMs, toMs),
    containsAnchor: async (anchor) => ledger.containsAnchor(anchor),
    pinVerifier: async (staffId) => ledger.pinVerifier(staffId),
    checkpoint: async () => ledger.checkpoint(),
    close: async () => ledger.close(),
  };
}
