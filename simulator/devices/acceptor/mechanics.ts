import { assert } from '../../../terminal/assert.ts';
import type { Clock, Timer } from '../../../terminal/ports.ts';
import { Cassette } from './cassette.ts';
import type { AcceptorEvent, FoundNoteGoes, JamPlace, RefusalReason, Zone } from './events.ts';
import type { AcceptorFirmware, MouthNote, Path, Verdict } from './firmware.ts';
import type { NoteKind, SimulatedNote } from './notes.ts';
import type { AcceptorTimings } from './timings.ts';

/**
 * The moving parts of a bill acceptor: mouth, head with escrow, stacker path, cassette and power. It knows where
 * every note is and nothing of any protocol; each protocol face drives it as its firmware, and people act on it by hand.
 */
export class AcceptorMechanics {
  readonly timings: AcceptorTimings;
  readonly #clock: Clock;
  readonly #listeners: ((event: AcceptorEvent) => void)[] = [];
  #firmware: AcceptorFirmware | undefined;
  #path: Path = { kind: 'empty' };
  #mouth: MouthNote | undefined;
  #cassette: Cassette | undefined;
  #motion: Timer | undefined;
  #jam: JamPlace | undefined;
  #failureCode: number | undefined;
  #powered = false;
  #notesMade = 0;

  constructor(clock: Clock, timings: AcceptorTimings, cassette: Cassette = new Cassette()) {
    this.#clock = clock;
    this.timings = timings;
    this.#cassette = cassette;
  }

  attachFirmware(firmware: AcceptorFirmware): void {
    assert(this.#firmware === undefined, 'one acceptor has one firmware');
    this.#firmware = firmware;
  }

  /** Auditors hear of an event before the firmware can tell the host. */
  listen(listener: (event: AcceptorEvent) => void): void {
    this.#listeners.push(listener);
  }

  // ---------------------------------------------------------------- what sensors see

  get path(): Path {
    return this.#path;
  }

  get mouth(): MouthNote | undefined {
    return this.#mouth;
  }

  get cassette(): Cassette | undefined {
    return this.#cassette;
  }

  /** A blocked cassette shows only when a note is pressed into it; until then this is `undefined`. */
  get jam(): JamPlace | undefined {
    const pressed = this.#path.kind === 'stopped' && this.#path.zone === 'stacker';
    return this.#jam === 'head' || pressed ? this.#jam : undefined;
  }

  get failureCode(): number | undefined {
    return this.#failureCode;
  }

  get powered(): boolean {
    return this.#powered;
  }

  /** A second note was pushed in behind the first one before that came to rest in the stacker. */
  get isPaused(): boolean {
    const pushedEarly = this.#mouth !== undefined && !this.#mouth.wasReturned;
    return pushedEarly && (this.#path.kind === 'entering' || this.#path.kind === 'escrowed');
  }

  // ---------------------------------------------------------------- what firmware orders

  stack(): void {
    assert(this.#path.kind === 'escrowed', 'only a note in escrow can be stacked');
    this.#startStacking(this.#path.note, 'head');
  }

  /** Starts bringing the note in the head back to the mouth. */
  giveBack(): void {
    const path = this.#path;
    const inHead =
      path.kind === 'escrowed' ||
      path.kind === 'entering' ||
      (path.kind === 'stopped' && path.zone === 'head');
    assert(inHead, 'only a note in the head can go back');
    this.#eject(path.note);
  }

  /** After a reset: a note in the head goes out, one past the point of return goes on into the cassette. */
  clearPath(): void {
    const path = this.#path;
    if (!this.#motorMayTurn()) return;
    if (path.kind === 'stopped' && path.zone === 'stacker') this.#startStacking(path.note, 'stacker');
    else if (path.kind === 'stacking' && path.zone === 'head') this.#eject(path.note);
    else if (path.kind === 'stopped' || path.kind === 'entering' || path.kind === 'escrowed')
      this.#eject(path.note);
  }

  /** Firmware has become willing: a note waiting in the mouth is drawn in now. */
  drawWaiting(): void {
    const waiting = this.#mouth;
    if (waiting === undefined || waiting.wasReturned || this.#path.kind !== 'empty') return;
    if (!this.#motorMayTurn() || this.#firmware?.drawsIn() !== true) return;
    this.#mouth = undefined;
    this.#drawIn(waiting.note);
  }

  // ---------------------------------------------------------------- what hands do

  /** Offers a note to the mouth; the events tell whether it went in. */
  insert(kind: NoteKind): SimulatedNote {
    this.#notesMade += 1;
    const note: SimulatedNote = { ...kind, noteId: this.#notesMade };
    const refusal = this.#refusalOf();
    if (refusal !== undefined) {
      this.#emit({ kind: 'note-refused', note, reason: refusal });
    } else if (this.#path.kind === 'empty') {
      this.#drawIn(note);
    } else {
      if (this.#path.kind === 'entering') this.#stopMotor();
      this.#mouth = { note, wasReturned: false };
      this.#emit({ kind: 'note-pushed-early', note });
    }
    return note;
  }

  /** Takes what lies in the mouth. */
  take(): SimulatedNote | undefined {
    const mouth = this.#mouth;
    if (mouth === undefined) return undefined;
    this.#mouth = undefined;
    this.#emit({ kind: 'note-taken', ...mouth });
    if (this.#path.kind === 'entering') this.#startDrawingIn(this.#path.note);
    return mouth.note;
  }

  /** Pulls back a note that the motor is moving in; too late once it is past the point of return. */
  pull(): SimulatedNote | undefined {
    const path = this.#path;
    const canGrip = path.kind === 'entering' || (path.kind === 'stacking' && path.zone === 'head');
    if (!canGrip) return undefined;
    this.#stopMotor();
    this.#path = { kind: 'empty' };
    this.#emit({ kind: 'note-pulled', note: path.note });
    return path.note;
  }

  /** Blocks the head (seen at once) or the cassette (seen when a note is pressed into it). */
  jamAt(place: JamPlace): void {
    this.#jam = place;
    if (place === 'cassette' && this.#path.kind !== 'stacking') return;
    this.#freeze(place === 'cassette' ? 'stacker' : undefined);
    this.#emit({ kind: 'jammed', place });
  }

  /** A technician removes whatever blocks the path and repairs what failed; the unit wants a reset afterwards. */
  clearJam(foundNote: FoundNoteGoes = 'stays'): void {
    this.#jam = undefined;
    this.#failureCode = undefined;
    const path = this.#path;
    if (path.kind === 'stopped' && foundNote !== 'stays') {
      this.#path = { kind: 'empty' };
      if (foundNote === 'cassette' && this.#cassette !== undefined) this.#dropIntoCassette(path.note);
      else this.#emit({ kind: 'note-removed', note: path.note });
    }
    this.#emit({ kind: 'jam-cleared' });
  }

  /** A part breaks; `code` is the failure code of the protocol face. */
  fail(code: number): void {
    this.#failureCode = code;
    this.#freeze();
    this.#emit({ kind: 'failed', code });
  }

  removeCassette(): Cassette | undefined {
    const cassette = this.#cassette;
    if (cassette === undefined) return undefined;
    this.#cassette = undefined;
    this.#freeze();
    this.#emit({ kind: 'cassette-removed', noteCount: cassette.notes.length });
    return cassette;
  }

  insertCassette(cassette: Cassette): void {
    assert(this.#cassette === undefined, 'the slot already holds a cassette');
    this.#cassette = cassette;
    this.#emit({ kind: 'cassette-inserted', noteCount: cassette.notes.length });
  }

  fillCassette(): void {
    this.#cassette?.sayFull();
    this.#emit({ kind: 'cassette-full' });
  }

  powerOff(): void {
    if (!this.#powered) return;
    this.#freeze();
    this.#powered = false;
    this.#emit({ kind: 'power-off' });
  }

  powerOn(): void {
    if (this.#powered) return;
    this.#powered = true;
    this.#emit({ kind: 'power-on' });
  }

  // ---------------------------------------------------------------- motion

  #refusalOf(): RefusalReason | undefined {
    if (!this.#powered) return 'no-power';
    if (this.#mouth !== undefined) return 'mouth-blocked';
    if (!this.#motorMayTurn()) return 'path-blocked';
    const path = this.#path.kind;
    if (path === 'returning' || path === 'stopped') return 'path-blocked';
    return path !== 'empty' || this.#firmware?.drawsIn() === true ? undefined : 'not-accepting';
  }

  #motorMayTurn(): boolean {
    const sound = this.#failureCode === undefined && this.#jam !== 'head';
    return this.#powered && sound && this.#cassette !== undefined;
  }

  #drawIn(note: SimulatedNote): void {
    this.#startDrawingIn(note);
    this.#emit({ kind: 'note-inserted', note });
  }

  #startDrawingIn(note: SimulatedNote): void {
    this.#path = { kind: 'entering', note };
    this.#startMotor(this.timings.drawInMs, () => this.#arriveInEscrow(note));
  }

  #arriveInEscrow(note: SimulatedNote): void {
    this.#path = { kind: 'escrowed', note };
    const verdict: Verdict = this.#firmware?.judge(note) ?? { kind: 'reject', reason: 'no firmware' };
    if (verdict.kind === 'stack') {
      this.#startStacking(note, 'head');
    } else if (verdict.kind === 'hold') {
      this.#emit({ kind: 'note-escrowed', note });
    } else {
      this.#emit({ kind: 'note-rejected', note, reason: verdict.reason });
      this.#eject(note);
    }
  }

  #startStacking(note: SimulatedNote, zone: Zone): void {
    const { stackMs, pointOfNoReturnMs } = this.timings;
    const pressMs = stackMs - pointOfNoReturnMs;
    const goBeyondReturn = (): void => {
      this.#path = { kind: 'stacking', note, zone: 'stacker' };
      this.#startMotor(pressMs, () => this.#arriveInCassette(note));
    };
    if (zone === 'stacker') {
      goBeyondReturn();
    } else {
      this.#path = { kind: 'stacking', note, zone };
      this.#startMotor(pointOfNoReturnMs, goBeyondReturn);
    }
    this.#emit({ kind: 'note-stacking', note });
  }

  #arriveInCassette(note: SimulatedNote): void {
    if (this.#jam === 'cassette') {
      this.#freeze('stacker');
      this.#emit({ kind: 'jammed', place: 'cassette' });
      return;
    }
    this.#path = { kind: 'empty' };
    this.#dropIntoCassette(note);
    this.drawWaiting();
  }

  #dropIntoCassette(note: SimulatedNote): void {
    assert(this.#cassette !== undefined, 'the motor stands while there is no cassette');
    this.#cassette.add(note);
    this.#emit({ kind: 'note-stacked', note });
    if (this.#cassette.isFull) this.#emit({ kind: 'cassette-full' });
  }

  #eject(note: SimulatedNote): void {
    // The note on its way out pushes away what someone holds in front of it.
    this.take();
    this.#path = { kind: 'returning', note };
    this.#startMotor(this.timings.ejectMs, () => {
      this.#path = { kind: 'empty' };
      this.#mouth = { note, wasReturned: true };
      this.#emit({ kind: 'note-in-mouth', note });
    });
    this.#emit({ kind: 'note-returning', note });
  }

  #startMotor(durationMs: number, onArrived: () => void): void {
    this.#stopMotor();
    this.#motion = this.#clock.setTimer(durationMs, onArrived);
  }

  #stopMotor(): void {
    this.#motion?.cancel();
    this.#motion = undefined;
  }

  /** The motor stops where it is; a note in the path stays there. */
  #freeze(zone?: Zone): void {
    this.#stopMotor();
    const path = this.#path;
    if (path.kind === 'empty' || path.kind === 'stopped') return;
    const stoppedZone = zone ?? (path.kind === 'stacking' ? path.zone : 'head');
    this.#path = { kind: 'stopped', note: path.note, zone: stoppedZone };
    this.#emit({ kind: 'note-stopped', note: path.note, zone: stoppedZone });
  }

  #emit(event: AcceptorEvent): void {
    for (const listener of this.#listeners) listener(event);
    this.#firmware?.onEvent(event);
  }
}
