import { inputOf } from './input.ts';
import { minimise } from './minimise.ts';
import type { Decoder, Reading } from './target.ts';

/** No input may keep a terminal's thread busy for longer: time on a core, whatever else the machine does. */
const inputMsMax = 250;
/** A collection of garbage that is due anyway makes an input look slow once, not so many times. */
const slowTries = 3;
/** What may stay behind after the first inputs have warmed everything up. */
const retainedBytesMax = 8 * 2 ** 20;
/** This part of the inputs counts as warming up. */
const warmUpShare = 0.2;

export interface FuzzOptions {
  readonly seed: number;
  /** The number of the first input. */
  readonly from: number;
  readonly count: number;
  /** Told before each input; a watcher outside sees by it where a run hangs. */
  readonly onInput?: (index: number) => void;
  /** Collects all garbage and tells what is in use, bytes. Without it memory is not judged. */
  readonly memoryInUse?: () => number;
}

export interface FuzzResult {
  readonly inputs: number;
  readonly taken: number;
  readonly tookMs: number;
  readonly slowestMs: number;
  readonly retainedBytes: number | undefined;
  readonly failure: FuzzFailure | undefined;
}

export interface FuzzFailure {
  /** The number of the input that failed. */
  readonly index: number;
  readonly why: string;
  /** Made as short as it goes; absent where no single input is to blame. */
  readonly input: Uint8Array | undefined;
}

/** Fires inputs at a decoder until one fails or all are through. */
export async function fuzz(decoder: Decoder, options: FuzzOptions): Promise<FuzzResult> {
  const { seed, from, count, onInput, memoryInUse } = options;
  const startedMs = performance.now();
  const warmUntil = from + Math.floor(count * warmUpShare);
  let warmBytes: number | undefined;
  let [taken, slowestMs, index] = [0, 0, from];
  let failure: FuzzFailure | undefined;
  for (; index < from + count && failure === undefined; index += 1) {
    if (index === warmUntil) warmBytes = memoryInUse?.();
    onInput?.(index);
    const input = inputOf(decoder, seed, index);
    const shot = await shoot(decoder, input);
    slowestMs = Math.max(slowestMs, shot.tookMs);
    if (shot.reading === 'taken') taken += 1;
    const why = shot.tookMs > inputMsMax ? (shot.why ?? (await slowness(decoder, input))) : shot.why;
    if (why !== undefined) failure = await reduced(decoder, { index, why, input });
  }
  const retainedBytes =
    memoryInUse === undefined || warmBytes === undefined ? undefined : memoryInUse() - warmBytes;
  if (failure === undefined && retainedBytes !== undefined && retainedBytes > retainedBytesMax) {
    const why = `${(retainedBytes / 2 ** 20).toFixed(1)} MiB stayed behind`;
    failure = { index: index - 1, why, input: undefined };
  }
  return {
    inputs: index - from,
    taken,
    tookMs: performance.now() - startedMs,
    slowestMs,
    retainedBytes,
    failure,
  };
}

/** Why a decoder fails at this input; nothing if it does not. */
export async function failureAt(decoder: Decoder, input: Uint8Array): Promise<string | undefined> {
  const { why, tookMs } = await shoot(decoder, input);
  return why === undefined && tookMs > inputMsMax ? slowness(decoder, input) : why;
}

interface Shot {
  readonly tookMs: number;
  readonly reading: Reading;
  /** Why this is a failure. */
  readonly why?: string;
}

async function shoot(decoder: Decoder, input: Uint8Array): Promise<Shot> {
  const startedMs = performance.now();
  try {
    const result = decoder.read(input);
    // A decoder that does not wait is not waited for: millions of them are read.
    const reading = typeof result === 'string' ? result : await result;
    return { reading, tookMs: performance.now() - startedMs };
  } catch (error) {
    const tookMs = performance.now() - startedMs;
    if (decoder.mayThrow?.(error) === true) return { reading: 'refused', tookMs };
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { reading: 'refused', tookMs, why };
  }
}

/** Looks again at an input that seemed slow: only its own time on a core counts. */
async function slowness(decoder: Decoder, input: Uint8Array): Promise<string | undefined> {
  let quickestMs = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < slowTries && quickestMs > inputMsMax; tries += 1) {
    const started = process.threadCpuUsage();
    await shoot(decoder, input);
    const { user, system } = process.threadCpuUsage(started);
    quickestMs = Math.min(quickestMs, (user + system) / 1_000);
  }
  return quickestMs > inputMsMax ? `takes ${quickestMs.toFixed(0)} ms` : undefined;
}

async function reduced(
  decoder: Decoder,
  failure: Required<FuzzFailure> & { readonly input: Uint8Array },
): Promise<FuzzFailure> {
  const kind = kindOf(failure.why);
  const input = await minimise(failure.input, async (shorter) => {
    const why = await failureAt(decoder, shorter);
    return why !== undefined && kindOf(why) === kind;
  });
  return { ...failure, why: (await failureAt(decoder, input)) ?? failure.why, input };
}

/** Two failures of one kind differ in their numbers and quotations only. */
function kindOf(why: string): string {
  return why.replaceAll(/\d+|"[^"]*"/g, '…');
}
