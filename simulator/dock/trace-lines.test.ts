import { describe, expect, test } from 'vitest';
import type { PassedBytes } from '../traced-device.ts';
import { createTraceLines } from './trace-lines.ts';

/** `>33 <14 >00`: to the device, from it, to it. */
function told(text: string): readonly string[] {
  const trace = createTraceLines(() => '');
  for (const word of text.split(' ').filter(Boolean)) trace.add(passed(word));
  return trace.lines().map(({ from, hex, times }) => {
    const arrow = from === 'host' ? '>' : '<';
    return times === 1 ? `${arrow}${hex}` : `${arrow}${hex}×${times}`;
  });
}

function passed(word: string): PassedBytes {
  return { kind: 'bytes', from: word.startsWith('>') ? 'host' : 'device', count: 1, hex: word.slice(1) };
}

describe('a trace', () => {
  test('tells what passes, in order', () => {
    expect(told('>30 <00 >33 <13')).toEqual(['>30', '<00', '>33', '<13']);
  });

  test('tells a poll that repeats once, with how often', () => {
    expect(told('>33 <14 >00 >33 <14 >00 >33 <14 >00')).toEqual(['>33×3', '<14×3', '>00×3']);
  });

  test('keeps quiet about the beginning of the next repetition', () => {
    const polled = '>33 <14 >00 >33 <14 >00 ';
    expect(told(`${polled}>33`)).toEqual(['>33×2', '<14×2', '>00×2']);
    expect(told(`${polled}>33 <14`)).toEqual(['>33×2', '<14×2', '>00×2']);
  });

  test('tells it as soon as it turns out to be another', () => {
    const polled = '>33 <14 >00 >33 <14 >00 ';
    expect(told(`${polled}>33 <15 >00`)).toEqual(['>33×2', '<14×2', '>00×2', '>33', '<15', '>00']);
  });

  test('folds only exchanges that have repeated as a whole', () => {
    expect(told('>33 >33 <14 >33 <14')).toEqual(['>33×2', '<14', '>33', '<14']);
  });

  test('takes bytes that are only as long, or only the other way, for others', () => {
    expect(told('>33 <33 >33')).toEqual(['>33', '<33', '>33']);
    const trace = createTraceLines(() => '');
    trace.add({ ...passed('>33'), count: 40 });
    trace.add({ ...passed('>33'), count: 41 });
    expect(trace.lines().map(({ times }) => times)).toEqual([1, 1]);
  });

  test('keeps a bounded number of lines, the latest', () => {
    const many = Array.from({ length: 500 }, (_, index) => `>${index}`);
    const lines = told(many.join(' '));
    expect(lines.length).toBe(80);
    expect(lines.at(-1)).toBe('>499');
  });
});
