import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/id003.json' with { type: 'json' };
import { formatHex, parseHex } from '../../link/tap.ts';
import { crc16, type Found } from '../framing.ts';
import { deframe, encodeFrame } from './frame.ts';

const nothing = new Uint8Array(0);
const idling = 'FC 05 11 27 56';

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

describe('ID-003 frames', () => {
  it('has the checksum of the documents', () => {
    const text = new TextEncoder().encode(vectors.crcCheck.text);
    expect(crc16(text).toString(16)).toBe(vectors.crcCheck.crc);
  });

  it.each(vectors.hostFrames)('writes $name as documented', ({ bytes }) => {
    expect(formatHex(encodeFrame(parseHex(bytes).slice(2, -2)))).toBe(bytes);
  });

  it.each(vectors.deviceFrames)('reads $name, whole and byte by byte', ({ bytes }) => {
    const frame = parseHex(bytes);
    const payload = formatHex(frame.slice(2, -2));
    expect(payloads(deframeAll([frame]).found)).toEqual([payload]);
    expect(payloads(deframeAll(Array.from(frame, (byte) => Uint8Array.of(byte))).found)).toEqual([payload]);
  });

  it.each([
    ['stray zeros after power-on', '00 00 00', 'no-sync'],
    ['length 0', 'FC 00', 'bad-length'],
    ['length 4, a frame without a code', 'FC 04 27 56', 'bad-length'],
    ['a wrong checksum', 'FC 05 15 03 11', 'bad-crc'],
    ['another FC before the frame', 'FC', 'bad-crc'],
  ])('does not wait on %s, and finds the frame behind it', (_, noise, reason) => {
    // A second FC is taken for the length: the longest frame there can be has to pass first.
    const filler = noise === 'FC' ? ' 00'.repeat(252) : '';
    const { found, rest } = deframe(nothing, parseHex(`${noise} ${idling}${filler}`));
    expect(found.flatMap((item) => (item.kind === 'noise' ? [item.reason] : []))).toContain(reason);
    expect(payloads(found)).toEqual(['11']);
    expect(rest).toEqual(nothing);
  });

  it('loses no byte and no frame, however a line with noise is cut', () => {
    const pieces = fc.oneof(
      fc.constantFrom(...vectors.deviceFrames.map(({ bytes }) => parseHex(bytes))),
      fc.uint8Array({ maxLength: 6 }).map((bytes) => bytes.filter((byte) => byte !== 0xfc)),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), (line, size) => {
        const bytes = Uint8Array.from(line.flatMap((piece) => [...piece]));
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.slice(index * size, (index + 1) * size),
        );
        const whole = payloads(deframeAll([bytes]).found);
        const cut = deframeAll(chunks);
        expect(payloads(cut.found)).toEqual(whole);
        const sent = line.filter((piece) => piece[0] === 0xfc).map((piece) => formatHex(piece.slice(2, -2)));
        expect(whole).toEqual(sent);
        expect(cut.rest.length).toBeLessThan(255);
      }),
    );
  });
});
