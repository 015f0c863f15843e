import { expect, test } from 'vitest';
import { describePorts } from './device-list.ts';

const twin = { vendorId: '1a86', productId: '7523', product: 'USB Serial' };

test('two adapters that nothing tells apart are to be named by their sockets', () => {
  const text = describePorts([
    {
      path: '/dev/ttyUSB0',
      stablePaths: ['/dev/serial/by-id/usb-1a86', '/dev/serial/by-path/pci-usb-0:1'],
      usb: twin,
    },
    { path: '/dev/ttyUSB1', stablePaths: ['/dev/serial/by-path/pci-usb-0:2'], usb: twin },
  ]);
  expect(text).toContain('| /dev/ttyUSB0 | 1a86:7523 USB Serial | /dev/serial/by-id/usb-1a86');
  expect(text).toContain('/dev/ttyUSB0 and /dev/ttyUSB1 cannot be told apart');
  expect(text).toMatch(/by-path\/pci-usb-0:1\n {2}\/dev\/serial\/by-path\/pci-usb-0:2$/);
});

test('a machine without ports says so', () => {
  expect(describePorts([])).toBe('No serial port on this machine.');
});
