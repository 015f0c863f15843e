import { type Decoder, promise } from './target.ts';

/** What every framing of a protocol has in common: bytes in, frames and noise out, and a rest that waits for more. */
export interface Framing {
  readonly deframe: (
    rest: Uint8Array,
    chunk: Uint8Array,
  ) => { readonly found: readonly FramedPart[]; readonly rest: Uint8Array };
  readonly encodeFrame: (payload: Uint8Array) => Uint8Array;
  /** The longest frame that a device sends; no rest may ever be longer. */
  readonly frameBytesMax: number;
  /** Whole frames of a device. */
  readonly samples: readonly Uint8Array[];
}

type FramedPart =
  | { readonly kind: 'frame'; readonly payload: Uint8Array }
  | { readonly kind: 'noise'; readonly bytes: Uint8Array };

/**
 * However bytes come, whole or cut, the same frames are found; nothing is added, lost or put in another order; and what
 * waits for more is never longer than a frame.
 */
export function framer({ deframe, encodeFrame, frameBytesMax, samples }: Framing): Decoder {
  const feed = (input: Uint8Array, chunkBytes: number): Fed => {
    const parts: FramedPart[] = [];
    let rest: Uint8Array = new Uint8Array(0);
    for (let at = 0; at < input.length; at += chunkBytes) {
      const step = deframe(rest, input.subarray(at, at + chunkBytes));
      parts.push(...step.found);
      rest = step.rest;
      promise(rest.length < frameBytesMax, `a rest of ${rest.length} bytes waits`);
    }
    return { parts, rest };
  };
  const lineOf = ({ parts, rest }: Fed): Uint8Array =>
    Buffer.concat([
      ...parts.map((part) => (part.kind === 'frame' ? encodeFrame(part.payload) : part.bytes)),
      rest,
    ]);
  return {
    shape: 'bytes',
    samples,
    dress: encodeFrame,
    read: (input) => {
      const whole = feed(input, Math.max(1, input.length));
      promise(sameBytes(lineOf(whole), input), 'frames, noise and rest are not what came in');
      // Cut so that every length of the input meets another cut; byte by byte for the short ones.
      const cut = feed(input, input.length < 64 ? 1 : 1 + (input.length % 61));
      promise(sameBytes(framesOf(cut), framesOf(whole)), 'cut otherwise, other frames were found');
      return whole.parts.some(({ kind }) => kind === 'frame') ? 'taken' : 'refused';
    },
  };
}

interface Fed {
  readonly parts: readonly FramedPart[];
  readonly rest: Uint8Array;
}

function framesOf({ parts }: Fed): Uint8Array {
  return Buffer.concat(
    parts.flatMap((part) =>
      part.kind === 'frame' ? [Uint8Array.of(part.payload.length), part.payload] : [],
    ),
  );
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
