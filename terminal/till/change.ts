import type { Fact } from '../facts.ts';
import type { CreditId, EscrowId } from '../ids.ts';
import type { Minor } from '../money.ts';
import type { TopUpRow } from '../store.ts';
import type { Operation, Till } from './state.ts';

/** What came of one report: the new till, what to store first, what to do then, and what the screen should know. */
export interface TillStep {
  readonly till: Till;
  readonly facts: readonly Fact[];
  readonly effects: readonly TillEffect[];
  readonly notices: readonly TillNotice[];
  readonly topUps: readonly TopUpRow[];
}

export type TillEffect =
  | { readonly kind: 'stack'; readonly escrowId: EscrowId }
  | { readonly kind: 'return-note'; readonly escrowId: EscrowId }
  | { readonly kind: 'confirm-credit'; readonly creditId: CreditId }
  /** Watch for the final report about a moving note (money rule M12). */
  | { readonly kind: 'watch-note' }
  | { readonly kind: 'stop-watching-note' };

export type TillNotice =
  | { readonly kind: 'note-moving' }
  | { readonly kind: 'note-counted'; readonly valueMinor: Minor }
  /** It goes back or has gone back; `in-mouth` until it is taken. */
  | { readonly kind: 'note-coming-back'; readonly reason: ComingBackReason }
  /** Nothing is between mouth and cassette any more. */
  | { readonly kind: 'notes-at-rest' }
  /** The operation had to be closed as *needs help*; here it is as it was then. */
  | { readonly kind: 'operation-doubtful'; readonly operation: Operation };

/** What the customer is told; each has its own sentence. */
export type ComingBackReason = 'unreadable' | 'kind-not-accepted' | 'over-limit' | 'not-now';

export function stay(till: Till): TillStep {
  return { till, facts: [], effects: [], notices: [], topUps: [] };
}

export function step(till: Till, parts: Partial<Omit<TillStep, 'till'>>): TillStep {
  return { ...stay(till), ...parts };
}
