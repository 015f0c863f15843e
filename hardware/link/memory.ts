import type { Clock } from '../../terminal/ports.ts';
import { type Link, type LinkConnection, LinkError, type LinkEvents } from './link.ts';

/** What hangs on the far end of a line in memory; a simulated device has this shape. */
export interface LineDevice {
  /** Bytes from the host, cut anywhere. */
  receive(bytes: Uint8Array): void;
  /** Where the device's bytes go from now on; `undefined` when nobody is connected. */
  connect(send: ((bytes: Uint8Array) => void) | undefined): void;
}

export interface MemoryLine {
  readonly link: Link;
  /** Pulls the cable: the open connection ends, and the line cannot be opened until it is plugged in again. */
  unplug(): void;
  plug(): void;
}

/** How long a chunk travels. Never 0, so that no side is called back from inside its own call. */
const travelMs = 1;

/** A line without hardware: whole chunks, in order, each arriving a moment later by the given clock. */
export function memoryLine(device: LineDevice, clock: Clock): MemoryLine {
  let plugged = true;
  let current: OpenLine | undefined;
  return {
    link: {
      description: 'memory',
      open: (events) => {
        if (!plugged) return Promise.reject(new LinkError('not-found', 'memory: unplugged'));
        if (current !== undefined) return Promise.reject(new LinkError('busy', 'memory: already open'));
        const line = openLine(device, clock, events, () => {
          current = undefined;
        });
        current = line;
        return Promise.resolve(line.connection);
      },
    },
    unplug: () => {
      plugged = false;
      current?.end('unplugged');
    },
    plug: () => {
      plugged = true;
    },
  };
}

interface OpenLine {
  readonly connection: LinkConnection;
  end(reason: string): void;
}

function openLine(device: LineDevice, clock: Clock, events: LinkEvents, onEnd: () => void): OpenLine {
  let open = true;
  const release = (): void => {
    open = false;
    device.connect(undefined);
    onEnd();
  };
  // A chunk that is on its way when the line ends is lost, as on a cable.
  const travel = (arrive: (bytes: Uint8Array) => void, bytes: Uint8Array): void => {
    if (!open) return;
    const copy = bytes.slice();
    clock.setTimer(travelMs, () => {
      if (open) arrive(copy);
    });
  };
  device.connect((bytes) => travel(events.onBytes, bytes));
  return {
    connection: {
      write: (bytes) => travel((arrived) => device.receive(arrived), bytes),
      close: () => {
        if (open) release();
        return Promise.resolve();
      },
    },
    end: (reason) => {
      if (!open) return;
      release();
      events.onClosed(reason);
    },
  };
}
