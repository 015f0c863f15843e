import { createServer } from 'node:http';
import { extname } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { browserOptions } from '../../cli/screenshots.ts';
import { bundle } from '../../renderer/bundle.ts';
import { glassOf } from '../../renderer/glass.ts';
import type { Sample } from '../../renderer/preview/sample-screens.ts';
import { type Dress, type PanelName, panels, samples, viewOfSample } from '../../renderer/preview/samples.ts';

/** The built gallery in a real browser: what a test shows is what the bundle draws. */
export interface Gallery {
  readonly page: Page;
  setPanel(panel: PanelName): Promise<void>;
  show(sample: Sample, dress: Dress): Promise<void>;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** Served from memory: test files run side by side, and share no folder. */
export async function openGallery(): Promise<Gallery> {
  const { output } = await bundle('gallery', 'memory');
  const files = new Map(
    output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  );
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const file = files.get(path);
    response.writeHead(file === undefined ? 404 : 200, {
      'content-type': types[extname(path)] ?? 'text/plain',
    });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the gallery has no address');
  const browser = await chromium.launch(browserOptions);
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.goto(`http://127.0.0.1:${address.port}/preview/gallery.html`);
  await page.waitForFunction('document.querySelector(".glass") !== null');
  return {
    page,
    setPanel: async (panel) => {
      const { width, height, ...size } = panels[panel];
      const { shape, isLow } = glassOf(width, height, size);
      const name = `${shape} ${isLow}`;
      await page.setViewportSize({ width, height });
      // A busy machine hears of its new size late: draw until the glass has the shape of this panel.
      const view = JSON.stringify(
        viewOfSample(sampleNamed('service'), { language: 'kk', panel, easyMode: false, simulated: false }),
      );
      await page.waitForFunction(
        `gallery.show(${view}), document.querySelector('.glass').dataset.shape + ' ' + ('low' in document.querySelector('.glass').dataset) === '${name}' && innerWidth === ${width}`,
      );
    },
    show: async (sample, dress) => {
      await page.evaluate(`gallery.show(${JSON.stringify(viewOfSample(sample, dress))})`);
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

export function sampleNamed(name: string): Sample {
  const sample = samples.find((candidate) => candidate.name === name);
  if (sample === undefined) throw new Error(`no sample ${name}`);
  return sample;
}
