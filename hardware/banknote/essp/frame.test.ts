import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/essp.json' with { type: 'json' };
import { formatHex, parseHex } from '../../link/tap.ts';
import type { Found } from '../framing.ts';
import { deframe, encodeFrame } from './frame.ts';

const nothing = new Uint8Array(0);
const ok = '7F 80 01 F0 23 80';

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

describe('eSSP frames', () => {
  it.each([...vectors.hostFrames, ...vectors.deviceFrames])(
    'reads $name, whole and byte by byte, and writes it again as printed',
    ({ bytes }) => {
      const frame = parseHex(bytes);
      const [payload = ''] = payloads(deframe(nothing, frame).found);
      expect(formatHex(encodeFrame(parseHex(payload)))).toBe(bytes);
      expect(payloads(deframeAll(Array.from(frame, (byte) => Uint8Array.of(byte))).found)).toEqual([payload]);
    },
  );

  it('takes doubled 7F as one byte, which the length counts once', () => {
    expect(payloads(deframe(nothing, parseHex('7F 00 03 02 7F 7F 00 2D 9A')).found)).toEqual(['00 02 7F 00']);
  });

  it.each([
    ['noise', '00 11 22', 'no-sync'],
    ['a frame without data', '7F 80 00', 'bad-length'],
    ['a wrong checksum', '7F 80 01 F0 23 81', 'bad-crc'],
    ['a frame that another one breaks into', '7F 80 05 F0', 'broken-off'],
    ['one beginning too many', '7F', 'broken-off'],
  ])('does not wait on %s, and finds the frame behind it', (_, noise, reason) => {
    const { found, rest } = deframe(nothing, parseHex(`${noise} ${ok}`));
    expect(found.flatMap((item) => (item.kind === 'noise' ? [item.reason] : []))).toContain(reason);
    expect(payloads(found)).toEqual(['80 F0']);
    expect(rest).toEqual(nothing);
  });

  it('loses no frame, whatever its bytes and however the line is cut', () => {
    const payload = fc.tuple(
      fc.constantFrom(0x00, 0x80),
      fc.array(fc.oneof(fc.constant(0x7f), fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 40,
      }),
    );
    fc.assert(
      fc.property(fc.array(payload, { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), (sent, size) => {
        const line = sent.map(([sequence, data]) => Uint8Array.of(sequence, ...data));
        const bytes = Uint8Array.from(line.flatMap((one) => [...encodeFrame(one)]));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.slice(index * size, (index + 1) * size),
        );
        expect(payloads(deframeAll(chunks).found)).toEqual(line.map((one) => formatHex(one)));
      }),
    );
  });
});
