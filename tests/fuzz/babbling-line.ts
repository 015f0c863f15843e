import { readFileSync } from 'node:fs';
import type { Link } from '../../hardware/link/link.ts';
import type { Clock } from '../../terminal/ports.ts';

/* A line on which a device says whatever an input holds, and what real ones say. */

/** Long enough for what a driver waits for after a line has gone wrong. */
export const driverMs = 4_000;
const chunkBytesMax = 24;

/** A line on which every write of the host is answered with the next piece of the input. */
export function babblingLink(input: Uint8Array, clock: Clock): Link {
  let at = 0;
  return {
    description: 'babble',
    open: ({ onBytes }) =>
      Promise.resolve({
        write: () => {
          const piece = input.subarray(at, at + 1 + (at % chunkBytesMax));
          at += piece.length;
          if (piece.length > 0) clock.setTimer(5, () => onBytes(piece));
        },
        close: () => Promise.resolve(),
      }),
  };
}

/** The frames of a device's documents. */
export function vectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'));
}
