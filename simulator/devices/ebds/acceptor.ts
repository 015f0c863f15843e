import type { Clock, Timer } from '../../../terminal/ports.ts';
import type { AcceptorMechanics } from '../acceptor/mechanics.ts';
import type { TaughtNote } from '../acceptor/notes.ts';
import type { SimulatedDevice } from '../simulated-device.ts';
import { enq } from './codes.ts';
import { EbdsFirmware } from './firmware.ts';
import { deviceFrame, HostFrameReader } from './frame.ts';
import { answerMessage } from './messages.ts';
import { type EbdsSettings, usualEbdsSettings } from './settings.ts';

/**
 * A CPI Cashflow SC at the end of its cable: frames, check bytes and the bit of EBDS §2. Hand actions go to its
 * `mechanics`, which start without power.
 */
export class EbdsAcceptor implements SimulatedDevice {
  readonly mechanics: AcceptorMechanics;
  readonly #clock: Clock;
  readonly #firmware: EbdsFirmware;
  readonly #reader = new HostFrameReader();
  #send: ((bytes: Uint8Array) => void) | undefined;
  #gapTimer: Timer | undefined;
  /** The last answer; its control byte has the bit of the message. */
  #last: readonly number[] | undefined;

  constructor(clock: Clock, mechanics: AcceptorMechanics, settings: EbdsSettings = usualEbdsSettings) {
    this.#clock = clock;
    this.mechanics = mechanics;
    this.#firmware = new EbdsFirmware(clock, mechanics, settings);
    mechanics.listen((event) => {
      if (event.kind === 'power-off') this.#forgetLine();
      else if (this.#settings.sendsEnq && this.#firmware.isListening) this.#transmit(Uint8Array.of(enq));
    });
  }

  /** Other habits from now on, such as another table after a firmware update. */
  changeSettings(changes: Partial<EbdsSettings>): void {
    this.#firmware.settings = { ...this.#firmware.settings, ...changes };
  }

  teach(notes: readonly TaughtNote[]): void {
    this.changeSettings({ noteTable: notes });
  }

  connect(send: ((bytes: Uint8Array) => void) | undefined): void {
    this.#send = send;
  }

  receive(bytes: Uint8Array): void {
    if (!this.#firmware.isListening) return;
    for (const payload of this.#reader.push(bytes)) if (this.#firmware.isListening) this.#handle(payload);
    this.#gapTimer?.cancel();
    if (!this.#reader.isInsideFrame) return;
    this.#gapTimer = this.#clock.setTimer(this.#settings.byteGapMsMax, () => this.#reader.reset());
  }

  get #settings(): EbdsSettings {
    return this.#firmware.settings;
  }

  #handle(payload: readonly number[]): void {
    this.#firmware.hearHost();
    const bit = (payload[0] ?? 0) & 1;
    const isSaidAgain = this.#last !== undefined && ((this.#last[0] ?? 0) & 1) === bit;
    if (isSaidAgain && this.#settings.onSameBit === 'repeats') {
      this.#transmit(deviceFrame(this.#last ?? []));
      return;
    }
    const answer = answerMessage(this.#firmware, payload);
    const isAwake = this.#firmware.isListening;
    if (answer !== undefined) {
      const [control = 0, ...data] = answer;
      this.#transmit(deviceFrame([control | bit, ...data]));
      if (isAwake) this.#last = [control | bit, ...data];
      this.#firmware.answered();
    }
    // A soft reset wipes out the bit too.
    if (!isAwake) this.#last = undefined;
  }

  #transmit(bytes: Uint8Array): void {
    this.#clock.setTimer(this.#settings.replyDelayMs, () => {
      if (this.mechanics.powered) this.#send?.(bytes);
    });
  }

  #forgetLine(): void {
    this.#gapTimer?.cancel();
    this.#reader.reset();
    this.#last = undefined;
  }
}
