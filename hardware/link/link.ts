/**
 * A line to a device: open, write, close; bytes and the end come back. Serial ports, TCP sockets, HID devices
 * and memory all look like this, so a driver never knows which it has.
 */
export interface Link {
  /** For people and logs: `serial /dev/ttyUSB0 9600 8N1`. */
  readonly description: string;
  /** Opens the line, or rejects with a {@link LinkError}. A line that has closed may be opened again. */
  open(events: LinkEvents): Promise<LinkConnection>;
}

export interface LinkEvents {
  /** Bytes as they came, cut anywhere. */
  readonly onBytes: (chunk: Uint8Array) => void;
  /** Called once, when the line ends for any reason but the host's own `close`. */
  readonly onClosed: (reason: string) => void;
}

export interface LinkConnection {
  /** Hands bytes to the line. It may still lose them: only an answer from the device proves anything. */
  write(bytes: Uint8Array): void;
  /** Ends the line; resolves when the port is free to be opened again. */
  close(): Promise<void>;
}

export type LinkErrorCode = 'not-found' | 'no-permission' | 'busy' | 'failed';

/** Why a line could not be opened. */
export class LinkError extends Error {
  readonly code: LinkErrorCode;

  constructor(code: LinkErrorCode, message: string) {
    super(message);
    this.name = 'LinkError';
    this.code = code;
  }
}
