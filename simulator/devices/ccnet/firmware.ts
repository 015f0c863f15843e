import type { Clock, Timer } from '../../../terminal/ports.ts';
import type { AcceptorEvent } from '../acceptor/events.ts';
import type { AcceptorFirmware, Verdict } from '../acceptor/firmware.ts';
import type { AcceptorMechanics } from '../acceptor/mechanics.ts';
import type { SimulatedNote } from '../acceptor/notes.ts';
import { maskHas } from './bill-masks.ts';
import { couponType, typesInTable } from './bill-table.ts';
import { state } from './codes.ts';
import { faultState, type Mode, type PollAnswer, pollState, powerUpState } from './poll-state.ts';
import { recognise } from './recognition.ts';
import type { CcnetSettings } from './settings.ts';

/** The states of CCNET §6 on top of the mechanics. It sees no frames; commands come checked for legality (`commands.ts`). */
export class CcnetFirmware implements AcceptorFirmware {
  settings: CcnetSettings;
  readonly #clock: Clock;
  readonly #mechanics: AcceptorMechanics;
  #mode: Mode = { kind: 'deaf' };
  #enabledMask = 0;
  #escrowMask = 0;
  #securityMask = 0;
  #report: PollAnswer | undefined;
  /** The report that the last reply carried, until the host says anything else than ACK. */
  #shown: PollAnswer | undefined;
  #isHeld = false;
  #escrowedAtMonoMs = 0;
  #lastHostMonoMs = 0;
  #rejectReason: number | undefined;
  /** A note goes out, or lies in the mouth, for which 18 or 82 is due. */
  #returnDue: { readonly showsReturning: boolean; readonly type: number | undefined } | undefined;
  /** Kept without power: the type of the note in the path. */
  #pathType: number | undefined;
  /** Kept without power, if the settings say so: stacked during recovery, and the 81 not yet acknowledged. */
  #recoveredType: number | undefined;
  /** Boot, initialization or escrow: they exclude each other. */
  #timer: Timer | undefined;

  constructor(clock: Clock, mechanics: AcceptorMechanics, settings: CcnetSettings) {
    this.#clock = clock;
    this.#mechanics = mechanics;
    this.settings = settings;
    mechanics.attachFirmware(this);
  }

  get isListening(): boolean {
    return this.#mode.kind !== 'deaf';
  }

  get masks(): { readonly enabled: number; readonly security: number } {
    return { enabled: this.#enabledMask, security: this.#securityMask };
  }

  get #knownMask(): number {
    const { billTable, readsCoupons } = this.settings;
    return typesInTable(billTable) | (readsCoupons ? 1 << couponType : 0);
  }

  // ---------------------------------------------------------------- what the host says

  /** Any frame but ACK and NAK: the host is alive, and did not acknowledge what it was shown before. */
  hearCommand(): void {
    this.#lastHostMonoMs = this.#clock.monoMs();
    this.#shown = undefined;
  }

  /** The host read the last reply; a report in it is done with (CCNET §3). */
  hearAck(): void {
    if (!this.settings.hearsAck) return;
    if (this.#shown !== undefined && this.#shown === this.#report) this.#finishReport(this.#shown);
  }

  poll(): PollAnswer {
    const answer = this.state();
    if (answer !== this.#report) return answer;
    this.#shown = answer;
    if (!this.settings.holdsReportsUntilAck) this.#finishReport(answer);
    return answer;
  }

  state(): PollAnswer {
    const { path, mouth, isPaused } = this.#mechanics;
    return pollState({
      nowMonoMs: this.#clock.monoMs(),
      mode: this.#mode,
      path,
      mouth,
      isPaused,
      isHeld: this.#isHeld,
      isEnabled: this.#enabledMask !== 0,
      escrowType: this.#pathType,
      report: this.#report,
      rejectReason: this.#rejectReason,
      showsReturn: this.#returnDue?.showsReturning ?? false,
    });
  }

  reset(): void {
    const { busyAfterResetMs, onResetInEscrow } = this.settings;
    const stacksFirst = this.#mechanics.path.kind === 'escrowed' && onResetInEscrow === 'stacks-note';
    this.#forget();
    const busyUntilMonoMs = this.#clock.monoMs() + busyAfterResetMs;
    this.#mode = { kind: 'initializing', busyUntilMonoMs, testsDone: false };
    this.#startTimer(busyAfterResetMs + this.#mechanics.timings.initializeMs, () => {
      this.#mode = { kind: 'initializing', busyUntilMonoMs, testsDone: true };
      this.#finishInitializing();
    });
    if (stacksFirst) this.#mechanics.stack();
    else this.#mechanics.clearPath();
  }

  setSecurity(mask: number): void {
    this.#securityMask = mask & this.#knownMask;
  }

  enable(enabledMask: number, escrowMask: number): void {
    this.#enabledMask = enabledMask & this.#knownMask;
    this.#escrowMask = escrowMask;
    const path = this.#mechanics.path.kind;
    const isDecided = path !== 'entering' && path !== 'escrowed';
    if (this.#enabledMask === 0 && !isDecided && this.settings.onDisableWithNote === 'returns-note') {
      this.returnNote();
    }
    this.#mechanics.drawWaiting();
  }

  stackNote(): void {
    this.#stopTimer();
    if (this.settings.onStack === 'returns-note') this.#mechanics.giveBack();
    else this.#mechanics.stack();
  }

  returnNote(): void {
    this.#stopTimer();
    this.#mechanics.giveBack();
  }

  /** Keeps the note in escrow for one window more, up to the longest time. */
  holdNote(): void {
    this.#isHeld = true;
    const heldMs = this.#clock.monoMs() - this.#escrowedAtMonoMs;
    const { holdWindowMs, holdMsMax } = this.settings;
    this.#startTimer(Math.min(holdWindowMs, holdMsMax - heldMs), () => this.returnNote());
  }

  // ---------------------------------------------------------------- what the mechanics ask and tell

  drawsIn(): boolean {
    const { onSilentHost, hostSilenceMs } = this.settings;
    const quietMs = this.#clock.monoMs() - this.#lastHostMonoMs;
    const isDeserted = onSilentHost === 'stops-accepting' && quietMs > hostSilenceMs;
    return !isDeserted && this.state()[0] === state.idling;
  }

  judge(note: SimulatedNote): Verdict {
    const recognition = recognise(note, this.settings.billTable, this.#enabledMask);
    if (recognition.kind === 'reject') {
      this.#rejectReason = recognition.code;
      this.#report = [state.rejecting, recognition.code];
      return recognition;
    }
    this.#pathType = recognition.type;
    return { kind: maskHas(this.#escrowMask, recognition.type) ? 'hold' : 'stack' };
  }

  onEvent(event: AcceptorEvent): void {
    switch (event.kind) {
      case 'power-on':
        this.#startTimer(this.#mechanics.timings.bootMs, () => this.#wake());
        break;
      case 'power-off':
        this.#forget();
        if (!this.settings.recoveredCreditSurvivesPowerLoss) this.#recoveredType = undefined;
        this.#mode = { kind: 'deaf' };
        break;
      case 'note-inserted':
        this.#pathType = undefined;
        this.#rejectReason = undefined;
        break;
      case 'note-escrowed':
        this.#isHeld = false;
        this.#escrowedAtMonoMs = this.#clock.monoMs();
        this.#startTimer(this.settings.escrowTimeoutMs, () => this.returnNote());
        break;
      case 'note-returning':
        this.#noteReturning();
        break;
      case 'note-stacked':
        this.#noteStacked();
        break;
      case 'note-taken':
        if (event.wasReturned) this.#noteTaken();
        break;
      case 'note-pulled':
        this.#enterFault([state.cheated]);
        break;
      case 'note-in-mouth':
      case 'jammed':
      case 'failed':
      case 'cassette-removed':
      case 'cassette-full':
        this.#settle();
        break;
      case 'cassette-inserted':
        if (this.#mode.kind === 'fault' && this.settings.onCassetteBack === 'initializes') this.reset();
        break;
      default:
        break;
    }
  }

  // ---------------------------------------------------------------- inside

  #wake(): void {
    const code = powerUpState(this.#mechanics.path, this.#recoveredType !== undefined);
    this.#mode = { kind: 'power-up', code };
  }

  /** What a reset and a power cut wipe out: all but the type of the note in the path and a recovered credit. */
  #forget(): void {
    this.#stopTimer();
    this.#enabledMask = 0;
    this.#escrowMask = 0;
    this.#securityMask = 0;
    this.#report = undefined;
    this.#shown = undefined;
    this.#isHeld = false;
    this.#rejectReason = undefined;
    this.#returnDue = undefined;
  }

  #noteReturning(): void {
    if (this.#rejectReason !== undefined) return;
    const manner =
      this.#mode.kind === 'initializing' ? this.settings.whileEjecting : 'returning-and-returned';
    if (manner === 'only-13') return;
    this.#returnDue = {
      showsReturning: manner !== 'returned',
      type: manner === 'returning' ? undefined : this.#pathType,
    };
  }

  #noteTaken(): void {
    const type = this.#returnDue?.type;
    this.#returnDue = undefined;
    if (type !== undefined) this.#report = [state.returned, type];
    this.#settle();
  }

  #noteStacked(): void {
    if (this.#mode.kind === 'initializing') {
      this.#recoveredType = this.#pathType;
      this.#settle();
    } else if (this.#mode.kind === 'running') {
      this.#report = [state.stacked, this.#pathType ?? 0];
    }
  }

  #finishReport(report: PollAnswer): void {
    this.#report = undefined;
    if (report[0] === state.stacked) this.#recoveredType = undefined;
    this.#mechanics.drawWaiting();
  }

  /** Something has come to rest or broken: shows a fault, or ends the initialization. */
  #settle(): void {
    if (this.#mode.kind === 'deaf' || this.#mode.kind === 'power-up') return;
    const fault = faultState(this.#mechanics);
    if (fault !== undefined) this.#enterFault(fault);
    else this.#finishInitializing();
  }

  #finishInitializing(): void {
    if (this.#mode.kind !== 'initializing' || !this.#mode.testsDone) return;
    // What was stuck when it began may have been freed since.
    if (this.#mechanics.path.kind === 'stopped') this.#mechanics.clearPath();
    const isMoving = ['returning', 'stacking'].includes(this.#mechanics.path.kind);
    if (isMoving || this.#returnDue !== undefined) return;
    if (this.#recoveredType !== undefined) this.#report = [state.stacked, this.#recoveredType];
    this.#mode = { kind: 'running' };
    const fault = faultState(this.#mechanics);
    if (fault !== undefined) this.#enterFault(fault);
  }

  #enterFault(answer: PollAnswer): void {
    this.#stopTimer();
    this.#mode = { kind: 'fault', answer };
  }

  #startTimer(delayMs: number, onTime: () => void): void {
    this.#stopTimer();
    this.#timer = this.#clock.setTimer(delayMs, onTime);
  }

  #stopTimer(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
