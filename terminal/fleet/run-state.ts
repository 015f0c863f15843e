import type { Figures } from './figures.ts';

/** What this run of the software knows of itself and its machine, beside the terminal's state. */
export interface RunState {
  readonly build: string;
  readonly startedAtMs: number;
  readonly diskFreePercent: number;
  readonly clockOffsetMs: number | undefined;
  readonly figures: Figures | undefined;
}
