import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { attachedPorts, equalTwins } from './attached-ports.ts';

/* A machine's /sys and /dev in a folder, laid out as the kernel and udev lay them out. */

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'qyzyl-ports-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), `${content}\n`);
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(relative(dirname(join(root, path)), join(root, target)), join(root, path));
}

function plugUsb(name: string, socket: string, facts: Readonly<Record<string, string>>): void {
  const usb = `sys/devices/pci0000:00/usb1/${socket}`;
  const tty = `${usb}/${socket}:1.0/${name}/tty/${name}`;
  for (const [fact, value] of Object.entries(facts)) write(`${usb}/${fact}`, value);
  write(`${tty}/dev`, '188:0');
  link(`${tty}/device`, `${usb}/${socket}:1.0/${name}`);
  link(`sys/class/tty/${name}`, tty);
  write(`dev/${name}`, '');
}

function onBoard(name: string, type: string): void {
  const tty = `sys/devices/platform/serial8250/tty/${name}`;
  write(`${tty}/type`, type);
  mkdirSync(join(root, 'sys/devices/platform/serial8250'), { recursive: true });
  link(`${tty}/device`, 'sys/devices/platform/serial8250');
  link(`sys/class/tty/${name}`, tty);
}

test('an adapter is listed with its maker, its serial number and the names that stay', () => {
  plugUsb('ttyUSB0', '1-3', {
    idVendor: '0403',
    idProduct: '6001',
    manufacturer: 'FTDI',
    product: 'FT232R USB UART',
    serial: 'A50285BI',
  });
  link('dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0', 'dev/ttyUSB0');
  link('dev/serial/by-path/pci-0000:00:14.0-usb-0:3:1.0-port0', 'dev/ttyUSB0');
  expect(attachedPorts(root)).toEqual([
    {
      path: '/dev/ttyUSB0',
      stablePaths: [
        '/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0',
        '/dev/serial/by-path/pci-0000:00:14.0-usb-0:3:1.0-port0',
      ],
      usb: {
        vendorId: '0403',
        productId: '6001',
        manufacturer: 'FTDI',
        product: 'FT232R USB UART',
        serialNumber: 'A50285BI',
      },
    },
  ]);
});

test('ports of the mainboard are listed if something is behind them; consoles are not', () => {
  onBoard('ttyS0', '4');
  onBoard('ttyS1', '0');
  mkdirSync(join(root, 'sys/class/tty/tty1'), { recursive: true });
  expect(attachedPorts(root)).toEqual([{ path: '/dev/ttyS0', stablePaths: [] }]);
});

test('two adapters without serial numbers are twins; with them they are not', () => {
  plugUsb('ttyUSB10', '1-1', { idVendor: '1a86', idProduct: '7523' });
  plugUsb('ttyUSB2', '1-2', { idVendor: '1a86', idProduct: '7523' });
  plugUsb('ttyUSB3', '1-3', { idVendor: '0403', idProduct: '6001', serial: 'A' });
  plugUsb('ttyUSB4', '1-4', { idVendor: '0403', idProduct: '6001', serial: 'B' });
  const ports = attachedPorts(root);
  expect(ports.map(({ path }) => path)).toEqual([
    '/dev/ttyUSB2',
    '/dev/ttyUSB3',
    '/dev/ttyUSB4',
    '/dev/ttyUSB10',
  ]);
  expect(equalTwins(ports).map((twins) => twins.map(({ path }) => path))).toEqual([
    ['/dev/ttyUSB2', '/dev/ttyUSB10'],
  ]);
});

test('a machine without serial ports has none', () => {
  expect(attachedPorts(root)).toEqual([]);
});
