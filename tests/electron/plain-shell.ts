import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { type ShellPlaces, startShell } from '../../electron/shell.ts';
import { app } from './fake-electron/app.ts';
import { FakeBrowserWindow } from './fake-electron/browser-window.ts';
import { closeChromium } from './fake-electron/chromium.ts';
import { FakeEvent } from './fake-electron/fake-event.ts';
import type { FakeWebContents } from './fake-electron/web-contents.ts';
import { theWindow } from './stage.ts';

/* The real shell around a page and a host that do nothing, for questions that need no more. */

let folder: string;

export function plainPlaces(): ShellPlaces {
  return {
    settingsPath: join(folder, 'settings.json'),
    pageFolder: folder,
    preload: join(folder, 'preload.cjs'),
    hostEntry: join(folder, 'host.mjs'),
  };
}

export async function openPlainShell(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'qyzyl-shell-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><div id="root"><p>page</p></div>');
  writeFileSync(join(folder, 'preload.cjs'), '');
  writeFileSync(join(folder, 'host.mjs'), 'process.exit(78);');
  const starting = startShell(plainPlaces());
  // Nothing is seen before Electron is ready.
  expect(FakeBrowserWindow.all).toEqual([]);
  app.becomeReady();
  await starting;
  await vi.waitFor(() => expect(theWindow().isShown).toBe(true), { timeout: 20_000 });
}

export async function closePlainShell(): Promise<void> {
  app.quit();
  await vi.waitFor(() => expect(app.exitCodes).toEqual([0]));
  await closeChromium();
  rmSync(folder, { recursive: true, force: true });
}

export function contents(): FakeWebContents {
  return theWindow().webContents;
}

/** Whether the shell prevents what an event announces. */
export function isPrevented(
  target: { emit(name: string, ...args: unknown[]): boolean },
  name: string,
): boolean {
  const event = new FakeEvent({ url: 'https://example.org/', isMainFrame: true });
  target.emit(name, event, {}, () => undefined);
  return event.defaultPrevented;
}
