import { type Browser, chromium, type Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { browserOptions } from '../../cli/screenshots.ts';
import { bundleOf } from '../../renderer/bundle.ts';
import {
  type Dress,
  type PanelName,
  panels,
  type Sample,
  samples,
  viewOfSample,
} from '../../renderer/preview/samples.ts';

/** The built gallery in a real browser: what a test shows is what the bundle draws. */
export interface Gallery {
  readonly page: Page;
  setPanel(panel: PanelName): Promise<void>;
  show(sample: Sample, dress: Dress): Promise<void>;
  close(): Promise<void>;
}

export async function openGallery(): Promise<Gallery> {
  await build(bundleOf('gallery'));
  const server: PreviewServer = await preview({
    ...bundleOf('gallery'),
    preview: { host: '127.0.0.1', port: 0 },
  });
  const browser: Browser = await chromium.launch(browserOptions);
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.goto(`${server.resolvedUrls?.local[0] ?? ''}preview/gallery.html`);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  return {
    page,
    setPanel: async (panel) => {
      const { width, height } = panels[panel];
      await page.setViewportSize({ width, height });
    },
    show: async (sample, dress) => {
      await page.evaluate(`gallery.show(${JSON.stringify(viewOfSample(sample, dress))})`);
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

export function sampleNamed(name: string): Sample {
  const sample = samples.find((candidate) => candidate.name === name);
  if (sample === undefined) throw new Error(`no sample ${name}`);
  return sample;
}
