import { fileURLToPath } from 'node:url';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { Bitmap } from './bitmap.ts';
import { boxGlyph } from './box-glyphs.ts';

export interface FontCell {
  readonly name: 'A' | 'B';
  readonly widthDots: number;
  readonly heightDots: number;
  readonly baselineDots: number;
  readonly typeSizeDots: number;
}

export const fontA: FontCell = {
  name: 'A',
  widthDots: 12,
  heightDots: 24,
  baselineDots: 19,
  typeSizeDots: 23,
};
export const fontB: FontCell = {
  name: 'B',
  widthDots: 9,
  heightDots: 17,
  baselineDots: 13,
  typeSizeDots: 16,
};

const family = 'Printer ROM';
/** Letters are drawn this much larger and then thinned to dots, which keeps their strokes even. */
const oversampling = 4;
/** The share of a dot that must be ink for it to burn. */
const inkShareMin = 0.42;
/** Printer letters are narrow: every letter is squeezed by this, a wide one further until it fits its cell. */
const squeeze = 0.86;

const cache = new Map<string, Bitmap>();
let isFontLoaded = false;

function loadFont(): void {
  if (isFontLoaded) return;
  const path = import.meta.resolve('@expo-google-fonts/golos-text/500Medium/GolosText_500Medium.ttf');
  GlobalFonts.registerFromPath(fileURLToPath(path), family);
  isFontLoaded = true;
}

/** The dots of one letter in its fixed cell, as a printer's character ROM holds them. */
export function glyphOf(letter: string, cell: FontCell): Bitmap {
  const key = `${cell.name}${letter}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const glyph = boxGlyph(letter, cell.widthDots, cell.heightDots) ?? rasterised(letter, cell);
  cache.set(key, glyph);
  return glyph;
}

function rasterised(letter: string, cell: FontCell): Bitmap {
  const glyph = new Bitmap(cell.widthDots, cell.heightDots);
  if (letter.trim() === '') return glyph;
  loadFont();
  const canvas = createCanvas(cell.widthDots * oversampling, cell.heightDots * oversampling);
  const context = canvas.getContext('2d');
  context.font = `${cell.typeSizeDots * oversampling}px "${family}"`;
  const { actualBoundingBoxLeft: left, actualBoundingBoxRight: right } = context.measureText(letter);
  const inkWidth = Math.max(1, left + right);
  const roomWidth = (cell.widthDots - 1) * oversampling;
  const scale = Math.min(squeeze, roomWidth / inkWidth);
  // The last column stays white, so that neighbours do not touch.
  context.translate((roomWidth - inkWidth * scale) / 2, cell.baselineDots * oversampling);
  context.scale(scale, 1);
  context.fillText(letter, left, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let y = 0; y < cell.heightDots; y += 1) {
    for (let x = 0; x < cell.widthDots; x += 1) {
      if (inkShare(data, canvas.width, x, y) >= inkShareMin) glyph.blacken(x, y);
    }
  }
  return glyph;
}

function inkShare(data: Uint8ClampedArray, widthPixels: number, dotX: number, dotY: number): number {
  let alpha = 0;
  for (let y = dotY * oversampling; y < (dotY + 1) * oversampling; y += 1) {
    for (let x = dotX * oversampling; x < (dotX + 1) * oversampling; x += 1) {
      alpha += data[(y * widthPixels + x) * 4 + 3] ?? 0;
    }
  }
  return alpha / (255 * oversampling * oversampling);
}
