import QRCode from 'qrcode';
import { Bitmap, enlarged } from './bitmap.ts';
import type { QrModes } from './modes.ts';

/** The symbol as the printer draws it: no quiet zone of its own. Nothing if the data do not fit any symbol. */
export function qrPicture(modes: QrModes): Bitmap | undefined {
  if (modes.data.length === 0) return undefined;
  try {
    const data = Uint8ClampedArray.from(modes.data);
    const { modules } = QRCode.create([{ data, mode: 'byte' }], { errorCorrectionLevel: modes.level });
    const symbol = new Bitmap(modules.size, modules.size);
    for (let y = 0; y < modules.size; y += 1) {
      for (let x = 0; x < modules.size; x += 1) if (modules.get(y, x) !== 0) symbol.blacken(x, y);
    }
    return enlarged(symbol, modes.moduleDots, modes.moduleDots);
  } catch {
    return undefined;
  }
}
