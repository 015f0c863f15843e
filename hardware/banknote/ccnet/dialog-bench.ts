import type { AcceptorReport } from '../../../terminal/devices.ts';
import { minorFromTenge } from '../../../terminal/money.ts';
import { formatHex, parseHex } from '../../link/tap.ts';
import type { AcceptorLogEvent } from '../note-path/state.ts';
import type { Input } from '../note-path/step.ts';
import { step } from './dialog.ts';
import { nextWake } from './exchange.ts';
import { encodeFrame } from './frame.ts';
import { type CcnetOptions, defaultCcnetOptions } from './options.ts';
import { type DialogState, initialState } from './state.ts';

/*
 * For tests: a dialog without clock, line or device. A test gives the answers to polls, one after the other; all other
 * commands are answered as a sound validator would, unless the test says otherwise.
 */

const nameOf: ReadonlyMap<number, string> = new Map([
  [0x00, 'ACK'],
  [0xff, 'NAK'],
  [0x30, 'RESET'],
  [0x32, 'SET SECURITY'],
  [0x33, 'POLL'],
  [0x34, 'ENABLE'],
  [0x35, 'STACK'],
  [0x36, 'RETURN'],
  [0x37, 'IDENTIFICATION'],
  [0x41, 'GET BILL TABLE'],
]);

const identification = Uint8Array.of(
  ...new TextEncoder().encode('SM-KZ1126      21KC00004711'),
  ...parseHex('00 00 00 00 00 12 67'),
);

/** Types 0 to 6: 200 to 20 000 ₸. */
export const tengeTable = new Uint8Array(120);
tengeTable.set(
  parseHex(
    '02 4B 41 5A 02 05 4B 41 5A 02 01 4B 41 5A 03 02 4B 41 5A 03 05 4B 41 5A 03 01 4B 41 5A 04 02 4B 41 5A 04',
  ),
);

/** What answers a command: a payload, `undefined` for silence, or raw bytes as they stand. */
export type Answer = Uint8Array | undefined | { readonly raw: Uint8Array };

export class DialogBench {
  state: DialogState;
  nowMonoMs = 0;
  reports: AcceptorReport[] = [];
  /** Names of the frames that the host wrote, ACK and NAK too. */
  sent: string[] = [];
  /** The payload of each ENABLE, in hex. */
  masks: string[] = [];
  logged: AcceptorLogEvent[] = [];
  reopened = 0;
  /** Renewed before every poll, until a test ends it. */
  welcomeTenge: readonly number[] | undefined;
  readonly answers = new Map<string, (count: number) => Answer>();
  readonly #asked = new Map<string, number>();
  #outstanding: string | undefined;

  constructor(options: Partial<CcnetOptions> = {}) {
    this.state = initialState({ ...defaultCcnetOptions, ...options }, 'run', 0);
    const ack = (): Answer => Uint8Array.of(0x00);
    for (const name of ['RESET', 'SET SECURITY', 'ENABLE', 'STACK', 'RETURN']) this.answers.set(name, ack);
    this.answers.set('IDENTIFICATION', () => identification);
    this.answers.set('GET BILL TABLE', () => tengeTable);
  }

  feed(input: Input): void {
    const { state, outputs } = step(this.state, input, this.nowMonoMs);
    this.state = state;
    for (const output of outputs) {
      if (output.kind === 'report') this.reports.push(output.report);
      if (output.kind === 'log') this.logged.push(output.event);
      if (output.kind === 'reopen-link') this.reopened += 1;
      if (output.kind === 'send') this.#note(output.bytes);
    }
  }

  #note(frame: Uint8Array): void {
    const name = nameOf.get(frame[3] ?? -1) ?? formatHex(frame);
    this.sent.push(name);
    if (name === 'ENABLE') this.masks.push(formatHex(frame.slice(4, -2)));
    if (name !== 'ACK' && name !== 'NAK') this.#outstanding = name;
  }

  /** Lets time pass to the next command, answering everything on the way that is no poll; gives its name. */
  toNextPoll(): void {
    for (let turns = 0; turns < 1_000; turns += 1) {
      const asked = this.#outstanding;
      if (asked === 'POLL') return;
      this.#outstanding = undefined;
      if (asked !== undefined) this.#answer(asked);
      else this.#wake();
    }
    throw new Error(`no poll within 1000 turns; last sent: ${this.sent.slice(-5).join(', ')}`);
  }

  #answer(asked: string): void {
    const count = (this.#asked.get(asked) ?? 0) + 1;
    this.#asked.set(asked, count);
    this.reply(this.answers.get(asked)?.(count));
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
    this.feed({ kind: 'bytes', chunk: 'raw' in answer ? answer.raw : encodeFrame(answer) });
  }

  /** Answers the next polls with these payloads in hex; `-` is silence. */
  polls(...payloads: readonly string[]): void {
    for (const payload of payloads) {
      this.renew();
      this.toNextPoll();
      this.#outstanding = undefined;
      if (payload !== '-') this.reply(parseHex(payload));
    }
  }

  /** The same answer to every poll for so long. */
  pollsFor(durationMs: number, payload: string): void {
    const untilMonoMs = this.nowMonoMs + durationMs;
    while (this.nowMonoMs < untilMonoMs) this.polls(payload);
  }

  renew(): void {
    if (this.welcomeTenge === undefined) return;
    const denominations = this.welcomeTenge.map(minorFromTenge);
    this.feed({ kind: 'lease', lease: { untilMonoMs: this.nowMonoMs + 1_500, denominations } });
  }

  endLease(): void {
    this.welcomeTenge = undefined;
    this.feed({ kind: 'lease', lease: undefined });
  }

  /** Silence and nothing sent: only the time, up to the moment. */
  waitMs(durationMs: number): void {
    this.nowMonoMs += durationMs;
    this.feed({ kind: 'time' });
  }

  /** Opened, recovered and enabled under a lease for 500 to 20 000 ₸. */
  enable(): void {
    this.feed({ kind: 'link-opened' });
    this.polls('19', '19');
    this.welcomeTenge = [500, 1_000, 2_000, 5_000, 10_000, 20_000];
    this.polls('19', '14', '14');
    this.forget();
  }

  /** A note of type 2 (1 000 ₸) in escrow, announced. */
  escrow(): Extract<AcceptorReport, { kind: 'note-escrowed' }> {
    this.polls('15', '80 02');
    const told = this.reports.find((one) => one.kind === 'note-escrowed');
    if (told === undefined) throw new Error('no note was announced');
    this.forget();
    return told;
  }

  /** A note of type 2 in escrow, and STACK sent for it. */
  stacking(): Extract<AcceptorReport, { kind: 'note-escrowed' }> {
    const told = this.escrow();
    this.feed({ kind: 'stack', escrowId: told.escrowId });
    this.toNextPoll();
    return told;
  }

  forget(): void {
    this.reports = [];
    this.sent = [];
    this.masks = [];
    this.logged = [];
  }

  reportsOf<Kind extends AcceptorReport['kind']>(kind: Kind): Extract<AcceptorReport, { kind: Kind }>[] {
    return this.reports.filter((one): one is Extract<AcceptorReport, { kind: Kind }> => one.kind === kind);
  }

  /** Everything written but polls and acknowledgements. */
  actions(): string[] {
    return this.sent.filter((name) => name !== 'POLL' && name !== 'ACK');
  }
}
