import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { productionTerminal } from '../host/simulate.ts';
import type { Canary } from '../simulator/canaries/canary.ts';
import { type Catch, hunt } from '../simulator/canaries/hunt.ts';
import { canaries } from '../simulator/canaries/list.ts';
import { patchEnvironment, type SourcePatch } from '../simulator/canaries/patched-source.ts';
import { allFaultKinds, type FaultKind } from '../simulator/swarm/fault-kinds.ts';
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
    /** For that process: these faults alone. */
    focus: { type: 'string' },
    /** Not the crash sweep after the seeds. */
    'no-sweep': { type: 'boolean', default: false },
  },
});
const seedsMax = Number(given.seeds);

function faultKindNamed(name: string): FaultKind {
  const kind = allFaultKinds.find((known) => known === name);
  if (kind === undefined) throw new Error(`no kind of fault is called ${name}`);
  return kind;
}

/** A bug that holds everything up is given up by then. */
const huntMsMax = 10 * 60_000;

interface Sent {
  readonly name: string;
  readonly rule: string;
  readonly caught: Catch | undefined;
  readonly tookMs: number;
}

/** Sends a bug to where it must be found; without patches the same ground must find nothing. */
function send({ patches, focus, test }: Canary, seedsMax: number): Promise<Catch | undefined> {
  if (test !== undefined) return askTests(patches, test);
  return playSeeds(patches, [
    ...['--seeds', String(seedsMax)],
    ...(focus === undefined ? [] : ['--focus', focus.join(',')]),
    ...(given['no-sweep'] || patches.length === 0 ? ['--no-sweep'] : []),
  ]);
}

async function playSeeds(
  patches: readonly SourcePatch[],
  options: readonly string[],
): Promise<Catch | undefined> {
  const command = [fileURLToPath(import.meta.url), '--worker', ...options];
  const { code, answer } = await run(patches, process.execPath, command);
  // Held up for good: whatever that is, nobody has said what is broken.
  if (code === undefined) return undefined;
  if (code !== 0) throw new Error(`a hunt ended with ${code}`);
  return (JSON.parse(answer) as { caught?: Catch }).caught;
}

/** What the test runner says of one file. */
interface TestAnswer {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly title: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

async function askTests(patches: readonly SourcePatch[], file: string): Promise<Catch | undefined> {
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'qyzyl-canary-'));
  const said = join(folder, 'said.json');
  const { code } = await run(patches, process.execPath, [
    ...[vitest, 'run', file, '--reporter=json', `--outputFile=${said}`],
  ]);
  const answer = existsSync(said) ? readFileSync(said, 'utf8') : '{}';
  rmSync(folder, { recursive: true });
  if (code === 0) return undefined;
  const { numPassedTests = 0, testResults = [] } = JSON.parse(answer) as Partial<TestAnswer>;
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === 'failed');
  // A file that cannot even be read has found nothing.
  if (failed === undefined || numPassedTests === 0) throw new Error(`${file} could not be run`);
  return { by: `test “${failed.title}”`, saying: failed.failureMessages[0]?.split('\n')[0] ?? '', seeds: 0 };
}

interface Run {
  /** `undefined` when it had to be ended. */
  readonly code: number | undefined;
  readonly answer: string;
}

function run(patches: readonly SourcePatch[], program: string, command: readonly string[]): Promise<Run> {
  const child = spawn(program, command, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...patchEnvironment(patches) },
  });
  let answer = '';
  child.stdout.on('data', (chunk) => {
    answer += String(chunk);
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), huntMsMax);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(deadline);
      resolve({ code: code ?? undefined, answer });
    });
  });
}

async function sendAll(): Promise<number> {
  const startedMs = performance.now();
  const wanted = canaries.filter(({ name }) => name.includes(given.only));
  // Before anything runs: a patch that fits no more is a bug that is not planted.
  for (const { patches } of wanted) patchEnvironment(patches);
  const sent: Sent[] = [];
  await each(wanted, async (canary) => {
    const beganMs = performance.now();
    const caught = await send(canary, seedsMax);
    const tookMs = performance.now() - beganMs;
    sent.push({ ...canary, caught, tookMs });
    const found = caught === undefined ? 'NOT FOUND' : `${caught.by}: ${caught.saying}`;
    console.log(`${canary.name}: ${found} (${seconds(tookMs)} s)`);
  });
  const wolves = await cryWolf(wanted, sent);
  const order = new Map(wanted.map(({ name }, at) => [name, at]));
  sent.sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
  sent.push(...sendToDisk());
  console.log(
    `\n${asTable([
      ['planted bug', 'rule', 'found by', 'seconds'],
      ...sent.map(({ name, rule, caught, tookMs }) => [name, rule, caught?.by ?? 'NOBODY', seconds(tookMs)]),
    ])}`,
  );
  const survivors = sent.filter(({ caught }) => caught === undefined);
  console.log(
    `\n${sent.length} planted, ${survivors.length} not found, ${seconds(performance.now() - startedMs)} s`,
  );
  return survivors.length === 0 && sent.length > 0 && wolves === 0 ? 0 : 1;
}

/** The same grounds without a bug: who complains there has found nothing. Gives how many did. */
async function cryWolf(wanted: readonly Canary[], sent: readonly Sent[]): Promise<number> {
  const grounds = new Map<string, { readonly canary: Canary; readonly seeds: number }>();
  for (const canary of wanted) {
    const ground = canary.test ?? canary.focus?.join(',') ?? '';
    const seeds = sent.find(({ name }) => name === canary.name)?.caught?.seeds ?? 1;
    if (seeds >= (grounds.get(ground)?.seeds ?? 0)) grounds.set(ground, { canary, seeds });
  }
  let wolves = 0;
  await each([...grounds.values()], async ({ canary, seeds }) => {
    const caught = await send({ ...canary, patches: [] }, seeds);
    if (caught === undefined) return;
    wolves += 1;
    console.log(`Nothing planted, and yet ${caught.by}: ${caught.saying}`);
  });
  return wolves;
}

/** As many at a time as there are cores. */
async function each<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const oneAfterTheOther = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, oneAfterTheOther));
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
  const focus = given.focus?.split(',').map(faultKindNamed);
  const caught = await hunt(await productionTerminal(), { seedsMax, focus, thenSweep: !given['no-sweep'] });
  process.stdout.write(JSON.stringify({ caught }));
} else if (Number.isSafeInteger(seedsMax) && seedsMax > 0) {
  process.exitCode = await sendAll();
} else {
  console.error(usage);
  process.exitCode = 2;
}
