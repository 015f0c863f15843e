import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/*
 * Loaded before anything else (`node --import`): one source file of ours is read with other words in it. So a harness
 * shows that it would find a fault, without a switch for that fault in the product.
 */

/** One planted fault. */
export interface SourcePatch {
  /** From the root of the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** What a process must be started with to run with the fault. */
export function patchEnvironment(patch: SourcePatch): Readonly<Record<string, string>> {
  const { file, find } = patch;
  const source = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
  if (source.split(find).length !== 2) throw new Error(`the patch does not fit ${file} any more: ${find}`);
  const nodeOptions = [process.env['NODE_OPTIONS'], `--import=${import.meta.url}`].filter(Boolean).join(' ');
  return { NODE_OPTIONS: nodeOptions, QYZYL_SOURCE_PATCH: JSON.stringify(patch) };
}

const given = process.env['QYZYL_SOURCE_PATCH'];
if (given !== undefined) {
  const { file, find, replace } = JSON.parse(given) as SourcePatch;
  const patched = new URL(`../../../${file}`, import.meta.url).href;
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      if (url !== patched) return loaded;
      return { ...loaded, source: readFileSync(fileURLToPath(url), 'utf8').replace(find, replace) };
    },
  });
}
