import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';

/** Not in dist/, which is what a real terminal gets. */
export const dockPageFolder = fileURLToPath(new URL('../../var/dock', import.meta.url));

/** How the dock's page is bundled: apart from the customer's screen, and for development alone. */
export const dockBundle: InlineConfig = {
  configFile: false,
  root: fileURLToPath(new URL('page', import.meta.url)),
  base: './',
  logLevel: 'warn',
  plugins: [react()],
  build: {
    outDir: dockPageFolder,
    emptyOutDir: true,
    target: 'chrome130',
    // The page's security policy allows no data addresses for fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
};
