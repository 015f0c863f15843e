import type { Clock } from '../../../terminal/ports.ts';
import type { AcceptorEvent } from '../acceptor/events.ts';
import type { AcceptorFirmware, Verdict } from '../acceptor/firmware.ts';
import type { AcceptorMechanics } from '../acceptor/mechanics.ts';
import type { SimulatedNote } from '../acceptor/notes.ts';
import { OneTimer } from '../acceptor/one-timer.ts';
import { event, rejectCode } from './codes.ts';
import { EventList } from './event-list.ts';
import { recognise } from './recognition.ts';
import type { EsspSettings } from './settings.ts';

/** `stopped`: shut by a fault until RESET. */
type Mode = 'deaf' | 'starting' | 'running' | 'stopped';

/**
 * What the unit remembers and decides: the events of eSSP §6 on top of the mechanics. It sees no frames; commands arrive
 * already opened (`commands.ts`).
 */
export class EsspFirmware implements AcceptorFirmware {
  settings: EsspSettings;
  protocol = 4;
  lastRejectCode: number = rejectCode.accepted;
  readonly #mechanics: AcceptorMechanics;
  readonly #onRestart: () => void;
  readonly #events = new EventList();
  readonly #timer: OneTimer;
  readonly #silence: OneTimer;
  #mode: Mode = 'deaf';
  #isEnabled = false;
  #accepted = 0;
  /** Kept without power: the channel of the note in the path. */
  #channel = 0;
  /** A poll has said that it is in escrow: the next one lets it in. */
  #isEscrowTold = false;
  #isGoingOut = false;
  #wasDisabledTold = false;
  #wasFullTold = false;
  #fault: number | undefined;

  constructor(clock: Clock, mechanics: AcceptorMechanics, settings: EsspSettings, onRestart: () => void) {
    this.#mechanics = mechanics;
    this.settings = settings;
    this.#onRestart = onRestart;
    this.#timer = new OneTimer(clock);
    this.#silence = new OneTimer(clock);
    mechanics.attachFirmware(this);
  }

  get isListening(): boolean {
    return this.#mode !== 'deaf';
  }

  get isBroken(): boolean {
    return this.#mechanics.failureCode !== undefined;
  }

  // ---------------------------------------------------------------- what the host says

  /** Any command: the host is alive. */
  hearHost(): void {
    this.#silence.start(this.settings.hostSilenceMs, () => this.#hostSilent());
  }

  newKeys(): void {
    if (!this.settings.creditSurvivesNewKeys) this.#events.forgetTold();
  }

  /** Anything that asks for events while a note lies in escrow lets it in. */
  poll(withAck: boolean): number[] {
    const { path } = this.#mechanics;
    if (path.kind === 'escrowed' && this.#isEscrowTold) this.#mechanics.stack();
    return [...this.#events.tell(withAck, this.settings), ...this.#standing(withAck)];
  }

  acknowledge(): boolean {
    return this.#events.acknowledge(this.settings);
  }

  setAccepted(mask: number): void {
    this.#accepted = mask;
  }

  enable(): boolean {
    if (this.#mode !== 'running') return false;
    this.#isEnabled = true;
    this.#wasDisabledTold = false;
    this.#mechanics.drawWaiting();
    return true;
  }

  disable(): void {
    this.#isEnabled = false;
  }

  hold(): boolean {
    return this.#mechanics.path.kind === 'escrowed';
  }

  reject(): boolean {
    const { path } = this.#mechanics;
    const isMidway = path.kind === 'entering' && this.settings.onRejectMidway === 'returns-note';
    if (path.kind !== 'escrowed' && !isMidway) return false;
    this.#sendBack(rejectCode.host);
    return true;
  }

  reset(): void {
    const stacks =
      this.#mechanics.path.kind === 'escrowed' && this.settings.onResetInEscrow === 'stacks-note';
    if (stacks) this.#mechanics.stack();
    this.#losePower();
    this.#boot();
  }

  // ---------------------------------------------------------------- what the mechanics ask and tell

  drawsIn(): boolean {
    return this.#mode === 'running' && this.#isEnabled && this.#accepted !== 0;
  }

  judge(note: SimulatedNote): Verdict {
    const mask = this.#isEnabled ? this.#accepted : 0;
    const recognition = recognise(note, this.settings.channels, mask);
    if (recognition.kind === 'known') {
      this.#channel = recognition.channel;
      return { kind: 'hold' };
    }
    this.lastRejectCode = recognition.code;
    this.#isGoingOut = true;
    return recognition;
  }

  onEvent(happened: AcceptorEvent): void {
    switch (happened.kind) {
      case 'power-on':
        this.#boot();
        break;
      case 'power-off':
        this.#losePower();
        break;
      case 'note-inserted':
        this.#channel = 0;
        this.#isEscrowTold = false;
        this.#isGoingOut = false;
        break;
      case 'note-escrowed':
        this.#isEscrowTold = false;
        this.hearHost();
        break;
      case 'note-stacked':
        this.#noteStacked();
        break;
      case 'note-returning':
        if (this.#mode === 'running') this.#isGoingOut = true;
        break;
      case 'note-in-mouth':
        if (this.#mode !== 'running' && this.#mode !== 'stopped')
          this.#events.add(event.noteSentOutOfFront, this.#namedChannel);
        else if (this.settings.rejectingShows === 'while-moving') this.#noteOut();
        break;
      case 'note-taken':
        if (happened.wasReturned) this.#noteOut();
        break;
      case 'note-pulled':
        this.#events.add(event.fraudAttempt, 0);
        this.#isEscrowTold = false;
        break;
      case 'jammed':
        this.#stop(happened.place === 'head' ? event.unsafeJam : event.safeJam);
        break;
      case 'jam-cleared':
        // A part works again that had failed with a note in the path: its sensors see what lies there.
        if (this.#mode === 'running' && this.#mechanics.path.kind === 'stopped') this.#stop(event.unsafeJam);
        break;
      case 'cassette-removed':
        this.#stop(event.cashboxRemoved);
        break;
      case 'cassette-inserted':
        this.#cashboxBack();
        break;
      default:
        break;
    }
  }

  get #namedChannel(): number {
    return this.settings.powerUpNamesChannel ? this.#channel : 0;
  }

  /** How things stand now; the events of the moment behind those that have happened. */
  #standing(withAck: boolean): number[] {
    const { path, cassette, mouth } = this.#mechanics;
    const list: number[] = [];
    if (this.#mode === 'starting')
      return withAck && this.protocol >= 7 ? [event.initialising] : this.#disabledWord();
    if (this.#fault !== undefined) list.push(this.#fault);
    if (cassette?.isFull === true && (this.settings.fullTold === 'always' || !this.#wasFullTold)) {
      list.push(event.stackerFull);
      this.#wasFullTold = true;
    }
    if (path.kind === 'entering') list.push(event.read, 0);
    if (path.kind === 'escrowed') list.push(event.read, this.#channel);
    this.#isEscrowTold ||= path.kind === 'escrowed';
    if (path.kind === 'stacking') list.push(event.stacking);
    const isOut = path.kind === 'returning' || (mouth?.wasReturned === true && this.#isGoingOut);
    if (isOut) list.push(event.rejecting);
    return [...list, ...(this.#isEnabled ? [] : this.#disabledWord())];
  }

  #disabledWord(): number[] {
    if (this.settings.disabledTold === 'once' && this.#wasDisabledTold) return [];
    this.#wasDisabledTold = true;
    return [event.disabled];
  }

  #sendBack(code: number): void {
    this.lastRejectCode = code;
    this.#mechanics.giveBack();
  }

  #noteOut(): void {
    if (!this.#isGoingOut) return;
    this.#isGoingOut = false;
    this.#events.add(event.rejected);
  }

  /** Nobody asks any more: the note goes back, and nothing more comes in (eSSP §9). */
  #hostSilent(): void {
    this.#isEnabled = false;
    if (this.#mechanics.path.kind === 'escrowed') this.#sendBack(rejectCode.escrowTimeOut);
  }

  #noteStacked(): void {
    if (this.#mode === 'running' || this.#mode === 'stopped') {
      this.#events.add(event.credit, this.#channel);
      this.#events.add(event.stacked);
    } else this.#events.add(event.noteMovedToCashbox, this.#namedChannel);
    this.#channel = 0;
  }

  #boot(): void {
    const { timings } = this.#mechanics;
    this.#timer.start(timings.bootMs, () => {
      this.#mode = 'starting';
      this.#mechanics.clearPath();
      this.#timer.start(timings.initializeMs, () => this.#started());
    });
  }

  #started(): void {
    const { path, cassette, jam } = this.#mechanics;
    if (path.kind === 'stopped') this.#mechanics.clearPath();
    if (path.kind === 'returning' || path.kind === 'stacking') {
      this.#timer.start(this.#mechanics.timings.initializeMs, () => this.#started());
      return;
    }
    this.#mode = 'running';
    if (cassette === undefined) this.#stop(event.cashboxRemoved);
    else if (jam !== undefined) this.#stop(jam === 'head' ? event.unsafeJam : event.safeJam);
  }

  /** What a RESET and a power cut wipe out. */
  #losePower(): void {
    const owed = this.#events.creditsOwed;
    this.#timer.stop();
    this.#silence.stop();
    this.#events.forget();
    this.#events.add(event.slaveReset);
    const { creditAfterPowerLoss } = this.settings;
    for (const channel of owed) {
      if (creditAfterPowerLoss === 'told-again') this.#events.add(event.credit, channel);
      if (creditAfterPowerLoss === 'moved-to-cashbox') this.#events.add(event.noteMovedToCashbox, channel);
    }
    this.#mode = 'deaf';
    this.protocol = 4;
    this.#isEnabled = false;
    this.#accepted = 0;
    this.#fault = undefined;
    this.#isEscrowTold = false;
    this.#isGoingOut = false;
    this.#wasDisabledTold = false;
    this.#wasFullTold = false;
    this.#onRestart();
  }

  #stop(fault: number): void {
    this.#fault = fault;
    if (this.#mode === 'running') this.#mode = 'stopped';
    this.#isEnabled = false;
  }

  #cashboxBack(): void {
    if (this.#fault !== event.cashboxRemoved) return;
    this.#events.add(event.cashboxReplaced);
    if (this.settings.onCashboxBack === 'waits-for-reset') return;
    this.#fault = undefined;
    this.#mode = 'running';
    this.#mechanics.clearPath();
  }
}
