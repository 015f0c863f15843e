import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/*
 * Loaded before anything else (`node --import`): source files of ours are read with other words in them. So a harness
 * shows that it would find a fault, without a switch for that fault in the product.
 */

/** One change of a planted fault. */
export interface SourcePatch {
  /** From the root of the repository. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** What a process must be started with to run with the fault. Throws when a change does not fit its file exactly once. */
export function patchEnvironment(patches: readonly SourcePatch[]): Readonly<Record<string, string>> {
  for (const { file } of patches) patched(file, patches);
  const nodeOptions = [process.env['NODE_OPTIONS'], `--import=${import.meta.url}`].filter(Boolean).join(' ');
  return { NODE_OPTIONS: nodeOptions, QYZYL_SOURCE_PATCHES: JSON.stringify(patches) };
}

function urlOf(file: string): string {
  return new URL(`../../${file}`, import.meta.url).href;
}

/** The text of a file with all its changes. */
export function patched(file: string, patches: readonly SourcePatch[]): string {
  let text = readFileSync(fileURLToPath(urlOf(file)), 'utf8');
  for (const { find, replace } of patches.filter((patch) => patch.file === file)) {
    if (text.split(find).length !== 2) throw new Error(`the patch does not fit ${file} any more: ${find}`);
    text = text.replace(find, () => replace);
  }
  return text;
}

/** What this process has been started with. */
export function patchesHere(): readonly SourcePatch[] {
  return JSON.parse(process.env['QYZYL_SOURCE_PATCHES'] ?? '[]') as readonly SourcePatch[];
}

const patches = patchesHere();
if (patches.length > 0) {
  const files = new Map(patches.map(({ file }) => [urlOf(file), file]));
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      const file = files.get(url);
      return file === undefined ? loaded : { ...loaded, source: patched(file, patches) };
    },
  });
}
