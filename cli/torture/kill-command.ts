import { formatMinor, minor } from '../../terminal/money.ts';
import { grouped, percentile } from '../bench/statistics.ts';
import { asTable } from '../table.ts';
import { moments } from './moment.ts';
import { type TortureReport, torture } from './run.ts';

export interface KillOptions {
  readonly seed: number;
  readonly cycles: number;
  readonly lanes: number;
  readonly folder: string;
}

/** Kills, tells what came of it, and gives the exit code. */
export async function killCommand({ seed, cycles, lanes, folder }: KillOptions): Promise<number> {
  console.log(`seed ${seed}: ${cycles} cycles, ${lanes} terminals side by side`);
  const startedMs = performance.now();
  const seconds = (): string => ((performance.now() - startedMs) / 1_000).toFixed(0);
  const report = await torture({
    seed,
    cycles,
    lanes,
    root: folder,
    onCycle: (done) => {
      if (done % 50 === 0) console.log(`${done} cycles in ${seconds()} s`);
    },
  });
  console.log(`\n${describe(report, seconds())}`);
  if (report.violation === undefined) return 0;
  const { what, folder: kept, cycle } = report.violation;
  console.log(`\nVIOLATION in cycle ${cycle} of seed ${seed}:\n${what}\nEverything is kept in ${kept}`);
  return 1;
}

function describe({ cycles, notes, creditedMinor, violation }: TortureReport, tookS: string): string {
  const rows = moments.map((moment) => {
    const killed = cycles.filter((one) => one.moment === moment);
    return [moment, grouped(killed.length), grouped(killed.filter(({ cutPower }) => cutPower).length)];
  });
  const namedMs = cycles.flatMap(({ namedAfterMs }) => namedAfterMs ?? []);
  const named =
    namedMs.length === 0
      ? ''
      : `; from the start to a named screen ${inS(percentile(namedMs, 0.5))} (median), ${inS(percentile(namedMs, 1))} (longest)`;
  return [
    asTable([['killed while', 'kills', 'acceptor without power too'], ...rows]),
    '',
    `${grouped(cycles.length)} SIGKILL cycles, ${violation === undefined ? 0 : 1} violations, ${tookS} s${named}`,
    `${grouped(notes)} notes in the cassettes, ${formatMinor(minor(creditedMinor))} credited`,
  ].join('\n');
}

function inS(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
