import { type Display, type IpcMainEvent, ipcMain, type WebContents } from 'electron';
import { channels } from './channels.ts';
import { type PageWatch, type Remedy, watchPage } from './frozen-page.ts';
import type { Report } from './lockdown.ts';
import { isPageUrl, pageUrl } from './page-files.ts';
import { type KioskWindow, openWindow } from './window.ts';

/*
 * Keeps one living page on the screen: opens the window, hears the page's two kinds of message, and applies the remedies
 * of the watch.
 */

export interface PageKeeperOptions {
  readonly display: Display;
  readonly preload: string;
  readonly report: Report;
  readonly onPortWanted: (page: WebContents) => void;
  readonly onRemedy: (remedy: Remedy) => void;
  /** The last remedy: nothing of this process is believed any more. */
  readonly onRestart: () => void;
}

export interface PageKeeper {
  /** Brings the window to the front: somebody has tried to start a second terminal. */
  focus(): void;
  stop(): void;
}

export function keepPage(options: PageKeeperOptions): PageKeeper {
  let window = open();
  const watch: PageWatch = watchPage({
    probe: (number) => {
      const { webContents } = window.browserWindow;
      if (!webContents.isDestroyed()) webContents.send(channels.probe, number);
    },
    apply: (remedy) => {
      options.onRemedy(remedy);
      if (remedy === 'reload') freshRenderer(window.browserWindow.webContents);
      else if (remedy === 'new-window') {
        const old = window;
        window = open();
        old.destroy();
      } else options.onRestart();
    },
  });

  function open(): KioskWindow {
    const opened = openWindow(options.display, options.preload);
    const { webContents } = opened.browserWindow;
    for (const trouble of ['render-process-gone', 'unresponsive'] as const) {
      onTrouble(webContents, trouble, () => {
        if (webContents === window.browserWindow.webContents) watch.broken();
      });
    }
    // A page that does not come up does not answer: the watch sees to it.
    webContents.loadURL(pageUrl).catch(() => undefined);
    return opened;
  }

  const isOurs = ({ senderFrame, sender }: IpcMainEvent): boolean => {
    const { webContents } = window.browserWindow;
    const isPage = sender === webContents && senderFrame === webContents.mainFrame;
    if (isPage && senderFrame !== null && isPageUrl(senderFrame.url)) return true;
    options.report('ipc-sender');
    return false;
  };
  const onPortWanted = (event: IpcMainEvent): void => {
    if (isOurs(event)) options.onPortWanted(event.sender);
  };
  const onAnswer = (event: IpcMainEvent, number: unknown, isAnythingShown: unknown): void => {
    if (isOurs(event) && typeof number === 'number') watch.answered(number, isAnythingShown === true);
  };
  ipcMain.on(channels.portWanted, onPortWanted);
  ipcMain.on(channels.probeAnswer, onAnswer);

  return {
    focus: () => window.browserWindow.focus(),
    stop: () => {
      watch.stop();
      ipcMain.off(channels.portWanted, onPortWanted);
      ipcMain.off(channels.probeAnswer, onAnswer);
      window.destroy();
    },
  };
}

type Trouble = 'render-process-gone' | 'unresponsive';

function onTrouble(contents: WebContents, trouble: Trouble, listener: () => void): void {
  contents.on(trouble as 'unresponsive', listener);
}

/** A hung renderer obeys no reload; one that is gone needs nothing else. */
function freshRenderer(contents: WebContents): void {
  contents.forcefullyCrashRenderer();
  contents.reload();
}
