import type { Bitmap } from './bitmap.ts';

/** The paper a picture is made for. */
export interface Paper {
  readonly widthDots: number;
  readonly dotsPerInch: number;
}

/** A part of the slip that knows its height and can draw itself with its upper edge at `top`. */
export interface Block {
  readonly heightDots: number;
  readonly draw: (bitmap: Bitmap, top: number) => void;
}

/** Millimetres as whole dots. */
export function onPaper(paper: Paper, mm: number): number {
  return Math.round((mm * paper.dotsPerInch) / 25.4);
}
