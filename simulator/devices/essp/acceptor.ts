import type { Clock } from '../../../terminal/ports.ts';
import type { AcceptorMechanics } from '../acceptor/mechanics.ts';
import type { TaughtNote } from '../acceptor/notes.ts';
import type { SimulatedDevice } from '../simulated-device.ts';
import { command } from './codes.ts';
import { answerCommand } from './commands.ts';
import { EsspFirmware } from './firmware.ts';
import { deviceFrame, type HostFrame, HostFrameReader } from './frame.ts';
import { KeySession } from './session.ts';
import { type EsspSettings, usualEsspSettings } from './settings.ts';

const ownAddress = 0x00;
const sequenceBit = 0x80;

/**
 * A unit of Innovative Technology at the end of its cable: frames, sequence bit and encryption of eSSP §2 and §7. Hand
 * actions go to its `mechanics`, which start without power.
 */
export class EsspAcceptor implements SimulatedDevice {
  readonly mechanics: AcceptorMechanics;
  readonly #clock: Clock;
  readonly #firmware: EsspFirmware;
  readonly #keys: KeySession;
  readonly #reader = new HostFrameReader();
  #send: ((bytes: Uint8Array) => void) | undefined;
  #last: { readonly sequence: number; readonly reply: Uint8Array } | undefined;

  constructor(clock: Clock, mechanics: AcceptorMechanics, settings: EsspSettings = usualEsspSettings) {
    this.#clock = clock;
    this.mechanics = mechanics;
    this.#firmware = new EsspFirmware(clock, mechanics, settings, () => this.#restart());
    this.#keys = new KeySession(
      () => this.#firmware.settings,
      () => this.#firmware.newKeys(),
    );
  }

  /** Other habits from now on, such as another data set after an update. */
  changeSettings(changes: Partial<EsspSettings>): void {
    this.#firmware.settings = { ...this.#firmware.settings, ...changes };
  }

  teach(notes: readonly TaughtNote[]): void {
    this.changeSettings({ channels: notes });
  }

  connect(send: ((bytes: Uint8Array) => void) | undefined): void {
    this.#send = send;
  }

  receive(bytes: Uint8Array): void {
    if (!this.#firmware.isListening) return;
    for (const frame of this.#reader.push(bytes)) this.#handle(frame);
  }

  #handle({ sequenceAndId, data }: HostFrame): void {
    if ((sequenceAndId & ~sequenceBit) !== ownAddress) return;
    const sequence = sequenceAndId & sequenceBit;
    const isSync = data[0] === command.sync;
    if (!isSync && this.#last?.sequence === sequence) {
      this.#transmit(this.#last.reply);
      return;
    }
    const answer = this.#answer(data);
    if (answer === undefined) return;
    const reply = deviceFrame(sequenceAndId, answer);
    // RESET has wiped out what was remembered, and comes from a host that begins anew.
    this.#last = this.#firmware.isListening ? { sequence, reply } : undefined;
    this.#transmit(reply);
  }

  #answer(data: Uint8Array): Uint8Array | undefined {
    const opened = this.#keys.open(data);
    if (opened.kind === 'discarded') return undefined;
    this.#firmware.hearHost();
    if (opened.kind === 'answer') return opened.data;
    const isReset = opened.data[0] === command.reset;
    if (isReset) {
      const reply = this.#keys.close(Uint8Array.of(0xf0), opened.isEncrypted);
      answerCommand(this.#firmware, opened.data, opened.isEncrypted);
      return reply;
    }
    return this.#keys.close(
      answerCommand(this.#firmware, opened.data, opened.isEncrypted),
      opened.isEncrypted,
    );
  }

  #transmit(bytes: Uint8Array): void {
    this.#clock.setTimer(this.#firmware.settings.replyDelayMs, () => {
      if (this.mechanics.powered) this.#send?.(bytes);
    });
  }

  #restart(): void {
    this.#reader.reset();
    this.#keys.forget();
    this.#last = undefined;
  }
}
