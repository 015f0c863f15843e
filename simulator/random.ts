import type { Random } from '../terminal/ports.ts';

/** Chance that repeats: xorshift128 (Marsaglia 2003) seeded through splitmix32. Not for secrets. */
export function seededRandom(seed: number): Random {
  let mix = seed >>> 0;
  const nextSeed = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let word = mix;
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
  let [x, y, z, w] = [nextSeed(), nextSeed(), nextSeed(), nextSeed() | 1];
  const nextWord = (): number => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = (w ^ (w >>> 19) ^ t ^ (t >>> 8)) >>> 0;
    return w;
  };
  return {
    nextInt: (below) => Math.floor((nextWord() / 0x1_0000_0000) * below),
  };
}
