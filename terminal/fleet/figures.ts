import { type Minor, minor } from '../money.ts';

/** What the ledger says about the terminal's work at a moment; no phone, no name, no operation. */
export interface Figures {
  readonly cassette: CassetteFigures | undefined;
  readonly queue: QueueFigures;
  /** Notes whose whereabouts nobody can prove yet. */
  readonly unknownNotes: number;
  /** When a visit last closed with money. */
  readonly lastPaymentAtMs: number | undefined;
  /** When the newest top-up that is credited became so. */
  readonly lastCreditedAtMs: number | undefined;
}

/** The notes of the period that is open. */
export interface CassetteFigures {
  readonly periodNumber: number;
  readonly openedAtMs: number;
  /** Beyond doubt, largest first. */
  readonly counts: readonly { readonly valueMinor: Minor; readonly count: number }[];
  /** Each stands by itself on the slip (money rule M11). */
  readonly notesInDoubt: number;
}

export interface QueueFigures {
  /** Top-ups the backend has not answered. */
  readonly waiting: number;
  /** Top-ups it has taken on and not credited yet. */
  readonly accepted: number;
  /** Refused or parked: they wait for a person. */
  readonly stopped: number;
  readonly oldestWaitingClosedAtMs: number | undefined;
}

export function notesIn({ counts }: CassetteFigures): number {
  return counts.reduce((notes, { count }) => notes + count, 0);
}

export function sumIn({ counts }: CassetteFigures): Minor {
  return minor(counts.reduce((sum, { valueMinor, count }) => sum + valueMinor * count, 0));
}
