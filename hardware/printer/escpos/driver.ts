import { assert } from '../../../terminal/assert.ts';
import type {
  PrinterDriver,
  PrinterReport,
  PrintOutcome,
  ReceiptDocument,
} from '../../../terminal/devices.ts';
import type { Clock, Timer } from '../../../terminal/ports.ts';
import type { Link, LinkConnection } from '../../link/link.ts';
import { letterPreparations } from '../raster/prepare.ts';
import { Conversation } from './conversation.ts';
import { clearDialog, freshMemory, pollDialog, printDialog, standingComplaint } from './dialog.ts';
import { encodeDocument, type PrintJob } from './encode.ts';
import { soundHealth, withReply } from './health.ts';
import type { EscposProfile } from './profile.ts';
import { parseReplies } from './status.ts';
import type { Dialog } from './step.ts';

export interface EscposDriverParts {
  readonly link: Link;
  readonly clock: Clock;
  readonly profile: EscposProfile;
  /** What the line carries (a serial line: baud rate / 10); `undefined` for USB, TCP and memory. */
  readonly lineBytesPerSecond?: number | undefined;
}

const driverTimings = {
  pollIntervalMs: 2_000,
  reopenIntervalMs: 2_000,
  /** Bytes of one reply follow each other faster than this. */
  replyGapMsMax: 200,
  /** Polls without an answer before the line is closed and opened afresh, which wakes a hung USB adapter. */
  silentPollsMax: 5,
  /** Between two small pieces of drawing letters beforehand: other devices are polled on this thread. */
  preparationGapMs: 10,
} as const;

/** More slips than a terminal can want at once mean that someone prints in a loop. */
const waitingMax = 16;

type Task =
  | { readonly kind: 'print'; readonly job: PrintJob; readonly end: (outcome: PrintOutcome) => void }
  | { readonly kind: 'clear'; readonly end: () => void };

/** A driver for ESC/POS printers; what differs between them is in the profile. */
export function createEscposDriver(parts: EscposDriverParts): PrinterDriver {
  return new EscposDriver(parts);
}

class EscposDriver implements PrinterDriver {
  readonly #parts: EscposDriverParts;
  readonly #memory = freshMemory();
  readonly #waiting: Task[] = [];
  #onReport: ((report: PrinterReport) => void) | undefined;
  #lastReport = '';
  #connection: LinkConnection | undefined;
  #conversation: Pick<Conversation<unknown>, 'hear' | 'abandon'> | undefined;
  #current: Task | undefined;
  #timer: Timer | undefined;
  #rest: Uint8Array = new Uint8Array();
  #heardAtMonoMs = 0;
  #silentPolls = 0;
  #jobNumber = 0;

  constructor(parts: EscposDriverParts) {
    this.#parts = parts;
  }

  start(onReport: (report: PrinterReport) => void): void {
    assert(this.#onReport === undefined, 'a printer driver is started once');
    this.#onReport = onReport;
    this.#open();
    const { profile } = this.#parts;
    this.#prepare(letterPreparations(profile, profile.text.kind === 'native' ? 'headlines' : 'all'));
  }

  print(document: ReceiptDocument): Promise<PrintOutcome> {
    this.#jobNumber += 1;
    const job = encodeDocument(document, this.#parts.profile, this.#jobNumber);
    return new Promise((resolve) => this.#add({ kind: 'print', job, end: resolve }));
  }

  clear(): Promise<void> {
    if (this.#memory.mayHangUncut) this.#memory.residue = 'paper';
    if (this.#memory.residue === 'none') return Promise.resolve();
    return new Promise((resolve) => this.#add({ kind: 'clear', end: resolve }));
  }

  async stop(): Promise<void> {
    this.#onReport = undefined;
    const connection = this.#connection;
    this.#dropLine();
    this.#timer?.cancel();
    await connection?.close();
  }

  #prepare([first, ...others]: readonly (() => void)[]): void {
    if (first === undefined || this.#onReport === undefined) return;
    first();
    this.#parts.clock.setTimer(driverTimings.preparationGapMs, () => this.#prepare(others));
  }

  // ---------------------------------------------------------------- line

  #open(): void {
    this.#parts.link
      .open({ onBytes: (chunk) => this.#hear(chunk), onClosed: (reason) => this.#lineLost(reason) })
      .then(
        (connection) => this.#opened(connection),
        (error: Error) => this.#lineLost(error.message),
      );
  }

  #opened(connection: LinkConnection): void {
    if (this.#onReport === undefined) {
      void connection.close();
      return;
    }
    this.#connection = connection;
    this.#rest = new Uint8Array();
    this.#silentPolls = 0;
    const memory = this.#memory;
    memory.health = soundHealth;
    memory.model = undefined;
    memory.wrongDevice = false;
    if (memory.residue === 'none') memory.residue = 'bytes';
    this.#poll();
  }

  #lineLost(reason: string): void {
    this.#dropLine();
    this.#report({ kind: 'printer-trouble', fault: 'not-connected', detail: reason });
    if (this.#onReport !== undefined) this.#wakeAfter(driverTimings.reopenIntervalMs, () => this.#open());
  }

  /** Ends what was going on: nothing more is heard or written on this line. */
  #dropLine(): void {
    this.#connection = undefined;
    this.#conversation?.abandon();
    this.#conversation = undefined;
    const tasks = [...(this.#current === undefined ? [] : [this.#current]), ...this.#waiting.splice(0)];
    const begun = this.#current?.kind === 'print' && this.#memory.slipBegun;
    this.#current = undefined;
    for (const [at, task] of tasks.entries()) endWithoutLine(task, begun && at === 0);
  }

  #hear(chunk: Uint8Array): void {
    const { clock, profile } = this.#parts;
    if (clock.monoMs() - this.#heardAtMonoMs > driverTimings.replyGapMsMax) this.#rest = new Uint8Array();
    this.#heardAtMonoMs = clock.monoMs();
    const { replies, rest } = parseReplies(this.#rest, chunk, profile.status);
    this.#rest = rest;
    for (const reply of replies) {
      this.#memory.health = withReply(this.#memory.health, reply);
      this.#conversation?.hear(reply);
    }
    if (this.#conversation === undefined) this.#reportHealth();
  }

  // ---------------------------------------------------------------- tasks

  #add(task: Task): void {
    if (this.#connection === undefined) {
      endWithoutLine(task, false);
      return;
    }
    assert(this.#waiting.length < waitingMax, `more than ${waitingMax} slips are waiting to be printed`);
    this.#waiting.push(task);
    if (this.#conversation === undefined) this.#next();
  }

  #next(): void {
    this.#timer?.cancel();
    const task = this.#waiting.shift();
    this.#current = task;
    if (task === undefined) {
      this.#reportHealth();
      this.#wakeAfter(driverTimings.pollIntervalMs, () => this.#poll());
      return;
    }
    const { profile } = this.#parts;
    if (task.kind === 'print') this.#converse(printDialog(this.#memory, profile, task.job), task.end);
    else this.#converse(clearDialog(this.#memory, profile), task.end);
  }

  #poll(): void {
    this.#converse(pollDialog(this.#memory, this.#parts.profile), () => {
      this.#silentPolls = this.#memory.silent ? this.#silentPolls + 1 : 0;
    });
  }

  #converse<Result>(dialog: Dialog<Result>, onEnd: (result: Result) => void): void {
    const connection = this.#connection;
    assert(connection !== undefined, 'a conversation needs an open line');
    const conversation = new Conversation(
      dialog,
      {
        write: (bytes) => connection.write(bytes),
        bytesPerSecond: this.#parts.lineBytesPerSecond,
        clock: this.#parts.clock,
      },
      (result: Result) => {
        this.#conversation = undefined;
        onEnd(result);
        this.#conversationEnded();
      },
    );
    this.#conversation = conversation;
    conversation.begin();
  }

  #conversationEnded(): void {
    if (this.#silentPolls >= driverTimings.silentPollsMax) {
      const connection = this.#connection;
      this.#silentPolls = 0;
      this.#reportHealth();
      this.#dropLine();
      const reopen = () => this.#wakeAfter(driverTimings.reopenIntervalMs, () => this.#open());
      connection?.close().then(reopen, reopen);
      return;
    }
    const printed = this.#current?.kind === 'print';
    this.#current = undefined;
    // Doubt is dealt with at once, not when the next visitor comes.
    if (printed && this.#memory.residue !== 'none' && this.#waiting.length === 0) this.#poll();
    else this.#next();
  }

  // ---------------------------------------------------------------- reports

  #reportHealth(): void {
    const complaint = standingComplaint(this.#memory);
    const { model, health } = this.#memory;
    if (complaint !== undefined) this.#report({ kind: 'printer-trouble', ...complaint });
    else if (this.#memory.residue === 'none') {
      this.#report({ kind: 'printer-ready', paperLow: health.paperLow, model });
    }
  }

  #report(report: PrinterReport): void {
    const text = JSON.stringify(report);
    if (text === this.#lastReport) return;
    this.#lastReport = text;
    this.#onReport?.(report);
  }

  #wakeAfter(delayMs: number, onTime: () => void): void {
    this.#timer?.cancel();
    this.#timer = this.#parts.clock.setTimer(delayMs, onTime);
  }
}

function endWithoutLine(task: Task, slipBegun: boolean): void {
  if (task.kind === 'clear') task.end();
  else if (slipBegun) task.end({ kind: 'unknown', fault: 'not-connected' });
  else task.end({ kind: 'failed', fault: 'not-connected', nothingSent: true });
}
