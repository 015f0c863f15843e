import type { Random } from '../../terminal/ports.ts';

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random.nextInt(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
