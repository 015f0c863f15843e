import type { Movement } from './job.ts';
import type { PaperStrip } from './paper.ts';

type PrintMovement = Extract<Movement, { kind: 'print' }>;

/** One line, stripe or feed on its way through the printer. */
export class PrintRun {
  readonly #movement: PrintMovement;
  readonly #strip: PaperStrip;
  #topRow: number;
  #rowsDone = 0;
  /** Fewer than done when the sensors lie and the motor turns without paper. */
  #rowsOnPaper = 0;

  constructor(movement: PrintMovement, strip: PaperStrip) {
    this.#movement = movement;
    this.#strip = strip;
    this.#topRow = strip.headRow;
  }

  get isDone(): boolean {
    return this.#rowsDone >= this.#movement.rows;
  }

  /** Goes on until `rows` are done or the roll ends, and returns how many rows of paper that took. */
  advanceTo(rows: number, rollRows: number, goesOnWithoutPaper: boolean): number {
    const { band } = this.#movement;
    let rowsUsed = 0;
    for (; this.#rowsDone < rows; this.#rowsDone += 1) {
      const hasPaper = rowsUsed < rollRows;
      if (!hasPaper && !goesOnWithoutPaper) break;
      if (!hasPaper) continue;
      const isBurnt = band !== undefined && this.#rowsDone < band.heightDots;
      this.#strip.advance(isBurnt ? band.row(this.#rowsDone) : undefined);
      rowsUsed += 1;
    }
    this.#rowsOnPaper += rowsUsed;
    return rowsUsed;
  }

  /** The paper has been torn off above: its rows are counted anew. */
  followStrip(): void {
    this.#topRow = this.#strip.headRow;
  }

  /** Writes down what a reader sees of the line at its end: all of it, or that it broke off, or nothing. */
  leaveMark(): void {
    const { mark, band } = this.#movement;
    if (mark === undefined || this.#rowsOnPaper === 0) return;
    const isWhole = this.#rowsOnPaper >= (band?.heightDots ?? 0);
    this.#strip.mark(isWhole ? mark : { kind: 'broken' }, this.#topRow);
  }
}
