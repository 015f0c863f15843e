import { Bitmap } from './bitmap.ts';

/*
 * Box drawing and blocks of the PC code pages. They must meet their neighbours at the cell's edge, which letters of a
 * typeface do not, so they are drawn by rule.
 */

/** Lines to the left, right, top and bottom edge: none, single or double. */
type Arms = readonly [left: 0 | 1 | 2, right: 0 | 1 | 2, up: 0 | 1 | 2, down: 0 | 1 | 2];

const boxArms: Readonly<Record<string, Arms>> = {
  '─': [1, 1, 0, 0],
  '│': [0, 0, 1, 1],
  '┌': [0, 1, 0, 1],
  '┐': [1, 0, 0, 1],
  '└': [0, 1, 1, 0],
  '┘': [1, 0, 1, 0],
  '├': [0, 1, 1, 1],
  '┤': [1, 0, 1, 1],
  '┬': [1, 1, 0, 1],
  '┴': [1, 1, 1, 0],
  '┼': [1, 1, 1, 1],
  '═': [2, 2, 0, 0],
  '║': [0, 0, 2, 2],
  '╔': [0, 2, 0, 2],
  '╗': [2, 0, 0, 2],
  '╚': [0, 2, 2, 0],
  '╝': [2, 0, 2, 0],
  '╠': [0, 2, 2, 2],
  '╣': [2, 0, 2, 2],
  '╦': [2, 2, 0, 2],
  '╩': [2, 2, 2, 0],
  '╬': [2, 2, 2, 2],
};

/** Blocks as the part of the cell they fill: left, top, right, bottom. */
const blockParts: Readonly<Record<string, readonly [number, number, number, number]>> = {
  '█': [0, 0, 1, 1],
  '▄': [0, 0.5, 1, 1],
  '▀': [0, 0, 1, 0.5],
  '▌': [0, 0, 0.5, 1],
  '▐': [0.5, 0, 1, 1],
  '■': [0.15, 0.35, 0.85, 0.7],
};

/** Every how many dots a shade burns one. */
const shadeSteps: Readonly<Record<string, number>> = { '░': 4, '▒': 2, '▓': 1 };

/** The cell of a drawing character, or nothing if `letter` is not one. */
export function boxGlyph(letter: string, widthDots: number, heightDots: number): Bitmap | undefined {
  const arms = boxArms[letter];
  if (arms !== undefined) return drawnArms(arms, widthDots, heightDots);
  const part = blockParts[letter];
  if (part !== undefined) return drawnPart(part, widthDots, heightDots);
  const step = shadeSteps[letter];
  return step === undefined ? undefined : drawnShade(step, widthDots, heightDots);
}

function drawnArms([left, right, up, down]: Arms, widthDots: number, heightDots: number): Bitmap {
  const glyph = new Bitmap(widthDots, heightDots);
  const middleX = Math.floor(widthDots / 2) - 1;
  const middleY = Math.floor(heightDots / 2) - 1;
  const offsets = (weight: 0 | 1 | 2): readonly number[] =>
    weight === 0 ? [] : weight === 1 ? [0] : [-2, 2];
  for (const offset of offsets(left)) glyph.fill(0, middleY + offset, middleX + 3, 2);
  for (const offset of offsets(right)) glyph.fill(middleX, middleY + offset, widthDots - middleX, 2);
  for (const offset of offsets(up)) glyph.fill(middleX + offset, 0, 2, middleY + 3);
  for (const offset of offsets(down)) glyph.fill(middleX + offset, middleY, 2, heightDots - middleY);
  return glyph;
}

function drawnPart(
  [left, top, right, bottom]: readonly [number, number, number, number],
  widthDots: number,
  heightDots: number,
): Bitmap {
  const glyph = new Bitmap(widthDots, heightDots);
  const [x, y] = [Math.round(left * widthDots), Math.round(top * heightDots)];
  glyph.fill(x, y, Math.round(right * widthDots) - x, Math.round(bottom * heightDots) - y);
  return glyph;
}

function drawnShade(step: number, widthDots: number, heightDots: number): Bitmap {
  const glyph = new Bitmap(widthDots, heightDots);
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < widthDots; x += 1) {
      const isDot = step === 1 ? (x + y) % 4 !== 0 : (x + (y % 2) * (step / 2)) % step === 0;
      if (isDot) glyph.blacken(x, y);
    }
  }
  return glyph;
}
