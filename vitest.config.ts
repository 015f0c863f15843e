import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';
import { patched, patchesHere } from './simulator/canaries/patched-source.ts';

/** A planted bug is read by the tests that must find it (`npm run canaries`). */
const plantedBugs: Plugin = {
  name: 'planted-bugs',
  enforce: 'pre',
  load: (id) => {
    const patches = patchesHere();
    const file = patches.find((patch) => fileURLToPath(new URL(patch.file, import.meta.url)) === id)?.file;
    return file === undefined ? undefined : patched(file, patches);
  },
};

export default defineConfig({
  plugins: [plantedBugs],
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'var/**', 'dist/**'],
    testTimeout: 20_000,
    // What has been read with a bug in it must not be kept for those who read it without.
    fsModuleCache: patchesHere().length === 0,
    // Two cores: more workers only fight each other.
    maxWorkers: 2,
  },
});
