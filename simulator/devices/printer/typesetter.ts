import { Bitmap, emboldened, enlarged, inverted, turnedHalf, turnedQuarterClockwise } from './bitmap.ts';
import { letterOf } from './code-pages.ts';
import { glyphOf } from './glyphs.ts';
import type { Job } from './job.ts';
import type { PrinterModel } from './models.ts';
import { initialModes, type Modes } from './modes.ts';
import type { PaperMark } from './paper.ts';

/** What stands on the line being composed. */
interface Placed {
  readonly x: number;
  readonly picture: Bitmap;
  /** The letter to be read there; nothing for a column picture. */
  readonly letter: string | undefined;
}

/** Rows of a picture that go to the head at a time: an interrupted picture goes on from the stripe it stopped in. */
const stripeRows = 24;

/** Turns characters and pictures into lines, and lines into print jobs: the printer's line buffer. */
export class Typesetter {
  readonly model: PrinterModel;
  readonly #enqueue: (job: Job) => void;
  modes: Modes;
  #line: Placed[] = [];
  #x = 0;
  #presetCut: { rowsLeft: number; readonly edge: 'full-cut' | 'partial-cut' } | undefined;
  /** The picture GS ( L 70 has stored and 32 will print. */
  storedGraphic: Bitmap | undefined;
  /** Letters the host has drawn itself (ESC &), by code. They live until ESC @. */
  readonly ownGlyphs = new Map<number, Bitmap>();

  constructor(model: PrinterModel, enqueue: (job: Job) => void) {
    this.model = model;
    this.#enqueue = enqueue;
    this.modes = initialModes(model);
  }

  get isAtLineStart(): boolean {
    return this.#line.length === 0;
  }

  /** ESC @: the line in hand is dropped and every mode set back. */
  initialise(): void {
    this.modes = initialModes(this.model);
    this.ownGlyphs.clear();
    this.storedGraphic = undefined;
    this.#presetCut = undefined;
    this.dropLine();
  }

  /** Codes below the space have no letter. */
  typeCode(code: number): void {
    if (code < 0x20) return;
    const own = this.modes.usesOwnGlyphs ? this.ownGlyphs.get(code) : undefined;
    const page = this.model.codePages.get(this.modes.codePage) ?? 'pc437';
    // What a host-drawn letter means cannot be read off the wire, only seen.
    const letter = own === undefined ? letterOf(page, code) : '▯';
    this.#place(this.#styled(own ?? glyphOf(letter, this.modes.font)), letter === '\u00a0' ? ' ' : letter);
    this.#x += this.modes.spacingDots * this.modes.widthTimes;
  }

  /** A column picture (ESC *) stands on the line like a letter. */
  placePicture(picture: Bitmap): void {
    this.#place(picture, undefined);
  }

  moveTo(x: number): void {
    if (x >= 0 && x <= this.#printWidth()) this.#x = x;
  }

  moveBy(dots: number): void {
    this.moveTo(this.#x + dots);
  }

  tab(): void {
    const columnDots = this.#columnDots();
    const next = this.modes.tabStops.map((column) => column * columnDots).find((x) => x > this.#x);
    if (next !== undefined) this.moveTo(next);
  }

  /** LF. */
  endLine(): void {
    this.printAndFeed(this.modes.pitchDots);
  }

  /** Prints the line in hand and moves the paper by `feedDots` in all, or by the line's height if that is more. */
  printAndFeed(feedDots: number): void {
    if (this.isAtLineStart) {
      this.#feed(Math.round(feedDots));
    } else {
      const band = this.#composed();
      const rows = Math.max(band.heightDots, Math.round(feedDots));
      this.#print(band, rows, this.#lineMark());
    }
    this.dropLine();
  }

  feedBack(dots: number): void {
    this.#enqueue({ kind: 'wind-back', rows: Math.round(dots) });
  }

  /** Prints a picture as wide as it is, aligned like a line; the line in hand goes first. */
  printPicture(picture: Bitmap, mark: PaperMark): void {
    if (!this.isAtLineStart) this.printAndFeed(0);
    const x = this.modes.leftMarginDots + this.#alignedShift(picture.widthDots);
    const band = new Bitmap(this.model.widthDots, picture.heightDots);
    band.draw(picture, x, 0);
    if (mark.kind !== 'image') {
      this.#print(band, band.heightDots, mark);
      return;
    }
    for (let top = 0; top < band.heightDots; top += stripeRows) {
      const stripe = band.rows(top, Math.min(band.heightDots, top + stripeRows));
      const stripeMark: PaperMark = { ...mark, heightDots: stripe.heightDots };
      this.#print(stripe, stripe.heightDots, stripeMark);
    }
  }

  printImage(picture: Bitmap): void {
    const { widthDots, heightDots } = picture;
    this.printPicture(picture, { kind: 'image', widthDots, heightDots });
  }

  /** A field of bars that nobody can scan, with its text if asked for. */
  printBarcode(data: string): void {
    const { heightDots, moduleDots, hasTextAbove, hasTextBelow } = this.modes.barcode;
    const letters = data.replace(/[^\x20-\x7e]/g, '');
    const barsWidth = Math.min(this.#printWidth(), letters.length * 11 * moduleDots);
    const { widthDots: cellWidth, heightDots: cellHeight } = this.modes.font;
    const above = hasTextAbove ? cellHeight : 0;
    const widthDots = Math.max(barsWidth, letters.length * cellWidth);
    const picture = new Bitmap(widthDots, above + heightDots + (hasTextBelow ? cellHeight : 0));
    for (let x = 0; x < barsWidth; x += moduleDots * 2) picture.fill(x, above, moduleDots, heightDots);
    [...letters].forEach((letter, at) => {
      const glyph = glyphOf(letter, this.modes.font);
      if (hasTextAbove) picture.draw(glyph, at * cellWidth, 0);
      if (hasTextBelow) picture.draw(glyph, at * cellWidth, above + heightDots);
    });
    this.printPicture(picture, { kind: 'barcode', data });
  }

  /** A cut that falls due once so many more rows have gone by. */
  presetCut(rows: number, edge: 'full-cut' | 'partial-cut'): void {
    this.#presetCut = { rowsLeft: rows, edge };
  }

  #print(band: Bitmap | undefined, rows: number, mark: PaperMark | undefined): void {
    const preset = this.#presetCut;
    if (preset === undefined || preset.rowsLeft > rows) {
      this.#enqueue({ kind: 'print', band, rows, mark });
      if (preset !== undefined) preset.rowsLeft -= rows;
      return;
    }
    // The cut falls due within this piece: the paper stops under the knife and then goes on.
    const { rowsLeft, edge } = preset;
    const inkRows = band?.heightDots ?? 0;
    const above = band?.rows(0, Math.min(rowsLeft, inkRows));
    const below = band?.rows(Math.min(rowsLeft, inkRows), inkRows);
    this.#presetCut = undefined;
    this.#enqueue({ kind: 'print', band: above, rows: rowsLeft, mark: undefined });
    this.#enqueue({ kind: 'cut', edge, windBack: false });
    this.#enqueue({ kind: 'print', band: below, rows: rows - rowsLeft, mark });
  }

  #feed(rows: number): void {
    if (rows > 0) this.#print(undefined, rows, undefined);
  }

  /** Forgets the line in hand. */
  dropLine(): void {
    this.#line = [];
    this.#x = 0;
  }

  #place(picture: Bitmap, letter: string | undefined): void {
    if (this.#x + picture.widthDots > this.#printWidth() && !this.isAtLineStart) this.endLine();
    this.#line.push({ x: this.#x, picture, letter });
    this.#x += picture.widthDots;
  }

  #printWidth(): number {
    return Math.min(this.modes.printWidthDots, this.model.widthDots - this.modes.leftMarginDots);
  }

  #columnDots(): number {
    return this.modes.font.widthDots * this.modes.widthTimes;
  }

  #styled(plain: Bitmap): Bitmap {
    const { modes } = this;
    let glyph = modes.isBold || modes.isDoubleStruck ? emboldened(plain) : plain;
    glyph = enlarged(glyph, modes.widthTimes, modes.heightTimes);
    if (modes.underlineDots > 0 && !modes.isRotated) {
      const underlined = new Bitmap(glyph.widthDots, glyph.heightDots);
      underlined.draw(glyph, 0, 0);
      underlined.fill(0, glyph.heightDots - modes.underlineDots, glyph.widthDots, modes.underlineDots);
      glyph = underlined;
    }
    if (modes.isInverted) glyph = inverted(glyph);
    return modes.isRotated ? turnedQuarterClockwise(glyph) : glyph;
  }

  #lineWidth(): number {
    return this.#line.reduce((width, { x, picture }) => Math.max(width, x + picture.widthDots), 0);
  }

  #alignedShift(widthDots: number): number {
    const room = Math.max(0, this.#printWidth() - widthDots);
    switch (this.modes.align) {
      case 'left':
        return 0;
      case 'centre':
        return Math.floor(room / 2);
      case 'right':
        return room;
    }
  }

  /** All that stands on the line, resting on one bottom edge. */
  #composed(): Bitmap {
    const heightDots = Math.max(...this.#line.map(({ picture }) => picture.heightDots));
    const shift = this.modes.leftMarginDots + this.#alignedShift(this.#lineWidth());
    const band = new Bitmap(this.model.widthDots, heightDots);
    for (const { x, picture } of this.#line) band.draw(picture, shift + x, heightDots - picture.heightDots);
    return this.modes.isUpsideDown ? turnedHalf(band) : band;
  }

  /** The line as it reads: gaps become as many spaces as narrow letters would fit. */
  #lineMark(): PaperMark {
    const columnDots = this.modes.font.widthDots;
    const shift = this.modes.leftMarginDots + this.#alignedShift(this.#lineWidth());
    let text = '';
    let endX = -shift;
    for (const { x, picture, letter } of this.#line) {
      text += ' '.repeat(Math.max(0, Math.round((x - endX) / columnDots)));
      text += letter ?? `[image ${picture.widthDots}x${picture.heightDots}]`;
      endX = x + picture.widthDots;
    }
    return { kind: 'text', text: text.trimEnd() };
  }
}
