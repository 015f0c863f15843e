import { unreachable } from '../../../terminal/assert.ts';
import type { Clock, Timer } from '../../../terminal/ports.ts';
import {
  type Circumstances,
  conditionsOf,
  goodCircumstances,
  type HandChanges,
  isOnline,
  type LastingError,
  newRollMm,
} from './circumstances.ts';
import { type IfLeft, type Job, JobQueue, type Movement } from './job.ts';
import { headToKnifeRows, mmPerRow, type PrinterModel } from './models.ts';
import { PaperStrip } from './paper.ts';
import { Presenter } from './presenter.ts';
import { PrintRun } from './print-run.ts';
import type { PrinterEvent } from './printer-event.ts';
import type { Conditions } from './status.ts';

interface Motion {
  readonly movement: Movement;
  readonly startedMonoMs: number;
  readonly timer: Timer;
  /** For a movement that prints or feeds. */
  readonly run: PrintRun | undefined;
}

interface Counters {
  powerUps: number;
  slips: number;
  cuts: number;
  fedMm: number;
}

const cutMs = 250;
const moveTicketMs = 600;
/** Rows the firmware composes ahead of the head: "processed" comes this much before "printed". */
const rowsAheadMax = 240;

/** Paper, head, knife and mouth: everything a hand can touch and a motor can move. */
export class Mechanism {
  readonly #model: PrinterModel;
  readonly #clock: Clock;
  readonly #onEvent: (event: PrinterEvent) => void;
  readonly #onChange: () => void;
  readonly #strip: PaperStrip;
  readonly presenter: Presenter;
  readonly #counters: Counters = { powerUps: 1, slips: 0, cuts: 0, fedMm: 0 };
  readonly #jobs = new JobQueue();
  #now: Circumstances = goodCircumstances;
  #lastingError: LastingError | undefined;
  #motion: Motion | undefined;

  /** `onChange` is called after anything that a sensor may notice. */
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

  get circumstances(): Circumstances {
    return this.#now;
  }

  get conditions(): Conditions {
    return conditionsOf(this.#now, {
      lastingError: this.#lastingError,
      isMotorOn: this.#motion !== undefined,
      isSpooling: !this.#jobs.isEmpty,
      isTicketInMouth: this.#model.hasPresenter && this.presenter.hasTicketInMouth,
    });
  }

  get counters(): Readonly<Counters> {
    return this.#counters;
  }

  get isOnline(): boolean {
    return isOnline(this.#now, this.#lastingError);
  }

  /** Whether the firmware may compose further, or must wait for the head. */
  get hasRoom(): boolean {
    return this.#jobs.rows < rowsAheadMax;
  }

  enqueue(job: Job): void {
    this.#jobs.push(job);
    this.#changed();
  }

  /** Forgets everything not yet printed; a movement under way stops where it is. */
  dropJobs(): void {
    this.#settle();
    this.#stop();
    this.#jobs.clear();
  }

  /** DLE ENQ: ends a lasting error, unless its cause is still there. */
  recover(): void {
    const isStillSo = this.#lastingError === 'cutter' ? this.#now.isCutterStuck : this.#now.isPaperStuck;
    if (this.#lastingError === undefined || isStillSo) return;
    this.#lastingError = undefined;
    this.#changed();
  }

  // ------------------------------------------------------------ hands

  /** Something happens to the printer. What has moved by now has moved. */
  change(changes: HandChanges): void {
    this.#settle();
    const before = this.#now;
    this.#now = { ...before, ...changes };
    if (changes.isCutterStuck) this.#lastingError = 'cutter';
    else if (changes.isPaperStuck) this.#lastingError = 'jam';
    if (!this.isOnline) this.#stop();
    if (before.rollMm > 0 && this.#now.rollMm <= 0) this.#onEvent({ kind: 'paper-ended' });
    this.#changed();
    // Closing the cover brings the knife home and tries again, as a technician expects.
    if (changes.isCoverOpen === false) this.recover();
  }

  /** Errors end with the power unless their cause is still there. */
  switchPower(hasPower: boolean): void {
    this.dropJobs();
    this.#now = { ...this.#now, hasPower, isHung: false };
    if (hasPower) {
      this.#counters.powerUps += 1;
      this.#lastingError = undefined;
      if (this.#now.isPaperStuck) this.#lastingError = 'jam';
      if (this.#now.isCutterStuck) this.#lastingError = 'cutter';
    }
    this.#changed();
  }

  putNewRoll(): void {
    this.#settle();
    this.#stop();
    if (this.#strip.sticksOut) {
      this.#onEvent({ kind: 'torn', slip: this.#strip.replace(this.#nextSlipNumber()) });
    }
    this.change({ rollMm: newRollMm, doesPaperSensorLie: false });
  }

  takeTicket(): void {
    this.presenter.take();
    this.#changed();
  }

  /** Tears off what sticks out uncut. */
  tear(): void {
    this.#settle();
    if (!this.#strip.sticksOut) return;
    this.#onEvent({ kind: 'torn', slip: this.#strip.cut('torn', this.#nextSlipNumber()) });
    this.#motion?.run?.followStrip();
    this.#changed();
  }

  #nextSlipNumber(): number {
    this.#counters.slips += 1;
    return this.#counters.slips;
  }

  // ------------------------------------------------------------ motion

  #changed(): void {
    this.#startNext();
    this.#onChange();
  }

  #startNext(): void {
    while (this.#motion === undefined && this.isOnline) {
      const job = this.#jobs.first;
      if (job === undefined) return;
      if (job.kind === 'reached') {
        this.#jobs.dropFirst();
        job.onReached();
      } else {
        this.#motion = {
          movement: job,
          startedMonoMs: this.#clock.monoMs(),
          timer: this.#clock.setTimer(this.#durationMs(job), () => this.#finish()),
          run: job.kind === 'print' ? new PrintRun(job, this.#strip) : undefined,
        };
      }
    }
  }

  #durationMs(movement: Movement): number {
    switch (movement.kind) {
      case 'print':
      case 'wind-back':
        return movement.rows * this.#rowMs();
      case 'cut':
        return cutMs;
      case 'present':
        return (movement.lengthMm / this.#model.feedMmPerS) * 1_000;
      case 'retract':
      case 'eject':
        return moveTicketMs;
      default:
        return unreachable(movement);
    }
  }

  #rowMs(): number {
    return (mmPerRow(this.#model) / this.#model.feedMmPerS) * 1_000;
  }

  #finish(): void {
    const motion = this.#motion;
    if (motion === undefined) return;
    this.#advance(motion, Number.POSITIVE_INFINITY);
    // Otherwise the roll ended on the way; the line is printed anew on the next one.
    if (motion.run?.isDone !== false) {
      this.#motion = undefined;
      this.#jobs.dropFirst();
      this.#complete(motion);
    }
    this.#changed();
  }

  #complete({ movement, run }: Motion): void {
    switch (movement.kind) {
      case 'print':
        run?.leaveMark();
        return;
      case 'wind-back':
        this.#strip.windBack(movement.rows);
        return;
      case 'cut':
        this.#cut(movement.edge, movement.windBack);
        return;
      case 'present':
        this.#present(movement.ifLeft);
        return;
      case 'retract':
        this.presenter.retract();
        return;
      case 'eject':
        this.presenter.eject();
        return;
      default:
        unreachable(movement);
    }
  }

  #present(ifLeft: IfLeft | undefined): void {
    const slip = this.presenter.present();
    if (slip === undefined || ifLeft === undefined) return;
    this.#clock.setTimer(ifLeft.afterMs, () => {
      if (this.presenter.isInMouth(slip)) this.enqueue({ kind: ifLeft.action });
    });
  }

  #cut(edge: 'full-cut' | 'partial-cut', windBack: boolean): void {
    this.#counters.cuts += 1;
    const slip = this.#strip.cut(edge, this.#nextSlipNumber());
    if (windBack) this.#strip.windBackToEnd();
    this.presenter.accept(slip);
    this.#onEvent({ kind: 'printed', slip });
  }

  /** Brings the paper to where the motor has it by now. */
  #settle(): void {
    const motion = this.#motion;
    if (motion === undefined) return;
    this.#advance(motion, Math.floor((this.#clock.monoMs() - motion.startedMonoMs) / this.#rowMs()));
  }

  #advance({ movement, run }: Motion, rows: number): void {
    const { rollMm, doesPaperSensorLie } = this.#now;
    if (movement.kind !== 'print' || run === undefined) return;
    const rowMm = mmPerRow(this.#model);
    const rollRows = Math.ceil(rollMm / rowMm);
    const usedMm = run.advanceTo(Math.min(rows, movement.rows), rollRows, doesPaperSensorLie) * rowMm;
    this.#counters.fedMm += usedMm;
    this.#now = { ...this.#now, rollMm: Math.max(0, rollMm - usedMm) };
    if (rollMm <= 0 || this.#now.rollMm > 0) return;
    if (!run.isDone && !this.isOnline) this.#stop();
    this.#onEvent({ kind: 'paper-ended' });
  }

  /** The motor stops in mid-movement. */
  #stop(): void {
    this.#motion?.timer.cancel();
    this.#motion?.run?.leaveMark();
    this.#motion = undefined;
  }
}
