import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import type { LinkConnection } from './link.ts';
import { memoryLine } from './memory.ts';
import {
  formatHex,
  formatTapRecord,
  parseHex,
  parseTrace,
  replayLink,
  type TapRecord,
  tapLink,
} from './tap.ts';

const written = `
# a poll and its answer
     0.000 +
     0.100 > 02 03 06 33 DA 81
     0.106 < 02 03 06 14
     0.107 < 67 D4
     0.107 > 02 03 06 00 C2 82
     0.300 > 02 03 06 33 DA 81
     0.306 < 02 03 06 15 EE C5
     5.000 - unplugged
`;

async function replayed(): Promise<{
  clock: VirtualClock;
  connection: LinkConnection;
  chunks: string[];
  closed: string[];
}> {
  const clock = new VirtualClock();
  const chunks: string[] = [];
  const closed: string[] = [];
  const connection = await replayLink(parseTrace(written), clock).open({
    onBytes: (chunk) => chunks.push(`${clock.monoMs()} ${formatHex(chunk)}`),
    onClosed: (reason) => closed.push(reason),
  });
  return { clock, connection, chunks, closed };
}

describe('A tap', () => {
  it('records every byte with its time and direction, and changes nothing', async () => {
    const clock = new VirtualClock();
    const records: TapRecord[] = [];
    let send: ((bytes: Uint8Array) => void) | undefined;
    const device = {
      connect: (to: ((bytes: Uint8Array) => void) | undefined) => {
        send = to;
      },
      receive: () => send?.(parseHex('BB')),
    };
    const line = memoryLine(device, clock);
    const chunks: string[] = [];
    const connection = await tapLink(line.link, clock, (record) => records.push(record)).open({
      onBytes: (chunk) => chunks.push(formatHex(chunk)),
      onClosed: () => undefined,
    });
    await clock.advance(7);
    connection.write(parseHex('AA'));
    await clock.advance(20);
    line.unplug();
    expect(chunks).toEqual(['BB']);
    expect(records.map(formatTapRecord)).toEqual([
      '     0.000 +',
      '     0.007 > AA',
      '     0.009 < BB',
      '     0.027 - unplugged',
    ]);
  });

  it('writes what it reads', () => {
    const record = fc.oneof(
      fc.record({ kind: fc.constant('opened' as const), monoMs: fc.nat() }),
      fc.record({
        kind: fc.constantFrom('to-device' as const, 'from-device' as const),
        monoMs: fc.nat(),
        bytes: fc.uint8Array({ minLength: 1 }),
      }),
      fc.record({ kind: fc.constant('closed' as const), monoMs: fc.nat(), reason: fc.constant('gone away') }),
    );
    fc.assert(
      fc.property(fc.array(record), (records) => {
        expect(parseTrace(records.map(formatTapRecord).join('\n'))).toEqual(records);
      }),
    );
  });

  it('refuses what is no trace', () => {
    expect(() => parseTrace('hello')).toThrow(/not a line of a trace/);
    expect(() => parseTrace('0.1 > 0G')).toThrow(/not a byte/);
  });
});

describe('A replayed trace', () => {
  it('gives the device’s chunks after what the host had written, with the same delays', async () => {
    const { clock, connection, chunks, closed } = await replayed();
    await clock.advance(1_000);
    expect(chunks).toEqual([]);
    connection.write(parseHex('02 03 06 33 DA 81'));
    await clock.advance(100);
    expect(chunks).toEqual(['1006 02 03 06 14', '1007 67 D4']);
    connection.write(parseHex('02 03 06 00 C2 82'));
    connection.write(parseHex('02 03 06'));
    connection.write(parseHex('33 DA 81'));
    await clock.advance(100);
    expect(chunks.at(-1)).toBe('1106 02 03 06 15 EE C5');
    expect(closed).toEqual([]);
  });

  it('ends, naming the place, when the host writes something else', async () => {
    const { clock, connection, chunks, closed } = await replayed();
    connection.write(parseHex('02 03 06 35 EC E4'));
    await clock.advance(100);
    expect(chunks).toEqual([]);
    expect(closed).toEqual(['the host differs from the trace at 0.100 s, byte 3: 02 03 06 35 EC E4']);
  });
});
