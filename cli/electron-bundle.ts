import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'vite';
import { bundleDefaults, bundleForNode } from './node-bundle.ts';

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

/** Makes the folder anew. The page is built by itself. */
export async function buildElectron(output: string): Promise<void> {
  await rm(output, { recursive: true, force: true });
  await bundleForNode({ entries, output, external: ['electron'] });
  const toOutput = { minify: false, target: 'node24', emptyOutDir: false, outDir: output } as const;
  await build({ ...bundleDefaults, build: { ...toOutput, ...preload } });
}

const preload: BuildOptions = {
  ssr: join(root, 'electron/preload.ts'),
  rolldownOptions: {
    external: ['electron'],
    output: { format: 'cjs', entryFileNames: 'electron/preload.cjs', codeSplitting: false },
  },
};
