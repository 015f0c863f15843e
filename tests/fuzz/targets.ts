import { acceptorTargets } from './acceptor-targets.ts';
import { contractTargets } from './contract-targets.ts';
import { fileTargets } from './file-targets.ts';
import { printerTargets } from './printer-targets.ts';
import { simulatorTargets } from './simulator-targets.ts';
import type { FuzzTarget } from './target.ts';
import { walletTargets } from './wallet-targets.ts';

/** Everything that reads what others wrote. A new decoder is one line in one of these lists. */
export const fuzzTargets: readonly FuzzTarget[] = [
  ...acceptorTargets,
  ...printerTargets,
  ...contractTargets,
  ...walletTargets,
  ...fileTargets,
  ...simulatorTargets,
];
