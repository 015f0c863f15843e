import type { Clock } from '../../../terminal/ports.ts';
import type { SimulatedDevice } from '../simulated-device.ts';
import type { Bitmap } from './bitmap.ts';
import { ByteQueue } from './byte-queue.ts';
import type { Firmware, Parser } from './firmware.ts';
import { interpreter } from './interpreter.ts';
import { Mechanism } from './mechanism.ts';
import type { PrinterModel } from './models.ts';
import type { PrinterEvent } from './printer-event.ts';
import { type RealTimeCommand, RealTimeScanner } from './real-time.ts';
import { automaticStatus, customStatus, isAutomaticStatusDue, realTimeStatus } from './status.ts';
import { Typesetter } from './typesetter.ts';

const bufferBytesMax = 4_096;
/** Reference §3: busy when this little room is left, free again at that much. */
const busyAtRoomBytes = 128;
const freeAtRoomBytes = 256;
const bootMs = 1_500;
const xon = 0x11;
const xoff = 0x13;

export interface PrinterOptions {
  readonly model: PrinterModel;
  readonly clock: Clock;
  /**
   * `xon-xoff`: the printer sends XOFF when its buffer fills or it goes offline, and loses what comes regardless.
   * `wire`: a busy line or USB holds the host's bytes back until there is room; nothing is sent and nothing lost.
   */
  readonly flow: 'xon-xoff' | 'wire';
  readonly onEvent?: (event: PrinterEvent) => void;
}

/** A kiosk printer at the end of its cable. */
export class EscPosPrinter implements SimulatedDevice {
  readonly mechanism: Mechanism;
  readonly #options: PrinterOptions;
  readonly #onEvent: (event: PrinterEvent) => void;
  readonly #firmware: Firmware;
  readonly #typesetter: Typesetter;
  readonly #buffer = new ByteQueue();
  /** What the cable holds back while the buffer is full. */
  readonly #held = new ByteQueue();
  #scanner = new RealTimeScanner();
  #parser: Parser<never>;
  #send: ((bytes: Uint8Array) => void) | undefined;
  #isOn = true;
  #isHung = false;
  #isBusy = false;
  #isPumping = false;
  #isCommandRefused = false;
  #automaticStatusEnabled = 0;
  #automaticStatusSent: Uint8Array;
  #customStatusEnabled = 0;
  #customStatusSent: Uint8Array;
  #bytesUntilPowerCut: number | undefined;

  constructor(options: PrinterOptions) {
    this.#options = options;
    this.#onEvent = (event) => options.onEvent?.(event);
    this.mechanism = new Mechanism(options.model, options.clock, this.#onEvent, () =>
      this.#onMechanismChange(),
    );
    this.#typesetter = new Typesetter(options.model, (job) => this.mechanism.enqueue(job));
    this.#firmware = this.#makeFirmware();
    this.#parser = this.#newParser();
    this.#automaticStatusSent = automaticStatus(this.mechanism.conditions);
    this.#customStatusSent = this.#customStatus();
  }

  get model(): PrinterModel {
    return this.#options.model;
  }

  connect(send: ((bytes: Uint8Array) => void) | undefined): void {
    this.#send = send;
  }

  receive(bytes: Uint8Array): void {
    if (!this.#isOn || this.#isHung) return;
    for (const byte of bytes) this.#held.push(byte);
    this.#pump();
  }

  // ------------------------------------------------------------ what a hand does to the plug

  powerOff(): void {
    if (!this.#isOn) return;
    this.#isOn = false;
    this.#isHung = false;
    this.#bytesUntilPowerCut = undefined;
    this.#forget();
    this.#typesetter.initialise();
    this.#automaticStatusEnabled = 0;
    this.#customStatusEnabled = 0;
    this.#firmware.isSelected = true;
    this.#isBusy = false;
    this.mechanism.setPower(false);
  }

  /** Power comes back; the printer listens after its start-up. */
  powerOn(): void {
    this.#options.clock.setTimer(bootMs, () => {
      if (this.#isOn) return;
      this.#isOn = true;
      this.mechanism.setPower(true);
      if (this.#options.flow === 'xon-xoff') this.#reply(Uint8Array.of(xon));
    });
  }

  /** Power fails as soon as so many more bytes have come in. */
  powerOffAfterBytes(count: number): void {
    this.#bytesUntilPowerCut = count;
  }

  setHung(isHung: boolean): void {
    this.#isHung = isHung;
    this.mechanism.setFrozen(isHung);
  }

  // ------------------------------------------------------------ bytes in

  /** Takes in what the buffer has room for and works it off as far as paper and motors allow. */
  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    while (this.#takeIn() || this.#workOff()) this.#updateBusy();
    this.#isPumping = false;
    this.#updateBusy();
  }

  #takeIn(): boolean {
    const isFull = this.#buffer.length >= bufferBytesMax;
    if (isFull && this.#options.flow === 'wire') return false;
    const byte = this.#held.shift();
    if (byte === undefined) return false;
    if (isFull) this.#onEvent({ kind: 'bytes-lost', count: 1 });
    else this.#buffer.push(byte);
    const command = this.#scanner.next(byte);
    if (command !== undefined) this.#obeyAtOnce(command);
    this.#countDownToPowerCut();
    return true;
  }

  #workOff(): boolean {
    if (!this.#isOn || !this.mechanism.conditions.isOnline || !this.mechanism.hasRoom) return false;
    const byte = this.#buffer.shift();
    if (byte === undefined) return false;
    this.#parser.next(byte);
    return true;
  }

  #countDownToPowerCut(): void {
    if (this.#bytesUntilPowerCut === undefined) return;
    this.#bytesUntilPowerCut -= 1;
    if (this.#bytesUntilPowerCut <= 0) this.powerOff();
  }

  #updateBusy(): void {
    if (this.#options.flow === 'wire' || !this.#isOn) return;
    const room = bufferBytesMax - this.#buffer.length;
    const isOffline = !this.mechanism.conditions.isOnline;
    const isBusy = isOffline || room <= (this.#isBusy ? freeAtRoomBytes - 1 : busyAtRoomBytes);
    if (isBusy === this.#isBusy) return;
    this.#isBusy = isBusy;
    this.#reply(Uint8Array.of(isBusy ? xoff : xon));
  }

  #obeyAtOnce(command: RealTimeCommand): void {
    const { conditions } = this.mechanism;
    switch (command.kind) {
      case 'status': {
        if (command.n === 0x14 && this.model.hasCustomStatus) {
          this.#reply(Uint8Array.of(0x10, 0x0f, ...this.#customStatus()));
          return;
        }
        const answer = realTimeStatus(command.n, conditions);
        if (answer !== undefined) this.#reply(Uint8Array.of(answer));
        return;
      }
      case 'resume':
        this.mechanism.recover();
        return;
      case 'drop-and-recover':
        this.#forget();
        this.mechanism.recover();
        return;
      case 'clear-buffers':
        if (!this.model.hasBufferClear) return;
        this.#forget();
        this.#reply(Uint8Array.of(0x37, 0x25, 0x00));
        return;
      case 'drawer-pulse':
        this.#onEvent({ kind: 'drawer-pulsed' });
    }
  }

  /** Everything received and not yet printed is gone. */
  #forget(): void {
    this.#buffer.clear();
    this.#held.clear();
    this.#scanner = new RealTimeScanner();
    this.#typesetter.dropLine();
    this.mechanism.dropJobs();
    this.#parser = this.#newParser();
  }

  #newParser(): Parser<never> {
    const parser = interpreter(this.#firmware);
    parser.next(0);
    return parser;
  }

  // ------------------------------------------------------------ bytes out

  #reply(bytes: Uint8Array): void {
    if (this.#isOn && !this.#isHung) this.#send?.(bytes);
  }

  #onMechanismChange(): void {
    this.#pushAutomaticStatus();
    this.#pushCustomStatus();
    this.#pump();
  }

  #pushAutomaticStatus(): void {
    const status = automaticStatus(this.mechanism.conditions);
    const isDue = isAutomaticStatusDue(this.#automaticStatusEnabled, this.#automaticStatusSent, status);
    this.#automaticStatusSent = status;
    if (isDue) this.#reply(status);
  }

  #customStatus(): Uint8Array {
    return customStatus(this.mechanism.conditions, this.#isCommandRefused);
  }

  #pushCustomStatus(): void {
    const status = this.#customStatus();
    const watched = status.filter((_, at) => (this.#customStatusEnabled & (1 << at)) !== 0);
    const before = this.#customStatusSent.filter((_, at) => (this.#customStatusEnabled & (1 << at)) !== 0);
    this.#customStatusSent = status;
    if (watched.some((byte, at) => byte !== before[at])) {
      this.#reply(Uint8Array.of(0x10, this.#customStatusEnabled, ...watched));
    }
  }

  #makeFirmware(): Firmware {
    return {
      model: this.#options.model,
      typesetter: this.#typesetter,
      mechanism: this.mechanism,
      logos: new Map<string, Bitmap>(),
      isSelected: true,
      reply: (bytes) => this.#reply(bytes),
      initialise: () => {
        this.#typesetter.initialise();
        this.#automaticStatusEnabled = 0;
        this.#customStatusEnabled = 0;
        this.#isCommandRefused = false;
      },
      setAutomaticStatus: (enabled) => {
        this.#automaticStatusEnabled = enabled;
        if (enabled !== 0) this.#reply(automaticStatus(this.mechanism.conditions));
      },
      setCustomStatus: (enabled) => {
        this.#customStatusEnabled = enabled & 0x0f;
      },
      ignore: (...command) => {
        this.#isCommandRefused = true;
        this.#onEvent({ kind: 'command-ignored', command: Buffer.from(command).toString('hex') });
      },
      drawerPulse: () => this.#onEvent({ kind: 'drawer-pulsed' }),
    };
  }
}
