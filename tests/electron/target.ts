import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { channels } from '../../electron/channels.ts';
import { startShell } from '../../electron/shell.ts';
import { app, ipcMain } from './fake-electron/app.ts';
import { closeChromium } from './fake-electron/chromium.ts';
import { type Built, buildAll, thePage, theWindow, untilShown } from './stage.ts';

/*
 * The real built page in Chromium, with the real preload in it, under the policy that the shell serves it with. The host
 * ends at once over missing settings, so the page stands on out of service and has nothing else to do.
 */

export interface Target {
  readonly built: Built;
  readonly page: Page;
  /** Chromium's own input, below everything that a page or a preload could forge. */
  readonly input: CDPSession;
  /** Runs an attacker's script in the page; says so if it threw. */
  attack(script: string): Promise<unknown>;
  expectStillHere(): Promise<void>;
  leave(): Promise<void>;
}

/** A busy test machine must not look like a frozen page: the page's answers come from here while it is attacked. */
function answerProbes(): void {
  const { webContents } = theWindow();
  const send = webContents.send.bind(webContents);
  webContents.send = (channel, ...args) => {
    if (channel !== channels.probe) return send(channel, ...args);
    const from = { sender: webContents, senderFrame: webContents.mainFrame, ports: [] };
    ipcMain.emit(channels.probeAnswer, from, ...args, true);
  };
}

export async function openTarget(): Promise<Target> {
  const built = await buildAll();
  void startShell({ ...built, settingsPath: join(built.folder, 'no-such-settings.json') });
  app.becomeReady();
  await untilShown('[data-screen=out-of-service]', 30_000);
  const page = thePage();
  answerProbes();
  return {
    built,
    page,
    input: await page.context().newCDPSession(page),
    attack: (script) =>
      page.evaluate(`(async () => { try { ${script} } catch (error) { return 'threw ' + error.name; } })()`),
    expectStillHere: async () => {
      expect(thePage()).toBe(page);
      expect(theWindow().webContents.mainFrame.url).toBe('app://qyzyl/index.html');
      expect(await page.locator('[data-screen=out-of-service]').isVisible()).toBe(true);
    },
    leave: async () => {
      app.quit();
      await vi.waitFor(() => expect(app.exitCodes).toEqual([0]), { timeout: 10_000 });
      await closeChromium();
      built.remove();
    },
  };
}
