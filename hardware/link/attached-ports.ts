import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/*
 * What hangs on the serial ports of a Linux machine, read from /sys and /dev alone: no program is run and no port is opened,
 * so that nothing that works is disturbed.
 */

export interface AttachedPort {
  /** As the kernel numbers it; another plug or another start gives it another one. */
  readonly path: string;
  /** Names that stay: of the adapter by its maker and serial number, and of the socket that it is plugged into. */
  readonly stablePaths: readonly string[];
  /** Absent for ports of the mainboard. */
  readonly usb?: UsbIdentity;
}

export interface UsbIdentity {
  /** Four hexadecimal digits each. */
  readonly vendorId: string;
  readonly productId: string;
  readonly manufacturer?: string;
  readonly product?: string;
  readonly serialNumber?: string;
}

/** Kernel drivers list ports that are not there with type 0 (PORT_UNKNOWN, linux/serial_core.h). */
const unknownType = '0';

/** By kernel name. `root` is the file system's, unless a test has another one. */
export function attachedPorts(root = '/'): readonly AttachedPort[] {
  const ttys = join(root, 'sys', 'class', 'tty');
  const stable = stableNames(root);
  return entries(ttys)
    .filter((name) => isPort(join(ttys, name)))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => {
      const usb = usbIdentity(realpathSync(join(ttys, name, 'device')), root);
      return {
        path: `/dev/${name}`,
        stablePaths: stable.get(name) ?? [],
        ...(usb !== undefined && { usb }),
      };
    });
}

/** Ports that a name by maker and serial number cannot tell apart: the sockets must be named instead. */
export function equalTwins(ports: readonly AttachedPort[]): readonly (readonly AttachedPort[])[] {
  const byKind = Map.groupBy(ports, ({ usb }) =>
    usb === undefined ? undefined : `${usb.vendorId}:${usb.productId} ${usb.serialNumber ?? ''}`,
  );
  byKind.delete(undefined);
  return [...byKind.values()].filter((twins) => twins.length > 1);
}

function isPort(tty: string): boolean {
  if (!existsSync(join(tty, 'device'))) return false;
  const type = text(join(tty, 'type'));
  return type === undefined || type !== unknownType;
}

/** The kernel name that each stable name points to. */
function stableNames(root: string): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const kind of ['by-id', 'by-path']) {
    const folder = join(root, 'dev', 'serial', kind);
    for (const name of entries(folder)) {
      const port = basename(realpathSync(join(folder, name)));
      names.set(port, [...(names.get(port) ?? []), `/dev/serial/${kind}/${name}`]);
    }
  }
  return names;
}

/** The USB device that the port belongs to, some folders above it. */
function usbIdentity(device: string, root: string): UsbIdentity | undefined {
  const top = realpathSync(join(root, 'sys'));
  for (let at = device; at.startsWith(top) && at !== top; at = dirname(at)) {
    const [vendorId, productId] = [text(join(at, 'idVendor')), text(join(at, 'idProduct'))];
    if (vendorId === undefined || productId === undefined) continue;
    const [manufacturer, product, serialNumber] = ['manufacturer', 'product', 'serial'].map((name) =>
      text(join(at, name)),
    );
    return {
      vendorId,
      productId,
      ...(manufacturer !== undefined && { manufacturer }),
      ...(product !== undefined && { product }),
      ...(serialNumber !== undefined && { serialNumber }),
    };
  }
  return undefined;
}

function entries(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function text(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const read = readFileSync(path, 'utf8').trim();
  return read === '' ? undefined : read;
}
