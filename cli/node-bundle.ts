import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, type Plugin, type Rolldown } from 'vite';

/*
 * Turns our files into JavaScript one for one, in the same folders, for a Node that should not have to do so at every
 * start; packages stay packages.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

/** What is read from disk beside the code. */
const data = ['locales', 'db/migrations'];

/** `new URL('./store-worker.ts', import.meta.url)` names a file that is called .js here. */
const renameWorkers: Plugin = {
  name: 'rename-workers',
  enforce: 'pre',
  transform: (code) => code.replaceAll(/(new URL\('\.\/[\w-]+)\.ts(', import\.meta\.url\))/g, '$1.js$2'),
};

export const bundleDefaults: InlineConfig = { configFile: false, root, logLevel: 'warn', publicDir: false };

export interface NodeBundle {
  /** Everything that is started by its file name, from the root; the rest follows by import. */
  readonly entries: readonly string[];
  readonly output: string;
  /** Packages that are not really there. */
  readonly external?: readonly string[];
}

/** Returns what the built files import from packages. */
export async function bundleForNode({
  entries,
  output,
  external = [],
}: NodeBundle): Promise<ReadonlySet<string>> {
  const built = (await build({
    ...bundleDefaults,
    plugins: [renameWorkers],
    build: {
      minify: false,
      target: 'node24',
      emptyOutDir: false,
      outDir: output,
      ssr: true,
      rolldownOptions: {
        input: entries.map((entry) => join(root, entry)),
        external: [...external],
        output: {
          format: 'es',
          preserveModules: true,
          preserveModulesRoot: root,
          entryFileNames: '[name].js',
        },
      },
    },
  })) as Rolldown.RolldownOutput;
  for (const folder of data) await cp(join(root, folder), join(output, folder), { recursive: true });
  const chunks = built.output.flatMap((file) => (file.type === 'chunk' ? [file] : []));
  const ours = new Set(chunks.map(({ fileName }) => fileName));
  return new Set(
    chunks
      .flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports])
      .filter((name) => !ours.has(name)),
  );
}
