/*
 * Status bytes, as tables of bits (ESC/POS §2 and §3). Combined states are the union of their bits.
 */

/** What the printer's sensors report. */
export interface Conditions {
  readonly isOnline: boolean;
  readonly isPaperNearEnd: boolean;
  readonly isPaperEnd: boolean;
  readonly isCoverOpen: boolean;
  readonly hasCutterError: boolean;
  /** Paper jam: an error that ends once it is cleared and the host says go on. */
  readonly hasJam: boolean;
  readonly isHeadHot: boolean;
  readonly isBroken: boolean;
  readonly isButtonHeld: boolean;
  readonly isDrawerPinHigh: boolean;
  readonly isMotorOn: boolean;
  readonly isTicketInMouth: boolean;
  readonly isSpooling: boolean;
}

type Bit = readonly [mask: number, isSet: boolean];

function bits(base: number, ...more: readonly Bit[]): number {
  return more.reduce((byte, [mask, isSet]) => (isSet ? byte | mask : byte), base);
}

function hasError(c: Conditions): boolean {
  return c.hasCutterError || c.hasJam || c.isHeadHot || c.isBroken;
}

/** The answer to DLE EOT n, or nothing for an n without meaning. Fixed bits: `(b & 93) == 12`. */
export function realTimeStatus(n: number, c: Conditions): number | undefined {
  switch (n) {
    case 1:
      return bits(0x12, [0x04, c.isDrawerPinHigh], [0x08, !c.isOnline], [0x40, c.isButtonHeld]);
    case 2:
      return bits(
        0x12,
        [0x04, c.isCoverOpen],
        [0x08, c.isButtonHeld],
        [0x20, c.isPaperEnd],
        [0x40, hasError(c)],
      );
    case 3:
      return bits(0x12, [0x04, c.hasJam], [0x08, c.hasCutterError], [0x20, c.isBroken], [0x40, c.isHeadHot]);
    case 4:
      return bits(0x12, [0x0c, c.isPaperNearEnd], [0x60, c.isPaperEnd]);
    default:
      return undefined;
  }
}

/** The four bytes of automatic status back. Byte 1: `(b & 93) == 10`; the others: `(b & 90) == 0`. */
export function automaticStatus(c: Conditions): Uint8Array {
  return Uint8Array.of(
    bits(0x10, [0x04, c.isDrawerPinHigh], [0x08, !c.isOnline], [0x20, c.isCoverOpen], [0x40, c.isButtonHeld]),
    bits(
      0x00,
      [0x02, c.isButtonHeld],
      [0x04, c.hasJam],
      [0x08, c.hasCutterError],
      [0x20, c.isBroken],
      [0x40, c.isHeadHot],
    ),
    bits(0x00, [0x03, c.isPaperNearEnd], [0x0c, c.isPaperEnd]),
    0x0f,
  );
}

/** Which bits of the four bytes each bit of GS a watches. */
const automaticStatusGroups: readonly (readonly [enableMask: number, watched: readonly number[]])[] = [
  [0x01, [0x04, 0x00, 0x00]],
  [0x02, [0x28, 0x00, 0x00]],
  [0x04, [0x00, 0x6c, 0x00]],
  [0x08, [0x00, 0x00, 0x0f]],
  [0x40, [0x40, 0x02, 0x00]],
];

/** Whether a change from `before` to `after` is one that GS a `enabled` asked to be told of. */
export function isAutomaticStatusDue(enabled: number, before: Uint8Array, after: Uint8Array): boolean {
  return automaticStatusGroups.some(
    ([mask, watched]) =>
      (enabled & mask) !== 0 &&
      watched.some((watchedBits, at) => (((before[at] ?? 0) ^ (after[at] ?? 0)) & watchedBits) !== 0),
  );
}

/** GS r 1 and ESC v. */
export function paperSensorStatus(c: Conditions): number {
  return bits(0x00, [0x03, c.isPaperNearEnd], [0x0c, c.isPaperEnd]);
}

/** GS r 2. */
export function drawerStatus(c: Conditions): number {
  return bits(0x00, [0x01, c.isDrawerPinHigh]);
}

/** The four meaning bytes P U R E of Custom's full status (DLE EOT 14, GS E0). */
export function customStatus(c: Conditions, isCommandRefused: boolean): Uint8Array {
  return Uint8Array.of(
    // Bit 7 is the notch sensor: receipt paper has no black mark, so it is never "over mark".
    bits(0x80, [0x01, c.isPaperEnd], [0x04, c.isPaperNearEnd], [0x20, c.isTicketInMouth]),
    bits(0x00, [0x02, c.isCoverOpen], [0x04, c.isSpooling], [0x08, c.isMotorOn], [0x20, c.isButtonHeld]),
    bits(0x00, [0x01, c.isHeadHot], [0x20, isCommandRefused], [0x40, c.hasJam]),
    bits(0x00, [0x01, c.hasCutterError], [0x08, c.isBroken]),
  );
}
