import type { Firmware } from './firmware.ts';
import type { PrinterModel } from './models.ts';
import { qrPicture } from './qr.ts';

type Level = 'L' | 'M' | 'Q' | 'H';

interface Dialect {
  readonly levels: ReadonlyMap<number, Level>;
  readonly moduleDotsMin: number;
  readonly moduleDotsMax: number;
  /** The byte after "store" and "print". */
  readonly parameter: number;
}

const dialects: Readonly<Record<PrinterModel['qrDialect'], Dialect>> = {
  epson: {
    levels: new Map([
      [0x30, 'L'],
      [0x31, 'M'],
      [0x32, 'Q'],
      [0x33, 'H'],
    ]),
    moduleDotsMin: 1,
    moduleDotsMax: 16,
    parameter: 0x30,
  },
  // VKP80III; its 30 means "choose for me".
  custom: {
    levels: new Map([
      [0x30, 'M'],
      [0x31, 'L'],
      [0x32, 'M'],
      [0x33, 'Q'],
      [0x34, 'H'],
    ]),
    moduleDotsMin: 2,
    moduleDotsMax: 24,
    parameter: 0x31,
  },
};

const qrSymbology = 0x31;
/** Only model 2 is drawn. */
const qrModel2 = 0x32;

/** GS ( k 31 fn … (ESC/POS §1, QR). Whether the printer took it. */
export function qrFunction(firmware: Firmware, body: Uint8Array): boolean {
  const [symbology, fn, value = 0] = body;
  const { modes } = firmware.typesetter;
  const dialect = dialects[firmware.model.qrDialect];
  if (symbology !== qrSymbology) return false;
  switch (fn) {
    case 0x41:
      return value === qrModel2;
    case 0x43:
      if (value < dialect.moduleDotsMin || value > dialect.moduleDotsMax) return false;
      modes.qr.moduleDots = value;
      return true;
    case 0x45: {
      const level = dialect.levels.get(value);
      modes.qr.level = level ?? modes.qr.level;
      return level !== undefined;
    }
    case 0x50:
      if (value !== dialect.parameter) return false;
      modes.qr.data = body.slice(3);
      return true;
    case 0x51:
      return value === dialect.parameter && print(firmware);
    case 0x52:
      replySize(firmware);
      return true;
    default:
      return false;
  }
}

function print({ typesetter }: Firmware): boolean {
  const picture = qrPicture(typesetter.modes.qr);
  if (picture === undefined || picture.widthDots > typesetter.modes.printWidthDots) return false;
  typesetter.printPicture(picture, {
    kind: 'qr',
    data: new TextDecoder().decode(typesetter.modes.qr.data),
  });
  return true;
}

/** 37 36 width 1F height 1F 31 1F fits 00, numbers as decimal digits. */
function replySize({ typesetter, reply }: Firmware): void {
  const picture = qrPicture(typesetter.modes.qr);
  const fits = picture !== undefined && picture.widthDots <= typesetter.modes.printWidthDots;
  const digits = [...String(picture?.widthDots ?? 0)].map((digit) => digit.charCodeAt(0));
  reply(
    Uint8Array.from([0x37, 0x36, ...digits, 0x1f, ...digits, 0x1f, 0x31, 0x1f, fits ? 0x30 : 0x31, 0x00]),
  );
}
