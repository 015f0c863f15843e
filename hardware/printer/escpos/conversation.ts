import { assert, unreachable } from '../../../terminal/assert.ts';
import type { Clock, Timer } from '../../../terminal/ports.ts';
import type { PrinterReply } from './status.ts';
import type { Dialog, Step, StepResult } from './step.ts';

/** So much is handed to the line at a time; what is not handed over yet can still be held back. */
const pieceBytesMax = 1_024;
/** How long a full printer may keep us waiting before the print is given up. */
const fullBufferMsMax = 10_000;

export interface ConversationLine {
  readonly write: (bytes: Uint8Array) => void;
  /** `undefined` where the line itself holds the writer back or is faster than any printer. */
  readonly bytesPerSecond: number | undefined;
  readonly clock: Clock;
}

/** Carries out one dialog, step by step, on a line and a clock. Without an end it is simply dropped (`abandon`). */
export class Conversation<Result> {
  readonly #dialog: Dialog<Result>;
  readonly #line: ConversationLine;
  readonly #onEnd: (result: Result) => void;
  #step: Step | undefined;
  #unsent: Uint8Array[] = [];
  #printerHasRoom = true;
  #timer: Timer | undefined;

  constructor(dialog: Dialog<Result>, line: ConversationLine, onEnd: (result: Result) => void) {
    this.#dialog = dialog;
    this.#line = line;
    this.#onEnd = onEnd;
  }

  begin(): void {
    this.#take(this.#dialog.next());
  }

  /** A reply from the printer, already folded into what is known of its health. */
  hear(reply: PrinterReply): void {
    const step = this.#step;
    if (step === undefined || step.kind === 'pause' || step.kind === 'tell') return;
    if (step.kind === 'ask') {
      if (step.isAnswer(reply)) this.#go({ kind: 'answered', reply });
      return;
    }
    const complaint = step.complaint();
    if (complaint !== undefined) this.#go({ kind: 'complained', complaint });
    else if (reply.kind === 'flow') this.#setFlow(reply.hasRoom);
    else if (this.#unsent.length === 0 && step.isAnswer(reply)) this.#go({ kind: 'answered', reply });
  }

  /** The line is gone: nothing further is written, and nobody is told. */
  abandon(): void {
    this.#timer?.cancel();
    this.#step = undefined;
    this.#unsent = [];
  }

  #go(result: StepResult): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#step = undefined;
    this.#unsent = [];
    this.#take(this.#dialog.next(result));
  }

  #take(taken: IteratorResult<Step, Result>): void {
    if (taken.done === true) this.#onEnd(taken.value);
    else this.#do(taken.value);
  }

  #do(step: Step): void {
    this.#step = step;
    switch (step.kind) {
      case 'tell':
        this.#line.write(step.bytes);
        this.#wakeAfter(0, () => this.#go({ kind: 'done' }));
        return;
      case 'ask':
        this.#line.write(step.bytes);
        this.#wakeAfter(step.withinMs, () => this.#go({ kind: 'silent' }));
        return;
      case 'pause':
        this.#wakeAfter(step.ms, () => this.#go({ kind: 'done' }));
        return;
      case 'send':
        this.#printerHasRoom = true;
        this.#unsent = step.commands.flatMap(pieces);
        this.#sendOn(step);
        return;
      default:
        unreachable(step);
    }
  }

  #sendOn(step: Step & { kind: 'send' }): void {
    if (!this.#printerHasRoom) {
      this.#wakeAfter(fullBufferMsMax, () => this.#go({ kind: 'silent' }));
      return;
    }
    const piece = this.#unsent.shift();
    if (piece === undefined) {
      this.#wakeAfter(step.withinMs, () => this.#go({ kind: 'silent' }));
      return;
    }
    this.#line.write(piece);
    this.#wakeAfter(this.#travelMs(piece), () => this.#sendOn(step));
  }

  #setFlow(hasRoom: boolean): void {
    const step = this.#step;
    assert(step?.kind === 'send', 'only a send minds whether the printer has room');
    const changed = hasRoom !== this.#printerHasRoom;
    this.#printerHasRoom = hasRoom;
    // Everything handed over already: a full buffer only means that the answer takes longer.
    if (changed && this.#unsent.length > 0) this.#sendOn(step);
  }

  #travelMs(piece: Uint8Array): number {
    const { bytesPerSecond } = this.#line;
    return bytesPerSecond === undefined ? 0 : Math.ceil((piece.length * 1_000) / bytesPerSecond);
  }

  #wakeAfter(delayMs: number, onTime: () => void): void {
    this.#timer?.cancel();
    this.#timer = this.#line.clock.setTimer(delayMs, onTime);
  }
}

function pieces(command: Uint8Array): Uint8Array[] {
  const cut: Uint8Array[] = [];
  for (let at = 0; at < command.length; at += pieceBytesMax) {
    cut.push(command.subarray(at, at + pieceBytesMax));
  }
  return cut;
}
