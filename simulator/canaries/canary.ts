import type { SourcePatch } from './patched-source.ts';

/** A bug that somebody might write, planted to see it found. */
export interface Canary {
  readonly name: string;
  /** The money rule that it breaks. */
  readonly rule: string;
  /** What the bug is, in one sentence. */
  readonly bug: string;
  readonly patches: readonly SourcePatch[];
}

/** The bug's change of a file, for those that need one only. */
export function inFile(file: string, find: string, replace: string): readonly SourcePatch[] {
  return [{ file, find, replace }];
}
