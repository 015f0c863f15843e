import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/ebds.json' with { type: 'json' };
import { formatHex, parseHex } from '../../link/tap.ts';
import type { Found } from '../framing.ts';
import { deframe, encodeFrame } from './frame.ts';

const nothing = new Uint8Array(0);
const idle = '02 0B 21 01 10 00 10 54 2A 03 55';

function deframeAll(chunks: readonly Uint8Array[]): { found: Found[]; rest: Uint8Array } {
  let rest: Uint8Array = nothing;
  const found: Found[] = [];
  for (const chunk of chunks) {
    const step = deframe(rest, chunk);
    found.push(...step.found);
    rest = step.rest;
  }
  return { found, rest };
}

function payloads(found: readonly Found[]): string[] {
  return found.flatMap((item) => (item.kind === 'frame' ? [formatHex(item.payload)] : []));
}

describe('EBDS frames', () => {
  it.each(vectors.deviceFrames)('reads $name, whole and byte by byte', ({ bytes }) => {
    const frame = parseHex(bytes);
    const payload = formatHex(frame.slice(2, -2));
    expect(payloads(deframeAll([frame]).found)).toEqual([payload]);
    expect(payloads(deframeAll(Array.from(frame, (byte) => Uint8Array.of(byte))).found)).toEqual([payload]);
  });

  it.each([
    ['a stray ENQ of interrupt mode', '05', 'no-sync'],
    ['length 5, a frame without data', '02 05 20', 'bad-length'],
    ['a length that needs eight bits', '02 8B 20', 'bad-length'],
    ['a wrong end', '02 06 20 01 04 27', 'bad-end'],
    ['a wrong check byte', '02 06 20 01 03 26', 'bad-check'],
    ['bytes of eight bits whose check byte fits', '02 06 A0 81 03 27', 'bad-check'],
    ['a beginning cut off by the frame', '02 06 21', 'bad-end'],
  ])('does not wait on %s, and finds the frame behind it', (_, noise, reason) => {
    const { found, rest } = deframe(nothing, parseHex(`${noise} ${idle}`));
    expect(found.flatMap((item) => (item.kind === 'noise' ? [item.reason] : []))).toContain(reason);
    expect(payloads(found)).toEqual(['21 01 10 00 10 54 2A']);
    expect(rest).toEqual(nothing);
  });

  it('finds a frame by its length though STX and ETX stand inside', () => {
    const frame = encodeFrame(parseHex('70 02 03 02 03'));
    expect(payloads(deframe(nothing, frame).found)).toEqual(['70 02 03 02 03']);
  });

  it('loses no byte and no frame, however a line with noise is cut', () => {
    const pieces = fc.oneof(
      fc.constantFrom(...vectors.deviceFrames.map(({ bytes }) => parseHex(bytes))),
      fc.uint8Array({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), fc.integer({ min: 1, max: 20 }), (parts, size) => {
        const line = Uint8Array.from(parts.flatMap((part) => [...part]));
        const chunks = Array.from({ length: Math.ceil(line.length / size) }, (_, at) =>
          line.subarray(at * size, (at + 1) * size),
        );
        const cut = deframeAll(chunks);
        expect(payloads(cut.found)).toEqual(payloads(deframeAll([line]).found));
        const bytes = cut.found.reduce(
          (sum, item) => sum + (item.kind === 'frame' ? item.payload.length + 4 : item.bytes.length),
          cut.rest.length,
        );
        expect(bytes).toBe(line.length);
      }),
    );
  });
});
