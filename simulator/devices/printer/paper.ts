import { Bitmap } from './bitmap.ts';

/** What a reader makes of a piece of print: native letters are read, a picture is only seen. */
export type PaperMark =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly widthDots: number; readonly heightDots: number }
  | { readonly kind: 'qr'; readonly data: string }
  | { readonly kind: 'barcode'; readonly data: string }
  /** Printing stopped inside a line. */
  | { readonly kind: 'broken' };

export type PaperEdge = 'full-cut' | 'partial-cut' | 'torn' | 'roll-end';

/** A piece of paper that has left the roll. */
export interface Slip {
  /** Counts from 1 over the printer's life. */
  readonly number: number;
  readonly picture: Bitmap;
  /** What can be read off it: {@link textOf}. */
  readonly text: string;
  readonly topEdge: PaperEdge;
  readonly bottomEdge: PaperEdge;
}

interface PlacedMark {
  readonly mark: PaperMark;
  readonly topRow: number;
  readonly bottomRow: number;
}

/** More white than this between two lines reads as an empty line. */
const emptyLineRowsMin = 30;

/** The paper between the roll and its free end. Row 0 is the free end; rows grow towards the roll. */
export class PaperStrip {
  readonly #widthDots: number;
  readonly #headToKnifeRows: number;
  readonly #blankRow: Uint8Array;
  #rows: Uint8Array[] = [];
  #marks: PlacedMark[] = [];
  /** The row now under the print head. */
  #headRow = 0;
  #topEdge: PaperEdge = 'full-cut';

  constructor(widthDots: number, headToKnifeRows: number) {
    this.#widthDots = widthDots;
    this.#headToKnifeRows = headToKnifeRows;
    this.#blankRow = new Uint8Array(Math.ceil(widthDots / 8));
    this.#startAtKnife('full-cut');
  }

  get headRow(): number {
    return this.#headRow;
  }

  /** Whether paper sticks out beyond the knife, so that a hand can tear it. */
  get sticksOut(): boolean {
    return this.#headRow > this.#headToKnifeRows;
  }

  /** Burns one row (or none) under the head and moves on by one. */
  advance(dots: Uint8Array | undefined): void {
    const there = this.#rows[this.#headRow] ?? this.#blankRow;
    if (dots === undefined) this.#rows[this.#headRow] = there;
    else if (there === this.#blankRow) this.#rows[this.#headRow] = dots.slice();
    else this.#rows[this.#headRow] = there.map((byte, at) => byte | (dots[at] ?? 0));
    this.#headRow += 1;
  }

  /** Winds paper back; never past its free end. */
  windBack(rows: number): void {
    this.#headRow = Math.max(0, this.#headRow - rows);
  }

  /** Winds the free end back to the print line, so that nothing is wasted on a margin. */
  windBackToEnd(): void {
    this.#headRow = 0;
  }

  mark(mark: PaperMark, topRow: number): void {
    this.#marks.push({ mark, topRow, bottomRow: this.#headRow });
  }

  /** Parts the paper at the knife; what is still between knife and head stays and starts the next slip. */
  cut(edge: PaperEdge, number: number): Slip {
    const cutRow = Math.max(0, this.#headRow - this.#headToKnifeRows);
    const isAbove = (placed: PlacedMark): boolean => (placed.topRow + placed.bottomRow) / 2 <= cutRow;
    const slip = this.#slip(this.#rows.slice(0, cutRow), this.#marks.filter(isAbove), edge, number);
    const left = this.#marks.filter((placed) => !isAbove(placed));
    this.#rows = this.#rows.slice(cutRow);
    this.#headRow -= cutRow;
    this.#marks = left.map(({ mark, topRow, bottomRow }) => ({
      mark,
      topRow: topRow - cutRow,
      bottomRow: bottomRow - cutRow,
    }));
    this.#topEdge = edge;
    return slip;
  }

  /** A new roll is put in: the old end comes away whole. */
  replace(number: number): Slip {
    const slip = this.#slip(this.#rows, this.#marks, 'roll-end', number);
    this.#startAtKnife('torn');
    return slip;
  }

  /** Fresh paper, its end at the knife. */
  #startAtKnife(edge: PaperEdge): void {
    this.#rows = Array.from({ length: this.#headToKnifeRows }, () => this.#blankRow);
    this.#headRow = this.#rows.length;
    this.#marks = [];
    this.#topEdge = edge;
  }

  #slip(rows: readonly Uint8Array[], marks: readonly PlacedMark[], edge: PaperEdge, number: number): Slip {
    const picture = new Bitmap(this.#widthDots, rows.length);
    rows.forEach((row, y) => {
      picture.bytes.set(row, y * picture.bytesPerRow);
    });
    return { number, picture, text: textOf(marks), topEdge: this.#topEdge, bottomEdge: edge };
  }
}

/**
 * Lines in reading order: letters as they stand, `[image 576x120]` for a picture (bands that touch are one picture),
 * `[QR: data]` and `[barcode: data]` for codes the printer itself drew.
 */
function textOf(marks: readonly PlacedMark[]): string {
  const lines: string[] = [];
  let previous: PlacedMark | undefined;
  for (const placed of joinedImages([...marks].sort((a, b) => a.topRow - b.topRow))) {
    if (previous !== undefined && placed.topRow - previous.bottomRow > emptyLineRowsMin) lines.push('');
    lines.push(describe(placed.mark));
    previous = placed;
  }
  return lines.join('\n');
}

function describe(mark: PaperMark): string {
  switch (mark.kind) {
    case 'text':
      return mark.text;
    case 'image':
      return `[image ${mark.widthDots}x${mark.heightDots}]`;
    case 'qr':
      return `[QR: ${mark.data}]`;
    case 'barcode':
      return `[barcode: ${mark.data}]`;
    case 'broken':
      return '[broken line]';
  }
}

function joinedImages(marks: readonly PlacedMark[]): PlacedMark[] {
  const joined: PlacedMark[] = [];
  for (const placed of marks) {
    const last = joined.at(-1);
    if (last?.mark.kind === 'image' && placed.mark.kind === 'image' && last.bottomRow === placed.topRow) {
      const widthDots = Math.max(last.mark.widthDots, placed.mark.widthDots);
      const heightDots = last.mark.heightDots + placed.mark.heightDots;
      const mark: PaperMark = { kind: 'image', widthDots, heightDots };
      joined[joined.length - 1] = { mark, topRow: last.topRow, bottomRow: placed.bottomRow };
    } else {
      joined.push(placed);
    }
  }
  return joined;
}
