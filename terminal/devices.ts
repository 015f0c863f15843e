import type { CreditId, EscrowId } from './ids.ts';
import type { Currency, Minor } from './money.ts';

/*
 * The vendor-neutral words of acceptors and printers. A driver turns bytes into these reports and these commands
 * into bytes; nothing above it knows a protocol.
 */

// ---------------------------------------------------------------- bill acceptor

/**
 * One bill acceptor. It is disabled unless it holds a fresh {@link AcceptorLease}, and it never stacks a note
 * without `stack`. All calls return at once; what came of them is told by reports.
 */
export interface AcceptorDriver {
  /** Connects, identifies, recovers what a power cut or a lost host left in the path, and stays disabled. */
  start(onReport: (report: AcceptorReport) => void): void;
  /**
   * The host vouches for the next moments (money rule M7). A driver with no lease, or an expired one, sends no enable
   * and no stack byte, returns a note in escrow and disables the acceptor as soon as no note is moving.
   */
  renewLease(lease: AcceptorLease): void;
  /** Ends the lease now: nothing further is accepted; a note in escrow goes back; a moving note finishes. */
  endLease(): void;
  /**
   * Lets the note in escrow be stacked. Sent only if the lease is live, `escrowId` still stands and was first seen less
   * than two seconds ago (money rule M3); otherwise the note is returned and a report says so.
   */
  stack(escrowId: EscrowId): void;
  /** Gives the note in escrow back to the customer. */
  returnNote(escrowId: EscrowId): void;
  /** The credit is on durable storage: the device may be told to forget it. */
  confirmCredit(creditId: CreditId): void;
  /** Clears a jam or failure after a person has seen to the device. */
  reset(): void;
  /** Disables the acceptor and closes the line. */
  stop(): Promise<void>;
}

export interface AcceptorLease {
  /** On the monotonic clock. */
  readonly untilMonoMs: number;
  /** The notes that are welcome now; any other kind is switched off in the device, or returned. */
  readonly denominations: readonly Minor[];
}

/** What an acceptor may speak; the name in an operator's settings and on every command line. */
export const acceptorProtocols = ['ccnet', 'id003', 'essp', 'ebds'] as const;

export type AcceptorProtocol = (typeof acceptorProtocols)[number];

export function isAcceptorProtocol(name: string): name is AcceptorProtocol {
  return (acceptorProtocols as readonly string[]).includes(name);
}

export interface AcceptorIdentity {
  readonly protocol: AcceptorProtocol;
  readonly model: string;
  readonly serialNumber: string;
  readonly firmware: string | undefined;
  readonly denominations: readonly Denomination[];
}

/** A kind of note the device can tell. */
export interface Denomination {
  readonly valueMinor: Minor;
  readonly currency: Currency;
}

export type AcceptorReport =
  | { readonly kind: 'acceptor-connected'; readonly identity: AcceptorIdentity }
  /** The line or the device is gone; the driver keeps trying. */
  | { readonly kind: 'acceptor-lost'; readonly fault: AcceptorFault; readonly detail: string }
  /**
   * After a start, a link break or a reset: the path has been brought to rest and the acceptor is disabled. Whatever
   * note was in it has been reported before this; a note still open in the books has no further proof to expect,
   * except as `leftInPath` says.
   */
  | { readonly kind: 'acceptor-recovered'; readonly leftInPath: LeftInPath }
  | { readonly kind: 'acceptor-enabled' }
  | { readonly kind: 'acceptor-disabled' }
  /** A note has gone in and is being looked at. */
  | { readonly kind: 'note-accepting' }
  | {
      readonly kind: 'note-escrowed';
      readonly escrowId: EscrowId;
      /** Absent if the device named a kind that its table does not hold: return it. */
      readonly denomination: Denomination | undefined;
    }
  | { readonly kind: 'note-stacking' }
  /** The protocol's credit event (money rule M2). Repeats until `confirmCredit`; each repeat has the same `creditId`. */
  | {
      readonly kind: 'note-stacked';
      readonly creditId: CreditId;
      /** The escrow it ends, when this process saw it. */
      readonly escrowId: EscrowId | undefined;
      readonly denomination: Denomination | undefined;
      /** A power-up, a silence or a fault came before it: nobody watched which cassette took the note (money rule M11). */
      readonly isRecovery?: true;
    }
  /** The device no longer repeats that credit event. */
  | { readonly kind: 'credit-released'; readonly creditId: CreditId }
  /** A note is on its way back, or lies in the mouth waiting to be taken. */
  | { readonly kind: 'note-returning'; readonly reason: ReturnReason }
  /** The note that was in escrow (or in the path at a start) has gone back. */
  | { readonly kind: 'note-returned'; readonly escrowId: EscrowId | undefined; readonly reason: ReturnReason }
  /** Never reached escrow: the device gave it back by itself. */
  | { readonly kind: 'note-rejected'; readonly reason: RejectReason }
  | { readonly kind: 'acceptor-trouble'; readonly fault: AcceptorFault; readonly detail: string }
  | { readonly kind: 'acceptor-trouble-ended'; readonly fault: AcceptorFault };

/** What a start found: `stacker` means a note was past the point of return, yet no credit followed. */
export type LeftInPath = 'nothing' | 'head' | 'stacker';

export type ReturnReason =
  | 'host' // the host asked for it
  | 'lease-expired'
  | 'escrow-stale' // no decision within two seconds, or after a start or link break
  | 'kind-not-accepted'
  | 'device'; // the device's own decision or time-out

export type RejectReason = 'unreadable' | 'kind-not-accepted' | 'left-in-head' | 'doubtful' | 'mechanical';

export type AcceptorFault =
  | 'not-connected'
  | 'no-answer'
  | 'wrong-device'
  | 'looped-back'
  | 'bill-table'
  | 'cassette-full'
  | 'cassette-removed'
  | 'jam-in-head'
  | 'jam-in-cassette'
  | 'cheated'
  | 'paused' // a second note pushed in too early
  | 'failure'
  | 'note-stuck' // moving for longer than any note takes
  | 'note-in-mouth'; // returned and not taken

// ---------------------------------------------------------------- printer

/** One receipt printer. */
export interface PrinterDriver {
  start(onReport: (report: PrinterReport) => void): void;
  /**
   * Prints one document and asks for proof. Resolves once, always: a silent printer ends as `unknown`. The caller has
   * stored the print intent before (money rule M15).
   */
  print(document: ReceiptDocument): Promise<PrintOutcome>;
  /** Drops whatever a doubtful print may have left in the printer's buffers. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * `printed`: the printer proved it. `failed`: it said why, and whether any paper came out is in doubt unless
 * `nothingSent`. `unknown`: no proof either way.
 */
export type PrintOutcome =
  | { readonly kind: 'printed' }
  | { readonly kind: 'failed'; readonly fault: PrinterFault; readonly nothingSent: boolean }
  | { readonly kind: 'unknown'; readonly fault: PrinterFault };

export type PrinterReport =
  | { readonly kind: 'printer-ready'; readonly paperLow: boolean; readonly model: string | undefined }
  | { readonly kind: 'printer-trouble'; readonly fault: PrinterFault; readonly detail: string };

export type PrinterFault =
  | 'not-connected'
  | 'no-answer'
  | 'wrong-device'
  | 'paper-out'
  | 'cover-open'
  | 'cutter'
  | 'over-heated'
  | 'jam'
  | 'failure';

/** A slip as the printer driver takes it: lines of text with their weight, rules, a QR code; no bytes. */
export interface ReceiptDocument {
  readonly lines: readonly ReceiptLine[];
}

export type ReceiptLine =
  | { readonly kind: 'text'; readonly text: string; readonly style: TextStyle; readonly align: Align }
  /** A label at the left edge and its value at the right one; beneath the label the same in a second language. */
  | {
      readonly kind: 'pair';
      readonly label: string;
      readonly labelBelow?: string | undefined;
      readonly value: string;
      readonly style: TextStyle;
    }
  /** How it ended: a drawn sign, what it is about in the largest letters, and words beneath. */
  | {
      readonly kind: 'headline';
      readonly sign: ReceiptSign;
      readonly text: string;
      readonly below: readonly string[];
    }
  /** White on black across the paper: what nobody may overlook. */
  | { readonly kind: 'banner'; readonly text: string }
  | { readonly kind: 'rule' }
  | { readonly kind: 'space' }
  | { readonly kind: 'qr'; readonly data: string };

export type Align = 'left' | 'centre' | 'right';
export type TextStyle = 'small' | 'normal' | 'strong' | 'large';
/** The three honest ends, told apart by shape alone: filled circle and tick; ring and clock; filled circle and "!". */
export type ReceiptSign = 'credited' | 'accepted' | 'needs-help';
