import type { FaultKind } from '../swarm/fault-kinds.ts';
import type { SourcePatch } from './patched-source.ts';

/** A bug that somebody might write, planted to see it found. */
export interface Canary {
  readonly name: string;
  /** The money rule that it breaks. */
  readonly rule: string;
  /** What the bug is, in one sentence. */
  readonly bug: string;
  readonly patches: readonly SourcePatch[];
  /** The simulator's seeds are played with these faults alone, and often: under them the bug shows. */
  readonly focus?: readonly FaultKind[];
  /**
   * The file of tests that must find it instead: a bug that shows only when a device lies in a way that no software could
   * make good, which the simulator therefore never plays.
   */
  readonly test?: string;
}

/** The bug's change of a file, for those that need one only. */
export function inFile(file: string, find: string, replace: string): readonly SourcePatch[] {
  return [{ file, find, replace }];
}
