import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { readOptions } from './options.ts';
import { diskCommand } from './torture/disk/command.ts';
import { killCommand } from './torture/kill-command.ts';

/*
 * Two ways to be cruel to the real thing. Without `--disk`: kills the terminal process at random moments, starts it again,
 * and holds paper, journal, backend and screen against each other. With it: records what the ledger does to the disk and
 * cuts the power at every sync, because a killed process takes nothing from the kernel's memory.
 *
 * The seed draws what happens. The machine's own timing is not in its hands: a run of kills never repeats to the
 * microsecond.
 */

const usage = `Usage:
  npm run torture -- [--cycles N] [--lanes L] [--seed S] [--folder DIR]
  npm run torture -- --disk [--commits N] [--draws D] [--seed S] [--folder DIR]`;

const { values: given } = readOptions(usage, {
  options: {
    disk: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    cycles: { type: 'string', default: '100' },
    /** Terminals that are tormented side by side. */
    lanes: { type: 'string', default: String(availableParallelism()) },
    commits: { type: 'string', default: '200' },
    /** Of each way to lose writes, at each sync. */
    draws: { type: 'string', default: '3' },
    folder: { type: 'string', default: join('var', 'torture') },
  },
});
const { disk, folder } = given;
const [seed, cycles, lanes, commits, draws] = [
  given.seed,
  given.cycles,
  given.lanes,
  given.commits,
  given.draws,
].map((text) => Number(text)) as [number, number, number, number, number];
if (![seed, cycles, lanes, commits, draws].every((value) => Number.isSafeInteger(value) && value >= 0)) {
  console.error(usage);
  process.exit(2);
}
process.exit(
  disk
    ? diskCommand({ seed, commits, draws, folder })
    : await killCommand({ seed, cycles, lanes: Math.max(1, lanes), folder }),
);
