import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReceiptLine, ReceiptSign } from '../../../terminal/devices.ts';
import { type Bitmap, isBlack } from './bitmap.ts';
import { renderDocument } from './document.ts';
import { wrapText } from './text.ts';

const paper = { widthDots: 576, dotsPerInch: 203 };

function render(...lines: readonly ReceiptLine[]): Bitmap {
  return renderDocument({ lines }, paper);
}

/** Columns with at least one black dot. */
function inkedColumns(picture: Bitmap): { first: number; last: number } {
  const columns = Array.from({ length: picture.widthDots }, (_, x) => x).filter((x) =>
    Array.from({ length: picture.heightDots }, (_, y) => y).some((y) => isBlack(picture, x, y)),
  );
  return { first: columns.at(0) ?? -1, last: columns.at(-1) ?? -1 };
}

function inkShare(picture: Bitmap): number {
  let black = 0;
  for (const byte of picture.bytes) black += byte.toString(2).replaceAll('0', '').length;
  return black / (picture.widthDots * picture.heightDots);
}

describe('a slip as a picture', () => {
  test('keeps to the edges it is told to', () => {
    const line = (align: 'left' | 'centre' | 'right'): ReceiptLine => ({
      kind: 'text',
      text: 'Н',
      style: 'normal',
      align,
    });
    const left = inkedColumns(render(line('left')));
    const right = inkedColumns(render(line('right')));
    const centre = inkedColumns(render(line('centre')));
    expect(left.first).toBeLessThan(5);
    expect(right.last).toBeGreaterThan(576 - 6);
    expect(Math.abs((centre.first + centre.last) / 2 - 288)).toBeLessThan(3);
  });

  test('sets label and value apart, however long they are', () => {
    const value = '0027 344 118 және тағы бірнеше ұзақ сөз';
    const pair = render({ kind: 'pair', label: 'Фискалдық деректер операторы', value, style: 'strong' });
    const { first, last } = inkedColumns(pair);
    expect(first).toBeLessThan(5);
    expect(last).toBeGreaterThan(576 - 6);
    const gap = Array.from({ length: 576 }, (_, x) => x).filter((x) =>
      Array.from({ length: pair.heightDots }, (_, y) => y).every((y) => !isBlack(pair, x, y)),
    );
    const longestRun = gap.reduce(
      ({ run, best }, x, at) => {
        const now = x === (gap[at - 1] ?? -2) + 1 ? run + 1 : 1;
        return { run: now, best: Math.max(best, now) };
      },
      { run: 0, best: 0 },
    ).best;
    expect(longestRun).toBeGreaterThan(15);
  });

  test('turns a banner white on black', () => {
    expect(inkShare(render({ kind: 'banner', text: 'КӨШІРМЕ' }))).toBeGreaterThan(0.55);
  });

  test('tells the three ends apart without words', () => {
    const signs: ReceiptSign[] = ['credited', 'accepted', 'needs-help'];
    const pictures = signs.map((sign) => render({ kind: 'headline', sign, text: '7', below: [] }));
    expect(new Set(pictures.map((picture) => Buffer.from(picture.bytes).toString('hex'))).size).toBe(3);
    const [credited = 0, accepted = 0, needsHelp = 0] = pictures.map(inkShare);
    expect(credited).toBeGreaterThan(accepted * 1.5);
    expect(needsHelp).toBeGreaterThan(accepted * 1.5);
  });

  test('is as long at 180 dots an inch as at 203', () => {
    const lines: ReceiptLine[] = [
      { kind: 'rule' },
      { kind: 'headline', sign: 'accepted', text: '7\u00a0000\u00a0₸', below: ['Қабылданды'] },
      { kind: 'qr', data: 'https://ofd.example/t=1' },
    ];
    const fine = renderDocument({ lines }, paper).heightDots / 203;
    const coarse = renderDocument({ lines }, { widthDots: 512, dotsPerInch: 180 }).heightDots / 180;
    expect(Math.abs(fine - coarse)).toBeLessThan(0.08);
  });
});

describe('breaking lines', () => {
  const letters = (text: string) => [...text].length;

  test('loses nothing and never runs over', () => {
    const sentences = fc.array(
      fc.string({ minLength: 1, maxLength: 14 }).map((word) => word.replaceAll(' ', 'x')),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(sentences, fc.integer({ min: 2, max: 30 }), (parts, width) => {
        const lines = wrapText(parts.join(' '), width, letters);
        expect(lines.join('').replaceAll(' ', '')).toBe(parts.join(''));
        for (const line of lines) expect(letters(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('breaks at spaces, but not at no-break ones', () => {
    expect(wrapText('Зачислено 7\u00a0000\u00a0₸', 12, letters)).toEqual(['Зачислено', '7\u00a0000\u00a0₸']);
    expect(wrapText('', 12, letters)).toEqual(['']);
  });
});
