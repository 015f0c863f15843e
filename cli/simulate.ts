import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { productionTerminal } from '../host/simulate.ts';
import { plannedEvents, type Report, runSeed } from '../simulator/run.ts';
import { shrink } from '../simulator/shrink.ts';
import { addReport, describeSummary, emptySummary, plainReport } from '../simulator/swarm/summary.ts';
import { acceptorNamed } from './acceptor-option.ts';
import { readOptions } from './options.ts';
import { answerLines, shareOut } from './share-out.ts';

/*
 * Plays simulated hours of the whole terminal, one seed after the other, and says what rules of money did not hold. A range
 * of seeds is shared out over as many processes as there are cores.
 */

const usage = `Usage:
  npm run simulate -- --seed <n> [--events <a,b,c>] [--hours <h>]
  npm run simulate -- --seeds <first>..<last> [--hours <h>]
  npm run simulate -- --fresh <count>     that many seeds, drawn from the sources that are checked out
  --acceptor <protocol>                   what the simulated acceptor speaks; ccnet unless told`;

const { values: given } = readOptions(usage, {
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    fresh: { type: 'string' },
    hours: { type: 'string', default: '1' },
    acceptor: { type: 'string', default: 'ccnet' },
    /** Only these events of the seed's plan: how a failure is repeated. */
    events: { type: 'string' },
    /** For the processes of a range: one line of JSON for each seed that they are told. */
    worker: { type: 'boolean', default: false },
  },
});
const hours = Number(given.hours);
const protocol = acceptorNamed(given.acceptor);

async function playOne(seed: number): Promise<number> {
  const terminal = await productionTerminal();
  const only = given.events?.split(',').map(Number);
  const report = await runSeed(seed, terminal, { hours, protocol, ...(only !== undefined && { only }) });
  console.log(describeSummary(addReport(emptySummary(), plainReport(report, 0))));
  for (const { rule, what } of report.breaches) console.log(`  ${rule}: ${what}`);
  const [first] = report.breaches;
  if (first === undefined) return 0;
  const replay = async (events: readonly number[]): Promise<Report['breaches']> =>
    (await runSeed(seed, terminal, { hours, protocol, only: events })).breaches;
  const all = only ?? plannedEvents(seed, { hours, protocol }).map((_, at) => at);
  const needed = await shrink(all, first.rule, replay);
  const plan = plannedEvents(seed, { hours, protocol });
  console.log('\nThe shortest script found that still fails:');
  for (const at of needed) console.log(`  ${at}: ${JSON.stringify(plan[at])}`);
  console.log(
    `\nnpm run simulate -- --seed ${seed} --hours ${hours} --acceptor ${protocol} --events ${needed.join(',')}`,
  );
  return 1;
}

/** Plays the seeds that come in, a line each. */
async function work(): Promise<void> {
  const terminal = await productionTerminal();
  await answerLines(async (line) => {
    const startedMs = performance.now();
    const report = await runSeed(Number(line), terminal, { hours, protocol });
    return JSON.stringify(plainReport(report, performance.now() - startedMs));
  });
}

async function playRange(first: number, last: number): Promise<number> {
  let summary = emptySummary();
  const startedMs = performance.now();
  const script = fileURLToPath(import.meta.url);
  await shareOut(
    script,
    ['--worker', '--hours', String(hours), '--acceptor', protocol],
    seedsFrom(first, last),
    (answer) => {
      const report = JSON.parse(answer) as ReturnType<typeof plainReport>;
      summary = addReport(summary, report);
      for (const { rule, what } of report.breaches) {
        console.log(`seed ${report.seed}: ${rule}: ${what}`);
      }
      if (report.breaches.length > 0) {
        console.log(`  npm run simulate -- --seed ${report.seed} --hours ${hours} --acceptor ${protocol}`);
      }
    },
  );
  console.log(describeSummary(summary, performance.now() - startedMs));
  return summary.failedSeeds.length === 0 ? 0 : 1;
}

function* seedsFrom(first: number, last: number): Iterable<string> {
  for (let seed = first; seed <= last; seed += 1) yield String(seed);
}

/** The same for everybody who checks these sources, and others for the next change. */
function freshSeeds(count: number): readonly [first: number, last: number] {
  const tree = execFileSync('git', ['rev-parse', 'HEAD^{tree}'], { encoding: 'utf8' });
  const first = Number.parseInt(tree.slice(0, 8), 16);
  return [first, first + count - 1];
}

const [first, last] =
  given.fresh === undefined ? (given.seeds ?? '').split('..').map(Number) : freshSeeds(Number(given.fresh));
if (given.worker) {
  await work();
} else if (given.seed !== undefined) {
  process.exitCode = await playOne(Number(given.seed));
} else if (first !== undefined && last !== undefined && first <= last) {
  process.exitCode = await playRange(first, last);
} else {
  console.error(usage);
  process.exitCode = 2;
}
