import type { AcceptorReport } from '../../../terminal/devices.ts';
import { minorFromTenge } from '../../../terminal/money.ts';
import { formatHex, parseHex } from '../../link/tap.ts';
import type { AcceptorLogEvent } from '../note-path/state.ts';
import type { Input } from '../note-path/step.ts';
import { step } from './dialog.ts';
import { nextWake } from './exchange.ts';
import { encodeFrame } from './frame.ts';
import { defaultId003Options } from './options.ts';
import { type DialogState, initialState } from './state.ts';

/*
 * For tests: a dialog without clock, line or device. A test gives the answers to STATUS REQUEST, one after the other; all
 * other commands are answered as a sound acceptor would, unless the test says otherwise.
 */

const nameOf: ReadonlyMap<number, string> = new Map([
  [0x11, 'STATUS'],
  [0x40, 'RESET'],
  [0x42, 'STACK-2'],
  [0x43, 'RETURN'],
  [0x50, 'ACK'],
  [0x88, 'VERSION'],
  [0x8a, 'CURRENCY'],
  [0xc0, 'C0'],
  [0xc1, 'C1'],
  [0xc2, 'C2'],
  [0xc3, 'C3'],
  [0xc4, 'C4'],
  [0xc5, 'C5'],
]);

const version = Uint8Array.of(0x88, ...new TextEncoder().encode('U(KAZ)-07-SS2 ID003-05V601-12'));
/** 62 to 68: 200 to 20 000 ₸; 64 is 1 000 ₸. */
const table = parseHex(
  '8A 61 00 00 00 62 51 02 02 63 51 05 02 64 51 0A 02 65 51 14 02 66 51 32 02 67 51 0A 03 68 51 14 03',
);

/** What answers a command, in hex; `undefined` is silence. */
type Answer = string | undefined;

export class DialogBench {
  state: DialogState = initialState(defaultId003Options, 'run', 0);
  nowMonoMs = 0;
  reports: AcceptorReport[] = [];
  /** What the host wrote: the command's name, and its data in hex. */
  sent: string[] = [];
  logged: AcceptorLogEvent[] = [];
  reopened = 0;
  /** Renewed before every status, until a test ends it. */
  welcomeTenge: readonly number[] | undefined;
  readonly answers = new Map<string, () => Answer>();
  #outstanding: { readonly name: string; readonly payload: Uint8Array } | undefined;

  constructor() {
    for (const name of ['RESET', 'STACK-2', 'RETURN']) this.answers.set(name, () => '50');
    this.answers.set('VERSION', () => formatHex(version));
    this.answers.set('CURRENCY', () => formatHex(table));
  }

  feed(input: Input): void {
    const { state, outputs } = step(this.state, input, this.nowMonoMs);
    this.state = state;
    for (const output of outputs) {
      if (output.kind === 'report') this.reports.push(output.report);
      if (output.kind === 'log') this.logged.push(output.event);
      if (output.kind === 'reopen-link') this.reopened += 1;
      if (output.kind === 'send') this.#note(output.bytes.slice(2, -2));
    }
  }

  #note(payload: Uint8Array): void {
    const name = nameOf.get(payload[0] ?? -1) ?? 'unknown';
    this.sent.push([name, ...(payload.length > 1 ? [formatHex(payload.slice(1))] : [])].join(' '));
    if (name !== 'ACK') this.#outstanding = { name, payload };
  }

  /** Lets time pass to the next STATUS REQUEST, answering everything on the way that is none. */
  toNextStatus(): void {
    for (let turns = 0; turns < 1_000; turns += 1) {
      const asked = this.#outstanding;
      if (asked?.name === 'STATUS') return;
      this.#outstanding = undefined;
      if (asked !== undefined) this.#answer(asked.name, asked.payload);
      else this.#wake();
    }
    throw new Error(`no STATUS REQUEST within 1000 turns; last sent: ${this.sent.slice(-5).join(', ')}`);
  }

  /** Settings are told back. */
  #answer(name: string, payload: Uint8Array): void {
    const answer = this.answers.get(name);
    this.reply(answer === undefined ? formatHex(payload) : answer());
  }

  #wake(): void {
    const atMonoMs = nextWake(this.state, this.nowMonoMs);
    if (atMonoMs === undefined) throw new Error('the dialog waits for nothing');
    this.nowMonoMs = Math.max(this.nowMonoMs, atMonoMs);
    this.feed({ kind: 'time' });
  }

  /** The device says this now, a few milliseconds later. */
  reply(answer: Answer): void {
    if (answer === undefined) return;
    this.nowMonoMs += 5;
    this.feed({ kind: 'bytes', chunk: encodeFrame(parseHex(answer)) });
  }

  /** Answers the next STATUS REQUESTs with these payloads in hex; `-` is silence. */
  says(...payloads: readonly string[]): void {
    for (const payload of payloads) {
      this.renew();
      this.toNextStatus();
      this.#outstanding = undefined;
      if (payload !== '-') this.reply(payload);
    }
  }

  /** The same answer to every STATUS REQUEST for so long. */
  saysFor(durationMs: number, payload: string): void {
    const untilMonoMs = this.nowMonoMs + durationMs;
    while (this.nowMonoMs < untilMonoMs) this.says(payload);
  }

  renew(): void {
    if (this.welcomeTenge === undefined) return;
    const denominations = this.welcomeTenge.map(minorFromTenge);
    this.feed({ kind: 'lease', lease: { untilMonoMs: this.nowMonoMs + 1_500, denominations } });
  }

  waitMs(durationMs: number): void {
    this.nowMonoMs += durationMs;
    this.feed({ kind: 'time' });
  }

  /** Opened on a device at rest. */
  open(...payloads: readonly string[]): void {
    this.feed({ kind: 'link-opened' });
    this.says(...payloads);
  }

  /** Opened, recovered and enabled under a lease for 500 to 20 000 ₸. */
  enable(): void {
    this.open('1A', '1A', '1A', '1A', '1A', '1A', '1A', '1A');
    this.welcomeTenge = [500, 1_000, 2_000, 5_000, 10_000, 20_000];
    this.says('1A', '1A', '1A', '11', '11');
    this.forget();
  }

  /** A note of code 64 (1 000 ₸) in escrow, announced. */
  escrow(): Extract<AcceptorReport, { kind: 'note-escrowed' }> {
    this.says('12', '13 64');
    const told = this.reports.find((one) => one.kind === 'note-escrowed');
    if (told === undefined) throw new Error('no note was announced');
    this.forget();
    return told;
  }

  /** A note of code 64 in escrow, and STACK-2 sent for it. */
  stacking(): Extract<AcceptorReport, { kind: 'note-escrowed' }> {
    const told = this.escrow();
    this.feed({ kind: 'stack', escrowId: told.escrowId });
    this.toNextStatus();
    return told;
  }

  confirm(): void {
    const told = this.of('note-stacked').at(-1);
    if (told !== undefined) this.feed({ kind: 'confirm', creditId: told.creditId });
  }

  forget(): void {
    this.reports = [];
    this.sent = [];
    this.logged = [];
  }

  of<Kind extends AcceptorReport['kind']>(kind: Kind): Extract<AcceptorReport, { kind: Kind }>[] {
    return this.reports.filter((one): one is Extract<AcceptorReport, { kind: Kind }> => one.kind === kind);
  }

  /** Everything written but questions about the state, and VERSION that proves an answer to one. */
  actions(): string[] {
    return this.sent.filter((name) => name !== 'STATUS' && name !== 'VERSION');
  }
}
