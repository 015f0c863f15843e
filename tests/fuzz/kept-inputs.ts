import { fileURLToPath } from 'node:url';
import { formatHex, parseHex } from '../../hardware/link/tap.ts';

/* Inputs that failed once; every test run reads them again. */

export interface KeptInput {
  readonly target: string;
  /** What it did when it was found. */
  readonly did: string;
  /** The input as text, where it is plain. */
  readonly text?: string;
  readonly hex?: string;
  /** So many times in a row. */
  readonly times?: number;
}

export const keptInputsFile = fileURLToPath(new URL('../vectors/fuzz.json', import.meta.url));

const plainText = /^[\x20-\x7e\n]*$/;

export function keptInput(target: string, did: string, input: Uint8Array): KeptInput {
  const piece = repeatedPiece(input);
  const text = Buffer.from(piece).toString('latin1');
  return {
    target,
    did,
    ...(plainText.test(text) ? { text } : { hex: formatHex(piece) }),
    ...(piece.length < input.length && { times: input.length / piece.length }),
  };
}

export function bytesOfKept({ text, hex, times = 1 }: KeptInput): Uint8Array {
  const piece = text === undefined ? parseHex(hex ?? '') : Buffer.from(text, 'latin1');
  return Buffer.concat(Array.from({ length: times }, () => piece));
}

/** The piece that a long input is nothing but repeats of; else the input itself. */
function repeatedPiece(input: Uint8Array): Uint8Array {
  for (let length = 1; length <= input.length / 100; length += 1) {
    const isPeriod = input.length % length === 0 && input.every((byte, at) => byte === input[at % length]);
    if (isPeriod) return input.subarray(0, length);
  }
  return input;
}
