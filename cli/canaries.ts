import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { productionTerminal } from '../host/simulate.ts';
import { type Catch, hunt } from '../simulator/canaries/hunt.ts';
import { canaries } from '../simulator/canaries/list.ts';
import { patchEnvironment, type SourcePatch } from '../simulator/canaries/patched-source.ts';
import { readOptions } from './options.ts';
import { asTable } from './table.ts';
import { diskCanaries, sendDiskCanary } from './torture/disk/canaries.ts';
import { canRecord } from './torture/disk/record.ts';

/*
 * Plants bugs, one at a time, each in a process of its own, and lets the simulator look for it. One that nobody finds is
 * a hole in the auditor, and fails the run.
 */

const usage = `Usage:
  npm run canaries                       all of them
  npm run canaries -- --only <words>     those whose name holds these words
  npm run canaries -- --seeds <n>        how many seeds are tried for each before the crash sweep; 200 unless told`;

const { values: given } = readOptions(usage, {
  options: {
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '200' },
    /** For the process that carries the bug: hunts it and says with one line of JSON what came of that. */
    worker: { type: 'boolean', default: false },
    /** Not the crash sweep after the seeds. */
    'no-sweep': { type: 'boolean', default: false },
  },
});
const seedsMax = Number(given.seeds);
/** A bug that holds everything up is given up by then. */
const huntMsMax = 10 * 60_000;

interface Sent {
  readonly name: string;
  readonly rule: string;
  readonly caught: Catch | undefined;
  readonly tookMs: number;
}

function sendOut(patches: readonly SourcePatch[], options: readonly string[]): Promise<Catch | undefined> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--worker', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...patchEnvironment(patches) },
  });
  let answer = '';
  child.stdout.on('data', (chunk) => {
    answer += String(chunk);
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), huntMsMax);
  return new Promise((resolve, reject) => {
    child.on('close', (code, signal) => {
      clearTimeout(deadline);
      if (code === 0) resolve((JSON.parse(answer) as { caught?: Catch }).caught);
      else if (signal === 'SIGKILL') resolve(undefined);
      else reject(new Error(`a hunt ended with ${code ?? signal}`));
    });
  });
}

async function sendAll(): Promise<number> {
  const startedMs = performance.now();
  const wanted = canaries.filter(({ name }) => name.includes(given.only));
  // Before anything runs: a patch that fits no more is a bug that is not planted.
  for (const { patches } of wanted) patchEnvironment(patches);
  const sent: Sent[] = [];
  const waiting = [...wanted];
  const oneAfterTheOther = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { name, rule, patches } = next;
      const beganMs = performance.now();
      const caught = await sendOut(patches, [
        '--seeds',
        String(seedsMax),
        ...(given['no-sweep'] ? ['--no-sweep'] : []),
      ]);
      const tookMs = performance.now() - beganMs;
      sent.push({ name, rule, caught, tookMs });
      console.log(
        `${name}: ${caught === undefined ? 'NOT FOUND' : `${caught.by}: ${caught.saying}`} (${seconds(tookMs)} s)`,
      );
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, oneAfterTheOther));
  // The same seeds without a bug: who cries wolf there has found nothing.
  const seeds = Math.max(1, ...sent.map(({ caught }) => caught?.seeds ?? 1));
  const wolf = await sendOut([], ['--seeds', String(seeds), '--no-sweep']);
  if (wolf !== undefined) console.log(`Nothing planted, and yet ${wolf.by}: ${wolf.saying}`);
  const order = new Map(wanted.map(({ name }, at) => [name, at]));
  sent.sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
  sent.push(...sendToDisk());
  console.log(
    `\n${asTable([
      ['planted bug', 'rule', 'found by', 'seeds', 'seconds'],
      ...sent.map(({ name, rule, caught, tookMs }) => [
        name,
        rule,
        caught?.by ?? 'NOBODY',
        caught === undefined ? '' : String(caught.seeds),
        seconds(tookMs),
      ]),
    ])}`,
  );
  const survivors = sent.filter(({ caught }) => caught === undefined);
  console.log(
    `\n${sent.length} planted, ${survivors.length} not found, ${seconds(performance.now() - startedMs)} s`,
  );
  return survivors.length === 0 && sent.length > 0 && wolf === undefined ? 0 : 1;
}

/** Those that only a power cut between two syncs can show. */
function sendToDisk(): readonly Sent[] {
  const wanted = diskCanaries.filter(({ name }) => name.includes(given.only));
  if (wanted.length > 0 && !canRecord()) {
    console.log('The disk is left out: its recorder needs Linux and a C compiler (Debian: gcc libc6-dev).');
    return [];
  }
  const folder = fileURLToPath(new URL('../var/canaries', import.meta.url));
  return wanted.map(({ name, rule, ...patch }) => {
    const beganMs = performance.now();
    const { violations } = sendDiskCanary(patch, 1, join(folder, 'disk'));
    const [saying] = violations;
    const caught = saying === undefined ? undefined : { by: 'power cut', saying, seeds: 1 };
    return { name, rule, caught, tookMs: performance.now() - beganMs };
  });
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

if (given.worker) {
  const caught = await hunt(await productionTerminal(), seedsMax, !given['no-sweep']);
  process.stdout.write(JSON.stringify({ caught }));
} else if (Number.isSafeInteger(seedsMax) && seedsMax > 0) {
  process.exitCode = await sendAll();
} else {
  console.error(usage);
  process.exitCode = 2;
}
