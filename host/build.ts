import packageJson from '../package.json' with { type: 'json' };
import type { Build } from '../terminal/runtime/build.ts';

/** Which software this is. No honest clock shows an earlier time than its release (money rule M7). */
export const build: Build = {
  version: packageJson.version,
  builtAtMs: Date.UTC(2026, 10, 22),
};
