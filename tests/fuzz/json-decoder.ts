import type { Decoder, Reading } from './target.ts';

/** A decoder of JSON text; texts that are no text at all are for the tests of the line. */
export function jsonDecoder(good: readonly unknown[], read: (text: string) => Reading): Decoder {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  return {
    shape: 'json',
    samples: good.map((value) => encoder.encode(JSON.stringify(value))),
    read: (input) => read(decoder.decode(input)),
  };
}

/** The value that a text stands for, and for broken texts nothing. */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
