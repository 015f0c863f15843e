import type { Align, ReceiptLine, TextStyle } from '../../../terminal/devices.ts';
import { drawBitmap, fillRectangle } from './bitmap.ts';
import type { Font, Weight } from './glyphs.ts';
import { type Block, onPaper, type Paper } from './paper.ts';
import { qrPicture } from './qr.ts';
import { signPicture } from './signs.ts';
import { drawText, widthOf, wrapText } from './text.ts';

/*
 * How each kind of line is set. All measures are millimetres on paper, so that a slip looks alike at 180 and at
 * 203 dots an inch.
 */

interface Setting {
  readonly weight: Weight;
  readonly sizeMm: number;
  readonly lineMm: number;
}

const settings: Record<TextStyle | 'headline' | 'below' | 'banner', Setting> = {
  small: { weight: 'medium', sizeMm: 2.75, lineMm: 3.5 },
  normal: { weight: 'medium', sizeMm: 3.25, lineMm: 4.25 },
  strong: { weight: 'bold', sizeMm: 3.5, lineMm: 4.75 },
  large: { weight: 'bold', sizeMm: 5, lineMm: 6.5 },
  headline: { weight: 'black', sizeMm: 8, lineMm: 9 },
  below: { weight: 'bold', sizeMm: 3.75, lineMm: 4.75 },
  banner: { weight: 'black', sizeMm: 5, lineMm: 8 },
};

const pairSpaceBelowMm = 0.75;
const columnGapMm = 3;
const signMm = 14;
const signGapMm = 3;
const ruleBoxMm = 3.5;
const ruleDots = 2;
const qrMm = 28;

export function textBlock(text: string, style: TextStyle, align: Align, paper: Paper): Block {
  return linesBlock([text], settings[style], align, paper);
}

export function pairBlock(line: ReceiptLine & { kind: 'pair' }, paper: Paper): Block {
  const setting = settings[line.style];
  const valueSetting: Setting = line.style === 'normal' ? { ...setting, weight: 'bold' } : setting;
  const valueFont = fontOf(valueSetting, paper);
  const valueWidthMax = Math.floor(paper.widthDots * 0.62);
  const values = wrapText(line.value, valueWidthMax, (text) => widthOf(valueFont, text));
  const valueWidth = Math.max(...values.map((value) => widthOf(valueFont, value)));
  const labelPaper = { ...paper, widthDots: paper.widthDots - valueWidth - onPaper(paper, columnGapMm) };
  const label = stack([
    linesBlock([line.label], setting, 'left', labelPaper),
    ...(line.labelBelow === undefined
      ? []
      : [linesBlock([line.labelBelow], settings.small, 'left', labelPaper)]),
  ]);
  const value = linesBlock(values, valueSetting, 'right', paper);
  return {
    heightDots: Math.max(label.heightDots, value.heightDots) + onPaper(paper, pairSpaceBelowMm),
    draw: (bitmap, top) => {
      label.draw(bitmap, top);
      value.draw(bitmap, top);
    },
  };
}

/** Sign on the left; beside it the thing itself and the words; the pair of them centred on the paper. */
export function headlineBlock(line: ReceiptLine & { kind: 'headline' }, paper: Paper): Block {
  const signDots = onPaper(paper, signMm);
  const indent = signDots + onPaper(paper, signGapMm);
  const narrow = { ...paper, widthDots: paper.widthDots - indent };
  const words = [
    { lines: wrapped(line.text, settings.headline, narrow), setting: settings.headline },
    ...line.below.map((text) => ({ lines: wrapped(text, settings.below, narrow), setting: settings.below })),
  ];
  const wordsWidth = Math.max(
    ...words.flatMap(({ lines, setting }) => lines.map((text) => widthOf(fontOf(setting, paper), text))),
  );
  const left = Math.floor((paper.widthDots - indent - wordsWidth) / 2);
  const column = stack(
    words.map(({ lines, setting }) => linesBlock(lines, setting, 'left', narrow, left + indent)),
  );
  const heightDots = Math.max(signDots, column.heightDots);
  return {
    heightDots,
    draw: (bitmap, top) => {
      const middle = top + heightDots / 2;
      drawBitmap(bitmap, signPicture(line.sign, signDots), left, Math.round(middle - signDots / 2));
      column.draw(bitmap, Math.round(middle - column.heightDots / 2));
    },
  };
}

export function bannerBlock(text: string, paper: Paper): Block {
  const words = linesBlock([text], settings.banner, 'centre', paper, 0, true);
  return {
    heightDots: words.heightDots + onPaper(paper, 2),
    draw: (bitmap, top) => {
      fillRectangle(bitmap, 0, top, paper.widthDots, words.heightDots);
      words.draw(bitmap, top);
    },
  };
}

export function ruleBlock(paper: Paper): Block {
  const heightDots = onPaper(paper, ruleBoxMm);
  return {
    heightDots,
    draw: (bitmap, top) =>
      fillRectangle(bitmap, 0, top + Math.floor(heightDots / 2), paper.widthDots, ruleDots),
  };
}

export function qrBlock(data: string, paper: Paper): Block {
  const picture = qrPicture(data, onPaper(paper, qrMm));
  const quiet = onPaper(paper, 2);
  return {
    heightDots: picture.heightDots + 2 * quiet,
    draw: (bitmap, top) =>
      drawBitmap(bitmap, picture, Math.floor((paper.widthDots - picture.widthDots) / 2), top + quiet),
  };
}

/** Lines of one setting beneath each other, each broken where the paper ends. */
function linesBlock(
  texts: readonly string[],
  setting: Setting,
  align: Align,
  paper: Paper,
  left = 0,
  invert = false,
): Block {
  const font = fontOf(setting, paper);
  const lines = texts.flatMap((text) => wrapped(text, setting, paper));
  const lineDots = onPaper(paper, setting.lineMm);
  // Letters of this face rise 0.7 of their size: the capitals stand in the middle of their line.
  const baseline = Math.round((lineDots + font.sizeDots * 0.7) / 2);
  return {
    heightDots: lines.length * lineDots,
    draw: (bitmap, top) => {
      for (const [at, text] of lines.entries()) {
        const shift = left + alignShift(align, paper.widthDots - widthOf(font, text));
        drawText(bitmap, font, text, shift, top + at * lineDots + baseline, invert);
      }
    },
  };
}

function stack(blocks: readonly Block[]): Block {
  return {
    heightDots: blocks.reduce((sum, block) => sum + block.heightDots, 0),
    draw: (bitmap, top) => {
      let below = top;
      for (const block of blocks) {
        block.draw(bitmap, below);
        below += block.heightDots;
      }
    },
  };
}

function wrapped(text: string, setting: Setting, paper: Paper): string[] {
  const font = fontOf(setting, paper);
  return wrapText(text, paper.widthDots, (part) => widthOf(font, part));
}

function fontOf(setting: Setting, paper: Paper): Font {
  return { weight: setting.weight, sizeDots: onPaper(paper, setting.sizeMm) };
}

function alignShift(align: Align, room: number): number {
  if (align === 'left') return 0;
  return align === 'right' ? room : Math.floor(room / 2);
}
