import type { Clock, Timer } from '../../../terminal/ports.ts';
import type { Bitmap } from './bitmap.ts';
import { headToKnifeRows, mmPerRow, type PrinterModel } from './models.ts';
import { type PaperMark, PaperStrip } from './paper.ts';
import { Presenter } from './presenter.ts';
import type { PrinterEvent } from './printer-event.ts';
import type { Conditions } from './status.ts';

/** What the motors are asked to do, in order. A job that is interrupted starts again from its first row. */
export type Job =
  | {
      readonly kind: 'print';
      /** Rows to burn; any further rows are white feed. */
      readonly band: Bitmap | undefined;
      readonly rows: number;
      readonly mark: PaperMark | undefined;
    }
  | { readonly kind: 'wind-back'; readonly rows: number }
  | { readonly kind: 'cut'; readonly edge: 'full-cut' | 'partial-cut'; readonly windBack: boolean }
  | { readonly kind: 'present'; readonly lengthMm: number; readonly ifLeft: IfLeft | undefined }
  | { readonly kind: 'retract' }
  | { readonly kind: 'eject' }
  /** Not a movement: tells that all before it has been done. */
  | { readonly kind: 'reached'; readonly onReached: () => void };

/** What the presenter does by itself with a ticket nobody takes. */
export interface IfLeft {
  readonly action: 'eject' | 'retract';
  readonly afterMs: number;
}

interface Motion {
  readonly startedMonoMs: number;
  readonly timer: Timer;
  readonly topRow: number;
  rowsDone: number;
}

const newRollMm = 80_000;
const nearEndMm = 6_000;
const cutMs = 250;
const retractMs = 600;
/** Rows the firmware composes ahead of the head: "processed" comes this much before "printed". */
const rowsAheadMax = 240;

/** Paper, head, knife, cover and mouth: everything a hand can touch and a motor can move. */
export class Mechanism {
  readonly #model: PrinterModel;
  readonly #clock: Clock;
  readonly #onEvent: (event: PrinterEvent) => void;
  readonly #onChange: () => void;
  readonly #strip: PaperStrip;
  readonly presenter: Presenter;
  #jobs: Job[] = [];
  #motion: Motion | undefined;
  #slipCount = 0;
  #cutCount = 0;
  #fedMm = 0;
  #powerUpCount = 1;
  #rollMm = newRollMm;
  #hasPower = true;
  #isFrozen = false;
  #isCoverOpen = false;
  #isCutterStuck = false;
  #isPaperStuck = false;
  #needsRecovery: 'cutter' | 'jam' | undefined;
  #isHeadHot = false;
  #isBroken = false;
  #isButtonHeld = false;
  #isDrawerPinHigh = false;
  #paperSensorLies = false;

  constructor(
    model: PrinterModel,
    clock: Clock,
    onEvent: (event: PrinterEvent) => void,
    onChange: () => void,
  ) {
    this.#model = model;
    this.#clock = clock;
    this.#onEvent = onEvent;
    this.#onChange = onChange;
    this.#strip = new PaperStrip(model.widthDots, headToKnifeRows(model));
    this.presenter = new Presenter(model.hasPresenter, onEvent);
  }

  /** What the sensors say; not always what is so. */
  get conditions(): Conditions {
    const isPaperEnd = this.#rollMm <= 0 && !this.#paperSensorLies;
    return {
      isOnline: this.#canMove(),
      isPaperNearEnd: this.#rollMm <= nearEndMm && !this.#paperSensorLies,
      isPaperEnd,
      isCoverOpen: this.#isCoverOpen,
      hasCutterError: this.#needsRecovery === 'cutter',
      hasJam: this.#needsRecovery === 'jam',
      isHeadHot: this.#isHeadHot,
      isBroken: this.#isBroken,
      isButtonHeld: this.#isButtonHeld,
      isDrawerPinHigh: this.#isDrawerPinHigh,
      isMotorOn: this.#motion !== undefined,
      isTicketInMouth: this.#model.hasPresenter && this.presenter.hasTicketInMouth,
      isSpooling: this.#jobs.length > 0,
    };
  }

  get paperLeftMm(): number {
    return this.#rollMm;
  }

  get cutCount(): number {
    return this.#cutCount;
  }

  get fedMm(): number {
    return this.#fedMm;
  }

  get powerUpCount(): number {
    return this.#powerUpCount;
  }

  get isIdle(): boolean {
    return this.#jobs.length === 0;
  }

  /** Whether the firmware may compose further, or must wait for the head. */
  get hasRoom(): boolean {
    let rows = 0;
    for (const job of this.#jobs) if (job.kind === 'print') rows += job.rows;
    return rows < rowsAheadMax;
  }

  enqueue(job: Job): void {
    this.#jobs.push(job);
    this.#startNext();
  }

  /** Forgets everything not yet printed. */
  dropJobs(): void {
    this.#interrupt();
    this.#jobs = [];
  }

  /** DLE ENQ: ends an error that waits for the host, unless its cause is still there. */
  recover(): void {
    const isStillStuck = this.#needsRecovery === 'cutter' ? this.#isCutterStuck : this.#isPaperStuck;
    if (this.#needsRecovery === undefined || isStillStuck) return;
    this.#needsRecovery = undefined;
    this.#changed();
  }

  // ------------------------------------------------------------ what a hand does

  setPower(hasPower: boolean): void {
    this.dropJobs();
    this.#hasPower = hasPower;
    this.#isFrozen = false;
    if (hasPower)
      this.#needsRecovery = this.#isCutterStuck ? 'cutter' : this.#isPaperStuck ? 'jam' : undefined;
    this.#changed();
  }

  /** The firmware hangs: nothing moves and nothing answers until power is cycled or it comes back by itself. */
  setFrozen(isFrozen: boolean): void {
    this.#interrupt();
    this.#isFrozen = isFrozen;
    this.#changed();
  }

  setCover(isOpen: boolean): void {
    this.#interrupt();
    this.#isCoverOpen = isOpen;
    this.#changed();
    // Closing the cover brings the knife home and tries again, as a technician expects.
    if (!isOpen) this.recover();
  }

  /** Leaves this much paper on the roll; 0 is a roll that has run out. */
  setPaperLeft(leftMm: number): void {
    this.#interrupt();
    this.#rollMm = leftMm;
    this.#changed();
  }

  runLow(): void {
    this.setPaperLeft(Math.min(this.#rollMm, nearEndMm));
  }

  putNewRoll(): void {
    this.#interrupt();
    if (this.#strip.sticksOut) {
      this.#slipCount += 1;
      this.#onEvent({ kind: 'torn', slip: this.#strip.replace(this.#slipCount) });
    }
    this.#rollMm = newRollMm;
    this.#changed();
  }

  /** The knife sticks, or is freed again; the error stays until the host or the cover ends it. */
  setCutterStuck(isStuck: boolean): void {
    this.#isCutterStuck = isStuck;
    if (isStuck) {
      this.#interrupt();
      this.#needsRecovery = 'cutter';
    }
    this.#changed();
  }

  setPaperStuck(isStuck: boolean): void {
    this.#isPaperStuck = isStuck;
    if (isStuck) {
      this.#interrupt();
      this.#needsRecovery = 'jam';
    }
    this.#changed();
  }

  setHeadHot(isHot: boolean): void {
    this.#interrupt();
    this.#isHeadHot = isHot;
    this.#changed();
  }

  /** A fault that no command and no power cycle cures. */
  setBroken(isBroken: boolean): void {
    this.#interrupt();
    this.#isBroken = isBroken;
    this.#changed();
  }

  setButton(isHeld: boolean): void {
    this.#interrupt();
    this.#isButtonHeld = isHeld;
    this.#changed();
  }

  setDrawerPin(isHigh: boolean): void {
    this.#isDrawerPinHigh = isHigh;
    this.#changed();
  }

  /** The paper sensors are stuck at "plenty": the printer works on without paper and reports success. */
  setPaperSensorLies(lies: boolean): void {
    this.#interrupt();
    this.#paperSensorLies = lies;
    this.#changed();
  }

  takeTicket(): void {
    this.presenter.take();
    this.#changed();
  }

  /** Tears off what sticks out uncut. */
  tear(): void {
    this.#interrupt();
    if (this.#strip.sticksOut) {
      this.#slipCount += 1;
      this.#onEvent({ kind: 'torn', slip: this.#strip.cut('torn', this.#slipCount) });
    }
    this.#changed();
  }

  // ------------------------------------------------------------ motion

  #canMove(): boolean {
    const hasPaper = this.#rollMm > 0 || this.#paperSensorLies;
    const isWell = this.#needsRecovery === undefined && !this.#isHeadHot && !this.#isBroken;
    return (
      this.#hasPower && !this.#isFrozen && !this.#isCoverOpen && !this.#isButtonHeld && hasPaper && isWell
    );
  }

  #changed(): void {
    this.#startNext();
    this.#onChange();
  }

  #startNext(): void {
    while (this.#motion === undefined && this.#canMove()) {
      const job = this.#jobs[0];
      if (job === undefined) return;
      if (job.kind === 'reached') {
        this.#jobs.shift();
        job.onReached();
      } else {
        const timer = this.#clock.setTimer(this.#durationMs(job), () => this.#finish(job));
        const startedMonoMs = this.#clock.monoMs();
        this.#motion = { startedMonoMs, timer, topRow: this.#strip.headRow, rowsDone: 0 };
      }
    }
  }

  #durationMs(job: Exclude<Job, { kind: 'reached' }>): number {
    const rowMs = this.#rowMs();
    switch (job.kind) {
      case 'print':
        return this.#rowsPossible(job.rows) * rowMs;
      case 'wind-back':
        return job.rows * rowMs;
      case 'cut':
        return cutMs;
      case 'present':
        return (job.lengthMm / this.#model.feedMmPerS) * 1_000;
      case 'retract':
      case 'eject':
        return retractMs;
    }
  }

  #rowMs(): number {
    return (mmPerRow(this.#model) / this.#model.feedMmPerS) * 1_000;
  }

  #rowsPossible(rows: number): number {
    if (this.#paperSensorLies) return rows;
    return Math.min(rows, Math.ceil(this.#rollMm / mmPerRow(this.#model)));
  }

  #finish(job: Exclude<Job, { kind: 'reached' }>): void {
    const topRow = this.#motion?.topRow ?? 0;
    if (job.kind === 'print') this.#moveTo(job, this.#rowsPossible(job.rows));
    const rowsDone = this.#motion?.rowsDone ?? 0;
    this.#motion = undefined;
    if (job.kind === 'print' && rowsDone < job.rows) {
      if (job.mark !== undefined) this.#strip.mark({ kind: 'broken' }, topRow);
      this.#onEvent({ kind: 'paper-ended' });
    } else if (this.#complete(job, topRow)) {
      this.#jobs.shift();
    }
    this.#changed();
  }

  /** Whether the job is done with; a knife that meets resistance keeps it for later. */
  #complete(job: Exclude<Job, { kind: 'reached' }>, topRow: number): boolean {
    switch (job.kind) {
      case 'print':
        if (job.mark !== undefined && this.#rollMm > 0) this.#strip.mark(job.mark, topRow);
        return true;
      case 'wind-back':
        this.#strip.windBack(job.rows);
        return true;
      case 'cut':
        this.#cut(job.edge, job.windBack);
        return true;
      case 'present':
        this.#present(job.ifLeft);
        return true;
      case 'retract':
        this.presenter.retract();
        return true;
      case 'eject':
        this.presenter.eject();
        return true;
    }
  }

  #present(ifLeft: IfLeft | undefined): void {
    const slip = this.presenter.present();
    if (slip === undefined || ifLeft === undefined) return;
    this.#clock.setTimer(ifLeft.afterMs, () => {
      if (this.#hasPower && this.presenter.isInMouth(slip)) this.enqueue({ kind: ifLeft.action });
    });
  }

  #cut(edge: 'full-cut' | 'partial-cut', windBack: boolean): void {
    this.#slipCount += 1;
    this.#cutCount += 1;
    const slip = this.#strip.cut(edge, this.#slipCount);
    if (windBack) this.#strip.windBackToEnd();
    this.presenter.accept(slip);
    this.#onEvent({ kind: 'printed', slip });
  }

  /** Brings the paper to where the motor has it by now: row by row, as far as the roll goes. */
  #moveTo(job: Extract<Job, { kind: 'print' }>, rowsDone: number): void {
    const motion = this.#motion;
    if (motion === undefined) return;
    for (; motion.rowsDone < rowsDone; motion.rowsDone += 1) {
      if (this.#rollMm <= 0) continue;
      const isBurnt = job.band !== undefined && motion.rowsDone < job.band.heightDots;
      this.#strip.advance(isBurnt ? job.band?.row(motion.rowsDone) : undefined);
      this.#rollMm = Math.max(0, this.#rollMm - mmPerRow(this.#model));
      this.#fedMm += mmPerRow(this.#model);
    }
  }

  /** Something stops the motor in mid-movement: what has been printed stays, the job will start over. */
  #interrupt(): void {
    const motion = this.#motion;
    const job = this.#jobs[0];
    if (motion === undefined) return;
    motion.timer.cancel();
    if (job?.kind === 'print') {
      const elapsedRows = Math.floor((this.#clock.monoMs() - motion.startedMonoMs) / this.#rowMs());
      this.#moveTo(job, Math.min(this.#rowsPossible(job.rows), elapsedRows));
      if (motion.rowsDone > 0 && job.mark !== undefined) this.#strip.mark({ kind: 'broken' }, motion.topRow);
    }
    this.#motion = undefined;
  }
}
