import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type LaunchOptions } from 'playwright-core';
import { preview } from 'vite';
import { bundle, bundleOf } from '../renderer/bundle.ts';
import type { Sample } from '../renderer/preview/sample-screens.ts';
import {
  type Dress,
  languages,
  panelNames,
  panels,
  samples,
  viewOfSample,
} from '../renderer/preview/samples.ts';
import { readOptions } from './options.ts';
import { makeReadmePictures } from './readme-pictures.ts';

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

const usage = `Usage:
  npm run screenshots -- [--only <screen>] [--language <code>] [--panel <name>] [--easy] [--readme]
  --only, --language and --panel take the beginning of a name; --readme makes the README's pictures alone`;

/** Photographs every screen in every language on every panel, as still pictures, and makes the README's from them. */
export async function photographAll(): Promise<void> {
  const { values } = readOptions(usage, {
    args: process.argv.slice(3),
    options: {
      only: { type: 'string', default: '' },
      language: { type: 'string', default: '' },
      panel: { type: 'string', default: '' },
      easy: { type: 'boolean', default: false },
      /** Nothing but the README's pictures. */
      readme: { type: 'boolean', default: false },
    },
  });
  const { only, language, panel, easy, readme } = values;
  const isWhole = `${only}${language}${panel}` === '' && !easy;
  const studio = await openStudio();
  if (!readme) {
    const wanted = samples.filter(({ name }) => name.startsWith(only));
    for (const name of panelNames.filter((candidate) => candidate.startsWith(panel))) {
      for (const spoken of languages.filter((candidate) => candidate.startsWith(language))) {
        const dress: Dress = { language: spoken, panel: name, easyMode: easy, simulated: true };
        const into = join(folder, easy ? `${name}-easy` : name, spoken);
        mkdirSync(into, { recursive: true });
        for (const sample of wanted) {
          writeFileSync(join(into, `${sample.name}.png`), await studio.photograph(sample, dress));
        }
        console.log(`${wanted.length} pictures in ${into}`);
      }
    }
  }
  if (readme || isWhole) {
    await makeReadmePictures((name, on, spoken) => {
      const sample = samples.find((candidate) => candidate.name === name);
      if (sample === undefined) throw new Error(`no sample ${name}`);
      return studio.photograph(sample, { language: spoken, panel: on, easyMode: false, simulated: true });
    });
  }
  await studio.close();
}

interface Studio {
  photograph(sample: Sample, dress: Dress): Promise<Buffer>;
  close(): Promise<void>;
}

async function openStudio(): Promise<Studio> {
  await bundle('gallery', 'disk');
  const server = await preview({ ...bundleOf('gallery'), preview: { host: '127.0.0.1', port: 0 } });
  const browser = await chromium.launch(browserOptions);
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.goto(`${server.resolvedUrls?.local[0] ?? ''}preview/gallery.html`);
  // Until then the gallery shows nothing that it is asked for.
  await page.locator('.glass').waitFor();
  return {
    photograph: async (sample, dress) => {
      const { width, height } = panels[dress.panel];
      await page.setViewportSize({ width, height });
      await page.evaluate(`gallery.show(${JSON.stringify(viewOfSample(sample, dress))})`);
      await page.evaluate('document.fonts.ready.then(() => undefined)');
      return page.screenshot({ scale: 'css' });
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
