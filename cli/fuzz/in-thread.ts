import { Worker } from 'node:worker_threads';
import type { FuzzResult } from '../../tests/fuzz/run.ts';
import type { FuzzTask } from './worker.ts';

/** An input that has not been read by then never will be. */
const hangMs = 60_000;
const lookEveryMs = 1_000;
/** Bounded memory: a decoder that needs more has no bound. */
const heapMbMax = 512;

/** Fires a target's inputs in a thread of its own, and ends it when it hangs or eats too much. */
export function fuzzInThread(task: Omit<FuzzTask, 'progress'>): Promise<FuzzResult> {
  const progress = new SharedArrayBuffer(8);
  const reached = new BigInt64Array(progress);
  const startedMs = performance.now();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { ...task, progress } satisfies FuzzTask,
    resourceLimits: { maxOldGenerationSizeMb: heapMbMax },
  });
  const failedAt = (why: string): FuzzResult => {
    const index = Number(reached[0]);
    const tookMs = performance.now() - startedMs;
    const failure = { index, why, input: undefined };
    return {
      inputs: index - task.from,
      taken: 0,
      tookMs,
      slowestMs: tookMs,
      retainedBytes: undefined,
      failure,
    };
  };
  return new Promise((resolve) => {
    const watch = watchProgress(reached, () => {
      void worker.terminate();
      resolve(failedAt(`not read within ${hangMs / 1_000} s`));
    });
    worker.once('message', resolve);
    worker.once('error', (error) => resolve(failedAt(`${error.name}: ${error.message}`)));
    worker.once('exit', () => clearInterval(watch));
  });
}

function watchProgress(reached: BigInt64Array, onHang: () => void): NodeJS.Timeout {
  let last = { index: reached[0], atMs: performance.now() };
  return setInterval(() => {
    const nowMs = performance.now();
    if (reached[0] !== last.index) last = { index: reached[0], atMs: nowMs };
    else if (nowMs - last.atMs > hangMs) onHang();
  }, lookEveryMs);
}
