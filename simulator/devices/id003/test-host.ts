import { VirtualClock } from '../../virtual-clock.ts';
import type { AcceptorEvent } from '../acceptor/events.ts';
import { AcceptorMechanics } from '../acceptor/mechanics.ts';
import { type NoteKind, tengeNote } from '../acceptor/notes.ts';
import { realTimings } from '../acceptor/timings.ts';
import { Id003Acceptor } from './acceptor.ts';
import { type Id003Settings, usualId003Settings } from './settings.ts';

/** Host frames as printed in ID-003 §2. */
export const frames = {
  statusRequest: 'FC 05 11 27 56',
  ack: 'FC 05 50 AA 05',
  reset: 'FC 05 40 2B 15',
  stack2: 'FC 05 42 39 36',
  returnNote: 'FC 05 43 B0 27',
  hold: 'FC 05 44 0F 53',
  wait: 'FC 05 45 86 42',
  enableAll: 'FC 07 C0 00 00 2D B5',
  disable61: 'FC 07 C0 01 00 F5 AC',
  securityLow: 'FC 07 C1 00 00 F1 EF',
  polled: 'FC 06 C2 00 DC CF',
  inhibitOff: 'FC 06 C3 00 04 D6',
  inhibitOn: 'FC 06 C3 01 8D C7',
  allDirections: 'FC 06 C4 00 0C 9B',
  powerRecovery: 'FC 07 C5 02 00 20 BF',
  version: 'FC 05 88 6F 5F',
  currencyAssign: 'FC 05 8A 7D 7C',
} as const;

/** Replies as printed there. */
export const replies = {
  ack: frames.ack,
  communicationError: 'FC 05 4A 71 BA',
  invalidCommand: 'FC 05 4B F8 AB',
} as const;

/** A simulated acceptor on a virtual clock, and a host that sends frames by hand. */
export class TestHost {
  readonly clock = new VirtualClock();
  readonly mechanics: AcceptorMechanics;
  readonly acceptor: Id003Acceptor;
  readonly events: AcceptorEvent[] = [];
  #heard: Uint8Array[] = [];

  constructor(settings: Partial<Id003Settings> = {}) {
    this.mechanics = new AcceptorMechanics(this.clock, realTimings);
    this.mechanics.listen((event) => this.events.push(event));
    this.acceptor = new Id003Acceptor(this.clock, this.mechanics, { ...usualId003Settings, ...settings });
    this.acceptor.connect((bytes) => this.#heard.push(bytes));
  }

  /** Sends the bytes and gives what came back in the next 20 ms, in the notation of the document. */
  async ask(hexFrame: string): Promise<string> {
    this.#heard = [];
    this.acceptor.receive(bytesOf(hexFrame));
    await this.clock.advance(20);
    return hexOf(this.#heard);
  }

  /** The code and data of the answer to STATUS REQUEST, such as `13 64`. */
  async status(): Promise<string> {
    return (await this.ask(frames.statusRequest)).split(' ').slice(2, -2).join(' ');
  }

  /** Asks every 100 ms for so long; gives the different answers in order. Acknowledges VEND VALID if told to. */
  async statusFor(durationMs: number, acknowledge: 'ack' | 'no ack' = 'ack'): Promise<string[]> {
    const seen: string[] = [];
    const untilMonoMs = this.clock.monoMs() + durationMs;
    while (this.clock.monoMs() < untilMonoMs) {
      const status = await this.status();
      if (status !== seen.at(-1)) seen.push(status);
      if (status.startsWith('15') && acknowledge === 'ack') await this.ask(frames.ack);
      await this.clock.advance(80);
    }
    return seen;
  }

  async powerUp(): Promise<void> {
    this.mechanics.powerOn();
    await this.clock.advance(realTimings.bootMs);
  }

  async tellSettings(
    inhibit: string = frames.inhibitOff,
    options: string = frames.powerRecovery,
  ): Promise<void> {
    const { enableAll, securityLow, allDirections, polled } = frames;
    for (const frame of [enableAll, securityLow, allDirections, options, polled, inhibit])
      await this.ask(frame);
  }

  /** Switched on, reset and open for all notes. */
  async open(): Promise<void> {
    await this.powerUp();
    await this.ask(frames.reset);
    await this.tellSettings();
    await this.clock.advance(realTimings.initializeMs);
    await this.status();
  }

  /** A note in escrow. */
  async escrow(note: NoteKind = tengeNote(1_000)): Promise<void> {
    this.mechanics.insert(note);
    await this.clock.advance(realTimings.drawInMs);
  }

  /** A note so long on its way from escrow. */
  async stackingFor(durationMs: number): Promise<void> {
    await this.escrow();
    await this.ask(frames.stack2);
    await this.clock.advance(durationMs - 20);
  }

  async cutPower(): Promise<void> {
    this.mechanics.powerOff();
    await this.clock.advance(1_000);
    await this.powerUp();
  }
}

export function bytesOf(hexFrame: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hexFrame.replaceAll(' ', ''), 'hex'));
}

export function hexOf(chunks: readonly Uint8Array[]): string {
  const bytes = chunks.flatMap((chunk) => [...chunk]);
  return bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ');
}
