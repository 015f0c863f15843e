import type { SimulatedDevice } from './devices/simulated-device.ts';

/** Some bytes that passed, as they came: cut anywhere. */
export interface PassedBytes {
  readonly kind: 'bytes';
  readonly from: 'host' | 'device';
  readonly count: number;
  /** The first of them, in hex. */
  readonly hex: string;
}

/** A raster receipt is tens of thousands of bytes: its beginning says which command it is. */
const shownBytesMax = 32;

/** The same device, with everything that passes its cable told. */
export function tracedDevice(
  device: SimulatedDevice,
  onBytes: (passed: PassedBytes) => void,
): SimulatedDevice {
  const tell = (from: PassedBytes['from'], bytes: Uint8Array): void =>
    onBytes({ kind: 'bytes', from, count: bytes.byteLength, hex: hexOf(bytes.subarray(0, shownBytesMax)) });
  return {
    receive: (bytes) => {
      tell('host', bytes);
      device.receive(bytes);
    },
    connect: (send) => {
      if (send === undefined) return device.connect(undefined);
      device.connect((bytes) => {
        tell('device', bytes);
        send(bytes);
      });
    },
  };
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}
