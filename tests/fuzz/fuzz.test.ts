import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inputOf } from './input.ts';
import { bytesOfKept, type KeptInput, keptInputsFile } from './kept-inputs.ts';
import { failureAt, fuzz } from './run.ts';
import { type Decoder, promise } from './target.ts';
import { fuzzTargets } from './targets.ts';

/* A short slice of `npm run fuzz`, the same inputs at every run, and every input that has failed before. */

const inputsPerShare = 200;
const inputsMin = 200;

describe('whatever comes in', () => {
  test.each(fuzzTargets.map((target) => [target.name, target] as const))('%s', async (_, target) => {
    const count = Math.max(inputsMin, Math.ceil(target.share * inputsPerShare));
    const { failure, inputs, taken } = await fuzz(await target.open(), { seed: 1, from: 0, count });
    expect(failure).toBeUndefined();
    expect(inputs).toBe(count);
    // An attack on the front door alone is none: some inputs must get inside.
    expect(taken).toBeGreaterThan(0);
  });
});

const kept = JSON.parse(readFileSync(keptInputsFile, 'utf8')) as readonly KeptInput[];

test.each(kept.map((input) => [`${input.target}: ${input.did}`, input] as const))(
  'no longer: %s',
  async (_, input) => {
    const target = fuzzTargets.find(({ name }) => name === input.target);
    expect(target).toBeDefined();
    expect(await failureAt((await target?.open()) as Decoder, bytesOfKept(input))).toBeUndefined();
  },
);

describe('the attack itself', () => {
  const samples = [new TextEncoder().encode('{"kind":"press","value":"7"}')];

  test('finds a decoder that stumbles, and shortens what it stumbled over', async () => {
    const stumbles: Decoder = {
      shape: 'bytes',
      samples,
      read: (input) => {
        promise(!(input.includes(0x7b) && input.includes(0x00)), 'a brace and a zero');
        return 'taken';
      },
    };
    const { failure } = await fuzz(stumbles, { seed: 1, from: 0, count: 5_000 });
    expect(failure?.why).toBe('BrokenPromise: a brace and a zero');
    expect([...(failure?.input ?? [])].sort((a, b) => a - b)).toEqual([0x00, 0x7b]);
    const again = await fuzz(stumbles, { seed: 1, from: failure?.index ?? 0, count: 1 });
    expect(again.failure).toEqual(failure);
  });

  test('takes an error for a failure only if nobody announced it', async () => {
    const throws = (mayThrow: boolean): Decoder => ({
      shape: 'json',
      samples,
      mayThrow: () => mayThrow,
      read: () => {
        throw new RangeError('no');
      },
    });
    expect((await fuzz(throws(true), { seed: 1, from: 0, count: 10 })).failure).toBeUndefined();
    expect((await fuzz(throws(false), { seed: 1, from: 0, count: 10 })).failure?.why).toBe('RangeError: no');
  });

  test('notices what stays behind in memory', async () => {
    let bytes = 0;
    const grows: Decoder = { shape: 'json', samples, read: () => 'taken' };
    const memoryInUse = (): number => {
      bytes += 20 * 2 ** 20;
      return bytes;
    };
    const { failure } = await fuzz(grows, { seed: 1, from: 0, count: 10, memoryInUse });
    expect(failure?.why).toBe('20.0 MiB stayed behind');
  });

  test('gives the same input for the same seed and number, and hardly two alike', () => {
    const decoder: Decoder = { shape: 'json', samples, read: () => 'taken' };
    const inputs = Array.from({ length: 500 }, (_, at) => Buffer.from(inputOf(decoder, 7, at)).toString());
    expect(inputs).toEqual(inputs.map((_, at) => Buffer.from(inputOf(decoder, 7, at)).toString()));
    expect(new Set(inputs).size).toBeGreaterThan(300);
  });
});
