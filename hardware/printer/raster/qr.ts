import { create } from 'qrcode';
import { type Bitmap, createBitmap, fillRectangle } from './bitmap.ts';

/** A QR code (level M) as large as fits into `sizeMaxDots`, in whole dots a module, without its quiet zone. */
export function qrPicture(data: string, sizeMaxDots: number): Bitmap {
  const { modules } = create(data, { errorCorrectionLevel: 'M' });
  const moduleDots = Math.max(2, Math.floor(sizeMaxDots / modules.size));
  const picture = createBitmap(modules.size * moduleDots, modules.size * moduleDots);
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 0) continue;
      fillRectangle(picture, column * moduleDots, row * moduleDots, moduleDots, moduleDots);
    }
  }
  return picture;
}
