import type { Clock } from '../../../terminal/ports.ts';
import type { AcceptorEvent } from '../acceptor/events.ts';
import type { AcceptorFirmware, Verdict } from '../acceptor/firmware.ts';
import type { AcceptorMechanics } from '../acceptor/mechanics.ts';
import type { SimulatedNote } from '../acceptor/notes.ts';
import { OneTimer } from '../acceptor/one-timer.ts';
import { command, rejectReason, status } from './codes.ts';
import { CreditMemory } from './credit-memory.ts';
import { HostSettings } from './host-settings.ts';
import { HostWatch } from './host-watch.ts';
import { recognise } from './recognition.ts';
import type { Id003Settings } from './settings.ts';
import {
  faultStatus,
  type Mode,
  powerUpStatus,
  rejectionOf,
  type StatusAnswer,
  statusOf,
  type WayOut,
  wayOutAtStart,
} from './unit-status.ts';

/**
 * What the unit remembers and decides: the states of ID-003 §6 on top of the mechanics. It sees no frames; commands
 * arrive already checked for legality (`commands.ts`).
 */
export class Id003Firmware implements AcceptorFirmware {
  settings: Id003Settings;
  readonly #clock: Clock;
  readonly #mechanics: AcceptorMechanics;
  #mode: Mode = { kind: 'deaf' };
  #told: HostSettings;
  readonly #credit: CreditMemory;
  #stackedUntilMonoMs = 0;
  #isHeld = false;
  #wayOut: WayOut | undefined;
  #isDeserted = false;
  /** Kept without power: which kind of note is in the path, and whether power recovery was on. */
  #pathKind: number | undefined;
  #hadPowerRecovery = false;
  /** Boot, tests or escrow: they exclude each other. */
  readonly #timer: OneTimer;
  readonly #host: HostWatch;

  constructor(clock: Clock, mechanics: AcceptorMechanics, settings: Id003Settings) {
    this.#clock = clock;
    this.#mechanics = mechanics;
    this.#timer = new OneTimer(clock);
    this.settings = settings;
    this.#told = new HostSettings(settings.afterReset);
    const settingsNow = (): Id003Settings => this.settings;
    this.#credit = new CreditMemory(clock, settingsNow);
    this.#host = new HostWatch(clock, settingsNow, () => this.#hostSilent());
    mechanics.attachFirmware(this);
  }

  get isListening(): boolean {
    return this.#mode.kind !== 'deaf';
  }

  hears(code: number | undefined): boolean {
    return code === command.reset || !this.#credit.isDeaf;
  }

  get told(): HostSettings {
    return this.#told;
  }

  // ---------------------------------------------------------------- what the host says

  /** Any frame. True if the host had been silent for too long while nothing was in escrow. */
  hearHost(): boolean {
    return this.#host.hear() && this.#mechanics.path.kind === 'empty' && this.#mode.kind === 'running';
  }

  hearAck(): void {
    if (!this.#credit.acknowledge()) return;
    this.#stackedUntilMonoMs = this.#clock.monoMs() + this.settings.stackedShownMs;
    this.#settle();
    this.#mechanics.drawWaiting();
  }

  tellStatus(): StatusAnswer {
    return this.#credit.noteTold(this.status());
  }

  status(): StatusAnswer {
    const { path, mouth, isPaused } = this.#mechanics;
    return statusOf({
      mode: this.#mode,
      path,
      mouth,
      isPaused,
      isHeld: this.#isHeld,
      isInhibited: this.#told.isInhibited || this.#isDeserted,
      escrowKind: this.#pathKind,
      vendValid: this.#credit.answer,
      showsStacked: this.#clock.monoMs() < this.#stackedUntilMonoMs,
      wayOut: this.#wayOut,
    });
  }

  reset(): void {
    const { onResetInEscrow, stacksFoundNote } = this.settings;
    const { path, timings } = this.#mechanics;
    const stacksEscrow = path.kind === 'escrowed' && onResetInEscrow === 'stacks-note';
    this.#credit.reset();
    this.#forget();
    this.#mode = { kind: 'initializing', testsDone: false, isReleased: false };
    this.#timer.start(timings.initializeMs, () => {
      if (this.#mode.kind === 'initializing') this.#mode = { ...this.#mode, testsDone: true };
      this.#settle();
    });
    const waits = path.kind === 'stopped' && path.zone === 'stacker' && stacksFoundNote === 'after-settings';
    if (stacksEscrow) this.#mechanics.stack();
    else if (!waits) this.#mechanics.clearPath();
  }

  /** C0 to C5, whose legality has been seen to. False: wrong data. */
  takeSetting(code: number, data: readonly number[]): boolean {
    if (!this.#told.take(code, data)) return false;
    this.#hadPowerRecovery = this.#told.hasPowerRecovery;
    if (code === command.setInhibit) this.#isDeserted = false;
    if (this.#mode.kind === 'initializing' && this.#told.releases(code, this.settings)) {
      this.#mode = { ...this.#mode, isReleased: true };
      this.#settle();
    }
    const isUndecided = ['entering', 'escrowed'].includes(this.#mechanics.path.kind);
    const gives = this.#told.isInhibited && this.settings.onInhibitWithNote === 'returns-note';
    if (isUndecided && gives) this.returnNote();
    this.#mechanics.drawWaiting();
    return true;
  }

  stackNote(): void {
    this.#timer.stop();
    this.#mechanics.stack();
  }

  returnNote(): void {
    this.#timer.stop();
    this.#wayOut = { answer: [status.returning], untilTaken: true };
    this.#mechanics.giveBack();
  }

  /** HOLD and WAIT: another window for the note in escrow. */
  holdNote(shows: 'holding' | 'escrow'): void {
    this.#isHeld = shows === 'holding';
    this.#timer.start(this.settings.holdWindowMs, () => this.#escrowUnanswered());
  }

  // ---------------------------------------------------------------- what the mechanics ask and tell

  drawsIn(): boolean {
    const [now] = this.status();
    // 16 says that the last note is done with: the next one may come.
    return now === status.idling || (now === status.stacked && !this.#told.isInhibited);
  }

  judge(note: SimulatedNote): Verdict {
    const recognition = recognise(note, this.settings.currencyTable, this.#told);
    if (recognition.kind === 'reject') return this.#reject(recognition.code, recognition.reason);
    this.#pathKind = recognition.type;
    return { kind: 'hold' };
  }

  onEvent(event: AcceptorEvent): void {
    switch (event.kind) {
      case 'power-on':
        this.#timer.start(this.#mechanics.timings.bootMs, () => this.#wake());
        break;
      case 'power-off':
        this.#losePower();
        break;
      case 'note-inserted':
        this.#pathKind = undefined;
        this.#wayOut = undefined;
        this.#stackedUntilMonoMs = 0;
        break;
      case 'note-escrowed':
        this.#isHeld = false;
        this.#timer.start(this.settings.escrowTimeoutMs, () => this.#escrowUnanswered());
        this.#host.begin();
        break;
      case 'note-returning':
        if (this.#mode.kind === 'initializing') this.#wayOut = wayOutAtStart(this.settings);
        break;
      case 'note-stacked':
        this.#noteStacked();
        break;
      case 'note-pulled':
        this.#enterFault([status.cheated]);
        break;
      case 'note-taken':
        if (event.wasReturned) this.#wayOut = undefined;
        this.#settle();
        break;
      case 'note-in-mouth':
      case 'jammed':
      case 'failed':
      case 'cassette-removed':
      case 'cassette-full':
        this.#settle();
        break;
      case 'cassette-inserted':
        this.#cassetteBack();
        break;
      default:
        break;
    }
  }

  // ---------------------------------------------------------------- inside

  #reject(code: number, reason: string): Verdict {
    this.#wayOut = rejectionOf(code, this.settings);
    return { kind: 'reject', reason };
  }

  /** Ten seconds without a command: the note goes back, and says so until it is taken (§4). */
  #escrowUnanswered(): void {
    this.returnNote();
    this.#wayOut = { answer: [status.rejecting, rejectReason.inhibited], untilTaken: true };
  }

  #hostSilent(): void {
    const { silentReturnShows, onSilentHost } = this.settings;
    const path = this.#mechanics.path.kind;
    if (path === 'escrowed') {
      this.returnNote();
      if (silentReturnShows === 'nothing') this.#wayOut = undefined;
    } else if (path === 'empty' && onSilentHost === 'inhibits') {
      this.#isDeserted = true;
    }
  }

  #wake(): void {
    this.#mode = { kind: 'power-up', code: powerUpStatus(this.#mechanics.path, this.#credit.isOwed) };
  }

  #losePower(): void {
    this.#credit.losePower();
    this.#host.end();
    this.#forget();
    this.#mode = { kind: 'deaf' };
  }

  /** What a reset and a power cut wipe out. */
  #forget(): void {
    this.#timer.stop();
    this.#told = new HostSettings(this.settings.afterReset);
    this.#stackedUntilMonoMs = 0;
    this.#isHeld = false;
    this.#isDeserted = false;
    this.#wayOut = undefined;
  }

  /** A note that went on by itself after a power cut is a credit only with power recovery (§8). */
  #noteStacked(): void {
    const isRunning = this.#mode.kind === 'running';
    const isRecovered = this.#mode.kind === 'initializing' && this.#hadPowerRecovery;
    if (isRunning || isRecovered) this.#credit.owe(this.#pathKind, isRecovered);
    this.#settle();
  }

  /** Something has come to rest or broken: shows a fault, or goes on with the start. */
  #settle(): void {
    if (this.#mode.kind === 'deaf' || this.#mode.kind === 'power-up') return;
    const isStarting = this.#mode.kind === 'initializing' && !this.#mode.testsDone;
    const fault = faultStatus(this.#mechanics);
    if (fault !== undefined && !isStarting) this.#enterFault(fault);
    else this.#goOnStarting();
  }

  #goOnStarting(): void {
    if (this.#mode.kind !== 'initializing' || !this.#mode.testsDone || !this.#mode.isReleased) return;
    const { path } = this.#mechanics;
    if (path.kind === 'stopped') this.#mechanics.clearPath();
    const isMoving = path.kind === 'returning' || path.kind === 'stacking' || path.kind === 'stopped';
    const isInMouth = this.#mechanics.mouth?.wasReturned === true && this.#wayOut !== undefined;
    if (isMoving || isInMouth || this.#credit.isOwed) return;
    this.#mode = { kind: 'running' };
    this.#mechanics.drawWaiting();
  }

  #enterFault(answer: StatusAnswer): void {
    this.#timer.stop();
    this.#mode = { kind: 'fault', answer };
  }

  #cassetteBack(): void {
    if (this.#mode.kind !== 'fault') return;
    if (this.settings.onCassetteBack === 'initializes') this.reset();
    if (this.settings.onCassetteBack === 'powers-up') {
      this.#forget();
      this.#wake();
    }
  }
}
