import { createServer } from 'vite';
import { bundle, bundleOf } from '../renderer/bundle.ts';
import { photographAll } from './screenshots.ts';

/* The customer's screen as a thing of its own: built, walked through without hardware, photographed. */

const works: Readonly<Record<string, () => Promise<void>>> = {
  build: async () => {
    await bundle('screen', 'disk');
  },
  gallery: async () => {
    const server = await createServer(bundleOf('gallery'));
    await server.listen();
    console.log(
      'Every screen in every state. Arrow keys: screens and languages; e: easy mode; s: simulation.',
    );
    console.log(`${server.resolvedUrls?.local[0] ?? ''}preview/gallery.html`);
  },
  screenshots: photographAll,
};

const work = works[process.argv[2] ?? ''];
if (work === undefined) {
  console.error(`Usage: node cli/screen.ts ${Object.keys(works).join(' | ')}`);
  process.exit(2);
}
await work();
