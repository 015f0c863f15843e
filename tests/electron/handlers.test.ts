import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { channels } from '../../electron/channels.ts';
import { alreadyRunningExitCode, type ShellPlaces, startShell } from '../../electron/shell.ts';
import { app, ipcMain, menus, privilegedSchemes, screen } from './fake-electron/app.ts';
import { FakeBrowserWindow } from './fake-electron/browser-window.ts';
import { closeChromium } from './fake-electron/chromium.ts';
import * as fakeElectron from './fake-electron/electron.ts';
import { FakeEvent } from './fake-electron/fake-event.ts';
import { session } from './fake-electron/session.ts';
import { proves } from './proves.ts';
import { theWindow } from './stage.ts';

vi.mock('electron', () => import('./fake-electron/electron.ts'));

/* The real shell, asked everything that Electron would ask it. */

let folder: string;
let places: ShellPlaces;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qyzyl-shell-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><div id="root"><p>page</p></div>');
  writeFileSync(join(folder, 'preload.cjs'), '');
  writeFileSync(join(folder, 'host.mjs'), 'process.exit(78);');
  places = {
    settingsPath: join(folder, 'settings.json'),
    pageFolder: folder,
    preload: join(folder, 'preload.cjs'),
    hostEntry: join(folder, 'host.mjs'),
  };
  const starting = startShell(places);
  expect(FakeBrowserWindow.all).toEqual([]);
  app.becomeReady();
  await starting;
  await vi.waitFor(() => expect(contents().page?.url()).toContain('index.html'), { timeout: 20_000 });
}, 30_000);

afterAll(async () => {
  app.quit();
  await vi.waitFor(() => expect(app.exitCodes).toEqual([0]));
  await closeChromium();
  rmSync(folder, { recursive: true, force: true });
});

let kiosk: typeof session.defaultSession;

beforeEach(() => {
  kiosk = session.fromPartition('qyzyl');
});

const contents = () => theWindow().webContents;

/** Whether the shell prevents what an event announces. */
function isPrevented(target: { emit(name: string, ...args: unknown[]): boolean }, name: string): boolean {
  const event = new FakeEvent({ url: 'https://example.org/', isMainFrame: true });
  target.emit(name, event, {}, () => undefined);
  return event.defaultPrevented;
}

describe('settings of the page', () => {
  const preferences = () => theWindow().options.webPreferences;

  proves('node-integration', 'handler called', () => {
    expect(preferences()).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    });
  });
  proves('context-isolation', 'handler called', () => {
    expect(preferences()).toMatchObject({ contextIsolation: true });
  });
  proves('sandbox', 'handler called', () => {
    expect(preferences()).toMatchObject({ sandbox: true });
    expect(app.isSandboxEnabled).toBe(true);
  });
  proves('web-security', 'handler called', () => {
    expect(preferences()).toMatchObject({ webSecurity: true });
  });
  proves('insecure-content', 'handler called', () => {
    expect(preferences()).toMatchObject({ allowRunningInsecureContent: false });
  });
  proves('experimental-features', 'handler called', () => {
    expect(preferences()).toMatchObject({ experimentalFeatures: false });
  });
  proves('blink-features', 'handler called', () => {
    expect(preferences()?.enableBlinkFeatures).toBeUndefined();
    expect([...app.switches.keys()].filter((name) => name.startsWith('enable'))).toEqual([]);
  });
  proves('webview-popups', 'handler called', () => {
    expect(preferences()).toMatchObject({ webviewTag: false });
  });
  proves('traces', 'handler called', async () => {
    expect(preferences()?.partition).toBe('qyzyl');
    const answer = await kiosk.handlers.get('app')?.(new Request('app://qyzyl/index.html'));
    expect(answer?.headers.get('cache-control')).toBe('no-store');
  });
});

describe('what a page may do', () => {
  proves('webview-options', 'handler called', () => {
    expect(isPrevented(contents(), 'will-attach-webview')).toBe(true);
  });
  proves('navigation', 'handler called', () => {
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(isPrevented(contents(), event), event).toBe(true);
    }
  });
  proves('new-windows', 'handler called', () => {
    expect(contents().windowOpen('https://example.org/')).toBe('deny');
    expect(contents().windowOpen('app://qyzyl/index.html')).toBe('deny');
  });
  proves('open-external', 'handler called', () => {
    // The stand-in has no such module: to reach for it would have failed at the start.
    expect(Object.keys(fakeElectron)).not.toContain('shell');
    const sources = readdirSync('electron').filter((name) => name.endsWith('.ts'));
    const users = sources.filter((name) =>
      readFileSync(join('electron', name), 'utf8').includes('openExternal'),
    );
    expect(users).toEqual([]);
  });
  proves('secure-content', 'handler called', () => {
    for (const one of [kiosk, session.defaultSession]) {
      expect(one.isCancelled('app://qyzyl/index.html')).toBe(false);
      for (const url of [
        'https://example.org/',
        'http://127.0.0.1/',
        'ws://127.0.0.1/',
        'file:///etc/passwd',
      ]) {
        expect(one.isCancelled(url), url).toBe(true);
      }
    }
  });
  proves('content-policy', 'handler called', async () => {
    const answer = await kiosk.handlers.get('app')?.(new Request('app://qyzyl/index.html'));
    expect(answer?.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
  proves('custom-protocol', 'handler called', async () => {
    expect(privilegedSchemes).toContainEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, codeCache: true },
    });
    const outside = await kiosk.handlers.get('app')?.(new Request('app://qyzyl/..%2f..%2fetc/passwd'));
    expect(outside?.status).toBe(404);
    expect(session.defaultSession.handlers.size).toBe(0);
  });
  proves('downloads', 'handler called', () => {
    expect(isPrevented(kiosk, 'will-download')).toBe(true);
    expect(isPrevented(session.defaultSession, 'will-download')).toBe(true);
  });
  proves('permissions', 'handler called', () => {
    const page = contents() as never;
    for (const permission of ['media', 'geolocation', 'notifications', 'fullscreen', 'openExternal', 'hid']) {
      const answers: boolean[] = [];
      kiosk.permissionRequest?.(
        page,
        permission as never,
        (isGranted) => answers.push(isGranted),
        {} as never,
      );
      expect(answers, permission).toEqual([false]);
      expect(kiosk.permissionCheck?.(page, permission as never, '', {} as never)).toBe(false);
    }
    expect(kiosk.devicePermission?.({} as never)).toBe(false);
    for (const event of ['select-hid-device', 'select-serial-port', 'select-usb-device']) {
      expect(isPrevented(kiosk, event), event).toBe(true);
    }
    expect(isPrevented(contents(), 'select-bluetooth-device')).toBe(true);
    const streams: unknown[] = [];
    kiosk.displayMedia?.({} as never, (stream) => streams.push(stream));
    expect(streams).toEqual([null]);
    const pairings: unknown[] = [];
    kiosk.bluetoothPairing?.({} as never, (answer) => pairings.push(answer.confirmed));
    expect(pairings).toEqual([false]);
  });
});

describe('who may speak to the shell', () => {
  proves('ipc-sender', 'handler called', () => {
    const asked: string[] = [];
    const page = contents();
    const postMessage = vi
      .spyOn(page, 'postMessage')
      .mockImplementation((channel) => void asked.push(channel));
    const ask = (sender: unknown, senderFrame: unknown): void =>
      void ipcMain.emit(channels.portWanted, { sender, senderFrame, ports: [] });
    ask(page, { url: 'app://qyzyl/index.html' });
    ask(page, null);
    ask({ mainFrame: page.mainFrame }, page.mainFrame);
    expect(asked).toEqual([]);
    ask(page, page.mainFrame);
    expect(asked).toEqual([channels.port]);
    postMessage.mockRestore();
  });

  test('an answer that is no answer changes nothing', () => {
    const { mainFrame } = contents();
    for (const args of [[], ['1', true], [Number.NaN, true], [{}, {}], [1e9, true]]) {
      ipcMain.emit(channels.probeAnswer, { sender: contents(), senderFrame: mainFrame, ports: [] }, ...args);
    }
    expect(FakeBrowserWindow.open).toHaveLength(1);
  });
});

describe('hands and keyboards', () => {
  proves('shortcuts', 'handler called', () => {
    expect(menus).toEqual([null]);
    expect(theWindow().menu).toBeNull();
    const press = (key: string, held: Partial<Record<'control' | 'alt' | 'meta', boolean>> = {}): boolean => {
      const event = new FakeEvent();
      const input = { type: 'keyDown', key, control: false, alt: false, meta: false, ...held };
      contents().emit('before-input-event', event, input);
      return event.defaultPrevented;
    };
    for (const key of ['r', 'w', 'q', 'p', 'f', 'l', 'n', '+', '-', '0', 'Tab']) {
      expect(press(key, { control: true }), key).toBe(true);
    }
    for (const key of ['F5', 'F11', 'F12', 'Escape', 'BrowserBack']) expect(press(key), key).toBe(true);
    expect(press('F4', { alt: true })).toBe(true);
    expect(press('7')).toBe(false);
  });
  proves('long-press', 'handler called', () => {
    expect(isPrevented(contents(), 'context-menu')).toBe(true);
  });
  proves('zoom', 'handler called', () => {
    const { calls } = contents();
    expect(calls).toContain('setVisualZoomLevelLimits 1 1');
    calls.length = 0;
    contents().emit('zoom-changed', new FakeEvent(), 'in');
    expect(calls).toEqual(['setZoomFactor 1']);
    expect(app.switches.has('disable-pinch')).toBe(true);
  });
  proves('gestures', 'handler called', () => {
    expect(app.switches.get('overscroll-history-navigation')).toBe('0');
    expect(app.switches.get('pull-to-refresh')).toBe('0');
    contents().emit('dom-ready', new FakeEvent());
    expect(contents().calls).toContain('navigationHistory.clear');
  });
  proves('devtools', 'handler called', () => {
    expect(theWindow().options.webPreferences?.devTools).toBe(false);
    contents().emit('devtools-opened');
    expect(contents().calls).toContain('closeDevTools');
  });
});

describe('desktop and displays', () => {
  proves('deep-links', 'handler called', () => {
    expect(isPrevented(app, 'open-url')).toBe(true);
    expect(isPrevented(app, 'open-file')).toBe(true);
  });
  proves('client-certificate', 'handler called', () => {
    expect(isPrevented(app, 'select-client-certificate')).toBe(true);
    expect(isPrevented(app, 'login')).toBe(true);
  });
  proves('early-window', 'handler called', () => {
    const window = theWindow();
    expect(window.options).toMatchObject({
      show: false,
      backgroundColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
    });
    expect(window.isShown).toBe(true);
    expect(FakeBrowserWindow.all).toHaveLength(1);
  });
  proves('leaving', 'handler called', () => {
    const window = theWindow();
    expect(window.options).toMatchObject({ kiosk: true, fullscreen: true, frame: false, closable: false });
    window.close();
    expect(window.isDestroyed()).toBe(false);
    window.minimize();
    expect(window.isMinimized()).toBe(false);
    window.leaveKiosk();
    expect(window.isKiosk()).toBe(true);
    window.loseFocus();
    expect(window.isFocused).toBe(true);
  });
  proves('displays', 'handler called', () => {
    const [first] = screen.displays;
    const second = { id: 2, bounds: { x: -1920, y: 0, width: 1920, height: 1080 } };
    if (first === undefined) throw new Error('no display');
    screen.displays = [second, first];
    screen.emit('display-added');
    expect(theWindow().bounds).toEqual(first.bounds);
    const turned = { ...first, bounds: { x: 0, y: 0, width: 1920, height: 1080 } };
    screen.displays = [second, turned];
    screen.emit('display-metrics-changed');
    expect(theWindow().bounds).toEqual(turned.bounds);
    screen.displays = [first];
    screen.emit('display-removed');
    expect(theWindow().bounds).toEqual(first.bounds);
  });
  proves('second-instance', 'handler called', async () => {
    theWindow().isFocused = false;
    app.emit('second-instance', new FakeEvent(), ['qyzyl', '--inspect', 'https://example.org/']);
    expect(theWindow().isFocused).toBe(true);
    expect(FakeBrowserWindow.all).toHaveLength(1);

    app.hasLock = false;
    await startShell(places);
    expect(app.exitCodes.splice(0)).toEqual([alreadyRunningExitCode]);
    expect(FakeBrowserWindow.all).toHaveLength(1);
    app.hasLock = true;
  });
});
