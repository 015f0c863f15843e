import type { SimulatedDevice } from './devices/simulated-device.ts';

/** The far end of the acceptor's cable: whatever somebody has plugged in there by now. */
export class AcceptorPort implements SimulatedDevice {
  #device: SimulatedDevice;
  #send: ((bytes: Uint8Array) => void) | undefined;

  constructor(device: SimulatedDevice) {
    this.#device = device;
  }

  receive(bytes: Uint8Array): void {
    this.#device.receive(bytes);
  }

  connect(send: ((bytes: Uint8Array) => void) | undefined): void {
    this.#send = send;
    this.#device.connect(send);
  }

  /** Another device hangs on the cable from now on. */
  swap(device: SimulatedDevice): void {
    this.#device.connect(undefined);
    this.#device = device;
    device.connect(this.#send);
  }
}
