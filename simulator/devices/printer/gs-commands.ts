import { barcode } from './barcode.ts';
import { Bitmap, enlarged } from './bitmap.ts';
import { customCommands } from './custom-commands.ts';
import { type Command, type Firmware, fixed, type Parser, takeBytes, takeWord } from './firmware.ts';
import { headToKnifeRows } from './models.ts';
import { longGraphics, parenthesisCommand } from './parenthesis-commands.ts';
import { drawerStatus, paperSensorStatus } from './status.ts';

const isOdd = (n: number): boolean => (n & 1) !== 0;

function characterSize({ typesetter: { modes } }: Firmware, n = 0): void {
  modes.widthTimes = ((n >> 4) & 7) + 1;
  modes.heightTimes = (n & 7) + 1;
}

function queuedStatus({ mechanism, reply }: Firmware, n = 0): void {
  if (n === 1 || n === 0x31) reply(Uint8Array.of(paperSensorStatus(mechanism.conditions)));
  if (n === 2 || n === 0x32) reply(Uint8Array.of(drawerStatus(mechanism.conditions)));
}

function identify({ model, reply, ignore }: Firmware, n = 0): void {
  const answer = model.identity.get(n >= 0x31 && n <= 0x33 ? n - 0x30 : n);
  if (answer === undefined) ignore(0x1d, 0x49, n);
  else reply(answer);
}

function motionUnits({ typesetter: { modes }, model }: Firmware, x = 0, y = 0): void {
  modes.horizontalUnitDots = x === 0 ? 1 : model.dotsPerInch / x;
  modes.verticalUnitDots = y === 0 ? model.verticalUnitDots : model.dotsPerInch / y;
}

const leftMargin: Command = function* ({ typesetter }) {
  const units = yield* takeWord();
  const { modes } = typesetter;
  if (typesetter.isAtLineStart) modes.leftMarginDots = Math.round(units * modes.horizontalUnitDots);
};

const printWidth: Command = function* ({ typesetter }) {
  const units = yield* takeWord();
  const { modes } = typesetter;
  if (typesetter.isAtLineStart) modes.printWidthDots = Math.round(units * modes.horizontalUnitDots);
};

/** GS v 0. */
const raster: Command = function* (firmware) {
  const zero = yield;
  const mode = yield;
  const bytesPerRow = yield* takeWord();
  const rowsAsked = yield* takeWord();
  if (zero !== 0x30 || (mode & 0x4c) !== 0) {
    firmware.ignore(0x1d, 0x76, zero, mode);
    return;
  }
  const { rasterRowsMax } = firmware.model;
  // Firmware that reads only the low byte of the count takes the rest of the image for commands and letters.
  const rows = rasterRowsMax === 255 ? rowsAsked & 0xff : Math.min(rowsAsked, rasterRowsMax);
  const data = yield* takeBytes(bytesPerRow * rows);
  const picture = new Bitmap(bytesPerRow * 8, rows, data);
  const image = enlarged(picture, isOdd(mode) ? 2 : 1, (mode & 2) !== 0 ? 2 : 1);
  firmware.typesetter.printPicture(image, {
    kind: 'image',
    widthDots: image.widthDots,
    heightDots: image.heightDots,
  });
};

type CutPlace = 'here' | 'feed' | 'preset' | 'feed-and-wind-back';

/** GS V m: where the cut goes and whether it is meant to be full. */
const cuts: ReadonlyMap<number, readonly [place: CutPlace, isFull: boolean]> = new Map([
  [0x00, ['here', true]],
  [0x30, ['here', true]],
  [0x01, ['here', false]],
  [0x31, ['here', false]],
  [0x41, ['feed', true]],
  [0x42, ['feed', false]],
  [0x61, ['preset', true]],
  [0x62, ['preset', false]],
  [0x67, ['feed-and-wind-back', true]],
  [0x68, ['feed-and-wind-back', false]],
]);

function* cut({ typesetter, mechanism, model, ignore }: Firmware): Parser {
  const m = yield;
  const known = cuts.get(m);
  if (known === undefined) {
    ignore(0x1d, 0x56, m);
    return;
  }
  const [place, isFull] = known;
  const units = place === 'here' ? 0 : yield;
  if (!typesetter.isAtLineStart) return;
  const edge = isFull || !model.partialCut ? 'full-cut' : 'partial-cut';
  const rows = headToKnifeRows(model) + Math.round(units * typesetter.modes.verticalUnitDots);
  if (place !== 'here') mechanism.enqueue({ kind: 'print', band: undefined, rows, mark: undefined });
  mechanism.enqueue({ kind: 'cut', edge, windBack: place === 'feed-and-wind-back' });
}

/** Known, without effect on this paper: how many parameter bytes to pass over. */
const passedOver: readonly (readonly [code: number, parameters: number])[] = [
  [0x24, 2],
  [0x3a, 0],
  [0x54, 1],
  [0x5e, 3],
];

const nothing = (): void => undefined;

export const gsCommands: ReadonlyMap<number, Command> = new Map<number, Command>([
  ...passedOver.map(([code, count]): [number, Command] => [code, fixed(count, nothing)]),
  ...barcode,
  ...customCommands,
  [0x21, fixed(1, characterSize)],
  [0x28, parenthesisCommand],
  [0x38, longGraphics],
  [
    0x42,
    fixed(1, ({ typesetter }, n = 0) => {
      typesetter.modes.isInverted = isOdd(n);
    }),
  ],
  [0x49, fixed(1, identify)],
  [0x4c, leftMargin],
  [0x50, fixed(2, motionUnits)],
  [0x56, cut],
  [0x57, printWidth],
  [0x61, fixed(1, (firmware, n = 0) => firmware.setAutomaticStatus(n))],
  [0x72, fixed(1, queuedStatus)],
  [0x76, raster],
]);
