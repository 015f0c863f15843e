import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startSimulatedBackend } from '../../host/compose-simulated.ts';
import { terminalEnvironment, terminalNodeOptions } from '../../host/process-options.ts';
import { withFolder } from './folders.ts';
import type { MemorySample, MemoryTask } from './memory-child.ts';
import type { Measurement, Row } from './report.ts';
import { stageSettings } from './stage-settings.ts';
import { grouped, median, percentile } from './statistics.ts';

const samples = 200;
const warmUpVisits = 20;
const residentMbMax = 180;
/** Collections of garbage move the figure by this much from one sample to the next. */
const growthMbMax = 5;

export const memory: Measurement = {
  name: 'memory',
  title: 'Memory of the terminal host over many visits',
  how:
    `Visits (one note, paid, credited, printed) of the production runtime with its ledger on disk and ` +
    `the backend in another process over HTTP. Monotonic time is virtual and waits for disk and backend. ` +
    `Resident memory of the whole process, ${samples} samples; the simulated devices, which live in it, are included. ` +
    '`--visits 100000` watches over as many visits as the design asks for.',
  run: ({ visits }) => withFolder((folder) => watch(folder, visits)),
};

async function watch(folder: string, visits: number): Promise<readonly Row[]> {
  const backend = await startSimulatedBackend(folder);
  const runFor = (visitCount: number, sampleEveryVisits: number): Promise<readonly MemorySample[]> =>
    runChild({
      // Visitors come without a pause, more in an hour than a real terminal would answer wallet checks for.
      settings: { ...stageSettings(folder, backend), checks: { perHourMax: 1_000 } },
      visits: visitCount,
      sampleEveryVisits,
    });
  try {
    // The first process of an installation compiles what every later one finds compiled.
    await runFor(warmUpVisits, warmUpVisits);
    const taken = await runFor(visits, Math.ceil(visits / samples));
    return table(
      visits,
      taken.map(({ residentBytes }) => residentBytes / 2 ** 20),
    );
  } finally {
    await backend.close();
  }
}

function runChild(task: MemoryTask): Promise<readonly MemorySample[]> {
  return new Promise((resolve, reject) => {
    const taken: MemorySample[] = [];
    const child = fork(fileURLToPath(new URL('./memory-child.ts', import.meta.url)), [], {
      execArgv: [...terminalNodeOptions],
      env: { ...process.env, ...terminalEnvironment },
    });
    child.on('message', (sample) => taken.push(sample as MemorySample));
    child.once('exit', (code) => {
      if (code === 0) resolve(taken);
      else reject(new Error(`the measured terminal ended with exit code ${code}`));
    });
    child.send(task);
  });
}

function table(visits: number, residentMb: readonly number[]): readonly Row[] {
  const half = residentMb.slice(Math.floor(residentMb.length / 2));
  const earlier = median(half.slice(0, half.length / 2));
  const later = median(half.slice(half.length / 2));
  const highest = percentile(residentMb, 1);
  return [
    {
      what: `memory of the host after ${grouped(visits)} visits (highest on the way)`,
      bar: `≤ ${residentMbMax} MB`,
      measured: `${later.toFixed(0)} MB (${highest.toFixed(0)} MB)`,
      met: highest <= residentMbMax,
    },
    {
      what: `memory, third → last quarter of ${grouped(visits)} visits, medians`,
      bar: `no growth (within ${growthMbMax} MB)`,
      measured: `${earlier.toFixed(1)} → ${later.toFixed(1)} MB`,
      met: later - earlier <= growthMbMax,
    },
  ];
}
