import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bundle } from '../../renderer/bundle.ts';

/** The bar of the design: script of the first screen, compressed. */
const scriptBytesMax = 150_000;

test('the page’s script stays within its budget and knows nothing of the gallery', async () => {
  const { output } = await bundle('screen', 'memory');
  const scripts = output.flatMap((file) => (file.type === 'chunk' ? [file.code] : []));
  const bytes = scripts.reduce((sum, code) => sum + gzipSync(code).byteLength, 0);
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(scriptBytesMax);
  expect(scripts.join('')).not.toContain('gallery');
}, 30_000);
