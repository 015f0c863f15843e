/** A simulated device's connection to the outside world: a port with a path, and a cable that can be pulled out. */
export interface Plug {
  /** What the host opens; the same for the plug's whole life. */
  readonly path: string;
  /** The port disappears under the host, as when a USB adapter is pulled out. */
  unplug(): Promise<void>;
  /** The port is back under its old path. */
  replug(): Promise<void>;
  /** Removes the port for good. */
  close(): Promise<void>;
}
