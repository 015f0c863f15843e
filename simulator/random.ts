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

export function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[random.nextInt(items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

/** Chance of its own for everything that has a name: a new kind of fault changes no other one of the same seed. */
export function streamOf(seed: number, name: string): Random {
  let hash = seed ^ 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return seededRandom(hash);
}
