import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { buildElectron } from '../../cli/electron-bundle.ts';
import { type DeviceProcess, startDevice } from '../../cli/simulated-device.ts';
import { simulatedSettingsFile, startSimulatedBackend } from '../../host/compose-simulated.ts';
import { bundleOf } from '../../renderer/bundle.ts';
import { FakeBrowserWindow } from './fake-electron/browser-window.ts';

/*
 * What the shell needs around it: itself and the page built as for a terminal, and simulated devices and a backend for the
 * host. The folder lies in the repository, so that the built files find the packages.
 */

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Built {
  readonly folder: string;
  readonly pageFolder: string;
  readonly preload: string;
  readonly hostEntry: string;
  readonly main: string;
  remove(): void;
}

export async function buildAll(): Promise<Built> {
  mkdirSync(join(root, 'var'), { recursive: true });
  const folder = mkdtempSync(join(root, 'var', 'electron-test-'));
  const pageFolder = join(folder, 'renderer');
  const page = bundleOf('screen');
  await build({ ...page, build: { ...page.build, outDir: pageFolder } });
  const shell = join(folder, 'electron');
  await buildElectron(shell);
  return {
    folder,
    pageFolder,
    preload: join(shell, 'electron', 'preload.cjs'),
    hostEntry: join(shell, 'electron', 'terminal-host.js'),
    main: join(shell, 'electron', 'main.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface SimulatedPlace {
  readonly settingsPath: string;
  readonly acceptor: DeviceProcess;
  close(): Promise<void>;
}

export async function simulatedPlace(folder: string): Promise<SimulatedPlace> {
  const [acceptor, printer, backend] = await Promise.all([
    startDevice('ccnet', ['--fast']),
    startDevice('escpos', ['--fast']),
    startSimulatedBackend(folder),
  ]);
  const settingsPath = join(folder, 'settings.json');
  const place = {
    folder,
    acceptorLine: { kind: 'serial' as const, path: acceptor.path },
    printer: { profile: 'epson-tm-t88vi', line: { kind: 'serial' as const, path: printer.path } },
  };
  writeFileSync(settingsPath, JSON.stringify(simulatedSettingsFile(place, backend)));
  return {
    settingsPath,
    acceptor,
    close: async () => {
      await Promise.all([acceptor.quit(), printer.quit()]);
      await backend.close();
    },
  };
}

/** The one window that should be open now. */
export function theWindow(): FakeBrowserWindow {
  const [window, ...others] = FakeBrowserWindow.open;
  if (window === undefined || others.length > 0) {
    throw new Error(`${FakeBrowserWindow.open.length} windows are open, not one`);
  }
  return window;
}

/** Asks until the answer is yes; fails after the time with what was awaited. */
export async function until(
  what: string,
  withinMs: number,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The page of the one window, once there is one that answers. */
export function thePage(): Page {
  const { page } = theWindow().webContents;
  if (page === undefined) throw new Error('the window has no page');
  return page;
}

/** Waits for a screen of the real page, in whichever window and renderer it comes to stand. */
export function untilShown(selector: string, withinMs: number): Promise<void> {
  return until(`${selector} on the page`, withinMs, async () => {
    const page = FakeBrowserWindow.open[0]?.webContents.page;
    if (page === undefined) return false;
    const limit = new Promise<boolean>((resolve) => setTimeout(resolve, 500, false));
    const isVisible = page
      .locator(selector)
      .first()
      .isVisible()
      .catch(() => false);
    return Promise.race([isVisible, limit]);
  });
}
