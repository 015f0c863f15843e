import { availableParallelism, loadavg, totalmem } from 'node:os';
import { asTable } from '../table.ts';

/** One line of the table: what the design asks for, and what this machine did just now. */
export interface Row {
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
  run(): Promise<readonly Row[]>;
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

export async function measure(measurement: Measurement): Promise<Outcome> {
  const startedMs = performance.now();
  const rows = await measurement.run();
  const { name, title, how } = measurement;
  const [load = 0] = loadavg();
  return { name, title, how, rows, tookS: (performance.now() - startedMs) / 1_000, load };
}

/** A measurement as a block of text: its title, how it was done, and its rows as a Markdown table. */
export function describeOutcome({ title, how, rows, tookS, load }: Outcome): string {
  const cells = rows.map(({ what, bar, measured, met }) => [what, bar, measured, verdict(met)]);
  const table = asTable([['what', 'bar', 'measured', 'met'], ...cells]);
  return `${title}\n${how}\nTook ${tookS.toFixed(0)} s; load ${load.toFixed(1)}.\n\n${table}\n`;
}

function verdict(met: boolean | undefined): string {
  if (met === undefined) return '';
  return met ? 'yes' : 'NO';
}
