import { type FontCell, fontA } from './glyphs.ts';
import type { PrinterModel } from './models.ts';

/** Everything ESC @ sets back: how letters look and where they go. Distances are dots. */
export interface Modes {
  font: FontCell;
  isBold: boolean;
  isDoubleStruck: boolean;
  underlineDots: number;
  isInverted: boolean;
  isUpsideDown: boolean;
  isRotated: boolean;
  widthTimes: number;
  heightTimes: number;
  spacingDots: number;
  codePage: number;
  usesOwnGlyphs: boolean;
  align: 'left' | 'centre' | 'right';
  pitchDots: number;
  leftMarginDots: number;
  printWidthDots: number;
  /** Columns of the current font. */
  tabStops: readonly number[];
  horizontalUnitDots: number;
  verticalUnitDots: number;
  barcode: BarcodeModes;
  qr: QrModes;
}

interface BarcodeModes {
  heightDots: number;
  moduleDots: number;
  hasTextAbove: boolean;
  hasTextBelow: boolean;
}

export interface QrModes {
  moduleDots: number;
  level: 'L' | 'M' | 'Q' | 'H';
  data: Uint8Array;
}

const tabEveryColumns = 8;
const tabStopCount = 32;

export function initialModes(model: PrinterModel): Modes {
  return {
    font: fontA,
    isBold: false,
    isDoubleStruck: false,
    underlineDots: 0,
    isInverted: false,
    isUpsideDown: false,
    isRotated: false,
    widthTimes: 1,
    heightTimes: 1,
    spacingDots: 0,
    codePage: 0,
    usesOwnGlyphs: false,
    align: 'left',
    pitchDots: defaultPitchDots(model),
    leftMarginDots: 0,
    printWidthDots: model.widthDots,
    tabStops: Array.from({ length: tabStopCount }, (_, index) => (index + 1) * tabEveryColumns),
    horizontalUnitDots: 1,
    verticalUnitDots: model.verticalUnitDots,
    barcode: { heightDots: 162, moduleDots: 3, hasTextAbove: false, hasTextBelow: false },
    qr: { moduleDots: 3, level: 'L', data: new Uint8Array() },
  };
}

/** ESC 2: one sixth of an inch. */
export function defaultPitchDots(model: PrinterModel): number {
  return Math.round(model.dotsPerInch / 6);
}
