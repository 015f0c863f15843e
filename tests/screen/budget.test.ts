import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bundle } from '../../renderer/bundle.ts';

/** The bar of the design: script of the first screen, compressed. */
const scriptBytesMax = 150_000;

test('the page’s script stays within its budget and knows nothing of the gallery', async () => {
  const { output } = await bundle('screen', 'memory');
  const chunks = output.flatMap((file) => (file.type === 'chunk' ? [file] : []));
  const first = chunks
    .filter(({ isEntry }) => isEntry)
    .flatMap(({ fileName, imports }) => [fileName, ...imports]);
  const scripts = chunks.filter(({ fileName }) => first.includes(fileName)).map(({ code }) => code);
  const bytes = scripts.reduce((sum, code) => sum + gzipSync(code).byteLength, 0);
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(scriptBytesMax);
  expect(chunks.map(({ code }) => code).join('')).not.toContain('gallery');
  expect(scripts.join('')).not.toContain('ShuffledPad');
}, 30_000);
