import type { Clock, Timer } from '../../../terminal/ports.ts';
import type { AcceptorMechanics } from '../acceptor/mechanics.ts';
import type { TaughtNote } from '../acceptor/notes.ts';
import type { SimulatedDevice } from '../simulated-device.ts';
import { recordOf } from './bill-table.ts';
import { answer, command } from './codes.ts';
import { answerCommand } from './commands.ts';
import { CcnetFirmware } from './firmware.ts';
import { deviceFrame, type HostFrame, HostFrameReader } from './frame.ts';
import { type CcnetSettings, usualCcnetSettings } from './settings.ts';

/**
 * A CashCode bill validator at the end of its cable: frames, checksums, ACK and NAK of CCNET §2–§3. Hand actions go to
 * its `mechanics`, which start without power.
 */
export class CcnetAcceptor implements SimulatedDevice {
  readonly mechanics: AcceptorMechanics;
  readonly #clock: Clock;
  readonly #firmware: CcnetFirmware;
  readonly #reader = new HostFrameReader();
  #send: ((bytes: Uint8Array) => void) | undefined;
  #lastCommand: Uint8Array | undefined;
  #lastReply: Uint8Array | undefined;
  /** The host said NAK: the same command gets the same reply, and is not executed again. */
  #wasRefused = false;
  #gapTimer: Timer | undefined;

  constructor(clock: Clock, mechanics: AcceptorMechanics, settings: CcnetSettings = usualCcnetSettings) {
    this.#clock = clock;
    this.mechanics = mechanics;
    this.#firmware = new CcnetFirmware(clock, mechanics, settings);
    mechanics.listen((event) => {
      if (event.kind === 'power-off') this.#forgetLine();
    });
  }

  /** Other habits from now on, such as another bill table after a firmware update. */
  changeSettings(changes: Partial<CcnetSettings>): void {
    this.#firmware.settings = { ...this.#firmware.settings, ...changes };
  }

  teach(notes: readonly TaughtNote[]): void {
    this.changeSettings({ billTable: notes.map(recordOf) });
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

  get #settings(): CcnetSettings {
    return this.#firmware.settings;
  }

  #handle(frame: HostFrame): void {
    if (frame.address !== this.#settings.address) return;
    if (frame.kind === 'bad-crc') {
      this.#transmit(deviceFrame(this.#settings.address, answer.nak));
      return;
    }
    const [code] = frame.payload;
    if (frame.payload.length === 1 && code === command.ack) this.#firmware.hearAck();
    else if (frame.payload.length === 1 && code === command.nak) this.#hearNak();
    else this.#hearCommand(frame.payload);
  }

  #hearNak(): void {
    this.#wasRefused = true;
    if (this.#settings.onNak === 'repeats-reply') this.#repeatReply();
  }

  #hearCommand(payload: Uint8Array): void {
    const isRepeat =
      this.#wasRefused && this.#lastCommand !== undefined && isSame(payload, this.#lastCommand);
    this.#wasRefused = false;
    if (isRepeat) {
      this.#repeatReply();
      return;
    }
    this.#firmware.hearCommand();
    this.#lastCommand = payload;
    this.#lastReply = deviceFrame(this.#settings.address, answerCommand(this.#firmware, payload));
    this.#transmit(this.#lastReply);
  }

  #repeatReply(): void {
    if (this.#lastReply !== undefined) this.#transmit(this.#lastReply);
  }

  #transmit(frame: Uint8Array): void {
    this.#clock.setTimer(this.#settings.replyDelayMs, () => {
      if (this.mechanics.powered) this.#send?.(frame);
    });
  }

  #forgetLine(): void {
    this.#gapTimer?.cancel();
    this.#reader.reset();
    this.#lastCommand = undefined;
    this.#lastReply = undefined;
    this.#wasRefused = false;
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
