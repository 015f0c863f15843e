import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { fuzz } from '../../tests/fuzz/run.ts';
import { fuzzTargets } from '../../tests/fuzz/targets.ts';

/* One target in a thread of its own, so that a decoder that never ends, or eats all memory, ends alone. */

export interface FuzzTask {
  readonly name: string;
  readonly seed: number;
  readonly from: number;
  readonly count: number;
  /** One 64-bit place: the number of the input that is being read. */
  readonly progress: SharedArrayBuffer;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const { name, seed, from, count, progress } = workerData as FuzzTask;
const reached = new BigInt64Array(progress);
const target = fuzzTargets.find((candidate) => candidate.name === name);
if (target === undefined) throw new Error(`no target is named ${name}`);

const result = await fuzz(await target.open(), {
  seed,
  from,
  count,
  onInput: (index) => {
    reached[0] = BigInt(index);
  },
  memoryInUse: () => {
    // The second time frees what the first one found to be of no use outside the heap.
    collectGarbage();
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
});
parentPort?.postMessage(result);
