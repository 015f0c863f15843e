import { readFileSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/* The installed Chromium, and what is put into each of its pages in place of Electron. */

const executablePath = '/usr/bin/chromium';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Promise<Browser> | undefined;

export function chromiumBrowser(): Promise<Browser> {
  browser ??= chromium.launch({ executablePath, args });
  return browser;
}

export async function closeChromium(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** The names of the private way between page and shell; random, so that no page can guess them. */
export const privateNames = {
  toShell: `toShell${Math.random().toString(36).slice(2)}`,
  fromShell: `fromShell${Math.random().toString(36).slice(2)}`,
};

const pageSide = readFileSync(new URL('./page-side.mjs', import.meta.url), 'utf8').replace(
  'export function',
  'function',
);

/** One script for a page's start: the fake module, then the real built preload, which may require nothing else. */
export function preloadScript(preloadPath: string): string {
  // Electron runs no preload in the empty page that is there before the first address.
  return `if (window === window.top && location.protocol !== 'about:') {
  const toShell = window.${privateNames.toShell};
  const { electron, hear } = (() => { ${pageSide}; return preloadElectron(toShell); })();
  Object.defineProperty(window, '${privateNames.fromShell}', { value: hear });
  const require = (name) => {
    if (name !== 'electron') throw new Error('a sandboxed preload cannot require ' + name);
    return electron;
  };
  (function (require, module, exports) { ${readFileSync(preloadPath, 'utf8')}
  })(require, { exports: {} }, {});
}`;
}
