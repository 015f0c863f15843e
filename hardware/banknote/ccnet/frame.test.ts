import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/ccnet.json' with { type: 'json' };
import { formatHex, parseHex } from '../../link/tap.ts';
import { crc16, type Found } from '../framing.ts';
import { deframe, encodeFrame } from './frame.ts';

const nothing = new Uint8Array(0);

/** Everything found when the bytes come in the given pieces, and what is left at the end. */
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

function noiseReasons(found: readonly Found[]): string[] {
  return found.flatMap((item) => (item.kind === 'noise' ? [item.reason] : []));
}

function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(bytes.slice(at, at + size));
    at += size;
  }
  return [...chunks, bytes.slice(at)];
}

describe('CCNET frames', () => {
  it('has the checksum of the documents', () => {
    const text = new TextEncoder().encode(vectors.crcCheck.text);
    expect(crc16(text).toString(16)).toBe(vectors.crcCheck.crc);
    expect(crc16(parseHex(vectors.longHostFrame.bytes))).toBe(0);
  });

  it.each(vectors.hostFrames)('writes $name as documented', ({ bytes }) => {
    expect(formatHex(encodeFrame(parseHex(bytes).slice(3, -2)))).toBe(bytes);
  });

  it.each(vectors.deviceFrames)('reads $name, whole and byte by byte', ({ bytes }) => {
    const frame = parseHex(bytes);
    const payload = formatHex(frame.slice(3, -2));
    expect(deframe(nothing, frame)).toEqual({
      found: [{ kind: 'frame', payload: parseHex(payload) }],
      rest: nothing,
    });
    expect(payloads(deframeAll(Array.from(frame, (byte) => Uint8Array.of(byte))).found)).toEqual([payload]);
  });

  it.each([
    ['length 0, the long form', '02 03 00 50 02 01 0C', 'long-form'],
    ['length 1, shorter than any frame', '02 03 01 33', 'bad-length'],
    ['length 5, a frame without payload', '02 03 05 C2 82', 'bad-length'],
    ['length 7E, longer than the bill table', '02 03 7E 14', 'bad-length'],
    ['another address', '02 01 06 14 67 D4', 'other-address'],
    ['a wrong checksum', '02 03 06 14 67 D5', 'bad-crc'],
    ['no beginning', '14 67 D4', 'no-sync'],
  ])('does not wait on %s, and finds the frame behind it', (_, noise, reason) => {
    const { found, rest } = deframe(nothing, parseHex(`${noise} 02 03 06 19 82 0F`));
    expect(noiseReasons(found)).toContain(reason);
    expect(payloads(found)).toEqual(['19']);
    expect(rest).toEqual(nothing);
  });

  it('waits for the rest of a frame that has begun', () => {
    for (const begun of ['02', '02 03', '02 03 06', '02 03 06 14', '02 03 06 14 67']) {
      expect(deframe(nothing, parseHex(begun))).toEqual({ found: [], rest: parseHex(begun) });
    }
  });

  it('keeps the noise around a frame as data', () => {
    const { found } = deframe(nothing, parseHex('AA BB 02 03 06 14 67 D4 CC'));
    expect(found).toEqual([
      { kind: 'noise', reason: 'no-sync', bytes: parseHex('AA BB') },
      { kind: 'frame', payload: parseHex('14') },
      { kind: 'noise', reason: 'no-sync', bytes: parseHex('CC') },
    ]);
  });
});

describe('CCNET frames, any bytes', () => {
  const payload = fc.uint8Array({ minLength: 1, maxLength: 120 });
  const cuts = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 20 });

  it('come out the same however they are cut', () => {
    fc.assert(
      fc.property(fc.array(payload, { minLength: 1, maxLength: 4 }), cuts, (sent, sizes) => {
        const bytes = Uint8Array.from(sent.flatMap((one) => [...encodeFrame(one)]));
        const { found, rest } = deframeAll(cut(bytes, sizes));
        expect(payloads(found)).toEqual(sent.map(formatHex));
        expect(noiseReasons(found)).toEqual([]);
        expect(rest.length).toBe(0);
      }),
    );
  });

  it('lose no byte of any noise, and keep less than one frame of it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), cuts, (bytes, sizes) => {
        const { found, rest } = deframeAll(cut(bytes, sizes));
        const back = found.flatMap((item) =>
          item.kind === 'noise' ? [...item.bytes] : [...encodeFrame(item.payload)],
        );
        expect([...back, ...rest]).toEqual([...bytes]);
        expect(rest.length).toBeLessThan(125);
      }),
    );
  });

  it('are found again behind any noise at the latest one longest frame later', () => {
    const noise = fc.uint8Array({ maxLength: 60 });
    fc.assert(
      fc.property(noise, payload, cuts, (before, sent, sizes) => {
        const frame = encodeFrame(sent);
        // What noise took for a beginning can swallow what follows only until its own length is reached.
        const after = new Uint8Array(125);
        const bytes = Uint8Array.of(...before, ...frame, ...after);
        expect(payloads(deframeAll(cut(bytes, sizes)).found)).toContain(formatHex(sent));
      }),
    );
  });

  it('with any one bit wrong are no frame of that payload', () => {
    fc.assert(
      fc.property(payload, fc.nat(), (sent, at) => {
        const frame = encodeFrame(sent);
        const bit = at % (frame.length * 8);
        const byte = frame[bit >> 3] ?? 0;
        frame[bit >> 3] = byte ^ (1 << (bit & 7));
        expect(payloads(deframe(nothing, frame).found)).not.toContain(formatHex(sent));
      }),
    );
  });
});
