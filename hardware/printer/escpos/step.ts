import type { Complaint } from './health.ts';
import type { PrinterReply } from './status.ts';

/*
 * What a conversation with the printer wants done next, and what came of it. The conversations of `dialog.ts` only yield
 * these; the driver does them. So every rule of a conversation can be read and tested without a line or a clock.
 */

export type Step =
  /** Writes at once, even while the printer says that its buffer is full: for real-time commands. */
  | { readonly kind: 'tell'; readonly bytes: Uint8Array }
  /** Writes at once and waits for an answer. */
  | {
      readonly kind: 'ask';
      readonly bytes: Uint8Array;
      readonly isAnswer: (reply: PrinterReply) => boolean;
      readonly withinMs: number;
    }
  /** Writes whole commands as fast as the line and the printer take them, then waits for the answer to the last one. */
  | {
      readonly kind: 'send';
      readonly commands: readonly Uint8Array[];
      readonly isAnswer: (reply: PrinterReply) => boolean;
      /** Counted from the last byte. */
      readonly withinMs: number;
      /** Ends the step at once; looked at after every reply. */
      readonly complaint: () => Complaint | undefined;
    }
  | { readonly kind: 'pause'; readonly ms: number };

export type StepResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'answered'; readonly reply: PrinterReply }
  | { readonly kind: 'silent' }
  /** The printer complained while it was being sent to, or while its answer was awaited. */
  | { readonly kind: 'complained'; readonly complaint: Complaint };

/** A conversation: steps out, results in, its own result at the end. */
export type Dialog<Result> = Generator<Step, Result, StepResult>;
