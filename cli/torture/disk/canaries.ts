import type { SourcePatch } from '../../../simulator/canaries/patched-source.ts';
import { type DiskReport, tortureDisk } from './run.ts';

/** Planted faults of durability: a harness that does not find them proves nothing. */
export const diskCanaries: readonly (SourcePatch & { readonly name: string; readonly rule: string })[] = [
  {
    name: 'the log is not synced at a commit (synchronous=NORMAL)',
    rule: 'M6',
    file: 'db/open.ts',
    find: "['synchronous', 'FULL', 2]",
    replace: "['synchronous', 'NORMAL', 1]",
  },
  {
    name: 'the anchor file is not synced',
    rule: 'M13',
    file: 'db/anchor.ts',
    find: 'fdatasyncSync(this.#file);',
    replace: '',
  },
  {
    name: 'the anchor file is written after the commit was acknowledged',
    rule: 'M13',
    file: 'db/ledger.ts',
    find: 'this.#parts.anchor.write(this.#tip);',
    // The ledger may be closed by then: the bug is that nobody waits, not that this ends the process.
    replace: 'setImmediate(() => { try { this.#parts.anchor.write(this.#tip); } catch {} });',
  },
  {
    name: 'the names of new folders are not synced',
    rule: 'M6',
    file: 'db/anchor.ts',
    find: 'syncFolder(dirname(made));',
    replace: '',
  },
];

/** What the harness finds with that fault planted; a life of few commits is enough. */
export function sendDiskCanary(canary: SourcePatch, seed: number, keepIn: string): DiskReport {
  return tortureDisk({ seed, commits: 9, draws: 1, patch: canary, keepIn });
}
