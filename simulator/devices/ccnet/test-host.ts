import { VirtualClock } from '../../virtual-clock.ts';
import type { AcceptorEvent } from '../acceptor/events.ts';
import { AcceptorMechanics } from '../acceptor/mechanics.ts';
import { type NoteKind, tengeNote } from '../acceptor/notes.ts';
import { realTimings } from '../acceptor/timings.ts';
import { CcnetAcceptor } from './acceptor.ts';
import { type CcnetSettings, usualCcnetSettings } from './settings.ts';

/** Host frames as printed in CCNET §2. */
export const frames = {
  ack: '02 03 06 00 C2 82',
  nak: '02 03 06 FF BA 8D',
  reset: '02 03 06 30 41 B3',
  getStatus: '02 03 06 31 C8 A2',
  securityNone: '02 03 09 32 00 00 00 26 1F',
  poll: '02 03 06 33 DA 81',
  enableAll: '02 03 0C 34 FF FF FF FF FF FF FE F7',
  enableTypes0To6: '02 03 0C 34 00 00 7F 00 00 7F DB 6F',
  disable: '02 03 0C 34 00 00 00 00 00 00 17 0C',
  stack: '02 03 06 35 EC E4',
  returnNote: '02 03 06 36 77 D6',
  identification: '02 03 06 37 FE C7',
  hold: '02 03 06 38 09 3F',
  getBillTable: '02 03 06 41 4F D1',
} as const;

/** Replies as printed in CCNET §2. */
export const replies = {
  ack: frames.ack,
  nak: frames.nak,
  illegal: frames.reset,
} as const;

/** A simulated acceptor on a virtual clock, and a host that sends frames by hand. */
export class TestHost {
  readonly clock = new VirtualClock();
  readonly mechanics: AcceptorMechanics;
  readonly acceptor: CcnetAcceptor;
  readonly events: AcceptorEvent[] = [];
  #heard: Uint8Array[] = [];

  constructor(settings: Partial<CcnetSettings> = {}) {
    this.mechanics = new AcceptorMechanics(this.clock, realTimings);
    this.mechanics.listen((event) => this.events.push(event));
    this.acceptor = new CcnetAcceptor(this.clock, this.mechanics, { ...usualCcnetSettings, ...settings });
    this.acceptor.connect((bytes) => this.#heard.push(bytes));
  }

  /** Sends the bytes and gives what came back in the next 20 ms, in the notation of the document. */
  async ask(hexFrame: string): Promise<string> {
    this.#heard = [];
    this.acceptor.receive(bytesOf(hexFrame));
    await this.clock.advance(20);
    return hexOf(this.#heard);
  }

  /** The data of one POLL reply, such as `80 04`, without acknowledging it. */
  async peek(): Promise<string> {
    return (await this.ask(frames.poll)).split(' ').slice(3, -2).join(' ');
  }

  /** Polls and acknowledges, as drivers do. */
  async poll(): Promise<string> {
    const state = await this.peek();
    await this.ask(frames.ack);
    return state;
  }

  /** Polls and acknowledges every 100 ms for so long; gives the different answers in order. */
  async pollFor(durationMs: number): Promise<string[]> {
    const seen: string[] = [];
    const untilMonoMs = this.clock.monoMs() + durationMs;
    while (this.clock.monoMs() < untilMonoMs) {
      const state = await this.poll();
      if (state !== seen.at(-1)) seen.push(state);
      await this.clock.advance(60);
    }
    return seen;
  }

  async powerUp(): Promise<void> {
    this.mechanics.powerOn();
    await this.clock.advance(realTimings.bootMs);
  }

  /** Switched on, reset and enabled for all types with escrow. */
  async enable(): Promise<void> {
    await this.powerUp();
    await this.resetAndEnable();
  }

  async resetAndEnable(): Promise<void> {
    await this.ask(frames.reset);
    await this.clock.advance(realTimings.initializeMs);
    await this.ask(frames.enableTypes0To6);
  }

  /** A note in escrow. */
  async escrow(note: NoteKind = tengeNote(5000)): Promise<void> {
    this.mechanics.insert(note);
    await this.clock.advance(realTimings.drawInMs);
  }

  eventKinds(): string[] {
    return this.events.map((event) => event.kind);
  }
}

export function bytesOf(hexFrame: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hexFrame.replaceAll(' ', ''), 'hex'));
}

export function hexOf(chunks: readonly Uint8Array[]): string {
  const bytes = chunks.flatMap((chunk) => [...chunk]);
  return bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ');
}
