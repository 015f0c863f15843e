import type { Fact, OperationOpened } from '../terminal/facts.ts';
import type { WalletHash } from '../terminal/ids.ts';
import { canonicalJson } from './canonical.ts';
import { StorageError } from './errors.ts';

/** A fact as the journal keeps it: a phone is its salted hash. */
export type RecordedFact = Exclude<Fact, OperationOpened> | RecordedOpening;

export interface RecordedOpening extends Omit<OperationOpened, 'wallet'> {
  readonly wallet: WalletHash;
}

/** Where and when a fact entered the journal. */
export interface RecordedAt {
  readonly sequence: number;
  readonly wallMs: number;
}

export function encodePayload({ kind: _kind, ...payload }: RecordedFact): string {
  return canonicalJson(payload);
}

/** Undoes {@link encodePayload}. The chain vouches for the text: this software wrote it, and nobody has since. */
export function decodePayload(kind: string, payload: string): RecordedFact {
  return { kind, ...JSON.parse(payload) } as RecordedFact;
}

/** What the database says to facts that contradict what it holds. */
export function refuseUnless(condition: boolean, message: string): asserts condition {
  if (!condition) throw new StorageError('refused', message);
}
