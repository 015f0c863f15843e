import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Clock } from '../../terminal/ports.ts';

/*
 * The wall clock of a simulated world that can run ahead of the machine's. A running terminal cannot be hurried: its
 * devices answer in real time. But a terminal that was switched off finds, like any other, that it is later than it was.
 */

export interface WorldClock extends Clock {
  aheadMs(): number;
  runAhead(byMs: number): void;
}

/** `file` remembers how far ahead it is: a ledger does not want to be older than its last row. */
export function openWorldClock(real: Clock, file: string): WorldClock {
  let aheadMs = existsSync(file) ? readAheadMs(file) : 0;
  return {
    wallMs: () => real.wallMs() + aheadMs,
    monoMs: () => real.monoMs(),
    setTimer: (delayMs, onTime) => real.setTimer(delayMs, onTime),
    aheadMs: () => aheadMs,
    runAhead: (byMs) => {
      aheadMs += byMs;
      writeFileSync(file, `${aheadMs}\n`);
    },
  };
}

function readAheadMs(file: string): number {
  const aheadMs = Number(readFileSync(file, 'utf8'));
  if (!Number.isSafeInteger(aheadMs) || aheadMs < 0) throw new Error(`${file} does not hold milliseconds`);
  return aheadMs;
}
