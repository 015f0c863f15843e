import { fileURLToPath } from 'node:url';

/* How Node is started for a terminal process, by whoever starts one. */

/** The process shares a small machine with a browser, and has time: memory comes before speed. */
export const terminalNodeOptions: readonly string[] = ['--optimize-for-size'];

/**
 * What has been compiled once is kept beside the software, so that a start after a crash takes half the time and the
 * compiler for types need not be in memory. Where nothing can be written a start works without.
 */
export const terminalEnvironment: Readonly<Record<string, string>> = {
  // One arena of the C library for all threads, which seldom allocate at once: each of their own would never shrink again.
  MALLOC_ARENA_MAX: '1',
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../var/compile-cache', import.meta.url)),
};
