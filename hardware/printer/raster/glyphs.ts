import { createRequire } from 'node:module';
import { assert } from '../../../terminal/assert.ts';
import { type Bitmap, createBitmap, setDot } from './bitmap.ts';
import { createCanvas, GlobalFonts } from './canvas.ts';

/*
 * Letters as black and white pictures. Each letter of a size is drawn once and kept, so that the same letter looks
 * the same wherever it stands and a receipt costs no drawing after the first.
 *
 * The fonts are whole TTF files: the subset files made for the web, registered one by one, print boxes for most letters.
 */

export type Weight = 'medium' | 'bold' | 'black';

export interface Font {
  readonly weight: Weight;
  readonly sizeDots: number;
}

export interface Glyph {
  readonly picture: Bitmap;
  /** Where the picture's left edge lies from the pen, in dots. */
  readonly left: number;
  /** Where its top edge lies above the baseline, in dots. */
  readonly ascent: number;
}

const fontFiles: Record<Weight, string> = {
  medium: '500Medium/GolosText_500Medium.ttf',
  bold: '700Bold/GolosText_700Bold.ttf',
  black: '800ExtraBold/GolosText_800ExtraBold.ttf',
};

/** A dot is printed when more than this part of it is ink; a little under half keeps thin strokes whole. */
const inkThreshold = 0.42 * 255;

const glyphsMax = 4_000;
const glyphs = new Map<string, Glyph>();
const advances = new Map<string, number>();
const registered = new Set<Weight>();
const pen = createCanvas(1, 1).getContext('2d');

/** The picture of one letter. */
export function glyphOf(font: Font, letter: string): Glyph {
  const key = `${font.weight} ${font.sizeDots} ${letter}`;
  const known = glyphs.get(key);
  if (known !== undefined) return known;
  if (glyphs.size >= glyphsMax) glyphs.clear();
  const glyph = drawGlyph(font, letter);
  glyphs.set(key, glyph);
  return glyph;
}

/** How far the pen moves from the start of `letter` to the start of `next`, in dots and parts of dots. */
export function advanceOf(font: Font, letter: string, next: string): number {
  const key = `${font.weight} ${font.sizeDots} ${letter}${next}`;
  const known = advances.get(key);
  if (known !== undefined) return known;
  if (advances.size >= glyphsMax * 4) advances.clear();
  pen.font = cssFont(font);
  const advance = pen.measureText(letter + next).width - (next === '' ? 0 : pen.measureText(next).width);
  advances.set(key, advance);
  return advance;
}

function drawGlyph(font: Font, letter: string): Glyph {
  const css = cssFont(font);
  pen.font = css;
  const measured = pen.measureText(letter);
  const left = Math.floor(-measured.actualBoundingBoxLeft) - 1;
  const ascent = Math.ceil(measured.actualBoundingBoxAscent) + 1;
  const widthDots = Math.max(1, Math.ceil(measured.actualBoundingBoxRight) + 1 - left);
  const heightDots = Math.max(1, Math.ceil(measured.actualBoundingBoxDescent) + 1 + ascent);
  const context = createCanvas(widthDots, heightDots).getContext('2d');
  context.font = css;
  context.fillText(letter, -left, ascent);
  return { picture: inkOf(context.getImageData(0, 0, widthDots, heightDots)), left, ascent };
}

/** The opaque parts of a drawing as black dots. */
export function inkOf(image: { width: number; height: number; data: Uint8ClampedArray }): Bitmap {
  const picture = createBitmap(image.width, image.height);
  for (let at = 0; at < image.width * image.height; at += 1) {
    const opacity = image.data[at * 4 + 3] ?? 0;
    if (opacity > inkThreshold) setDot(picture, at % image.width, Math.floor(at / image.width));
  }
  return picture;
}

function cssFont(font: Font): string {
  const family = `Qyzyl receipt ${font.weight}`;
  if (!registered.has(font.weight)) {
    const file = createRequire(import.meta.url).resolve(
      `@expo-google-fonts/golos-text/${fontFiles[font.weight]}`,
    );
    assert(GlobalFonts.registerFromPath(file, family) !== null, `the receipt font ${file} cannot be read`);
    registered.add(font.weight);
  }
  return `${font.sizeDots}px "${family}"`;
}
