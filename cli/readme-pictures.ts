import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Dress, PanelName } from '../renderer/preview/samples.ts';

/* The pictures in the README: a few screens side by side, small enough to be read at a glance. */

interface Strip {
  readonly file: string;
  readonly panel: PanelName;
  readonly language: Dress['language'];
  readonly samples: readonly string[];
  /** Of each screen in the strip. */
  readonly heightPx: number;
}

const folder = join('docs', 'pictures');
const gapPx = 8;

const strips: readonly Strip[] = [
  {
    file: 'portrait-ru.png',
    panel: 'portrait-23',
    language: 'ru',
    samples: ['attract', 'confirm', 'cash-some', 'credited-printed'],
    heightPx: 640,
  },
  {
    file: 'landscape-kk.png',
    panel: 'square-17',
    language: 'kk',
    samples: ['attract', 'number-part', 'cash-some'],
    heightPx: 384,
  },
  {
    file: 'ends-en.png',
    panel: 'square-17',
    language: 'en',
    samples: ['credited-printed', 'accepted-by', 'needs-help'],
    heightPx: 384,
  },
];

type Photograph = (sample: string, panel: PanelName, language: Dress['language']) => Promise<Buffer>;

/** Takes the screens anew, so that no picture shows what no longer is. */
export async function makeReadmePictures(photograph: Photograph): Promise<void> {
  for (const { file, panel, language, samples, heightPx } of strips) {
    const images = [];
    for (const sample of samples) images.push(await loadImage(await photograph(sample, panel, language)));
    const widths = images.map(({ width, height }) => Math.round((width * heightPx) / height));
    const canvas = createCanvas(
      widths.reduce((sum, width) => sum + width + gapPx, gapPx),
      heightPx + 2 * gapPx,
    );
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    let x = gapPx;
    for (const [index, image] of images.entries()) {
      const width = widths[index] ?? 0;
      context.drawImage(image, x, gapPx, width, heightPx);
      x += width + gapPx;
    }
    writeFileSync(join(folder, file), canvas.toBuffer('image/png'));
    console.log(join(folder, file));
  }
}
