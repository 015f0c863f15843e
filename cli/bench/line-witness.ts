import { deframe } from '../../hardware/banknote/ccnet/frame.ts';
import type { Link } from '../../hardware/link/link.ts';

export type LineMoment = {
  readonly to: 'device' | 'host';
  readonly payload: Uint8Array;
  readonly atMs: number;
};

/** Tells of every CCNET frame on a line at the moment it passes, before whoever it is for has heard it. */
export function witnessLine(link: Link, onFrame: (moment: LineMoment) => void): Link {
  let rest: Uint8Array = new Uint8Array(0);
  const tell = (to: LineMoment['to'], atMs: number, found: ReturnType<typeof deframe>['found']): void => {
    for (const item of found) if (item.kind === 'frame') onFrame({ to, payload: item.payload, atMs });
  };
  return {
    description: link.description,
    open: async (events) => {
      const connection = await link.open({
        onBytes: (chunk) => {
          const atMs = performance.now();
          const deframed = deframe(rest, chunk);
          rest = deframed.rest;
          tell('host', atMs, deframed.found);
          events.onBytes(chunk);
        },
        onClosed: events.onClosed,
      });
      return {
        write: (bytes) => {
          tell('device', performance.now(), deframe(new Uint8Array(0), bytes).found);
          connection.write(bytes);
        },
        close: () => connection.close(),
      };
    },
  };
}

/** The bytes that matter here: commands of the host, and states that the device answers POLL with. */
export const ccnetCode = { poll: 0x33, stack: 0x35, escrow: 0x80, stacked: 0x81 } as const;
