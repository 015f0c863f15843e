import type { Clock } from '../../../terminal/ports.ts';
import type { AcceptorEvent } from '../acceptor/events.ts';
import type { AcceptorFirmware, Verdict } from '../acceptor/firmware.ts';
import type { AcceptorMechanics } from '../acceptor/mechanics.ts';
import type { SimulatedNote } from '../acceptor/notes.ts';
import { OneTimer } from '../acceptor/one-timer.ts';
import { d0 } from './codes.ts';
import { Counters } from './counters.ts';
import { Events, type StackedEvent } from './events.ts';
import { HostWords } from './host-words.ts';
import { rejectionOf } from './recognition.ts';
import type { EbdsSettings } from './settings.ts';
import { faultOf, type Mode, statusBits, type WayOut } from './unit-status.ts';

/**
 * What the unit remembers and decides: the states and events of EBDS §4 and §10 on top of the mechanics. It sees no
 * frames; messages arrive already taken apart (`messages.ts`).
 */
export class EbdsFirmware implements AcceptorFirmware {
  settings: EbdsSettings;
  readonly counters = new Counters();
  readonly #clock: Clock;
  readonly #mechanics: AcceptorMechanics;
  readonly #events = new Events();
  #mode: Mode = { kind: 'deaf' };
  #told = new HostWords();
  #wayOut: WayOut | undefined;
  #heardMonoMs = 0;
  /** Boot and tests. */
  readonly #timer: OneTimer;
  readonly #escrowTimer: OneTimer;
  readonly #silenceTimer: OneTimer;

  constructor(clock: Clock, mechanics: AcceptorMechanics, settings: EbdsSettings) {
    this.#clock = clock;
    this.#mechanics = mechanics;
    this.#timer = new OneTimer(clock);
    this.#escrowTimer = new OneTimer(clock);
    this.#silenceTimer = new OneTimer(clock);
    this.settings = settings;
    mechanics.attachFirmware(this);
  }

  get isListening(): boolean {
    return this.#mode.kind !== 'deaf';
  }

  get told(): HostWords {
    return this.#told;
  }

  get stacked(): StackedEvent | undefined {
    return this.#events.stacked;
  }

  /** The note that shows as escrowed. */
  get inEscrow(): SimulatedNote | undefined {
    const { path } = this.#mechanics;
    return (this.status()[0] & d0.escrowed) !== 0 && path.kind !== 'empty' ? path.note : undefined;
  }

  /** Questions and settings are for a unit at rest (§5). */
  get isAtRest(): boolean {
    return (this.status()[0] & d0.idling) !== 0;
  }

  status(): [number, number, number] {
    const { path, mouth, isPaused, cassette } = this.#mechanics;
    return statusBits({
      mode: this.#mode,
      path,
      mouth,
      isPaused,
      isFull: cassette?.isFull === true && path.kind === 'empty',
      wayOut: this.#wayOut,
      showsMouth: this.settings.returningShows === 'until-taken',
      events: this.#events,
    });
  }

  // ---------------------------------------------------------------- what the host says

  /** Any sound message; called before it is looked at. */
  hearHost(): void {
    const { powerUpPollMsMax, hostSilenceMs } = this.settings;
    const gapMs = this.#clock.monoMs() - this.#heardMonoMs;
    this.#heardMonoMs = this.#clock.monoMs();
    if (hostSilenceMs !== 'never') this.#silenceTimer.start(hostSilenceMs, () => this.#escrowUnanswered());
    if (this.#mode.kind === 'starting' && this.#mode.testsDone && gapMs <= powerUpPollMsMax) this.#goOn();
  }

  configure(bytes: readonly number[]): void {
    const wasOpen = this.#told.isOpen(this.settings.gateInExtendedMode);
    this.#told.configure(bytes);
    const { path } = this.#mechanics;
    const isShutNow =
      wasOpen &&
      !this.#told.isOpen(this.settings.gateInExtendedMode) &&
      this.settings.onGateShutWithNote === 'returns-note';
    if (isShutNow && (path.kind === 'entering' || path.kind === 'escrowed')) this.#giveBack('returned');
  }

  stackNote(): void {
    if (this.#mechanics.path.kind !== 'escrowed' || this.#mode.kind !== 'running') return;
    this.#escrowTimer.stop();
    this.#mechanics.stack();
  }

  returnNote(): void {
    const isHeld = this.#mode.kind === 'holding' && this.#mode.shows === 'escrow';
    if (isHeld) this.#clearHead();
    else if (this.#mechanics.path.kind === 'escrowed' && this.#mode.kind === 'running') {
      this.counters.add('hostReturn');
      this.#giveBack('returned');
    }
  }

  reset(): void {
    const { path } = this.#mechanics;
    this.#forget();
    this.#events.forget(this.settings.untoldCredit === 'told-again');
    if (path.kind === 'escrowed' && this.settings.onResetInEscrow === 'stacks-note') this.#mechanics.stack();
    else if (path.kind === 'escrowed' || path.kind === 'entering') this.#giveBack('returned');
    else if (path.kind === 'stopped' && path.zone === 'head') this.#clearHead();
    this.#begin();
  }

  /** A new answer has gone out. */
  answered(): void {
    this.#events.shown();
    this.#mechanics.drawWaiting();
  }

  // ---------------------------------------------------------------- what the mechanics ask and tell

  /** Not before the credit of the note before has been told for as long as it is. */
  drawsIn(): boolean {
    return (
      this.isAtRest && this.#told.isOpen(this.settings.gateInExtendedMode) && !this.#events.has('stacked')
    );
  }

  judge(note: SimulatedNote): Verdict {
    const reason = rejectionOf(note, this.settings.noteTable, this.#told);
    if (reason === undefined) return { kind: 'hold' };
    this.counters.add(reason);
    this.#wayOut = 'rejected';
    return { kind: 'reject', reason };
  }

  onEvent(event: AcceptorEvent): void {
    switch (event.kind) {
      case 'power-on':
        this.#begin();
        break;
      case 'power-off':
        this.#events.forget(this.settings.untoldCredit === 'told-again');
        this.#forget();
        break;
      case 'note-inserted':
        this.#wayOut = undefined;
        break;
      case 'note-escrowed':
        this.#noteEscrowed();
        break;
      case 'note-stacked':
        this.#noteStacked(event.note);
        break;
      case 'note-pulled':
        this.#happen('cheated');
        break;
      case 'note-in-mouth':
        if (this.#wayOut === 'rejected') this.#happen('rejected');
        else if (this.settings.returningShows === 'while-moving') this.#happen('returned');
        break;
      case 'note-taken':
        if (event.wasReturned) this.#noteTaken();
        break;
      case 'jammed':
      case 'failed':
      case 'cassette-removed':
        this.#settle();
        break;
      case 'jam-cleared':
        if (this.settings.faultEnds === 'by-itself') this.#endFault();
        break;
      case 'cassette-inserted':
        this.#cassetteBack();
        break;
      default:
        break;
    }
  }

  // ---------------------------------------------------------------- inside

  #happen(name: 'returned' | 'rejected' | 'cheated'): void {
    this.#events.happen(name, this.settings.eventReplies);
  }

  #giveBack(wayOut: WayOut): void {
    this.#escrowTimer.stop();
    this.#wayOut = wayOut;
    this.#mechanics.giveBack();
  }

  #noteEscrowed(): void {
    const { escrowTimeoutMs } = this.#told;
    this.#events.forget();
    for (const name of ['escrowed', 'recognised', 'validated'] as const) this.counters.add(name);
    if (escrowTimeoutMs > 0) this.#escrowTimer.start(escrowTimeoutMs, () => this.#escrowUnanswered());
  }

  #escrowUnanswered(): void {
    if (this.#mechanics.path.kind === 'escrowed') this.#giveBack('returned');
  }

  #noteTaken(): void {
    if (this.#wayOut === 'returned' && this.settings.returningShows === 'until-taken')
      this.#happen('returned');
    this.#wayOut = undefined;
  }

  #noteStacked(note: SimulatedNote): void {
    const { stackedTold, foundNoteTold, eventReplies } = this.settings;
    const telling = this.#mode.kind === 'running' ? stackedTold : this.#told.foundTelling(foundNoteTold);
    this.counters.add('stacked');
    if (telling !== 'nothing') this.#events.stack({ note, telling }, eventReplies);
    this.#settle();
    if (this.#mode.kind === 'starting') this.#goOn();
  }

  #begin(): void {
    this.#mode = { kind: 'deaf' };
    const { bootMs, initializeMs } = this.#mechanics.timings;
    this.#timer.start(bootMs, () => {
      this.#mode = { kind: 'starting', testsDone: false };
      this.#timer.start(initializeMs, () => this.#testsDone());
    });
  }

  #testsDone(): void {
    this.#mode = { kind: 'starting', testsDone: true };
    const { path } = this.#mechanics;
    if (path.kind === 'stopped' && path.zone === 'stacker') this.#mechanics.clearPath();
  }

  /** The end of power-up: what lies in the head is dealt with in the open. */
  #goOn(): void {
    const { path } = this.#mechanics;
    const { onNoteInHead } = this.settings;
    const fault = faultOf(this.#mechanics);
    if (fault !== undefined) {
      this.#mode = { kind: 'fault', fault };
      return;
    }
    if (path.kind === 'stacking') return;
    if (path.kind === 'stopped' && path.zone === 'head' && onNoteInHead !== 'returns')
      this.#mode = { kind: 'holding', shows: onNoteInHead === 'holds' ? 'escrow' : 'nothing' };
    else if (path.kind === 'stopped') this.#clearHead();
    else this.#mode = { kind: 'running' };
  }

  #clearHead(): void {
    this.#mode = { kind: 'running' };
    this.#wayOut = 'returned';
    this.#mechanics.clearPath();
  }

  /** What a reset and a power cut wipe out. */
  #forget(): void {
    this.#timer.stop();
    this.#escrowTimer.stop();
    this.#silenceTimer.stop();
    this.#told = new HostWords();
    this.#wayOut = undefined;
    this.#mode = { kind: 'deaf' };
  }

  #settle(): void {
    const fault = faultOf(this.#mechanics);
    const isAwake = this.#mode.kind === 'running' || this.#mode.kind === 'holding';
    if (!isAwake || fault === undefined) return;
    this.#escrowTimer.stop();
    this.#mode = { kind: 'fault', fault };
  }

  #endFault(): void {
    if (this.#mode.kind !== 'fault' || faultOf(this.#mechanics) !== undefined) return;
    this.#clearHead();
  }

  #cassetteBack(): void {
    if (this.#mode.kind !== 'fault') return;
    if (this.settings.onCassetteBack === 'goes-on') this.#endFault();
    if (this.settings.onCassetteBack === 'powers-up') this.reset();
  }
}
