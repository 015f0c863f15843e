import type { Clock } from '../../terminal/ports.ts';
import type { Link, LinkConnection, LinkEvents } from './link.ts';

/** One thing that happened on a line, as a recorder keeps it. */
export type TapRecord =
  | { readonly kind: 'opened'; readonly monoMs: number }
  | { readonly kind: 'to-device'; readonly monoMs: number; readonly bytes: Uint8Array }
  | { readonly kind: 'from-device'; readonly monoMs: number; readonly bytes: Uint8Array }
  | { readonly kind: 'closed'; readonly monoMs: number; readonly reason: string };

/** The same line, with every byte told to `sink` together with its time and direction. */
export function tapLink(link: Link, clock: Clock, sink: (record: TapRecord) => void): Link {
  return {
    description: link.description,
    open: async (events) => {
      const connection = await link.open({
        onBytes: (bytes) => {
          sink({ kind: 'from-device', monoMs: clock.monoMs(), bytes: bytes.slice() });
          events.onBytes(bytes);
        },
        onClosed: (reason) => {
          sink({ kind: 'closed', monoMs: clock.monoMs(), reason });
          events.onClosed(reason);
        },
      });
      sink({ kind: 'opened', monoMs: clock.monoMs() });
      return {
        write: (bytes) => {
          sink({ kind: 'to-device', monoMs: clock.monoMs(), bytes: bytes.slice() });
          connection.write(bytes);
        },
        close: async () => {
          sink({ kind: 'closed', monoMs: clock.monoMs(), reason: 'the host closed the line' });
          await connection.close();
        },
      };
    },
  };
}

/** `   12.345 > 02 03 06 33 DA 81`: seconds, `>` to the device, `<` from it, `+` opened, `-` closed and why. */
export function formatTapRecord(record: TapRecord): string {
  const time = (record.monoMs / 1_000).toFixed(3).padStart(10);
  switch (record.kind) {
    case 'opened':
      return `${time} +`;
    case 'to-device':
      return `${time} > ${formatHex(record.bytes)}`;
    case 'from-device':
      return `${time} < ${formatHex(record.bytes)}`;
    case 'closed':
      return `${time} - ${record.reason}`;
  }
}

/** A text is not what {@link formatTapRecord} writes. */
export class TraceError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TraceError';
  }
}

/** Reads what {@link formatTapRecord} wrote, and throws a {@link TraceError} at anything else; lines that are empty or start with `#` are skipped. */
export function parseTrace(text: string): readonly TapRecord[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map(parseTapRecord);
}

function parseTapRecord(line: string): TapRecord {
  const match = /^\s*(\d+(?:\.\d+)?) ([+><-]) ?(.*)$/.exec(line);
  if (match === null) throw new TraceError(`not a line of a trace: ${line}`);
  const [, seconds, mark, rest] = match;
  const monoMs = Math.round(Number(seconds) * 1_000);
  switch (mark) {
    case '+':
      return { kind: 'opened', monoMs };
    case '>':
      return { kind: 'to-device', monoMs, bytes: parseHex(rest ?? '') };
    case '<':
      return { kind: 'from-device', monoMs, bytes: parseHex(rest ?? '') };
    default:
      return { kind: 'closed', monoMs, reason: rest ?? '' };
  }
}

export function formatHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}

export function parseHex(text: string): Uint8Array {
  const pairs = text.trim() === '' ? [] : text.trim().split(/\s+/);
  return Uint8Array.from(pairs, (pair) => {
    if (!/^[0-9A-Fa-f]{2}$/.test(pair)) throw new TraceError(`not a byte in hex: ${pair}`);
    return Number.parseInt(pair, 16);
  });
}

/**
 * Plays the device's side of a recorded trace. Each of the device's chunks is delivered once the host has written
 * all that it had written before that chunk when it was recorded, after the same delay; a host that writes anything
 * else sees the line end with the place named.
 */
export function replayLink(trace: readonly TapRecord[], clock: Clock): Link {
  return {
    description: 'replay',
    open: (events) => Promise.resolve(replay(bytesOf(trace), clock, events)),
  };
}

type BytesRecord = Extract<TapRecord, { readonly bytes: Uint8Array }>;

function bytesOf(trace: readonly TapRecord[]): readonly BytesRecord[] {
  return trace.filter((record) => record.kind === 'to-device' || record.kind === 'from-device');
}

function replay(trace: readonly BytesRecord[], clock: Clock, events: LinkEvents): LinkConnection {
  let open = true;
  let next = 0;
  let delivering = false;
  /** What the host wrote and the trace has not come to yet: a host may be a little ahead, and cut its chunks anew. */
  let ahead: readonly number[] = [];
  const end = (reason: string): void => {
    open = false;
    events.onClosed(reason);
  };
  const deliver = (record: BytesRecord): void => {
    const before = trace[next - 1];
    delivering = true;
    clock.setTimer(before === undefined ? 0 : record.monoMs - before.monoMs, () => {
      if (!open) return;
      delivering = false;
      next += 1;
      events.onBytes(record.bytes);
      playOn();
    });
  };
  const playOn = (): void => {
    while (open && !delivering) {
      const record = trace[next];
      if (record === undefined) return;
      if (record.kind === 'from-device') {
        deliver(record);
        return;
      }
      const at = record.bytes.findIndex((byte, index) => index < ahead.length && byte !== ahead[index]);
      if (at >= 0) {
        const second = (record.monoMs / 1_000).toFixed(3);
        end(
          `the host differs from the trace at ${second} s, byte ${at}: ${formatHex(Uint8Array.from(ahead))}`,
        );
        return;
      }
      if (ahead.length < record.bytes.length) return;
      ahead = ahead.slice(record.bytes.length);
      next += 1;
    }
  };
  playOn();
  return {
    write: (bytes) => {
      ahead = [...ahead, ...bytes];
      playOn();
    },
    close: () => {
      open = false;
      return Promise.resolve();
    },
  };
}
