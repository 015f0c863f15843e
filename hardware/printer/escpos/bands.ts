import type { Bitmap } from '../raster/bitmap.ts';
import type { EscposProfile } from './profile.ts';

/** Some firmware ignores the high byte of a picture's height. */
const bandRowsMax = 255;
/** A gap this high costs less as a feed than as blank rows. */
const gapRowsMin = 8;
/** `ESC J` takes one byte. */
const feedUnitsMax = 255;

/**
 * A picture as commands: runs of inked rows as `GS v 0`, cut off at their last black dot on the right; gaps between them as
 * feeds. Each element is whole commands, so that something else may be sent between two of them.
 */
export function bitmapCommands(
  bitmap: Bitmap,
  feedUnitsPerDot: EscposProfile['feedUnitsPerDot'],
): Uint8Array[] {
  const commands: Uint8Array[] = [];
  let top = 0;
  while (top < bitmap.heightDots) {
    const inked = nextInkedRow(bitmap, top);
    if (inked > top) commands.push(feedRows(inked - top, feedUnitsPerDot));
    if (inked >= bitmap.heightDots) break;
    const end = endOfRun(bitmap, inked);
    commands.push(bandCommand(bitmap, inked, end));
    top = end;
  }
  return commands;
}

/** Feeds by whole dot rows. */
export function feedRows(rows: number, feedUnitsPerDot: EscposProfile['feedUnitsPerDot']): Uint8Array {
  const bytes: number[] = [];
  let units = rows * feedUnitsPerDot;
  while (units > 0) {
    const now = Math.min(units, feedUnitsMax - (feedUnitsMax % feedUnitsPerDot));
    bytes.push(0x1b, 0x4a, now);
    units -= now;
  }
  return Uint8Array.from(bytes);
}

function bandCommand(bitmap: Bitmap, top: number, end: number): Uint8Array {
  const rowBytes = usedBytes(bitmap, top, end);
  const rows = end - top;
  const command = new Uint8Array(8 + rowBytes * rows);
  command.set([0x1d, 0x76, 0x30, 0x00, rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8]);
  for (let row = 0; row < rows; row += 1) {
    const from = (top + row) * bitmap.bytesPerRow;
    command.set(bitmap.bytes.subarray(from, from + rowBytes), 8 + row * rowBytes);
  }
  breakRealTimeCommands(command);
  return command;
}

/**
 * Printers act on real-time commands wherever they meet them, in the midst of a picture too: `DLE EOT`, `DLE ENQ` and `DLE DC4`
 * could ask, clear or reset. One more black dot in the second byte breaks such a pair, and no reader sees it.
 */
function breakRealTimeCommands(command: Uint8Array): void {
  for (let at = 1; at < command.length; at += 1) {
    const byte = command[at] ?? 0;
    if (command[at - 1] === 0x10 && (byte === 0x04 || byte === 0x05 || byte === 0x14)) {
      command[at] = byte | 0x08;
    }
  }
}

function nextInkedRow(bitmap: Bitmap, from: number): number {
  let row = from;
  while (row < bitmap.heightDots && rowIsBlank(bitmap, row)) row += 1;
  return row;
}

/** The row after the last inked one of this run; short gaps belong to the run. */
function endOfRun(bitmap: Bitmap, from: number): number {
  let end = from + 1;
  for (let row = end; row < Math.min(from + bandRowsMax, bitmap.heightDots); row += 1) {
    if (!rowIsBlank(bitmap, row)) end = row + 1;
    else if (row + 1 - end >= gapRowsMin) break;
  }
  return end;
}

function rowIsBlank(bitmap: Bitmap, row: number): boolean {
  const from = row * bitmap.bytesPerRow;
  return bitmap.bytes.subarray(from, from + bitmap.bytesPerRow).every((byte) => byte === 0);
}

function usedBytes(bitmap: Bitmap, top: number, end: number): number {
  let used = 1;
  for (let row = top; row < end; row += 1) {
    const from = row * bitmap.bytesPerRow;
    for (let at = bitmap.bytesPerRow - 1; at >= used; at -= 1) {
      if (bitmap.bytes[from + at] !== 0) used = at + 1;
    }
  }
  return used;
}
