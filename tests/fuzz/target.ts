/*
 * A decoder under fire: where its inputs come from, and what must hold whatever they are. An input is always bytes, so
 * that any failure can be kept as a vector.
 */

/** What a decoder made of an input; both are fine. */
export type Reading = 'taken' | 'refused';

export interface Decoder {
  /** How inputs are bent: as bytes, or as the JSON they stand for. */
  readonly shape: 'bytes' | 'json';
  /** Good inputs to start from. */
  readonly samples: readonly Uint8Array[];
  /** Reads one input. Throwing is a failure, unless the error is one of `mayThrow`. */
  readonly read: (input: Uint8Array) => Reading | Promise<Reading>;
  /** Puts a damaged payload into a sound frame, so that damage reaches what lies behind the checksum. */
  readonly dress?: (payload: Uint8Array) => Uint8Array;
  /** The errors that the decoder is documented to throw. */
  readonly mayThrow?: (error: unknown) => boolean;
}

export interface FuzzTarget {
  readonly name: string;
  /** Its part of the inputs of a run, beside the other targets' parts: small where one reading is slow. */
  readonly share: number;
  readonly open: () => Decoder | Promise<Decoder>;
}

/** A promise of a decoder that did not hold. */
export class BrokenPromise extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BrokenPromise';
  }
}

export function promise(condition: boolean, message: string): asserts condition {
  if (!condition) throw new BrokenPromise(message);
}
