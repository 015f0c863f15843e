import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { channels } from '../../electron/channels.ts';
import { app, ipcMain, privilegedSchemes } from './fake-electron/app.ts';
import { FakeBrowserWindow } from './fake-electron/browser-window.ts';
import * as fakeElectron from './fake-electron/electron.ts';
import { session } from './fake-electron/session.ts';
import { closePlainShell, contents, isPrevented, openPlainShell } from './plain-shell.ts';
import { proves } from './proves.ts';
import { theWindow } from './stage.ts';

vi.mock('electron', () => import('./fake-electron/electron.ts'));

/* The real shell, asked what Electron would ask it about a page. */

beforeAll(openPlainShell, 30_000);
afterAll(closePlainShell);

let kiosk: typeof session.defaultSession;

beforeEach(() => {
  kiosk = session.fromPartition('qyzyl');
});

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
