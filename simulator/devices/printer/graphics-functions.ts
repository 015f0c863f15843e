import { Bitmap, enlarged } from './bitmap.ts';
import type { Firmware } from './firmware.ts';

/** Either way. */
const pictureDotsMax = 2_400;
const flashCapacityBytes = 262_144;

/** GS ( L and GS 8 L: 30 fn … (ESC/POS §1, graphics and NV logo). Whether the printer took it. */
export function graphicsFunction(firmware: Firmware, body: Uint8Array): boolean {
  const { typesetter, logos, reply } = firmware;
  const [m, fn] = body;
  if (m !== 0x30) return false;
  switch (fn) {
    case 0x70:
      typesetter.storedGraphic = storedGraphic(body);
      return typesetter.storedGraphic !== undefined;
    case 0x02:
    case 0x32:
      return printStored(firmware);
    case 0x43:
      return defineLogo(firmware, body);
    case 0x45:
      return printLogo(firmware, body);
    case 0x42:
      return logos.delete(ascii(body, 2, 4));
    case 0x41:
      if (ascii(body, 2, 5) !== 'CLR') return false;
      logos.clear();
      return true;
    case 0x00:
    case 0x30:
      reply(capacityAnswer(0x30, flashCapacityBytes));
      return true;
    case 0x03:
    case 0x33:
      reply(capacityAnswer(0x31, flashCapacityBytes - usedBytes(logos)));
      return true;
    default:
      return false;
  }
}

function ascii(body: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...body.subarray(from, to));
}

/** 30 70 30 bx by 31 xL xH yL yH data. */
function storedGraphic(body: Uint8Array): Bitmap | undefined {
  const [bx = 1, by = 1] = body.subarray(3, 5);
  const picture = pictureIn(body, 6, 10);
  return picture === undefined || !areScales(bx, by) ? undefined : enlarged(picture, bx, by);
}

function areScales(x: number, y: number): boolean {
  return x >= 1 && x <= 2 && y >= 1 && y <= 2;
}

/** 30 43 30 k1 k2 01 xL xH yL yH 31 data. */
function defineLogo({ logos }: Firmware, body: Uint8Array): boolean {
  const picture = pictureIn(body, 6, 11);
  if (picture === undefined) return false;
  logos.set(ascii(body, 3, 5), picture);
  return true;
}

/** Size at `sizeAt` as two 16-bit numbers of dots, rows from `dataAt`; what is missing stays white. */
function pictureIn(body: Uint8Array, sizeAt: number, dataAt: number): Bitmap | undefined {
  const [xL = 0, xH = 0, yL = 0, yH = 0] = body.subarray(sizeAt, sizeAt + 4);
  const [widthDots, heightDots] = [xL + xH * 0x100, yL + yH * 0x100];
  if (widthDots > pictureDotsMax || heightDots > pictureDotsMax) return undefined;
  const picture = new Bitmap(widthDots, heightDots);
  picture.bytes.set(body.subarray(dataAt, dataAt + picture.bytes.length));
  return picture;
}

function printStored({ typesetter }: Firmware): boolean {
  const picture = typesetter.storedGraphic;
  if (picture === undefined) return false;
  typesetter.storedGraphic = undefined;
  typesetter.printImage(picture);
  return true;
}

/** 30 45 k1 k2 x y. */
function printLogo({ typesetter, logos }: Firmware, body: Uint8Array): boolean {
  const logo = logos.get(ascii(body, 2, 4));
  const [x = 1, y = 1] = body.subarray(4, 6);
  if (logo === undefined || !areScales(x, y)) return false;
  typesetter.printImage(enlarged(logo, x, y));
  return true;
}

function capacityAnswer(kind: number, bytes: number): Uint8Array {
  return Uint8Array.from([0x37, kind, ...new TextEncoder().encode(String(bytes)), 0x00]);
}

function usedBytes(logos: ReadonlyMap<string, Bitmap>): number {
  let used = 0;
  for (const logo of logos.values()) used += logo.bytes.length;
  return used;
}
