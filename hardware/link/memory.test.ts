import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import { type LineDevice, memoryLine } from './memory.ts';
import { formatHex, parseHex } from './tap.ts';

/** Says back what it hears, one byte higher. */
function echoDevice(): LineDevice & {
  readonly heard: string[];
  send: ((bytes: Uint8Array) => void) | undefined;
} {
  return {
    heard: [],
    send: undefined,
    connect(send) {
      this.send = send;
    },
    receive(bytes) {
      this.heard.push(formatHex(bytes));
      this.send?.(bytes.map((byte) => byte + 1));
    },
  };
}

function opened() {
  const clock = new VirtualClock();
  const device = echoDevice();
  const line = memoryLine(device, clock);
  const chunks: string[] = [];
  const closed: string[] = [];
  const open = () =>
    line.link.open({
      onBytes: (chunk) => chunks.push(formatHex(chunk)),
      onClosed: (reason) => closed.push(reason),
    });
  return { clock, device, line, chunks, closed, open };
}

describe('A line in memory', () => {
  it('carries chunks both ways, in order, never inside the call that sent them', async () => {
    const { clock, device, chunks, open } = opened();
    const connection = await open();
    connection.write(parseHex('01'));
    connection.write(parseHex('10 11'));
    expect(device.heard).toEqual([]);
    await clock.advance(1);
    expect(device.heard).toEqual(['01', '10 11']);
    expect(chunks).toEqual([]);
    await clock.advance(1);
    expect(chunks).toEqual(['02', '11 12']);
  });

  it('does not see what the host does to its buffer afterwards', async () => {
    const { clock, device, open } = opened();
    const bytes = parseHex('01');
    (await open()).write(bytes);
    bytes[0] = 0xff;
    await clock.advance(1);
    expect(device.heard).toEqual(['01']);
  });

  it('says once that it was unplugged, loses what was under way, and opens again', async () => {
    const { clock, device, line, chunks, closed, open } = opened();
    const connection = await open();
    connection.write(parseHex('01'));
    line.unplug();
    line.unplug();
    await clock.advance(10);
    expect(closed).toEqual(['unplugged']);
    expect(device.heard).toEqual([]);
    await expect(open()).rejects.toMatchObject({ code: 'not-found' });
    line.plug();
    const again = await open();
    connection.write(parseHex('01'));
    again.write(parseHex('05'));
    await clock.advance(10);
    expect(chunks).toEqual(['06']);
  });

  it('has one user, and says nothing when that user closes it', async () => {
    const { device, closed, open } = opened();
    const connection = await open();
    await expect(open()).rejects.toMatchObject({ code: 'busy' });
    await connection.close();
    expect(closed).toEqual([]);
    expect(device.send).toBeUndefined();
    await expect(open()).resolves.toBeDefined();
  });
});
