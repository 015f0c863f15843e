import { read, realpathSync } from 'node:fs';
import { promisify } from 'node:util';
import { unixRead } from '@serialport/bindings-cpp/dist/unix-read.js';
import { SerialPort } from 'serialport';
import { type Link, type LinkConnection, LinkError, type LinkErrorCode, type LinkEvents } from './link.ts';

/** The line settings of one protocol: data beside the protocol, handed to the serial library as they stand. */
export interface SerialSettings {
  readonly baudRate: number;
  readonly dataBits: 5 | 6 | 7 | 8;
  readonly parity: 'none' | 'even' | 'odd';
  readonly stopBits: 1 | 2;
  readonly flowControl: 'none' | 'rts-cts';
  /** Levels held while the line is open. */
  readonly dtr: boolean;
  readonly rts: boolean;
}

/** More than this unsent means that nobody drains the line; a slip with a picture stays well below. */
const unsentBytesMax = 4 * 1024 * 1024;

/**
 * A serial port under an exclusive lock. Each `open` makes a fresh port, so a line that was unplugged can be opened
 * again under the same path.
 */
export function serialLink(path: string, settings: SerialSettings): Link {
  return {
    description: `serial ${path} ${describeSettings(settings)}`,
    open: (events) => openSerial(path, settings, events),
  };
}

function describeSettings(settings: SerialSettings): string {
  const flow = settings.flowControl === 'none' ? '' : ` ${settings.flowControl}`;
  const parity = settings.parity.charAt(0).toUpperCase();
  return `${settings.baudRate} ${settings.dataBits}${parity}${settings.stopBits}${flow}`;
}

async function openSerial(
  path: string,
  settings: SerialSettings,
  events: LinkEvents,
): Promise<LinkConnection> {
  const port = new SerialPort({
    path,
    baudRate: settings.baudRate,
    dataBits: settings.dataBits,
    parity: settings.parity,
    stopBits: settings.stopBits,
    rtscts: settings.flowControl === 'rts-cts',
    xon: false,
    xoff: false,
    lock: true,
    autoOpen: false,
  });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error === null ? resolve() : reject(openError(path, error))));
  });
  endWhenHungUp(port);
  try {
    await setControlLines(port, path, settings);
  } catch (error) {
    await closePort(port);
    throw error;
  }
  return connectPort(port, events);
}

const readOnce = promisify(read);

/**
 * A line that is hung up (its adapter was pulled, or the far end of a pseudo-terminal is gone) reads as empty for
 * ever. When that happens between two polls of the port, the library takes the empty read for "nothing yet" and asks
 * again without a pause and without an end. A port that only has nothing to say answers EAGAIN, so an empty read is
 * the end. Windows reports a pulled port by an error of its own.
 */
function endWhenHungUp({ port: binding }: SerialPort): void {
  if (binding === undefined || !('poller' in binding)) return;
  const readOrEnd: typeof readOnce = async (...args: Parameters<typeof readOnce>) => {
    const result = await readOnce(...args);
    if (result.bytesRead === 0) throw new Error('the line was hung up');
    return result;
  };
  binding.read = (buffer, offset, length) =>
    unixRead({ binding, buffer, offset, length, fsReadAsync: readOrEnd });
}

/** A pseudo-terminal has no control lines and says so; on a real port the same failure means a wrong port. */
async function setControlLines(port: SerialPort, path: string, settings: SerialSettings): Promise<void> {
  const levels =
    settings.flowControl === 'rts-cts' ? { dtr: settings.dtr } : { dtr: settings.dtr, rts: settings.rts };
  const hasNoLines = isPseudoTerminal(path);
  await new Promise<void>((resolve, reject) => {
    port.set(levels, (error) => {
      if (error === null || error === undefined || hasNoLines) resolve();
      else reject(new LinkError('failed', `${path}: cannot set DTR and RTS: ${error.message}`));
    });
  });
}

function isPseudoTerminal(path: string): boolean {
  try {
    return realpathSync(path).startsWith('/dev/pts/');
  } catch {
    return false;
  }
}

function connectPort(port: SerialPort, events: LinkEvents): LinkConnection {
  let ended = false;
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    ended = true;
    closing ??= closePort(port);
    return closing;
  };
  const endedByLine = (reason: string): void => {
    if (ended) return;
    void close().then(() => events.onClosed(reason));
  };
  port.on('data', (chunk: Uint8Array) => {
    if (!ended) events.onBytes(chunk);
  });
  port.on('close', (error: Error | null) => endedByLine(error?.message ?? 'the port was closed'));
  port.on('end', () => endedByLine('the port reached its end'));
  port.on('error', (error: Error) => endedByLine(error.message));
  return {
    write: (bytes) => {
      if (ended) return;
      port.write(bytes);
      if (port.writableLength > unsentBytesMax) endedByLine('the port takes no bytes');
    },
    close,
  };
}

function closePort(port: SerialPort): Promise<void> {
  if (!port.isOpen) return Promise.resolve();
  return new Promise((resolve) => {
    // A failed close leaves nothing to be done: the library has let go of the port either way.
    port.close(() => resolve());
  });
}

/** The library tells failures apart by their text alone. */
const openErrorCodes: readonly (readonly [pattern: RegExp, code: LinkErrorCode])[] = [
  [/no such file|not found|no such device/i, 'not-found'],
  [/permission denied|access denied/i, 'no-permission'],
  [/cannot lock|busy|temporarily unavailable/i, 'busy'],
];

function openError(path: string, error: Error): LinkError {
  const code = openErrorCodes.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'failed';
  return new LinkError(code, `${path}: ${error.message}`);
}
