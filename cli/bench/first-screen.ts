import { compressedBytes, screenScripts, scriptBytesMax } from '../../tests/screen/first-screen.ts';
import type { Measurement } from './report.ts';

export const firstScreen: Measurement = {
  name: 'first-screen',
  title: 'Script of the first screen',
  how: 'The page bundled as for a terminal; what its entry loads before anything is shown, each file compressed with gzip.',
  run: async () => {
    const { first, all } = await screenScripts();
    const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`;
    const bytes = compressedBytes(first);
    return [
      {
        what: 'script of the first screen, compressed',
        bar: '≤ 150 kB',
        measured: kilobytes(bytes),
        met: bytes <= scriptBytesMax,
      },
      { what: 'all scripts of the page, compressed', bar: '', measured: kilobytes(compressedBytes(all)) },
    ];
  },
};
