import { EventEmitter } from 'node:events';
import type { Session } from 'electron';

/* Electron's session: it keeps the handlers, and the fake window asks them where Electron's network and permissions would. */

type RequestListener = (
  details: { readonly url: string },
  answer: (response: { cancel?: boolean }) => void,
) => void;

type ProtocolHandler = (request: Request) => Promise<Response> | Response;

type PermissionRequest = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type PermissionCheck = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type DevicePermission = NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>;
type DisplayMedia = NonNullable<Parameters<Session['setDisplayMediaRequestHandler']>[0]>;
type BluetoothPairing = NonNullable<Parameters<Session['setBluetoothPairingHandler']>[0]>;

export class FakeSession extends EventEmitter {
  permissionRequest: PermissionRequest | undefined;
  permissionCheck: PermissionCheck | undefined;
  devicePermission: DevicePermission | undefined;
  displayMedia: DisplayMedia | undefined;
  bluetoothPairing: BluetoothPairing | undefined;
  isSpellCheckerEnabled = true;
  requestListener: RequestListener | undefined;
  readonly handlers = new Map<string, ProtocolHandler>();

  readonly protocol = {
    handle: (scheme: string, handler: ProtocolHandler): void => void this.handlers.set(scheme, handler),
  };
  readonly webRequest = {
    onBeforeRequest: (listener: RequestListener): void => {
      this.requestListener = listener;
    },
  };

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: DevicePermission): void {
    this.devicePermission = handler;
  }
  setDisplayMediaRequestHandler(handler: DisplayMedia): void {
    this.displayMedia = handler;
  }
  setBluetoothPairingHandler(handler: BluetoothPairing): void {
    this.bluetoothPairing = handler;
  }
  setSpellCheckerEnabled(isEnabled: boolean): void {
    this.isSpellCheckerEnabled = isEnabled;
  }

  /** What the network layer asks before a request; without a listener everything passes. */
  isCancelled(url: string): boolean {
    let isCancelled = false;
    this.requestListener?.({ url }, ({ cancel }) => {
      isCancelled = cancel === true;
    });
    return isCancelled;
  }
}

const sessions = new Map<string, FakeSession>();

export const session = {
  defaultSession: new FakeSession(),
  fromPartition: (partition: string): FakeSession => {
    const known = sessions.get(partition) ?? new FakeSession();
    sessions.set(partition, known);
    return known;
  },
};
