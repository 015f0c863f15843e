import type { Clock } from '../terminal/ports.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monoMs: () => Number(process.hrtime.bigint() / 1000n) / 1000,
  setTimer: (delayMs, onTime) => {
    const timeout = setTimeout(onTime, delayMs);
    return { cancel: () => clearTimeout(timeout) };
  },
};
