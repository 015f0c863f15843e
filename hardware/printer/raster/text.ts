import { assert } from '../../../terminal/assert.ts';
import { type Bitmap, drawBitmap } from './bitmap.ts';
import { advanceOf, type Font, glyphOf } from './glyphs.ts';

/** Width of one line of text in dots. */
export function widthOf(font: Font, text: string): number {
  const letters = [...text];
  return Math.ceil(
    letters.reduce((sum, letter, at) => sum + advanceOf(font, letter, letters[at + 1] ?? ''), 0),
  );
}

/** Draws one line with its baseline at `baseline`. */
export function drawText(
  bitmap: Bitmap,
  font: Font,
  text: string,
  left: number,
  baseline: number,
  invert = false,
): void {
  const letters = [...text];
  let pen = left;
  for (const [at, letter] of letters.entries()) {
    const glyph = glyphOf(font, letter);
    drawBitmap(bitmap, glyph.picture, Math.round(pen) + glyph.left, baseline - glyph.ascent, invert);
    pen += advanceOf(font, letter, letters[at + 1] ?? '');
  }
}

/**
 * Breaks text at spaces into lines no wider than `widthMax` in the unit of `measure`; a word wider than a line is cut.
 * No-break spaces (U+00A0) never break.
 */
export function wrapText(text: string, widthMax: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer) <= widthMax) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = cutWord(word, widthMax, measure);
    line = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

function cutWord(word: string, widthMax: number, measure: (text: string) => number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const letter of word) {
    assert(measure(letter) <= widthMax, `not one letter fits into ${widthMax}`);
    if (measure(piece + letter) > widthMax) {
      pieces.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...pieces, piece];
}
