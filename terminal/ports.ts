import type { DeskAnswer, DeskQuery } from './service-mode/desk.ts';
import type { PinVerdict } from './service-mode/event.ts';

/*
 * What the terminal needs from the world. Each is implemented once for real (in `host/`) and once for a virtual
 * world (in `simulator/`).
 */

/** Time. Deadlines and leases use the monotonic clock; records and receipts the wall clock. */
export interface Clock {
  /** Milliseconds since 1970 UTC; a person or the network may set it back. */
  wallMs(): number;
  /** Milliseconds from an arbitrary start; never goes back. */
  monoMs(): number;
  /** Calls `onTime` once, not before `delayMs` has passed. */
  setTimer(delayMs: number, onTime: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

/** Chance, for jitter and for ids. */
export interface Random {
  /** A whole number from 0 to `below` − 1. */
  nextInt(below: number): number;
}

/** Long looks at the ledger, beside the thread that writes it (money rules M6 and M14). */
export interface LedgerInspector {
  /** Walks the whole chain and the database's own structures: what does not hold, or `undefined` if everything does. */
  fullCheck(): Promise<string | undefined>;
  /** Room left where the ledger lives. */
  freeBytes(): number;
  /** Room there is in all. */
  totalBytes(): number;
}

/** Looks up what service mode shows, beside the thread that writes. */
export interface Desk {
  read(query: DeskQuery): Promise<DeskAnswer>;
}

/** The slow work on people's PINs; it never holds up the terminal. */
export interface PinKeeper {
  /** Against the stored verifier of that PIN; without one it takes as long and never fits. */
  check(pin: string, verifier: string | undefined): Promise<PinVerdict>;
  /** A verifier for a new PIN: slow to try, with a salt of its own. */
  make(pin: string): Promise<string>;
  /** Whether this is the code that `npm run staff -- enrol` has printed, and it is still good. */
  checkEnrolment(code: string): Promise<boolean>;
  /** The code has served. */
  endEnrolment(): Promise<void>;
}

/** UUIDv7 strings, rising with time. */
export interface IdSource {
  uuidV7(): string;
}
