import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type InlineConfig, type Plugin } from 'vite';

/*
 * Builds the shell and the terminal host for Electron, which runs no TypeScript: our files become JavaScript one for one
 * in the same folders, packages stay packages. The preload script alone is one CommonJS file, because the sandbox lets it
 * require nothing of ours.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

/** Everything that is started by its file name; the rest follows by import. */
const entries = [
  'electron/main.ts',
  'electron/terminal-host.ts',
  'host/store-worker.ts',
  'host/store-reader-worker.ts',
];

/** What is read from disk beside the code. */
const data = ['locales', 'db/migrations'];

/** `new URL('./store-worker.ts', import.meta.url)` names a file that is called .js here. */
const renameWorkers: Plugin = {
  name: 'rename-workers',
  enforce: 'pre',
  transform: (code) => code.replaceAll(/(new URL\('\.\/[\w-]+)\.ts(', import\.meta\.url\))/g, '$1.js$2'),
};

const common: InlineConfig = { configFile: false, root, logLevel: 'warn', publicDir: false };

/** Makes the folder anew. The page is built by itself. */
export async function buildElectron(output: string): Promise<void> {
  const toOutput = { minify: false, target: 'node24', emptyOutDir: false, outDir: output } as const;
  await rm(output, { recursive: true, force: true });
  await build({ ...common, plugins: [renameWorkers], build: { ...toOutput, ...modules } });
  await build({ ...common, build: { ...toOutput, ...preload } });
  for (const folder of data) await cp(join(root, folder), join(output, folder), { recursive: true });
}

const modules: BuildOptions = {
  ssr: true,
  rolldownOptions: {
    input: entries.map((entry) => join(root, entry)),
    external: ['electron'],
    output: {
      format: 'es',
      preserveModules: true,
      preserveModulesRoot: root,
      entryFileNames: '[name].js',
    },
  },
};

const preload: BuildOptions = {
  ssr: join(root, 'electron/preload.ts'),
  rolldownOptions: {
    external: ['electron'],
    output: { format: 'cjs', entryFileNames: 'electron/preload.cjs', codeSplitting: false },
  },
};
