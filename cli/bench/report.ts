import { availableParallelism, loadavg, totalmem } from 'node:os';
import { asTable } from '../table.ts';

/** One line of the table: what the design asks for, and what this machine did just now. */
export interface Row {
  /** Says all by itself: the rows of all measurements stand in one table. */
  readonly what: string;
  readonly bar: string;
  readonly measured: string;
  /** Absent where there is no bar: the figure stands beside another one. */
  readonly met?: boolean;
}

export interface Measurement {
  readonly name: string;
  readonly title: string;
  /** How many of what, in which order: enough to repeat it. */
  readonly how: string;
  run(given: Given): Promise<readonly Row[]>;
}

/** What may be asked of a run; each measurement takes what concerns it. */
export interface Given {
  /** How many visits the memory is watched over. */
  readonly visits: number;
}

/** What came out of one measurement, with how busy the machine was meanwhile. */
export interface Outcome {
  readonly name: string;
  readonly title: string;
  readonly how: string;
  readonly rows: readonly Row[];
  readonly tookS: number;
  /** Average number of processes that wanted a core during the last minute; above the cores, everything waits. */
  readonly load: number;
}

export function describeMachine(): string {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores, ${gibibytes} GiB, ${osName()}, Node ${process.versions.node}`;
}

function osName(): string {
  return process.platform === 'linux' ? 'Linux' : process.platform;
}

export async function measure(measurement: Measurement, given: Given): Promise<Outcome> {
  const startedMs = performance.now();
  const rows = await measurement.run(given);
  const { name, title, how } = measurement;
  const [load = 0] = loadavg();
  return { name, title, how, rows, tookS: (performance.now() - startedMs) / 1_000, load };
}

/** Every bar in one table; below it the figures that stand beside them. */
export function describeOutcomes(outcomes: readonly Outcome[]): string {
  const rows = outcomes.flatMap((outcome) => outcome.rows);
  const bars = rows.filter(({ met }) => met !== undefined);
  const others = rows.filter(({ met }) => met === undefined);
  const barLines = bars.map(({ what, bar, measured, met }) => [
    what,
    bar,
    measured,
    met === true ? 'yes' : 'NO',
  ]);
  const otherLines = others.map(({ what, measured }) => [what, measured]);
  return [
    ...(bars.length > 0 ? [asTable([['what', 'bar', 'measured', 'held'], ...barLines])] : []),
    ...(others.length > 0 ? [asTable([['beside it', 'measured'], ...otherLines])] : []),
  ].join('\n\n');
}

/** How one measurement went: what it did, how long, and how busy the machine was. */
export function describeCourse({ title, tookS, load }: Outcome): string {
  return `${title}: ${tookS.toFixed(0)} s, load ${load.toFixed(1)}`;
}
