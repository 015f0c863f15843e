import type { LinkStep } from '../device-facts.ts';
import type { EscrowId } from '../ids.ts';
import type { Minor } from '../money.ts';
import type { NoAnswerReason, TransportAnswer } from '../wallet/transport.ts';
import type { SlipState } from './slip-state.ts';

/* What can be tried on a device, and how far the trial is. */

export type DeviceTest =
  /** Notes are shown with their value and go back; none is let in. */
  | { readonly kind: 'notes'; readonly seen: readonly TestedNote[] }
  | { readonly kind: 'page'; readonly print: SlipState }
  | { readonly kind: 'link'; readonly requestId: string; readonly outcome: LinkOutcome | undefined }
  | { readonly kind: 'ledger'; readonly requestId: string; readonly outcome: LedgerOutcome | undefined }
  /** A finger goes over the whole glass; the page alone knows where it was. */
  | { readonly kind: 'touch'; readonly outcome: TouchOutcome | undefined }
  /** Plain colours and a fine grid over the whole glass, for the eyes of whoever stands before it. */
  | { readonly kind: 'picture'; readonly outcome: PictureOutcome | undefined };

export interface TouchOutcome {
  /** Into how many places the glass was divided, and how many of them no touch has reached. */
  readonly cells: number;
  readonly dead: number;
}

export type PictureOutcome = 'even' | 'flawed';

export interface TestedNote {
  /** Absent for a note that the acceptor has turned away by itself. */
  readonly escrowId: EscrowId | undefined;
  readonly valueMinor: Minor | undefined;
  readonly fate: 'shown' | 'returned' | 'rejected';
}

/** How one question to the backend went. */
export interface LinkOutcome {
  /** Where it ended; absent if a signed answer came back. */
  readonly failedAt: LinkStep | undefined;
  readonly tookMs: number;
  /** How far this machine's clock is ahead of the backend's; absent without a signed answer. */
  readonly aheadMs: number | undefined;
}

export interface LedgerOutcome {
  /** Room where the ledger lives. */
  readonly freeBytes: number;
  /** What does not hold; absent if everything does. */
  readonly damage: string | undefined;
}

/** The moment that an answer, or its absence, came in. */
interface Heard {
  readonly tookMs: number;
  readonly wallMs: number;
}

export function linkOutcome(answer: TransportAnswer, { tookMs, wallMs }: Heard): LinkOutcome {
  return answer.kind === 'answer'
    ? { failedAt: undefined, tookMs, aheadMs: wallMs - answer.backendWallMs }
    : { failedAt: stepOf(answer.why), tookMs, aheadMs: undefined };
}

const stepOfReason: Readonly<Record<NoAnswerReason, LinkStep>> = {
  'no-such-name': 'resolve',
  'refused-connection': 'connect',
  tls: 'tls',
  deadline: 'answer',
  'connection-lost': 'answer',
  'too-large': 'answer',
  redirect: 'answer',
  encoded: 'answer',
  'not-json': 'answer',
  'not-signed': 'signature',
  'bad-signature': 'signature',
  'bad-digest': 'signature',
};

function stepOf(why: NoAnswerReason): LinkStep {
  return stepOfReason[why];
}
