import type { Bitmap } from './bitmap.ts';
import type { PaperMark } from './paper.ts';

/** A movement of paper, knife or presenter. One that is interrupted starts again from its beginning. */
export type Movement =
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
  | { readonly kind: 'eject' };

/** What the motors are asked to do, in order; or to tell when all before it has been done. */
export type Job = Movement | { readonly kind: 'reached'; readonly onReached: () => void };

/** What the presenter does by itself with a ticket nobody takes. */
export interface IfLeft {
  readonly action: 'eject' | 'retract';
  readonly afterMs: number;
}

/** Jobs in order, with the rows of paper they add up to. */
export class JobQueue {
  #jobs: Job[] = [];
  #rows = 0;

  get first(): Job | undefined {
    return this.#jobs[0];
  }

  get isEmpty(): boolean {
    return this.#jobs.length === 0;
  }

  /** Rows still to be printed or fed. */
  get rows(): number {
    return this.#rows;
  }

  push(job: Job): void {
    this.#jobs.push(job);
    if (job.kind === 'print') this.#rows += job.rows;
  }

  dropFirst(): void {
    const job = this.#jobs.shift();
    if (job?.kind === 'print') this.#rows -= job.rows;
  }

  clear(): void {
    this.#jobs = [];
    this.#rows = 0;
  }
}
