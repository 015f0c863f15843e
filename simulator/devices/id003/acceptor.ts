import type { Clock, Timer } from '../../../terminal/ports.ts';
import type { AcceptorMechanics } from '../acceptor/mechanics.ts';
import type { TaughtNote } from '../acceptor/notes.ts';
import type { SimulatedDevice } from '../simulated-device.ts';
import { answer, command } from './codes.ts';
import { answerCommand } from './commands.ts';
import { recordOf } from './currency-table.ts';
import { Id003Firmware } from './firmware.ts';
import { deviceFrame, type HostFrame, HostFrameReader } from './frame.ts';
import { type Id003Settings, usualId003Settings } from './settings.ts';

/**
 * A JCM acceptor at the end of its cable: frames and checksums of ID-003 §2 and §3. Hand actions go to its `mechanics`,
 * which start without power.
 */
export class Id003Acceptor implements SimulatedDevice {
  readonly mechanics: AcceptorMechanics;
  readonly #clock: Clock;
  readonly #firmware: Id003Firmware;
  readonly #reader = new HostFrameReader();
  #send: ((bytes: Uint8Array) => void) | undefined;
  #gapTimer: Timer | undefined;

  constructor(clock: Clock, mechanics: AcceptorMechanics, settings: Id003Settings = usualId003Settings) {
    this.#clock = clock;
    this.mechanics = mechanics;
    this.#firmware = new Id003Firmware(clock, mechanics, settings);
    mechanics.listen((event) => {
      if (event.kind === 'power-off') this.#forgetLine();
      if (event.kind === 'power-on' && this.#settings.strayZeros > 0) {
        this.#transmit(new Uint8Array(this.#settings.strayZeros));
      }
    });
  }

  /** Other habits from now on, such as another table after a firmware update. */
  changeSettings(changes: Partial<Id003Settings>): void {
    this.#firmware.settings = { ...this.#firmware.settings, ...changes };
  }

  teach(notes: readonly TaughtNote[]): void {
    this.changeSettings({ currencyTable: notes.map(recordOf) });
  }

  connect(send: ((bytes: Uint8Array) => void) | undefined): void {
    this.#send = send;
  }

  receive(bytes: Uint8Array): void {
    if (!this.#firmware.isListening) return;
    for (const frame of this.#reader.push(bytes)) this.#handle(frame);
    this.#gapTimer?.cancel();
    if (!this.#reader.isInsideFrame) return;
    this.#gapTimer = this.#clock.setTimer(this.#settings.byteGapMsMax, () => this.#reader.reset());
  }

  get #settings(): Id003Settings {
    return this.#firmware.settings;
  }

  #handle(frame: HostFrame): void {
    if (frame.kind === 'bad-crc') {
      if (this.#settings.onBadFrame === 'communication-error') this.#reply(answer.communicationError);
      return;
    }
    const [code] = frame.payload;
    if (!this.#firmware.hears(code)) return;
    const wasSilent = this.#firmware.hearHost();
    // Nothing is sent back to an ACK (§3).
    if (code === command.ack) this.#firmware.hearAck();
    else if (wasSilent && this.#settings.onSilentHost === 'communication-error')
      this.#reply(answer.communicationError);
    else this.#reply(answerCommand(this.#firmware, frame.payload));
  }

  #reply(payload: Uint8Array): void {
    this.#transmit(deviceFrame(payload));
  }

  #transmit(bytes: Uint8Array): void {
    this.#clock.setTimer(this.#settings.replyDelayMs, () => {
      if (this.mechanics.powered) this.#send?.(bytes);
    });
  }

  #forgetLine(): void {
    this.#gapTimer?.cancel();
    this.#reader.reset();
  }
}
