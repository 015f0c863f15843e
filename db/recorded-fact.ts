import type { Fact, OperationOpened } from '../terminal/facts.ts';
import type { WalletHash } from '../terminal/ids.ts';
import type { SettlementProposed } from '../terminal/settlement-facts.ts';
import type { StaffPinSet } from '../terminal/staff-facts.ts';
import { canonicalJson } from './canonical.ts';
import { StorageError } from './errors.ts';

/** A fact as the journal keeps it: a phone is its salted hash, and of a PIN it says only that there is one. */
export type RecordedFact =
  | Exclude<Fact, OperationOpened | SettlementProposed | StaffPinSet>
  | RecordedOpening
  | RecordedProposal
  | RecordedPinSet;

export type RecordedPinSet = Omit<StaffPinSet, 'verifier'>;

export interface RecordedOpening extends Omit<OperationOpened, 'wallet'> {
  readonly wallet: WalletHash;
}

export interface RecordedProposal extends Omit<SettlementProposed, 'wallet'> {
  readonly wallet: WalletHash | undefined;
}

/** Where and when a fact entered the journal. */
export interface RecordedAt {
  readonly sequence: number;
  readonly wallMs: number;
  /** The chain's hash of that row, hexadecimal. */
  readonly head: string;
}

/**
 * A UUIDv7 for something that a journal row brings about: the row's time, and of its hash as many bits as fit. Made
 * again from the same journal it is the same.
 */
export function uuidOfRow({ wallMs, head }: RecordedAt): string {
  const time = wallMs.toString(16).padStart(12, '0');
  const variant = '89ab'.charAt(Number.parseInt(head.charAt(15), 16) % 4);
  const parts = [time.slice(0, 8), time.slice(8), `7${head.slice(0, 3)}`, `${variant}${head.slice(3, 6)}`];
  return [...parts, head.slice(16, 28)].join('-');
}

/** The kind has a column of its own. */
export function encodePayload(fact: RecordedFact): string {
  return canonicalJson(fact, 'kind');
}

/** Undoes {@link encodePayload}. The chain vouches for the text: this software wrote it, and nobody has since. */
export function decodePayload(kind: string, payload: string): RecordedFact {
  return { kind, ...JSON.parse(payload) } as RecordedFact;
}

/** What the database says to facts that contradict what it holds. */
export function refuseUnless(condition: boolean, message: string): asserts condition {
  if (!condition) throw new StorageError('refused', message);
}
