import { seededRandom } from '../../simulator/random.ts';
import { bentBytes, inputBytesMax, noise } from './mutate-bytes.ts';
import { bentJson } from './mutate-json.ts';
import type { Decoder } from './target.ts';

/** The input with that number: the same seed and number give the same bytes on every machine. */
export function inputOf(decoder: Decoder, seed: number, index: number): Uint8Array {
  const random = seededRandom((Math.imul(seed, 0x9e37_79b1) ^ Math.imul(index + 1, 0x85eb_ca6b)) >>> 0);
  if (decoder.shape === 'json') return bentJson(decoder.samples, random);
  const { dress } = decoder;
  if (dress === undefined || random.nextInt(3) === 0) return bentBytes(decoder.samples, random);
  const parts: Uint8Array[] = [];
  for (let count = 1 + random.nextInt(4); count > 0; count -= 1) {
    const isWhole = random.nextInt(4) > 0;
    parts.push(isWhole ? dress(noise(random).subarray(0, 100)) : bentBytes(decoder.samples, random));
  }
  return Uint8Array.from(Buffer.concat(parts)).subarray(0, inputBytesMax);
}
