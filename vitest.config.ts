import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'var/**', 'dist/**'],
    testTimeout: 20_000,
    // Two cores: more workers only fight each other.
    maxWorkers: 2,
  },
});
