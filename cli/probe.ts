import { probeCommand } from './device-probe.ts';
import { UsageError } from './usage-error.ts';

/* `device probe` alone, for a machine that has no simulator. */

try {
  await probeCommand(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UsageError || error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
