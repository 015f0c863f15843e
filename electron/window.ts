import { BrowserWindow, type BrowserWindowConstructorOptions, type Display, screen } from 'electron';

/*
 * The one window: it covers one display, stays there, and cannot be closed, moved, shrunk or left.
 */

/** Nothing of a visit is written to disk: a session without `persist:` lives in memory. */
export const partition = 'qyzyl';

/** The red of the first screen, so that no white is ever seen. */
const backgroundColor = '#8f0d0d';

export function windowOptions({ bounds }: Display, preload: string): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    backgroundColor,
    title: 'Qyzyl',
    // Shown once there is something painted on it.
    show: false,
    kiosk: true,
    fullscreen: true,
    frame: false,
    resizable: false,
    movable: false,
    minimizable: false,
    maximizable: false,
    closable: false,
    autoHideMenuBar: true,
    skipTaskbar: true,
    webPreferences: {
      preload,
      partition,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      devTools: false,
      spellcheck: false,
      disableDialogs: true,
      navigateOnDragDrop: false,
      textAreasAreResizable: false,
      zoomFactor: 1,
      // Probes and time-outs run whatever the window manager thinks of the window.
      backgroundThrottling: false,
      // The key click and the spoken prompt.
      autoplayPolicy: 'no-user-gesture-required',
    },
  };
}

export interface KioskWindow {
  readonly browserWindow: BrowserWindow;
  /** Ends it although it refuses to be closed. */
  destroy(): void;
}

/** Opens the window on the display that was the first one at the start. */
export function openWindow(pinned: Display, preload: string): KioskWindow {
  const window = new BrowserWindow(windowOptions(pinned, preload));
  const stopPinning = pin(window, pinned.id);
  window.setMenu(null);
  window.on('close', (event) => event.preventDefault());
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => {
    window.show();
    window.focus();
  });
  return {
    browserWindow: window,
    destroy: () => {
      stopPinning();
      window.destroy();
    },
  };
}

/** Puts the window back in front of everything on its own display, whatever a shortcut or a new screen did to it. */
function pin(window: BrowserWindow, displayId: number): () => void {
  const putBack = (): void => {
    if (window.isDestroyed()) return;
    const display = screen.getAllDisplays().find(({ id }) => id === displayId) ?? screen.getPrimaryDisplay();
    window.setBounds(display.bounds);
    if (window.isMinimized()) window.restore();
    if (!window.isKiosk()) window.setKiosk(true);
  };
  window.on('minimize', putBack);
  window.on('leave-full-screen', putBack);
  window.on('blur', () => {
    putBack();
    if (!window.isDestroyed()) window.focus();
  });
  screen.on('display-added', putBack);
  screen.on('display-removed', putBack);
  screen.on('display-metrics-changed', putBack);
  return () => {
    screen.off('display-added', putBack);
    screen.off('display-removed', putBack);
    screen.off('display-metrics-changed', putBack);
  };
}
