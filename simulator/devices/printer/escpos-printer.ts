import { unreachable } from '../../../terminal/assert.ts';
import type { Clock, Timer } from '../../../terminal/ports.ts';
import type { SimulatedDevice } from '../simulated-device.ts';
import { ByteQueue } from './byte-queue.ts';
import type { Circumstances, HandChanges } from './circumstances.ts';
import type { Firmware, Parser } from './firmware.ts';
import { interpreter } from './interpreter.ts';
import { Mechanism } from './mechanism.ts';
import type { PrinterModel } from './models.ts';
import type { PrinterEvent } from './printer-event.ts';
import { type RealTimeCommand, RealTimeScanner } from './real-time.ts';
import { realTimeStatus } from './status.ts';
import { StatusPush } from './status-push.ts';
import { Typesetter } from './typesetter.ts';

const bufferBytesMax = 4_096;
/** ESC/POS §3: busy when this little room is left, free again at that much. */
const busyAtRoomBytes = 128;
const freeAtRoomBytes = 256;
const bootMs = 1_500;
const xon = 0x11;
const xoff = 0x13;
const customStatusNumber = 0x14;

export interface PrinterOptions {
  readonly model: PrinterModel;
  readonly clock: Clock;
  /**
   * `xon-xoff`: XOFF goes out when the buffer fills or the printer goes offline, and what comes regardless beyond the
   * buffer's end is lost. `wire`: a busy line or USB holds the host's bytes back until there is room; nothing is lost.
   */
  readonly flow: 'xon-xoff' | 'wire';
}

/** A kiosk printer at the end of its cable, switched on. */
export class EscPosPrinter implements SimulatedDevice {
  readonly #options: PrinterOptions;
  readonly #listeners: ((event: PrinterEvent) => void)[] = [];
  readonly #mechanism: Mechanism;
  readonly #typesetter: Typesetter;
  readonly #statusPush: StatusPush;
  readonly #firmware: Firmware;
  /** Not yet looked at: a host may write on while it is being answered, and its bytes keep their order. */
  readonly #arriving = new ByteQueue();
  readonly #buffer = new ByteQueue();
  #scanner = new RealTimeScanner();
  #parser: Parser<never>;
  #send: ((bytes: Uint8Array) => void) | undefined;
  #boot: Timer | undefined;
  #isWorkingOff = false;
  #isBusy = false;
  #bytesLost = 0;
  #bytesUntilPowerCut: number | undefined;

  constructor(options: PrinterOptions) {
    const { model, clock } = options;
    this.#options = options;
    this.#mechanism = new Mechanism(model, clock, this.#tell, () => this.#onMechanismChange());
    this.#typesetter = new Typesetter(model, (job) => this.#mechanism.enqueue(job));
    this.#statusPush = new StatusPush(() => this.#mechanism.conditions, this.#reply);
    this.#firmware = {
      model,
      typesetter: this.#typesetter,
      mechanism: this.#mechanism,
      statusPush: this.#statusPush,
      logos: new Map(),
      isSelected: true,
      reply: this.#reply,
      ignore: (...command) => {
        this.#statusPush.commandRefused();
        this.#tell({ kind: 'command-ignored', command: Buffer.from(command).toString('hex') });
      },
      drawerPulse: () => this.#tell({ kind: 'drawer-pulsed' }),
    };
    this.#parser = this.#newParser();
  }

  get model(): PrinterModel {
    return this.#options.model;
  }

  get circumstances(): Circumstances {
    return this.#mechanism.circumstances;
  }

  get isTicketInMouth(): boolean {
    return this.#mechanism.presenter.hasTicketInMouth;
  }

  /** Told of everything that happens to the paper, and of what the host does wrong. */
  listen(listener: (event: PrinterEvent) => void): void {
    this.#listeners.push(listener);
  }

  connect(send: ((bytes: Uint8Array) => void) | undefined): void {
    this.#send = send;
  }

  receive(bytes: Uint8Array): void {
    if (!this.#isAlive()) return;
    for (const byte of bytes) this.#arriving.push(byte);
    for (let byte = this.#arriving.shift(); byte !== undefined; byte = this.#arriving.shift()) {
      this.#takeIn(byte);
      this.#workOff();
    }
    if (this.#bytesLost > 0) this.#tell({ kind: 'bytes-lost', count: this.#bytesLost });
    this.#bytesLost = 0;
  }

  // ------------------------------------------------------------ hands

  /** Paper, cover, knife, heat and the like; the switch has words of its own below. */
  change(changes: HandChanges): void {
    this.#mechanism.change(changes);
  }

  putNewRoll(): void {
    this.#mechanism.putNewRoll();
  }

  takeTicket(): void {
    this.#mechanism.takeTicket();
  }

  /** Tears off what sticks out uncut. */
  tear(): void {
    this.#mechanism.tear();
  }

  /** Buffers, modes and the line in hand are lost; paper, flash and whatever is stuck are not. */
  powerOff(): void {
    this.#boot?.cancel();
    this.#boot = undefined;
    this.#bytesUntilPowerCut = undefined;
    if (!this.circumstances.hasPower) return;
    this.#arriving.clear();
    this.#forget();
    this.#typesetter.initialise();
    this.#statusPush.disable();
    this.#firmware.isSelected = true;
    this.#isBusy = false;
    this.#mechanism.switchPower(false);
    this.#tell({ kind: 'power-off' });
  }

  /** Power comes back; the printer listens after its start-up. */
  powerOn(): void {
    if (this.circumstances.hasPower || this.#boot !== undefined) return;
    this.#boot = this.#options.clock.setTimer(bootMs, () => {
      this.#boot = undefined;
      this.#mechanism.switchPower(true);
      this.#tell({ kind: 'power-on' });
      if (this.#options.flow === 'xon-xoff' && !this.#isBusy) this.#reply(Uint8Array.of(xon));
    });
  }

  /** Power fails as soon as so many more bytes have come in. */
  powerOffAfterBytes(count: number): void {
    this.#bytesUntilPowerCut = count;
  }

  // ------------------------------------------------------------ bytes in

  #isAlive(): boolean {
    return this.circumstances.hasPower && !this.circumstances.isHung;
  }

  #takeIn(byte: number): void {
    const isFull = this.#options.flow === 'xon-xoff' && this.#buffer.length >= bufferBytesMax;
    if (isFull) this.#bytesLost += 1;
    else this.#buffer.push(byte);
    // Also while the buffer is full: the printer must answer then, too.
    const command = this.#scanner.next(byte);
    if (command !== undefined) this.#obeyAtOnce(command);
    if (this.#bytesUntilPowerCut === undefined) return;
    this.#bytesUntilPowerCut -= 1;
    if (this.#bytesUntilPowerCut <= 0) this.powerOff();
  }

  /** Works the buffer off as far as paper and motors allow. */
  #workOff(): void {
    if (this.#isWorkingOff) return;
    this.#isWorkingOff = true;
    while (this.#mechanism.isOnline && this.#mechanism.hasRoom) {
      const byte = this.#buffer.shift();
      if (byte === undefined) break;
      this.#parser.next(byte);
    }
    this.#isWorkingOff = false;
    this.#updateBusy();
  }

  #updateBusy(): void {
    if (this.#options.flow === 'wire' || !this.#isAlive()) return;
    const roomBytes = bufferBytesMax - this.#buffer.length;
    const isNarrow = this.#isBusy ? roomBytes < freeAtRoomBytes : roomBytes <= busyAtRoomBytes;
    const isBusy = isNarrow || !this.#mechanism.isOnline;
    if (isBusy === this.#isBusy) return;
    this.#isBusy = isBusy;
    this.#reply(Uint8Array.of(isBusy ? xoff : xon));
  }

  #obeyAtOnce(command: RealTimeCommand): void {
    switch (command.kind) {
      case 'status':
        this.#replyStatus(command.n);
        return;
      case 'resume':
        this.#mechanism.recover();
        return;
      case 'drop-and-recover':
        this.#forget();
        this.#mechanism.recover();
        return;
      case 'clear-buffers':
        if (!this.model.hasBufferClear) return;
        this.#forget();
        this.#reply(Uint8Array.of(0x37, 0x25, 0x00));
        return;
      case 'drawer-pulse':
        this.#tell({ kind: 'drawer-pulsed' });
        return;
      default:
        unreachable(command);
    }
  }

  #replyStatus(n: number): void {
    if (n === customStatusNumber && this.model.hasCustomStatus) {
      this.#reply(Uint8Array.of(0x10, 0x0f, ...this.#statusPush.customStatus()));
      return;
    }
    const answer = realTimeStatus(n, this.#mechanism.conditions);
    if (answer !== undefined) this.#reply(Uint8Array.of(answer));
  }

  /** Everything received and not yet printed is gone; a command cut short ends. */
  #forget(): void {
    this.#buffer.clear();
    this.#scanner = new RealTimeScanner();
    this.#typesetter.dropLine();
    this.#mechanism.dropJobs();
    this.#parser = this.#newParser();
  }

  #newParser(): Parser<never> {
    const parser = interpreter(this.#firmware);
    // Runs up to its first wait for a byte.
    parser.next(0);
    return parser;
  }

  // ------------------------------------------------------------ what comes of it

  readonly #reply = (bytes: Uint8Array): void => {
    if (this.#isAlive()) this.#send?.(bytes);
  };

  readonly #tell = (event: PrinterEvent): void => {
    for (const listener of this.#listeners) listener(event);
  };

  #onMechanismChange(): void {
    this.#statusPush.update();
    this.#workOff();
  }
}
