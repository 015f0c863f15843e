import { barcodeCommands } from './barcode-commands.ts';
import { customCommands } from './custom-commands.ts';
import { cut } from './cut-command.ts';
import {
  type Command,
  digitOrNumber,
  type Firmware,
  fixed,
  isOdd,
  lineStartDistance,
  passedOver,
  setting,
} from './firmware.ts';
import { longGraphics, parenthesisCommand } from './parenthesis-commands.ts';
import { raster } from './raster-command.ts';
import { drawerStatus, paperSensorStatus } from './status.ts';

/** GS !: width in the high half, height in the low one. */
function characterSize({ typesetter: { modes } }: Firmware, n: number): void {
  modes.widthTimes = ((n >> 4) & 7) + 1;
  modes.heightTimes = (n & 7) + 1;
}

/** GS r: answered in its turn, so it tells that what came before has been worked off. */
function queuedStatus({ mechanism, reply }: Firmware, n: number): void {
  if (digitOrNumber(n) === 1) reply(Uint8Array.of(paperSensorStatus(mechanism.conditions)));
  if (digitOrNumber(n) === 2) reply(Uint8Array.of(drawerStatus(mechanism.conditions)));
}

/** GS I. */
function identify({ model, reply, ignore }: Firmware, n: number): void {
  const answer = model.identity.get(digitOrNumber(n));
  if (answer === undefined) ignore(0x1d, 0x49, n);
  else reply(answer);
}

/** GS P: motion units of 1/x and 1/y inch. */
function motionUnits({ typesetter: { modes }, model }: Firmware, x: number, y: number): void {
  modes.horizontalUnitDots = x === 0 ? 1 : model.dotsPerInch / x;
  modes.verticalUnitDots = y === 0 ? model.verticalUnitDots : model.dotsPerInch / y;
}

export const gsCommands: ReadonlyMap<number, Command> = new Map([
  // Page mode's absolute y, macros, and a move to the start of the line.
  ...passedOver([0x24, 2], [0x3a, 0], [0x5e, 3], [0x54, 1]),
  ...barcodeCommands,
  ...customCommands,
  [0x21, fixed(1, characterSize)],
  [0x28, parenthesisCommand],
  [0x38, longGraphics],
  [0x42, setting('isInverted', isOdd)],
  [0x49, fixed(1, identify)],
  [0x4c, lineStartDistance('leftMarginDots')],
  [0x50, fixed(2, motionUnits)],
  [0x56, cut],
  [0x57, lineStartDistance('printWidthDots')],
  [0x61, fixed(1, ({ statusPush }, n) => statusPush.enableAutomatic(n))],
  [0x72, fixed(1, queuedStatus)],
  [0x76, raster],
]);
