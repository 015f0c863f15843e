import { Bitmap, enlarged } from './bitmap.ts';
import { type Command, digitOrNumber, isOdd, type Parser, takeWord } from './firmware.ts';

/** GS v 0 m xL xH yL yH: rows of bytes, highest bit leftmost. */
export const raster: Command = function* ({ model, typesetter, ignore }) {
  const zero = yield;
  const mode = digitOrNumber(yield);
  if (zero !== 0x30 || mode > 3) {
    ignore(0x1d, 0x76, zero, mode);
    return;
  }
  const bytesPerRow = yield* takeWord();
  const rows = model.rasterRows(yield* takeWord());
  const picture = yield* takeRows(bytesPerRow, rows, model.widthDots);
  typesetter.printImage(enlarged(picture, isOdd(mode) ? 2 : 1, (mode & 2) !== 0 ? 2 : 1));
};

/** What lies beyond the head's width is received and lost. */
function* takeRows(bytesPerRow: number, rows: number, widthDotsMax: number): Parser<Bitmap> {
  const picture = new Bitmap(Math.min(bytesPerRow * 8, widthDotsMax), rows);
  for (let y = 0; y < rows; y += 1) {
    const row = picture.row(y);
    // A byte array drops what is written past its end.
    for (let at = 0; at < bytesPerRow; at += 1) row[at] = yield;
  }
  return picture;
}
