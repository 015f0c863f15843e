/**
 * A device as its cable sees it: bytes in, bytes out. The same object sits on a memory link under a virtual clock, on
 * TCP and on a pseudo-terminal.
 */
export interface SimulatedDevice {
  /** Bytes from the host, cut anywhere. A device without power ignores them. */
  receive(bytes: Uint8Array): void;
  /** Where the device's bytes go from now on; `undefined` when nobody is connected. */
  connect(send: ((bytes: Uint8Array) => void) | undefined): void;
}
