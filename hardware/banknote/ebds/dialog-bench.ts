import type { AcceptorReport } from '../../../terminal/devices.ts';
import { minorFromTenge } from '../../../terminal/money.ts';
import { parseHex } from '../../link/tap.ts';
import type { Input } from '../note-path/step.ts';
import { step } from './dialog.ts';
import { nextWake } from './exchange.ts';
import { encodeFrame } from './frame.ts';
import { defaultEbdsOptions } from './options.ts';
import { type DialogState, initialState } from './state.ts';

/*
 * For tests: a dialog without clock, line or device. A test gives the answers, one after the other, and sees what was sent
 * and with which bit. Answers are written as in the document, with bit 0 of the control byte left clear.
 */

export const idle = '20 01 10 00 10 55 2A';
export const accepting = '20 02 10 00 10 55 2A';
export const stacking = '20 08 10 00 10 55 2A';
export const returning = '20 20 10 00 10 55 2A';
export const poweringUp = '20 00 10 01 10 55 2A';
const thousand = '4B 5A 54 30 30 31 2B 30 33 00 41 41 42 41 00 00 00';
const blank = '00 '.repeat(18).trim();
export const escrow = `70 02 04 10 00 10 55 2A 00 ${thousand}`;
/** With the idling bit beside the event. */
export const stacked = `70 02 11 10 00 10 55 2A 00 ${thousand}`;
export const stackedBlank = `70 02 11 10 00 10 55 2A ${blank}`;
const entry = (index: string): string => `70 02 01 10 00 10 55 2A ${index} ${thousand}`;
const endOfTable = `70 02 01 10 00 10 55 2A ${blank}`;
const counters = (reasons: string): string => `60 ${'00 '.repeat(24)}${reasons} ${'00 '.repeat(8).trim()}`;
/** Nothing counted, and one note rejected for its security marks. */
export const countedNothing = counters('00 '.repeat(24).trim());
export const countedSecurity = counters(`00 00 00 00 00 00 00 01 ${'00 '.repeat(16).trim()}`);

export interface SentMessage {
  readonly name: string;
  readonly bit: number;
  readonly isOpen: boolean;
}

export class DialogBench {
  state: DialogState = initialState(defaultEbdsOptions, 'run', 0);
  nowMonoMs = 0;
  reports: AcceptorReport[] = [];
  sent: SentMessage[] = [];
  isVouchedFor = false;
  #last: SentMessage | undefined;
  #isOutstanding = false;

  feed(input: Input): void {
    const { state, outputs } = step(this.state, input, this.nowMonoMs);
    this.state = state;
    for (const output of outputs) {
      if (output.kind === 'report') this.reports.push(output.report);
      if (output.kind === 'send') this.#note(output.bytes);
    }
  }

  #note(frame: Uint8Array): void {
    const [, , control = 0, first = 0, second = 0] = frame;
    this.#last = { name: nameOf(control >> 4, first, second), bit: control & 1, isOpen: first !== 0 };
    this.sent.push(this.#last);
    this.#isOutstanding = true;
  }

  /** Lets time pass to the next message. */
  next(): SentMessage {
    if (this.isVouchedFor) this.renew();
    while (!this.#isOutstanding) this.wake();
    if (this.#last === undefined) throw new Error('nothing was sent');
    return this.#last;
  }

  wake(): void {
    const atMonoMs = nextWake(this.state, this.nowMonoMs);
    if (atMonoMs === undefined) throw new Error('the dialog waits for nothing');
    this.nowMonoMs = Math.max(this.nowMonoMs, atMonoMs);
    this.feed({ kind: 'time' });
  }

  renew(): void {
    const lease = { untilMonoMs: this.nowMonoMs + 1_500, denominations: [minorFromTenge(1_000)] };
    this.feed({ kind: 'lease', lease });
  }

  /** Answers the next messages with their own bit; `-` is silence until the message is given up. */
  says(...answers: readonly string[]): void {
    for (const answer of answers) {
      const { bit } = this.next();
      if (answer === '-') this.#isOutstanding = false;
      if (answer === '-') this.wake();
      else this.hears(answer, bit);
    }
  }

  /** The device says this now, with this bit. */
  hears(answer: string, bit: number): void {
    const payload = parseHex(answer);
    payload[0] = (payload[0] ?? 0) | bit;
    if (bit === this.#last?.bit) this.#isOutstanding = false;
    this.nowMonoMs += 5;
    this.feed({ kind: 'bytes', chunk: encodeFrame(payload) });
  }

  /** Recovered, read (one kind of note, 1 000 ₸) and enabled. */
  enable(): void {
    this.feed({ kind: 'link-opened' });
    this.isVouchedFor = true;
    const answers = { question: ['60 51 5A 37', countedNothing], note: [entry('01'), endOfTable] };
    while (this.of('acceptor-enabled').length === 0) {
      const { name } = this.next();
      const answer = name === 'question' || name === 'note' ? answers[name].shift() : idle;
      this.says(answer ?? idle);
    }
    this.forget();
  }

  /** A note in escrow, announced. */
  escrow(): Extract<AcceptorReport, { kind: 'note-escrowed' }> {
    this.says(accepting, escrow);
    const told = this.of('note-escrowed')[0];
    if (told === undefined) throw new Error('no note was announced');
    this.forget();
    return told;
  }

  /** A note in escrow, and the stack bit sent for it. */
  stacking(): Extract<AcceptorReport, { kind: 'note-escrowed' }> {
    const told = this.escrow();
    this.feed({ kind: 'stack', escrowId: told.escrowId });
    if (this.next().name !== 'stack') throw new Error('the stack bit was not sent');
    return told;
  }

  /** The last credit is on durable storage. */
  confirm(): void {
    const { credit } = this.state;
    if (credit === undefined) throw new Error('there is no credit');
    this.feed({ kind: 'confirm', creditId: credit.id });
  }

  forget(): void {
    this.reports = [];
    this.sent = [];
  }

  names(): readonly string[] {
    return this.sent.map(({ name }) => name);
  }

  of<Kind extends AcceptorReport['kind']>(kind: Kind): Extract<AcceptorReport, { kind: Kind }>[] {
    return this.reports.filter((one): one is Extract<AcceptorReport, { kind: Kind }> => one.kind === kind);
  }
}

function nameOf(type: number, first: number, second: number): string {
  if (type === 6) return first === 0x7f ? 'reset' : 'question';
  if (type === 7) return ['', '', 'note', 'enables', 'escrow-timeout'][first] ?? 'unknown';
  if ((second & 0x20) !== 0) return 'stack';
  return (second & 0x40) !== 0 ? 'return' : 'poll';
}
