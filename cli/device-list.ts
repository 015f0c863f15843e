import { parseArgs } from 'node:util';
import { type AttachedPort, attachedPorts, equalTwins } from '../hardware/link/attached-ports.ts';
import { asTable } from './table.ts';

/* `device list`: what hangs on this machine's serial ports, and by which names settings should know it. */

export const listUsage = `usage: device list [--json]
  Serial ports with their USB identity and the names that stay the same. Nothing is opened.`;

export async function listCommand(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
  const ports = attachedPorts();
  if (values.json) console.log(JSON.stringify(ports));
  else console.log(describePorts(ports));
}

export function describePorts(ports: readonly AttachedPort[]): string {
  if (ports.length === 0) return 'No serial port on this machine.';
  const head = ['port', 'device', 'name for the settings'];
  const lines = ports.map((port) => [
    port.path,
    deviceOf(port),
    port.stablePaths[0] ?? 'none: it is named by its number',
  ]);
  const warnings = equalTwins(ports).map(
    (twins) =>
      `${twins.map(({ path }) => path).join(' and ')} cannot be told apart by maker and serial number. Name their sockets:\n` +
      twins
        .map(({ stablePaths }) => `  ${socketName(stablePaths) ?? 'no name under /dev/serial/by-path'}`)
        .join('\n'),
  );
  return [asTable([head, ...lines]), ...warnings].join('\n\n');
}

function deviceOf({ usb }: AttachedPort): string {
  if (usb === undefined) return 'on the mainboard';
  const { vendorId, productId, manufacturer, product, serialNumber } = usb;
  return [`${vendorId}:${productId}`, manufacturer, product, serialNumber].filter(Boolean).join(' ');
}

function socketName(stablePaths: readonly string[]): string | undefined {
  return stablePaths.find((path) => path.startsWith('/dev/serial/by-path/'));
}
