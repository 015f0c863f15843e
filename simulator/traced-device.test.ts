import { describe, expect, it } from 'vitest';
import type { SimulatedDevice } from './devices/simulated-device.ts';
import { type PassedBytes, tracedDevice } from './traced-device.ts';

/** Answers every byte with the next one. */
function echo(): SimulatedDevice {
  let answer: ((bytes: Uint8Array) => void) | undefined;
  return {
    receive: (bytes) => answer?.(bytes.map((byte) => byte + 1)),
    connect: (send) => {
      answer = send;
    },
  };
}

describe('a traced device', () => {
  it('tells both directions in order, and changes nothing', () => {
    const passed: PassedBytes[] = [];
    const sent: number[][] = [];
    const device = tracedDevice(echo(), (bytes) => passed.push(bytes));
    device.connect((bytes) => sent.push([...bytes]));
    device.receive(Uint8Array.of(0x02, 0xaf));
    expect(passed).toEqual([
      { kind: 'bytes', from: 'host', count: 2, hex: '02 AF' },
      { kind: 'bytes', from: 'device', count: 2, hex: '03 B0' },
    ]);
    expect(sent).toEqual([[0x03, 0xb0]]);
  });

  it('shows the beginning of what is long, and how long it was', () => {
    const passed: PassedBytes[] = [];
    const device = tracedDevice(echo(), (bytes) => passed.push(bytes));
    device.receive(new Uint8Array(10_000));
    expect(passed).toMatchObject([{ count: 10_000, hex: Array(32).fill('00').join(' ') }]);
  });

  it('hears of nothing to send once nobody is connected', () => {
    const passed: PassedBytes[] = [];
    const device = tracedDevice(echo(), (bytes) => passed.push(bytes));
    device.connect(() => undefined);
    device.connect(undefined);
    device.receive(Uint8Array.of(1));
    expect(passed.map(({ from }) => from)).toEqual(['host']);
  });
});
