import { useEffect, useState } from 'react';

const tickMs = 250;

/** Counts down from what the terminal said, as `m:ss`; the terminal alone decides when it is over. */
export function useTimeLeft(leftMs: number | undefined): string | undefined {
  const seconds = useSecondsLeft(leftMs);
  if (seconds === undefined || seconds === 0) return undefined;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function useSecondsLeft(leftMs: number | undefined): number | undefined {
  const [count, setCount] = useState(() => countFrom(leftMs));
  const [nowMs, setNowMs] = useState(count.startedAtMs);
  // A time told again begins anew.
  if (count.leftMs !== leftMs) setCount(countFrom(leftMs));
  useEffect(() => {
    if (leftMs === undefined) return;
    const ticking = setInterval(() => setNowMs(performance.now()), tickMs);
    return () => clearInterval(ticking);
  }, [leftMs]);
  if (count.leftMs === undefined) return undefined;
  return Math.max(
    0,
    Math.ceil((count.startedAtMs + count.leftMs - Math.max(nowMs, count.startedAtMs)) / 1_000),
  );
}

function countFrom(leftMs: number | undefined) {
  return { leftMs, startedAtMs: performance.now() };
}
