import { expect, test } from 'vitest';
import { compressedBytes, screenScripts, scriptBytesMax } from './first-screen.ts';

test('the page’s script stays within its budget and knows nothing of the gallery', async () => {
  const { first, all } = await screenScripts();
  expect(first.length).toBeGreaterThan(0);
  expect(compressedBytes(first)).toBeLessThanOrEqual(scriptBytesMax);
  expect(all.join('')).not.toContain('gallery');
  expect(first.join('')).not.toContain('ShuffledPad');
}, 30_000);
