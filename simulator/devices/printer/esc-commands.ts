import { enlarged, fromColumns } from './bitmap.ts';
import { type Command, type Firmware, fixed, takeBytes, takeWord } from './firmware.ts';
import { fontA, fontB } from './glyphs.ts';
import { defaultPitchDots, type Modes } from './modes.ts';
import { paperSensorStatus } from './status.ts';

const isOdd = (n: number): boolean => (n & 1) !== 0;

function setMode<Name extends keyof Modes>(name: Name, read: (n: number) => Modes[Name]): Command {
  return fixed(1, ({ typesetter }, n) => {
    typesetter.modes[name] = read(n ?? 0);
  });
}

const aligns = ['left', 'centre', 'right'] as const;

function align({ typesetter }: Firmware, n = 0): void {
  const value = aligns[n >= 0x30 ? n - 0x30 : n];
  if (value !== undefined && typesetter.isAtLineStart) typesetter.modes.align = value;
}

function selectCodePage(firmware: Firmware, n = 0): void {
  if (firmware.model.codePages.has(n)) firmware.typesetter.modes.codePage = n;
  else firmware.ignore(0x1b, 0x74, n);
}

function printMode({ typesetter: { modes } }: Firmware, n = 0): void {
  modes.font = isOdd(n) ? fontB : fontA;
  modes.isBold = (n & 0x08) !== 0;
  modes.heightTimes = (n & 0x10) !== 0 ? 2 : 1;
  modes.widthTimes = (n & 0x20) !== 0 ? 2 : 1;
  modes.underlineDots = (n & 0x80) !== 0 ? 1 : 0;
}

/** Densities of ESC *: bytes a column, and how often a dot is repeated each way. */
const columnPictures: ReadonlyMap<number, readonly [bytes: number, wide: number, high: number]> = new Map([
  [0x00, [1, 2, 3]],
  [0x01, [1, 1, 3]],
  [0x20, [3, 2, 1]],
  [0x21, [3, 1, 1]],
]);

const columnPicture: Command = function* (firmware) {
  const mode = yield;
  const columns = yield* takeWord();
  const [bytesPerColumn, wide, high] = columnPictures.get(mode) ?? [0, 1, 1];
  if (bytesPerColumn === 0) {
    firmware.ignore(0x1b, 0x2a, mode);
    return;
  }
  const data = yield* takeBytes(columns * bytesPerColumn);
  firmware.typesetter.placePicture(enlarged(fromColumns(data, columns, bytesPerColumn), wide, high));
};

/** ESC &: the host draws letters of its own. */
const defineGlyphs: Command = function* ({ typesetter }) {
  const bytesPerColumn = yield;
  const first = yield;
  const last = yield;
  for (let code = first; code <= last; code += 1) {
    const columns = yield;
    const data = yield* takeBytes(columns * bytesPerColumn);
    const { widthDots, heightDots } = typesetter.modes.font;
    const drawn = fromColumns(data, columns, bytesPerColumn);
    typesetter.ownGlyphs.set(code, drawn.framed(widthDots, heightDots));
  }
};

const tabStops: Command = function* ({ typesetter }) {
  const stops: number[] = [];
  for (let stop = yield; stop !== 0 && stops.length < 32; stop = yield) stops.push(stop);
  typesetter.modes.tabStops = stops;
};

function signed(word: number): number {
  return word >= 0x8000 ? word - 0x1_0000 : word;
}

/** Known, without effect on this paper: how many parameter bytes to pass over. Page mode is not simulated. */
const passedOver: readonly (readonly [code: number, parameters: number])[] = [
  [0x0c, 0],
  [0x4c, 0],
  [0x52, 1],
  [0x53, 0],
  [0x54, 1],
  [0x55, 1],
  [0x57, 8],
  [0x63, 2],
  [0x72, 1],
];

const nothing = (): void => undefined;

export const escCommands: ReadonlyMap<number, Command> = new Map<number, Command>([
  ...passedOver.map(([code, count]): [number, Command] => [code, fixed(count, nothing)]),
  [0x20, setMode('spacingDots', (n) => n)],
  [0x21, fixed(1, printMode)],
  [
    0x24,
    function* ({ typesetter }) {
      typesetter.moveTo((yield* takeWord()) * typesetter.modes.horizontalUnitDots);
    },
  ],
  [0x25, setMode('usesOwnGlyphs', isOdd)],
  [0x26, defineGlyphs],
  [0x2a, columnPicture],
  [0x2d, setMode('underlineDots', (n) => (n >= 0x30 ? n - 0x30 : n) & 3)],
  [
    0x32,
    fixed(0, ({ typesetter, model }) => {
      typesetter.modes.pitchDots = defaultPitchDots(model);
    }),
  ],
  [
    0x33,
    fixed(1, ({ typesetter: { modes } }, n = 0) => {
      modes.pitchDots = n * modes.verticalUnitDots;
    }),
  ],
  [
    0x3d,
    fixed(1, (firmware, n = 0) => {
      firmware.isSelected = isOdd(n);
    }),
  ],
  [0x3f, fixed(1, ({ typesetter }, n = 0) => void typesetter.ownGlyphs.delete(n))],
  [0x40, fixed(0, (firmware) => firmware.initialise())],
  [0x44, tabStops],
  [0x45, setMode('isBold', isOdd)],
  [0x47, setMode('isDoubleStruck', isOdd)],
  [0x4a, fixed(1, ({ typesetter }, n = 0) => typesetter.printAndFeed(n * typesetter.modes.verticalUnitDots))],
  [0x4d, setMode('font', (n) => (isOdd(n) ? fontB : fontA))],
  [0x56, setMode('isRotated', isOdd)],
  [
    0x5c,
    function* ({ typesetter }) {
      typesetter.moveBy(signed(yield* takeWord()) * typesetter.modes.horizontalUnitDots);
    },
  ],
  [0x61, fixed(1, align)],
  [0x64, fixed(1, ({ typesetter }, n = 0) => typesetter.printAndFeed(n * typesetter.modes.pitchDots))],
  [0x65, fixed(1, ({ typesetter }, n = 0) => typesetter.feedBack(n * typesetter.modes.pitchDots))],
  [0x69, fixed(0, (firmware) => legacyCut(firmware, 'partial-cut'))],
  [0x6d, fixed(0, (firmware) => legacyCut(firmware, 'partial-cut'))],
  [0x70, fixed(3, (firmware) => firmware.drawerPulse())],
  [0x74, fixed(1, selectCodePage)],
  [0x76, fixed(0, ({ mechanism, reply }) => reply(Uint8Array.of(paperSensorStatus(mechanism.conditions))))],
  [
    0x7b,
    fixed(1, ({ typesetter }, n = 0) => {
      if (typesetter.isAtLineStart) typesetter.modes.isUpsideDown = isOdd(n);
    }),
  ],
]);

/** ESC i and ESC m cut where the paper stands; which of them leaves a nib differs, and full-cut knives never do. */
function legacyCut({ typesetter, mechanism, model }: Firmware, edge: 'full-cut' | 'partial-cut'): void {
  if (!typesetter.isAtLineStart) return;
  mechanism.enqueue({ kind: 'cut', edge: model.partialCut ? edge : 'full-cut', windBack: false });
}
