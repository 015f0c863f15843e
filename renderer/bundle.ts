import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig, type Rolldown } from 'vite';

/*
 * How the page is bundled. The gallery is a page of its own for development: the production bundle knows nothing of it.
 */

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const pages = {
  screen: { entry: folder('index.html'), outDir: folder('../dist/renderer') },
  gallery: { entry: folder('preview/gallery.html'), outDir: folder('../var/gallery') },
} as const;

/** The page as it ships, whatever runs the build: React's development half stays out. */
export async function bundle(
  page: keyof typeof pages,
  to: 'disk' | 'memory',
  outDir: string = pages[page].outDir,
): Promise<Rolldown.RolldownOutput> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    const config = bundleOf(page);
    const how = { ...config, build: { ...config.build, outDir, write: to === 'disk' } };
    return (await build(how)) as Rolldown.RolldownOutput;
  } finally {
    // An unset name stays unset: assigning undefined would write the word.
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

export function bundleOf(page: keyof typeof pages): InlineConfig {
  const { entry, outDir } = pages[page];
  return {
    configFile: false,
    root: folder('.'),
    // Relative addresses: the same files are served over HTTP and read by Electron.
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    // Only the code's squares are wanted: the package's painters for canvas, PNG and terminals stay out.
    resolve: { alias: { qrcode: 'qrcode/lib/core/qrcode.js' } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome130',
      // The page's security policy allows no data addresses for fonts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 600,
      rolldownOptions: { input: entry },
    },
    server: { host: '127.0.0.1' },
    preview: { host: '127.0.0.1' },
  };
}
