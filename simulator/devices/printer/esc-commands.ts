import { Bitmap, enlarged, fromColumns } from './bitmap.ts';
import {
  type Command,
  digitOrNumber,
  type Firmware,
  fixed,
  isOdd,
  passedOver,
  setting,
  takeBytes,
  takeWord,
} from './firmware.ts';
import { fontA, fontB } from './glyphs.ts';
import { defaultPitchDots } from './modes.ts';
import { paperSensorStatus } from './status.ts';

/** ESC @: sets back what power-on sets back, status sent unasked included; receive buffer and flash are kept. */
function initialise({ typesetter, statusPush }: Firmware): void {
  typesetter.initialise();
  statusPush.disable();
}

const aligns = ['left', 'centre', 'right'] as const;

/** ESC a. */
function align({ typesetter }: Firmware, n: number): void {
  const value = aligns[digitOrNumber(n)];
  if (value !== undefined && typesetter.isAtLineStart) typesetter.modes.align = value;
}

/** ESC {. */
function upsideDown({ typesetter }: Firmware, n: number): void {
  if (typesetter.isAtLineStart) typesetter.modes.isUpsideDown = isOdd(n);
}

/** ESC t: a number that this model lacks changes nothing. */
function selectCodePage(firmware: Firmware, n: number): void {
  if (firmware.model.codePages.has(n)) firmware.typesetter.modes.codePage = n;
  else firmware.ignore(0x1b, 0x74, n);
}

/** ESC !. */
function printMode({ typesetter: { modes } }: Firmware, n: number): void {
  modes.font = isOdd(n) ? fontB : fontA;
  modes.isBold = (n & 0x08) !== 0;
  modes.heightTimes = (n & 0x10) !== 0 ? 2 : 1;
  modes.widthTimes = (n & 0x20) !== 0 ? 2 : 1;
  modes.underlineDots = (n & 0x80) !== 0 ? 1 : 0;
}

/** ESC 2. */
function defaultPitch({ typesetter, model }: Firmware): void {
  typesetter.modes.pitchDots = defaultPitchDots(model);
}

/** ESC 3. */
function pitch({ typesetter: { modes } }: Firmware, n: number): void {
  modes.pitchDots = n * modes.verticalUnitDots;
}

/** ESC J. */
function feedUnits({ typesetter }: Firmware, n: number): void {
  typesetter.printAndFeed(n * typesetter.modes.verticalUnitDots);
}

/** ESC d. */
function feedLines({ typesetter }: Firmware, n: number): void {
  typesetter.printAndFeed(n * typesetter.modes.pitchDots);
}

/** ESC e. */
function feedLinesBack({ typesetter }: Firmware, n: number): void {
  typesetter.feedBack(n * typesetter.modes.pitchDots);
}

/** ESC i and ESC m: the paper stays where it is. */
function cutHere(edge: 'full-cut' | 'partial-cut'): Command {
  return fixed(0, ({ typesetter, mechanism, model }) => {
    if (!typesetter.isAtLineStart) return;
    mechanism.enqueue({ kind: 'cut', edge: model.hasPartialCut ? edge : 'full-cut', windBack: false });
  });
}

/** ESC v. */
function paperStatus({ mechanism, reply }: Firmware): void {
  reply(Uint8Array.of(paperSensorStatus(mechanism.conditions)));
}

/** ESC $. */
const absoluteX: Command = function* ({ typesetter }) {
  typesetter.moveTo((yield* takeWord()) * typesetter.modes.horizontalUnitDots);
};

/** ESC \: a signed distance. */
const relativeX: Command = function* ({ typesetter }) {
  const word = yield* takeWord();
  const units = word >= 0x8000 ? word - 0x1_0000 : word;
  typesetter.moveBy(units * typesetter.modes.horizontalUnitDots);
};

/** ESC D: columns, ended by zero. */
const tabStops: Command = function* ({ typesetter }) {
  const columns: number[] = [];
  for (let column = yield; column !== 0 && columns.length < 32; column = yield) columns.push(column);
  typesetter.modes.tabStops = columns;
};

/** Densities of ESC *: bytes a column, and how often a dot is repeated each way. */
const columnDensities: ReadonlyMap<number, readonly [bytes: number, wide: number, high: number]> = new Map([
  [0x00, [1, 2, 3]],
  [0x01, [1, 1, 3]],
  [0x20, [3, 2, 1]],
  [0x21, [3, 1, 1]],
]);

/** ESC *: a picture as high as a line, by columns. */
const columnPicture: Command = function* ({ typesetter, model, ignore }) {
  const density = yield;
  const columns = yield* takeWord();
  const [bytesPerColumn, wide, high] = columnDensities.get(density) ?? [0, 1, 1];
  const data = yield* takeBytes(columns * bytesPerColumn);
  if (bytesPerColumn === 0) ignore(0x1b, 0x2a, density);
  const width = Math.min(columns, model.widthDots);
  if (data.length > 0)
    typesetter.placePicture(enlarged(fromColumns(data, width, bytesPerColumn), wide, high));
};

/** ESC &: letters drawn by the host. */
const ownGlyphs: Command = function* ({ typesetter }) {
  const bytesPerColumn = yield;
  const first = yield;
  const last = yield;
  const { widthDots, heightDots } = typesetter.modes.font;
  for (let code = first; code <= last; code += 1) {
    const columns = yield;
    const drawn = fromColumns(yield* takeBytes(columns * bytesPerColumn), columns, bytesPerColumn);
    const cell = new Bitmap(widthDots, heightDots);
    cell.draw(drawn, 0, 0);
    typesetter.ownGlyphs.set(code, cell);
  }
};

export const escCommands: ReadonlyMap<number, Command> = new Map([
  // Page mode (0C, 4C, 53, 54, 57) is not simulated: what it composes prints as ordinary lines.
  ...passedOver([0x0c, 0], [0x4c, 0], [0x53, 0], [0x54, 1], [0x57, 8]),
  // National letters, one-way printing, panel and sensor switches, colour.
  ...passedOver([0x52, 1], [0x55, 1], [0x63, 2], [0x72, 1]),
  [0x20, setting('spacingDots', (n) => n)],
  [0x21, fixed(1, printMode)],
  [0x24, absoluteX],
  [0x25, setting('usesOwnGlyphs', isOdd)],
  [0x26, ownGlyphs],
  [0x2a, columnPicture],
  [0x2d, setting('underlineDots', (n) => digitOrNumber(n) & 3)],
  [0x32, fixed(0, defaultPitch)],
  [0x33, fixed(1, pitch)],
  [
    0x3d,
    fixed(1, (firmware, n) => {
      firmware.isSelected = isOdd(n);
    }),
  ],
  [0x3f, fixed(1, ({ typesetter }, n) => void typesetter.ownGlyphs.delete(n))],
  [0x40, fixed(0, initialise)],
  [0x44, tabStops],
  [0x45, setting('isBold', isOdd)],
  [0x47, setting('isDoubleStruck', isOdd)],
  [0x4a, fixed(1, feedUnits)],
  [0x4d, setting('font', (n) => (isOdd(n) ? fontB : fontA))],
  [0x56, setting('isRotated', isOdd)],
  [0x5c, relativeX],
  [0x61, fixed(1, align)],
  [0x64, fixed(1, feedLines)],
  [0x65, fixed(1, feedLinesBack)],
  [0x69, cutHere('partial-cut')],
  [0x6d, cutHere('full-cut')],
  [0x70, fixed(3, (firmware) => firmware.drawerPulse())],
  [0x74, fixed(1, selectCodePage)],
  [0x76, fixed(0, paperStatus)],
  [0x7b, fixed(1, upsideDown)],
]);
