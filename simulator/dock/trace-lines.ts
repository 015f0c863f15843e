import type { PassedBytes } from '../traced-device.ts';
import { dockLimits, type TraceLine } from './contract.ts';
import type { WireWords } from './wire-words.ts';

/*
 * A polled line says the same thing five times a second. What repeats is told once, with how often, so that the few
 * lines that mean something stay in sight.
 */

export interface TraceLines {
  add(passed: PassedBytes): void;
  /** Oldest first. */
  lines(): TraceLine[];
}

/** The longest exchange that is noticed to repeat: a printer is asked four questions in a row. */
const cycleLinesMax = 10;

export function createTraceLines(words: WireWords): TraceLines {
  let lines: TraceLine[] = [];
  let seen = 0;
  return {
    add: (passed) => {
      const { from, hex, count } = passed;
      seen += 1;
      lines.push({ id: seen, from, hex, words: words(passed), count, times: 1 });
      for (let length = 1; length <= cycleLinesMax; length += 1) {
        if (repeatsItself(lines, length)) {
          lines = folded(lines, length);
          break;
        }
      }
      lines = lines.slice(-dockLimits.traceLinesMax);
    },
    lines: () => lines.slice(0, lines.length - unfinishedRepeat(lines)),
  };
}

/** Whether the last `length` lines say what the `length` before them said. */
function repeatsItself(lines: readonly TraceLine[], length: number): boolean {
  const latest = lines.slice(-length);
  const before = lines.slice(-2 * length, -length);
  const times = before[0]?.times;
  return (
    before.length === length &&
    before.every((line) => line.times === times) &&
    before.every((line, index) => isSame(line, latest[index]))
  );
}

function folded(lines: readonly TraceLine[], length: number): TraceLine[] {
  const kept = lines.slice(0, -length);
  return kept.map((line, index) =>
    index < kept.length - length ? line : { ...line, times: line.times + 1 },
  );
}

/** How many lines at the end begin an exchange that has repeated before, and will most likely be folded into it. */
function unfinishedRepeat(lines: readonly TraceLine[]): number {
  for (let length = Math.min(cycleLinesMax, lines.length) - 1; length > 0; length -= 1) {
    const start = lines.length - length;
    const tail = lines.slice(start);
    if (!tail.every((line) => line.times === 1)) continue;
    for (let cycle = length + 1; cycle <= cycleLinesMax && cycle <= start; cycle += 1) {
      const before = lines.slice(start - cycle, start);
      const hasRepeated = before.every((line) => line.times > 1 && line.times === before[0]?.times);
      if (hasRepeated && tail.every((line, index) => isSame(line, before[index]))) return length;
    }
  }
  return 0;
}

function isSame(a: TraceLine, b: TraceLine | undefined): boolean {
  return a.from === b?.from && a.hex === b.hex && a.count === b.count;
}
