import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type LaunchOptions } from 'playwright-core';
import { preview } from 'vite';
import { bundle, bundleOf } from '../renderer/bundle.ts';
import {
  type Dress,
  languages,
  type PanelName,
  panelNames,
  panels,
  samples,
  viewOfSample,
} from '../renderer/preview/samples.ts';

/** The system's browser, kept to itself: no first-run pages, no updates, no network. */
export const browserOptions: LaunchOptions = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

const folder = join('var', 'screenshots');

/** Photographs every screen in every language on every panel, as still pictures. */
export async function photographAll(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: {
      only: { type: 'string', default: '' },
      language: { type: 'string', default: '' },
      panel: { type: 'string', default: '' },
      easy: { type: 'boolean', default: false },
    },
  });
  const chosenSamples = samples.filter(({ name }) => name.startsWith(values.only));
  const chosenPanels = panelNames.filter((name) => name.startsWith(values.panel));
  const chosenLanguages = languages.filter((language) => language.startsWith(values.language));

  await bundle('gallery', 'disk');
  const server = await preview({ ...bundleOf('gallery'), preview: { host: '127.0.0.1', port: 0 } });
  const browser = await chromium.launch(browserOptions);
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.goto(`${server.resolvedUrls?.local[0] ?? ''}preview/gallery.html`);
  await page.waitForFunction('document.querySelector(".glass") !== null');
  for (const panel of chosenPanels) {
    await page.setViewportSize(sizeOf(panel));
    for (const language of chosenLanguages) {
      const into = join(folder, values.easy ? `${panel}-easy` : panel, language);
      mkdirSync(into, { recursive: true });
      for (const sample of chosenSamples) {
        const dress: Dress = { language, panel, easyMode: values.easy, simulated: true };
        await page.evaluate(`gallery.show(${JSON.stringify(viewOfSample(sample, dress))})`);
        await page.evaluate('document.fonts.ready.then(() => undefined)');
        await page.screenshot({ path: join(into, `${sample.name}.png`), scale: 'css' });
      }
    }
  }
  await browser.close();
  await server.close();
  console.log(`${chosenPanels.length * chosenLanguages.length * chosenSamples.length} pictures in ${folder}`);
}

function sizeOf(panel: PanelName): { readonly width: number; readonly height: number } {
  const { width, height } = panels[panel];
  return { width, height };
}
