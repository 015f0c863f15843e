import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SimulatedDevice } from './devices/simulated-device.ts';
import { FaultyLine, type LineFaultRates, lineFaults } from './faulty-line.ts';
import { seededRandom } from './random.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Keeps what arrives, and lets a test send. */
class FakeDevice implements SimulatedDevice {
  readonly arrived: number[][] = [];
  send: (bytes: Uint8Array) => void = () => {};

  receive(bytes: Uint8Array): void {
    this.arrived.push([...bytes]);
  }

  connect(send: ((bytes: Uint8Array) => void) | undefined): void {
    this.send = send ?? (() => {});
  }
}

function setUp(seed = 1, rates: LineFaultRates = {}) {
  const clock = new VirtualClock();
  const device = new FakeDevice();
  const line = new FaultyLine(device, clock, seededRandom(seed), rates);
  const atHost: number[][] = [];
  line.connect((bytes) => atHost.push([...bytes]));
  return { clock, device, line, atHost };
}

const message = Uint8Array.of(1, 2, 3, 4);

describe('FaultyLine', () => {
  it('without faults is transparent, both ways and at once', () => {
    const { device, line, atHost } = setUp();
    line.receive(message);
    device.send(Uint8Array.of(9));
    expect(device.arrived).toEqual([[1, 2, 3, 4]]);
    expect(atHost).toEqual([[9]]);
    expect(line.struck.size).toBe(0);
  });

  it('strikes exactly the next chunk of the ordered direction', async () => {
    const { clock, device, line, atHost } = setUp();
    line.order('to-host', 'lose');
    line.receive(message);
    device.send(message);
    device.send(message);
    await clock.advance(1000);
    expect(device.arrived).toHaveLength(1);
    expect(atHost).toHaveLength(1);
    expect(line.struck).toEqual(new Map([['lose', 1]]));
  });

  it('flips one bit, truncates, doubles, and puts noise or an earlier chunk in front', () => {
    const { device, line, atHost } = setUp();
    device.send(Uint8Array.of(7));
    for (const fault of ['flip', 'truncate', 'duplicate', 'noise', 'stale'] as const) {
      atHost.length = 0;
      line.order('to-host', fault);
      device.send(message);
      const got = atHost.flat();
      if (fault === 'flip') {
        const differing = got.map((byte, index) => byte ^ (message[index] ?? 0)).filter((bits) => bits !== 0);
        expect(differing).toHaveLength(1);
        expect(Math.log2(differing[0] ?? 0) % 1).toBe(0);
      } else if (fault === 'truncate') {
        expect(got.length).toBeLessThan(4);
        expect(got).toEqual([...message].slice(0, got.length));
      } else if (fault === 'noise') {
        expect(got.length).toBeGreaterThan(4);
        expect(got.slice(-4)).toEqual([...message]);
      } else {
        // The earlier chunk is the same message by now, except that nothing stale existed before the first.
        expect(got).toEqual([...message, ...message]);
      }
    }
  });

  it('splits with a pause, and keeps the order behind a delay', async () => {
    const { clock, device, line, atHost } = setUp(3);
    line.order('to-host', 'split');
    device.send(message);
    expect(atHost.flat().length).toBeLessThan(4);
    device.send(Uint8Array.of(5));
    await clock.advance(100);
    expect(atHost.flat()).toEqual([1, 2, 3, 4, 5]);
    line.order('to-host', 'delay');
    device.send(Uint8Array.of(6));
    device.send(Uint8Array.of(7));
    expect(atHost.flat()).toHaveLength(5);
    await clock.advance(400);
    expect(atHost.flat()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('never reorders, and with pauses and delays alone loses nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const { clock, device, atHost } = setUp(seed, { split: 400, delay: 400 });
        for (let count = 0; count < 50; count += 1) {
          device.send(Uint8Array.of(count, count, count));
          await clock.advance(7);
        }
        await clock.advance(50 * 400);
        expect(atHost.flat()).toEqual(Array.from({ length: 150 }, (_, index) => Math.floor(index / 3)));
      }),
      { numRuns: 20 },
    );
  });

  it('strikes about as often as its rate says, each kind by itself', () => {
    for (const fault of lineFaults) {
      const { device, line } = setUp(7, { [fault]: 250 });
      for (let count = 0; count < 1000; count += 1) device.send(message);
      expect([...line.struck.keys()]).toEqual([fault]);
      expect(Math.abs((line.struck.get(fault) ?? 0) - 250)).toBeLessThan(60);
    }
  });

  it('loses everything while unplugged, also what was under way', async () => {
    const { clock, device, line, atHost } = setUp();
    line.order('to-host', 'delay');
    device.send(message);
    line.unplug();
    line.receive(message);
    device.send(message);
    line.replug();
    await clock.advance(1000);
    expect(atHost).toEqual([]);
    expect(device.arrived).toEqual([]);
    device.send(message);
    expect(atHost).toHaveLength(1);
  });

  it('stops striking when its rates are taken away', () => {
    const { device, line, atHost } = setUp(5, { lose: 1000 });
    device.send(message);
    line.rates = {};
    device.send(message);
    expect(atHost).toHaveLength(1);
  });
});
