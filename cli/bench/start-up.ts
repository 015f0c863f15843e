import { join } from 'node:path';
import { startSimulatedBackend } from '../../host/compose-simulated.ts';
import { withFolder } from './folders.ts';
import type { Measurement, Row } from './report.ts';
import { keptLedger } from './sample-ledger.ts';
import { grouped, median, percentile } from './statistics.ts';
import { type Devices, startTerminal, switchOnDevices } from './terminal-child.ts';

const operations = 1_000_000;
const startsEach = 7;

export const startUp: Measurement = {
  name: 'start-up',
  title: 'Start with a million operations beside an empty ledger',
  how:
    `${startsEach} starts each, in turn, of the production process (host/headless.ts) on TCP lines to devices that are on ` +
    `already: from the fork to the screen that invites a customer. Every start follows a clean stop; the ledgers are in ` +
    `the page cache.`,
  run: () => withFolder(compare),
};

async function compare(folder: string): Promise<readonly Row[]> {
  const fullFolder = keptLedger(operations);
  const emptyFolder = join(folder, 'empty');
  const devices = await switchOnDevices();
  try {
    for (const place of [fullFolder, emptyFolder]) await timeStart(place, devices);
    const full: number[] = [];
    const empty: number[] = [];
    for (let start = 0; start < startsEach; start += 1) {
      full.push(await timeStart(fullFolder, devices));
      empty.push(await timeStart(emptyFolder, devices));
    }
    return table(full, empty);
  } finally {
    await devices.close();
  }
}

async function timeStart(folder: string, devices: Devices): Promise<number> {
  const backend = await startSimulatedBackend(folder);
  try {
    const terminal = startTerminal(folder, backend, devices);
    const readyMs = await terminal.shows('attract');
    await terminal.stop();
    return readyMs;
  } finally {
    await backend.close();
  }
}

function table(fullMs: readonly number[], emptyMs: readonly number[]): readonly Row[] {
  const ratio = median(fullMs) / median(emptyMs);
  return [
    { what: 'start with an empty ledger → ready to sell', bar: '', measured: describe(emptyMs) },
    {
      what: `start with ${grouped(operations)} operations → ready to sell`,
      bar: '≤ 1.5 s',
      measured: describe(fullMs),
      met: median(fullMs) <= 1_500,
    },
    {
      what: 'start, full ledger : empty ledger, medians',
      bar: '≤ 2 ×',
      measured: `${ratio.toFixed(2)} ×`,
      met: ratio <= 2,
    },
  ];
}

function describe(startsMs: readonly number[]): string {
  const seconds = (ms: number): string => (ms / 1_000).toFixed(2);
  return `median ${seconds(median(startsMs))} s (${seconds(percentile(startsMs, 0))} to ${seconds(percentile(startsMs, 1))})`;
}
