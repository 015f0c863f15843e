import { assert } from '../../../terminal/assert.ts';

/** A black and white picture as printers take it: rows of whole bytes, the leftmost dot in the highest bit, 1 = black. */
export interface Bitmap {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly bytesPerRow: number;
  readonly bytes: Uint8Array;
}

export function createBitmap(widthDots: number, heightDots: number): Bitmap {
  assert(widthDots >= 0 && heightDots >= 0, `no bitmap of ${widthDots} × ${heightDots} dots`);
  const bytesPerRow = Math.ceil(widthDots / 8);
  return { widthDots, heightDots, bytesPerRow, bytes: new Uint8Array(bytesPerRow * heightDots) };
}

export function isBlack(bitmap: Bitmap, x: number, y: number): boolean {
  const byte = bitmap.bytes[y * bitmap.bytesPerRow + (x >> 3)] ?? 0;
  return (byte & (0x80 >> (x & 7))) !== 0;
}

/** Turns one dot black, or flips it if `invert`. Dots outside the picture are cut off. */
export function setDot(bitmap: Bitmap, x: number, y: number, invert = false): void {
  if (x < 0 || y < 0 || x >= bitmap.widthDots || y >= bitmap.heightDots) return;
  const at = y * bitmap.bytesPerRow + (x >> 3);
  const byte = bitmap.bytes[at] ?? 0;
  const dot = 0x80 >> (x & 7);
  bitmap.bytes[at] = invert ? byte ^ dot : byte | dot;
}

/** Lays the black dots of `picture` over `bitmap`; with `invert` they flip what is there (white on black). */
export function drawBitmap(bitmap: Bitmap, picture: Bitmap, left: number, top: number, invert = false): void {
  for (let y = 0; y < picture.heightDots; y += 1) {
    for (let x = 0; x < picture.widthDots; x += 1) {
      if (isBlack(picture, x, y)) setDot(bitmap, left + x, top + y, invert);
    }
  }
}

export function fillRectangle(
  bitmap: Bitmap,
  left: number,
  top: number,
  widthDots: number,
  heightDots: number,
): void {
  for (let y = top; y < top + heightDots; y += 1) {
    for (let x = left; x < left + widthDots; x += 1) setDot(bitmap, x, y);
  }
}
