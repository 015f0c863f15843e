import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { PlainReport } from '../../simulator/swarm/summary.ts';
import { assert } from '../../terminal/assert.ts';
import type { Measurement, Row } from './report.ts';
import { grouped } from './statistics.ts';

const seeds = 24;
const processes = availableParallelism();

export const simulatorSpeed: Measurement = {
  name: 'simulator',
  title: 'Simulator: hours of the whole terminal, with faults',
  how:
    `Seeds 1 to ${seeds} of \`npm run simulate\`, one simulated hour each with its faults, repairs and audit, shared out over ` +
    `${processes} processes that have played one seed before. Simulated time by the clock on the wall.`,
  run: playSeeds,
};

async function playSeeds(): Promise<readonly Row[]> {
  const players = Array.from({ length: processes }, startPlayer);
  await Promise.all(players.map((player, at) => player.play(seeds + 1 + at)));
  const reports: PlainReport[] = [];
  let next = 1;
  const startedMs = performance.now();
  await Promise.all(
    players.map(async (player) => {
      while (next <= seeds) {
        const seed = next;
        next += 1;
        reports.push(await player.play(seed));
      }
    }),
  );
  const tookMs = performance.now() - startedMs;
  for (const player of players) player.end();
  return table(reports, tookMs);
}

interface Player {
  readonly play: (seed: number) => Promise<PlainReport>;
  readonly end: () => void;
}

/** A process as a range of seeds is shared out to: a seed in, a report out. */
function startPlayer(): Player {
  const script = fileURLToPath(new URL('../simulate.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [script, '--worker'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  assert(child.stdin !== null && child.stdout !== null, 'a player is spoken to over its pipes');
  const { stdin, stdout } = child;
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    play: async (seed) => {
      stdin.write(`${seed}\n`);
      const { value, done } = await lines.next();
      assert(done !== true, 'a player ends when it is told to');
      return JSON.parse(value) as PlainReport;
    },
    end: () => stdin.end(),
  };
}

function table(reports: readonly PlainReport[], tookMs: number): readonly Row[] {
  const sum = (of: (report: PlainReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0);
  const simulatedMs = sum((report) => report.simulatedMs);
  const speed = simulatedMs / tookMs;
  const one = simulatedMs / sum((report) => report.tookMs);
  const visits = sum((report) => report.visits);
  return [
    {
      what: `simulated time : time, ${processes} processes`,
      bar: '≥ 5 000 ×',
      measured: `${grouped(speed)} ×, ${((visits * 1_000) / tookMs).toFixed(1)} visits/s`,
      met: speed >= 5_000,
    },
    { what: 'simulated time : time, one of them', bar: '', measured: `${grouped(one)} ×` },
    {
      what: 'a simulated hour',
      bar: '',
      measured: `${(visits / seeds).toFixed(1)} visits, ${(sum((report) => report.notes) / seeds).toFixed(1)} notes`,
    },
  ];
}
