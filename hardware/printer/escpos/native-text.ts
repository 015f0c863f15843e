import type { Align, ReceiptLine, TextStyle } from '../../../terminal/devices.ts';
import { wrapText } from '../raster/text.ts';
import { encodeKz1048, withSubstitutes } from './code-page.ts';
import type { TextWay } from './profile.ts';

type NativeText = TextWay & { kind: 'native' };

const lineFeed = 0x0a;

/**
 * One line of a slip in the printer's own letters; `undefined` if it has to be a picture, because it is a drawing or holds a
 * letter that the page lacks.
 */
export function nativeLine(line: ReceiptLine, way: NativeText): Uint8Array | undefined {
  switch (line.kind) {
    case 'text':
      return textLines(way, line.style, alignedLines(line.text, columnsOf(way, line.style), line.align));
    case 'pair': {
      const main = textLines(way, line.style, pairLines(line.label, line.value, columnsOf(way, line.style)));
      if (line.labelBelow === undefined) return main;
      const below = textLines(way, 'small', alignedLines(line.labelBelow, way.columnsSmall, 'left'));
      return main === undefined || below === undefined ? undefined : concat([main, below]);
    }
    default:
      return undefined;
  }
}

/** Back to the plain letter, so that nothing of one line is left for the next. */
const plainStyle = [0x1b, 0x21, 0x00] as const;

function textLines(way: NativeText, style: TextStyle, lines: readonly string[]): Uint8Array | undefined {
  const encoded = lines.map(encodeKz1048);
  const parts: Uint8Array[] = [Uint8Array.of(0x1b, 0x74, way.codePage, 0x1b, 0x21, modeOf(style))];
  for (const bytes of encoded) {
    if (bytes === undefined) return undefined;
    parts.push(bytes, Uint8Array.of(lineFeed));
  }
  parts.push(Uint8Array.from(plainStyle));
  return concat(parts);
}

/** `ESC !`: bit 0 the small letter, 3 bold, 4 double height, 5 double width. */
function modeOf(style: TextStyle): number {
  return { small: 0x01, normal: 0x00, strong: 0x08, large: 0x38 }[style];
}

function columnsOf(way: NativeText, style: TextStyle): number {
  if (style === 'small') return way.columnsSmall;
  return style === 'large' ? Math.floor(way.columns / 2) : way.columns;
}

/** Set with spaces rather than `ESC a`, which not every printer applies to a line begun by other commands. */
function alignedLines(text: string, columns: number, align: Align): string[] {
  return wrapColumns(text, columns).map((line) => {
    const room = columns - [...line].length;
    if (align === 'left') return line;
    return ' '.repeat(align === 'right' ? room : Math.floor(room / 2)) + line;
  });
}

/** Label left, value right; on two lines where both do not fit on one. */
function pairLines(label: string, value: string, columns: number): string[] {
  const left = withSubstitutes(label);
  const right = withSubstitutes(value);
  const room = columns - [...left].length - [...right].length;
  if (room >= 1) return [left + ' '.repeat(room) + right];
  return [...alignedLines(label, columns, 'left'), ...alignedLines(value, columns, 'right')];
}

function wrapColumns(text: string, columns: number): string[] {
  return wrapText(text, columns, (part) => [...withSubstitutes(part)].length).map(withSubstitutes);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
