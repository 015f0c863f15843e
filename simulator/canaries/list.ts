import type { Canary } from './canary.ts';
import { deliveryBugs } from './delivery-bugs.ts';
import { noteBugs } from './note-bugs.ts';
import { visitBugs } from './visit-bugs.ts';

/** Every bug that the simulator must find. Those that only an unsynced disk shows are with the disk's own harness. */
export const canaries: readonly Canary[] = [...noteBugs, ...visitBugs, ...deliveryBugs];
