import { assert } from '../../../terminal/assert.ts';
import type { Clock } from '../../../terminal/ports.ts';
import { Cassette } from './cassette.ts';
import type { AcceptorEvent, FoundNoteGoes, JamPlace, RefusalReason, Zone } from './events.ts';
import type { AcceptorFirmware, MouthNote, Path, Verdict } from './firmware.ts';
import type { NoteKind, SimulatedNote } from './notes.ts';
import type { AcceptorTimings } from './timings.ts';
import { NoteTransport } from './transport.ts';

/**
 * The moving parts of a bill acceptor: mouth, head with escrow, stacker path, cassette and power. It knows where
 * every note is and nothing of any protocol; each protocol face drives it as its firmware, and people act on it by hand.
 */
export class AcceptorMechanics {
  readonly timings: AcceptorTimings;
  readonly #transport: NoteTransport;
  readonly #listeners: ((event: AcceptorEvent) => void)[] = [];
  #firmware: AcceptorFirmware | undefined;
  #mouth: MouthNote | undefined;
  #cassette: Cassette | undefined;
  #obstacle: JamPlace | undefined;
  #failureCode: number | undefined;
  #powered = false;
  #notesMade = 0;

  constructor(clock: Clock, timings: AcceptorTimings, cassette: Cassette = new Cassette()) {
    this.timings = timings;
    this.#cassette = cassette;
    this.#transport = new NoteTransport(clock, timings, {
      inEscrow: (note) => this.#arriveInEscrow(note),
      inCassette: (note) => this.#arriveInCassette(note),
      inMouth: (note) => this.#arriveInMouth(note),
    });
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
    return this.#transport.path;
  }

  get mouth(): MouthNote | undefined {
    return this.#mouth;
  }

  get cassette(): Cassette | undefined {
    return this.#cassette;
  }

  /** An obstacle that the sensors have noticed: in the cassette, only when a note is pressed against it. */
  get jam(): JamPlace | undefined {
    const isPressed = this.path.kind === 'stopped' && this.path.zone === 'stacker';
    return this.#obstacle === 'head' || isPressed ? this.#obstacle : undefined;
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
    return pushedEarly && (this.path.kind === 'entering' || this.path.kind === 'escrowed');
  }

  // ---------------------------------------------------------------- what firmware orders

  stack(): void {
    assert(this.path.kind === 'escrowed', 'only a note in escrow can be stacked');
    this.#startStacking(this.path.note, 'head');
  }

  /** Starts bringing the note in the head back to the mouth. */
  giveBack(): void {
    assert(
      this.path.kind === 'escrowed' || this.path.kind === 'entering',
      'only a note in the head can go back',
    );
    this.#eject(this.path.note);
  }

  /** After a reset: a note in the head goes out, one past the point of return goes on into the cassette. */
  clearPath(): void {
    const { path } = this;
    if (!this.#motorMayTurn() || path.kind === 'empty' || path.kind === 'returning') return;
    const isPastReturn = (path.kind === 'stopped' || path.kind === 'stacking') && path.zone === 'stacker';
    if (!isPastReturn) this.#eject(path.note);
    else if (path.kind === 'stopped') this.#startStacking(path.note, 'stacker');
  }

  /** Firmware has become willing: a note waiting in the mouth is drawn in now. */
  drawWaiting(): void {
    const waiting = this.#mouth;
    if (waiting === undefined || waiting.wasReturned || this.path.kind !== 'empty') return;
    if (!this.#motorMayTurn() || this.#firmware?.drawsIn() !== true) return;
    this.#mouth = undefined;
    this.#drawIn(waiting.note);
  }

  // ---------------------------------------------------------------- what hands do

  /** Offers a note to the mouth; the events tell whether it went in. */
  insert(kind: NoteKind): SimulatedNote {
    this.#notesMade += 1;
    const note: SimulatedNote = { noteId: this.#notesMade, ...kind };
    const refusal = this.#refusalOf();
    if (refusal !== undefined) {
      this.#emit({ kind: 'note-refused', note, reason: refusal });
    } else if (this.path.kind === 'empty') {
      this.#drawIn(note);
    } else {
      if (this.path.kind === 'entering') this.#transport.pause();
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
    if (this.path.kind === 'entering') this.#transport.drawIn(this.path.note);
    return mouth.note;
  }

  /** Pulls back a note that the motor is moving in; too late once it is past the point of return. */
  pull(): SimulatedNote | undefined {
    const { path } = this;
    const hasGrip = path.kind === 'entering' || (path.kind === 'stacking' && path.zone === 'head');
    if (!hasGrip) return undefined;
    this.#transport.release();
    this.#emit({ kind: 'note-pulled', note: path.note });
    return path.note;
  }

  /** Blocks the head (seen at once) or the cassette (seen when a note is pressed against the obstacle). */
  obstruct(place: JamPlace): void {
    this.#obstacle = place;
    this.#emit({ kind: 'obstructed', place });
    if (place === 'head') this.#jamNow(place);
  }

  /** A technician frees the path and repairs what failed; the unit wants a reset afterwards. */
  clearJam(foundNote: FoundNoteGoes = 'stays'): void {
    this.#obstacle = undefined;
    this.#failureCode = undefined;
    const { path } = this;
    if (path.kind === 'stopped' && foundNote !== 'stays') {
      this.#transport.release();
      if (foundNote === 'cassette' && this.#cassette !== undefined) this.#dropInto(this.#cassette, path.note);
      else this.#emit({ kind: 'note-removed', note: path.note });
    }
    this.#emit({ kind: 'jam-cleared' });
  }

  /** A part breaks; `code` is the failure code of the protocol face. */
  fail(code: number): void {
    this.#failureCode = code;
    this.#stopMotor();
    this.#emit({ kind: 'failed', code });
  }

  removeCassette(): Cassette | undefined {
    const cassette = this.#cassette;
    if (cassette === undefined) return undefined;
    this.#cassette = undefined;
    this.#stopMotor();
    this.#emit({ kind: 'cassette-removed', noteCount: cassette.notes.length });
    return cassette;
  }

  insertCassette(cassette: Cassette): void {
    assert(this.#cassette === undefined, 'the slot already holds a cassette');
    this.#cassette = cassette;
    this.#emit({ kind: 'cassette-inserted', noteCount: cassette.notes.length });
  }

  /** Makes the cassette's sensor say full. */
  fillCassette(): void {
    if (this.#cassette === undefined) return;
    this.#cassette.sayFull();
    this.#emit({ kind: 'cassette-full' });
  }

  powerOff(): void {
    if (!this.#powered) return;
    this.#stopMotor();
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
    const path = this.path.kind;
    if (!this.#powered) return 'no-power';
    if (this.#mouth !== undefined) return 'mouth-blocked';
    if (!this.#motorMayTurn() || path === 'returning' || path === 'stopped') return 'path-blocked';
    return path !== 'empty' || this.#firmware?.drawsIn() === true ? undefined : 'not-accepting';
  }

  #motorMayTurn(): boolean {
    const isSound = this.#failureCode === undefined && this.#obstacle !== 'head';
    return this.#powered && isSound && this.#cassette !== undefined;
  }

  #drawIn(note: SimulatedNote): void {
    this.#transport.drawIn(note);
    this.#emit({ kind: 'note-inserted', note });
  }

  #startStacking(note: SimulatedNote, from: Zone): void {
    this.#transport.stack(note, from);
    this.#emit({ kind: 'note-stacking', note });
  }

  #eject(note: SimulatedNote): void {
    // The note on its way out pushes away what someone holds in front of it.
    this.take();
    this.#transport.eject(note);
    this.#emit({ kind: 'note-returning', note });
  }

  #arriveInEscrow(note: SimulatedNote): void {
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

  #arriveInMouth(note: SimulatedNote): void {
    this.#mouth = { note, wasReturned: true };
    this.#emit({ kind: 'note-in-mouth', note });
  }

  #arriveInCassette(note: SimulatedNote): void {
    assert(this.#cassette !== undefined, 'the motor stands while there is no cassette');
    if (this.#obstacle === 'cassette') {
      this.#jamNow('cassette');
    } else {
      this.#transport.release();
      this.#dropInto(this.#cassette, note);
    }
  }

  #dropInto(cassette: Cassette, note: SimulatedNote): void {
    cassette.add(note);
    this.#emit({ kind: 'note-stacked', note });
    if (cassette.isFull) this.#emit({ kind: 'cassette-full' });
  }

  #jamNow(place: JamPlace): void {
    this.#stopMotor();
    this.#emit({ kind: 'jammed', place });
  }

  #stopMotor(): void {
    const stopped = this.#transport.stop();
    if (stopped !== undefined) this.#emit({ ...stopped, kind: 'note-stopped' });
  }

  #emit(event: AcceptorEvent): void {
    for (const listener of this.#listeners) listener(event);
    this.#firmware?.onEvent(event);
  }
}
