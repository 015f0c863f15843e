import { join } from 'node:path';
import { leftovers } from '../../../simulator/disk/disk.ts';
import { grouped } from '../../bench/statistics.ts';
import { asTable } from '../../table.ts';
import { diskCanaries, sendDiskCanary } from './canaries.ts';
import { canRecord } from './record.ts';
import { type DiskReport, tortureDisk } from './run.ts';

export interface DiskCommandOptions {
  readonly seed: number;
  readonly commits: number;
  readonly draws: number;
  readonly folder: string;
}

/** Cuts the power at every sync of a recorded life, then shows that planted faults are found. Gives the exit code. */
export function diskCommand({ seed, commits, draws, folder }: DiskCommandOptions): number {
  if (!canRecord()) {
    console.log('Skipped: the recorder needs Linux and a C compiler (Debian: gcc libc6-dev).');
    return 0;
  }
  const startedMs = performance.now();
  const keepIn = join(folder, 'disk');
  const report = tortureDisk({ seed, commits, draws, keepIn });
  console.log(describe(report));
  const missed = diskCanaries.filter(({ name, rule: _, ...patch }) => {
    const { violations } = sendDiskCanary(patch, seed, join(folder, 'canary'));
    console.log(
      `planted: ${name}: ${violations[0] === undefined ? 'NOT FOUND' : `found (${violations[0]})`}`,
    );
    return violations.length === 0;
  });
  console.log(`seed ${seed}, ${((performance.now() - startedMs) / 1_000).toFixed(0)} s`);
  for (const violation of report.violations) console.log(`VIOLATION: ${violation}`);
  if (report.violations.length > 0) console.log(`The files of the first are kept in ${keepIn}`);
  return report.violations.length + missed.length === 0 ? 0 : 1;
}

function describe({ commits, syncs, variants, rolledBack, damaged, violations }: DiskReport): string {
  const rebuilt = leftovers.reduce((sum, how) => sum + variants[how], 0);
  const bad = damaged.start + damaged['full check'] + damaged.harmless;
  return [
    asTable([
      ['what a power cut leaves of un-synced writes', 'rebuilt and opened'],
      ...leftovers.map((how) => [how, grouped(variants[how])]),
    ]),
    '',
    `${grouped(commits)} commits, ${grouped(syncs)} sync points, ${grouped(rebuilt)} variants, ${violations.length} violations`,
    `${grouped(rolledBack)} older databases beside the present anchor: all refused or complete`,
    `${grouped(bad)} bad sectors: ${damaged.start} noticed at the start, ${damaged['full check']} by the full check, ` +
      `${damaged.harmless} harmed nothing`,
  ].join('\n');
}
