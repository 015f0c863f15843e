import { describe, expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import { Disk, type DiskImage, type Leftovers } from './disk.ts';
import type { DiskStep } from './recording.ts';

const root = '/root';
const random = seededRandom(1);

function left(how: Leftovers, ...steps: readonly DiskStep[]): DiskImage {
  const disk = new Disk(root);
  for (const step of steps) disk.take(step);
  return disk.afterPowerCut(how, random);
}

const create = (path: string): DiskStep => ({ kind: 'create', path: `${root}/${path}` });
const sync = (path = ''): DiskStep => ({ kind: 'sync', path: path === '' ? root : `${root}/${path}` });
const write = (path: string, offset: number, text: string): DiskStep => ({
  kind: 'write',
  path: `${root}/${path}`,
  offset,
  data: Buffer.from(text),
});
const textOf = (image: DiskImage, path: string): string | undefined =>
  image.get(`${root}/${path}`)?.toString();

describe('a power cut', () => {
  test('takes what was written since the last sync, and may leave it', () => {
    const steps = [create('a'), sync(), write('a', 0, 'one'), sync('a'), write('a', 3, 'two')];
    expect(textOf(left('dropped', ...steps), 'a')).toBe('one');
    expect(textOf(left('kept', ...steps), 'a')).toBe('onetwo');
  });

  test('takes a file whose name was not synced, however often the file was', () => {
    const steps = [create('a'), write('a', 0, 'one'), sync('a')];
    expect(textOf(left('dropped', ...steps), 'a')).toBeUndefined();
    expect(textOf(left('kept', ...steps), 'a')).toBe('one');
  });

  test('takes a file with the name of its folder', () => {
    const folder: DiskStep = { kind: 'make-folder', path: `${root}/f` };
    const steps = [folder, create('f/a'), write('f/a', 0, 'one'), sync('f/a'), sync('f')];
    expect(textOf(left('dropped', ...steps), 'f/a')).toBeUndefined();
    expect(textOf(left('dropped', ...steps, sync()), 'f/a')).toBe('one');
  });

  test('undoes a deletion and a new name that were not synced', () => {
    const both = [create('a'), write('a', 0, 'one'), sync('a'), sync()];
    expect(textOf(left('dropped', ...both, { kind: 'unlink', path: `${root}/a` }), 'a')).toBe('one');
    const renamed = left('dropped', ...both, { kind: 'rename', path: `${root}/a`, to: `${root}/b` });
    expect([textOf(renamed, 'a'), textOf(renamed, 'b')]).toEqual(['one', undefined]);
  });

  test('tears a write between two sectors, never within one', () => {
    const before = 'x'.repeat(2_048);
    const steps = [create('a'), sync(), write('a', 0, before), sync('a'), write('a', 0, 'y'.repeat(2_048))];
    const seen = new Set<string>();
    for (let draw = 0; draw < 200; draw += 1) {
      const text = textOf(left('torn-512', ...steps), 'a') ?? '';
      expect(text).toMatch(/^(x{512}|y{512}){4}$/);
      seen.add(text);
    }
    expect(seen.size).toBe(16);
  });

  test('cuts a file where it was cut before its sync', () => {
    const steps: readonly DiskStep[] = [
      create('a'),
      sync(),
      write('a', 0, 'one'),
      { kind: 'truncate', path: `${root}/a`, length: 1 },
      write('a', 2, 'z'),
    ];
    expect(textOf(left('kept', ...steps), 'a')).toBe('o\0z');
  });
});
