import { readFileSync, writeFileSync } from 'node:fs';
import { type KeptInput, keptInput, keptInputsFile } from '../tests/fuzz/kept-inputs.ts';
import type { FuzzFailure, FuzzResult } from '../tests/fuzz/run.ts';
import type { FuzzTarget } from '../tests/fuzz/target.ts';
import { fuzzTargets } from '../tests/fuzz/targets.ts';
import { grouped } from './bench/statistics.ts';
import { fuzzInThread } from './fuzz/in-thread.ts';
import { readOptions } from './options.ts';
import { asTable } from './table.ts';

/*
 * Fires random and bent inputs at everything that reads what others wrote. A run repeats from its seed; an input that
 * fails is made short, printed with the command that repeats it, and kept: from then on `npm test` reads it too.
 */

const usage = `Usage:
  npm run fuzz -- [--inputs N] [--seed S] [--target NAME] [--from N]
  targets: ${fuzzTargets.map(({ name }) => name).join(', ')}`;

const { values: options } = readOptions(usage, {
  options: {
    inputs: { type: 'string', default: '10000000' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string' },
    /** The number of the first input: with `--target` and `--inputs 1` one input is repeated. */
    from: { type: 'string', default: '0' },
  },
});

const [inputs, seed, from] = [options.inputs, options.seed, options.from].map(Number);
const targets = fuzzTargets.filter(({ name }) => options.target === undefined || options.target === name);
if (!isCount(inputs) || !isCount(seed) || !isCount(from) || targets.length === 0) {
  console.error(usage);
  process.exit(2);
}

const shares = targets.reduce((sum, { share }) => sum + share, 0);
const startedMs = performance.now();
const lines: string[][] = [];
let [fired, failures] = [0, 0];
for (const target of targets) {
  const count = Math.ceil((inputs * target.share) / shares);
  const result = await fuzzInThread({ name: target.name, seed, from, count });
  lines.push(asLine(target, result));
  fired += result.inputs;
  if (result.failure === undefined) continue;
  failures += 1;
  tell(target, result.failure, seed);
}
const head = ['target', 'inputs', 'inputs/s', 'taken', 'slowest', 'memory kept', 'failure'];
console.log(asTable([head, ...lines]));
const tookS = (performance.now() - startedMs) / 1_000;
console.log(`\n${grouped(fired)} inputs, seed ${seed}, ${failures} failures, ${tookS.toFixed(0)} s`);
process.exitCode = failures === 0 ? 0 : 1;

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0;
}

function asLine({ name }: FuzzTarget, result: FuzzResult): string[] {
  const { inputs: count, taken, tookMs, slowestMs, retainedBytes, failure } = result;
  return [
    name,
    grouped(count),
    grouped((count * 1_000) / tookMs),
    `${((100 * taken) / Math.max(1, count)).toFixed(0)} %`,
    `${slowestMs.toFixed(1)} ms`,
    retainedBytes === undefined ? '' : `${Math.max(0, retainedBytes / 2 ** 20).toFixed(1)} MiB`,
    failure === undefined ? '' : 'YES',
  ];
}

function tell({ name }: FuzzTarget, { index, why, input }: FuzzFailure, usedSeed: number): void {
  console.log(`${name}: ${why}`);
  console.log(`  again: npm run fuzz -- --target ${name} --seed ${usedSeed} --from ${index} --inputs 1`);
  if (input === undefined) return;
  const kept = keptInput(name, why, input);
  console.log(
    `  input: ${JSON.stringify(kept.text ?? kept.hex)}${kept.times === undefined ? '' : `, ${kept.times} times`}`,
  );
  const all = JSON.parse(readFileSync(keptInputsFile, 'utf8')) as KeptInput[];
  if (all.some((one) => one.target === name && one.text === kept.text && one.hex === kept.hex)) return;
  writeFileSync(keptInputsFile, `${JSON.stringify([...all, kept], null, 2)}\n`);
  console.log('  kept in tests/vectors/fuzz.json\n');
}
