import { World } from '../../tests/scenarios/world.ts';
import type { Measurement, Row } from './report.ts';
import { grouped, median } from './statistics.ts';

const seeds = 6;
const hourMs = 3_600_000;
const visitsPerHour = 12;
const notesTenge = [5_000, 2_000, 1_000] as const;

export const simulatorSpeed: Measurement = {
  name: 'simulator-speed',
  title: 'Simulator: one simulated hour of the whole terminal',
  how:
    `${seeds} seeds after one to warm up, each a fresh world: start, then ${visitsPerHour} visits with ${notesTenge.length} notes ` +
    `each, spread over one hour of virtual time. Median of the seeds, by the clock on the wall and by time on a core.`,
  run: simulateHours,
};

interface Hour {
  readonly wallMs: number;
  readonly coreMs: number;
}

async function simulateHours(): Promise<readonly Row[]> {
  await simulateHour(0);
  const hours: Hour[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) hours.push(await simulateHour(seed));
  const wallMs = median(hours.map((hour) => hour.wallMs));
  const coreMs = median(hours.map((hour) => hour.coreMs));
  const speed = hourMs / wallMs;
  return [
    {
      what: 'simulated time : time',
      bar: '≥ 5 000 ×',
      measured: `${grouped(speed)} × (${wallMs.toFixed(0)} ms an hour)`,
      met: speed >= 5_000,
    },
    {
      what: 'simulated time : time on a core',
      bar: '',
      measured: `${grouped(hourMs / coreMs)} × (${coreMs.toFixed(0)} ms an hour)`,
    },
    {
      what: 'visits',
      bar: `≥ 10 an hour; here ${visitsPerHour}, ${visitsPerHour * notesTenge.length} notes`,
      measured: `${((visitsPerHour * 1_000) / wallMs).toFixed(1)} /s`,
    },
  ];
}

async function simulateHour(seed: number): Promise<Hour> {
  const startedMs = performance.now();
  const startedUsage = process.cpuUsage();
  const world = new World({ seed });
  try {
    await world.toAttract();
    for (let visit = 0; visit < visitsPerHour; visit += 1) {
      await payOnce(world);
      await world.clock.advance((visit + 1) * (hourMs / visitsPerHour) - world.clock.monoMs());
    }
    const expectedMinor = visitsPerHour * notesTenge.reduce((sum, tenge) => sum + tenge * 100, 0);
    if (world.creditedMinor() !== expectedMinor) throw new Error(`seed ${seed}: not every note was credited`);
  } finally {
    await world.close();
  }
  const { user, system } = process.cpuUsage(startedUsage);
  return { wallMs: performance.now() - startedMs, coreMs: (user + system) / 1_000 };
}

async function payOnce(world: World): Promise<void> {
  await world.toCash();
  for (const tenge of notesTenge) await world.pay(tenge);
  await world.press('pay');
  await world.until('result', 15_000, (screen) => screen.print === 'printed');
  await world.until('attract', 120_000);
}
