import type { CodePage } from './code-pages.ts';

export type ModelName =
  | 'epson-tm-t88vi'
  | 'epson-tm-m30'
  | 'custom-vkp80iii'
  | 'custom-vkp80iii-kz'
  | 'generic';

/** What differs between printers that speak ESC/POS, as far as a host can notice. */
export interface PrinterModel {
  readonly name: ModelName;
  readonly dotsPerInch: number;
  readonly widthDots: number;
  /** Printable dots beside which the paper goes on, on each side. */
  readonly marginDots: number;
  /** What one vertical unit of ESC 3, ESC J and GS V is by default, in dots. */
  readonly verticalUnitDots: number;
  readonly codePages: ReadonlyMap<number, CodePage>;
  readonly feedMmPerS: number;
  /** From the print line up to the knife: a cut leaves this much printed paper behind unless it was fed out. */
  readonly headToKnifeMm: number;
  /** The knife can leave a nib that holds the slip. */
  readonly hasPartialCut: boolean;
  /** A cut ticket waits inside until it is presented; without a presenter it hangs out of the slot. */
  readonly hasPresenter: boolean;
  /** GS ( families the firmware knows, by their letter code. */
  readonly parenthesisCommands: ReadonlySet<number>;
  /** What becomes of a GS ( family it does not know: skipped by its length, or its bytes print as letters. */
  readonly unknownParenthesis: 'skip' | 'print';
  readonly qrDialect: 'epson' | 'custom';
  readonly hasCustomStatus: boolean;
  readonly hasBufferClear: boolean;
  /** How many rows of GS v 0 the firmware takes when asked for `rows`; the rest it reads as commands and letters. */
  readonly rasterRows: (rows: number) => number;
  /** Answers to GS I, by its parameter. */
  readonly identity: ReadonlyMap<number, Uint8Array>;
}

const letter = (character: string): number => character.charCodeAt(0);

const text = (value: string): Uint8Array =>
  Uint8Array.from([0x5f, ...[...value].map((character) => character.charCodeAt(0)), 0x00]);

const epsonTmT88vi: PrinterModel = {
  name: 'epson-tm-t88vi',
  dotsPerInch: 180,
  widthDots: 512,
  marginDots: 27,
  verticalUnitDots: 0.5,
  codePages: new Map([
    [0, 'pc437'],
    [16, 'wpc1252'],
    [17, 'pc866'],
    [46, 'wpc1251'],
    [53, 'kz1048'],
  ]),
  feedMmPerS: 150,
  headToKnifeMm: 14,
  hasPartialCut: true,
  hasPresenter: false,
  parenthesisCommands: new Set(['k', 'L', 'H'].map(letter)),
  unknownParenthesis: 'skip',
  qrDialect: 'epson',
  hasCustomStatus: false,
  hasBufferClear: true,
  rasterRows: (rows) => Math.min(rows, 2_047),
  identity: new Map([
    [1, Uint8Array.of(0x20)],
    [2, Uint8Array.of(0x02)],
    [3, Uint8Array.of(0x01)],
    [65, text('1.20 ESC/POS')],
    [66, text('EPSON')],
    [67, text('TM-T88VI')],
    [68, text('SIM0000001')],
  ]),
};

const epsonTmM30: PrinterModel = {
  ...epsonTmT88vi,
  name: 'epson-tm-m30',
  dotsPerInch: 203,
  widthDots: 576,
  marginDots: 32,
  identity: new Map([...epsonTmT88vi.identity, [67, text('TM-m30')], [68, text('SIM0000002')]]),
};

const customVkp80iii: PrinterModel = {
  name: 'custom-vkp80iii',
  dotsPerInch: 203,
  widthDots: 576,
  marginDots: 32,
  verticalUnitDots: 1,
  codePages: new Map([
    [0, 'pc437'],
    [16, 'wpc1252'],
    [17, 'pc866'],
  ]),
  feedMmPerS: 150,
  headToKnifeMm: 14,
  hasPartialCut: false,
  hasPresenter: true,
  parenthesisCommands: new Set(['k'].map(letter)),
  unknownParenthesis: 'skip',
  qrDialect: 'custom',
  hasCustomStatus: true,
  hasBufferClear: false,
  rasterRows: (rows) => Math.min(rows, 2_047),
  identity: new Map([
    [65, text('1.10')],
    [66, text('CUSTOM')],
    [67, text('VKP80III')],
    [0xff, Uint8Array.of(0x02, 0x05)],
  ]),
};

const generic: PrinterModel = {
  name: 'generic',
  dotsPerInch: 203,
  widthDots: 576,
  marginDots: 32,
  verticalUnitDots: 1,
  codePages: new Map([
    [0, 'pc437'],
    [16, 'wpc1252'],
    [17, 'pc866'],
    [23, 'wpc1251'],
  ]),
  feedMmPerS: 150,
  headToKnifeMm: 12,
  hasPartialCut: true,
  hasPresenter: false,
  parenthesisCommands: new Set(['k'].map(letter)),
  unknownParenthesis: 'print',
  qrDialect: 'epson',
  hasCustomStatus: false,
  hasBufferClear: false,
  // Looks at the low byte of the count only.
  rasterRows: (rows) => rows & 0xff,
  identity: new Map([
    [1, Uint8Array.of(0x20)],
    [2, Uint8Array.of(0x02)],
    [3, Uint8Array.of(0x01)],
  ]),
};

export const printerModels: Readonly<Record<ModelName, PrinterModel>> = {
  'epson-tm-t88vi': epsonTmT88vi,
  'epson-tm-m30': epsonTmM30,
  'custom-vkp80iii': customVkp80iii,
  'custom-vkp80iii-kz': {
    ...customVkp80iii,
    name: 'custom-vkp80iii-kz',
    codePages: new Map([...customVkp80iii.codePages, [17, 'custom-kazakh-866']]),
  },
  generic,
};

export const modelNames = Object.keys(printerModels);

export function isModelName(name: string): name is ModelName {
  return Object.hasOwn(printerModels, name);
}

export function mmPerRow(model: PrinterModel): number {
  return 25.4 / model.dotsPerInch;
}

export function headToKnifeRows(model: PrinterModel): number {
  return Math.round(model.headToKnifeMm / mmPerRow(model));
}
