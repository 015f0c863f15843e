import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { alreadyRunningExitCode } from '../../electron/exit-codes.ts';
import { startShell } from '../../electron/shell.ts';
import { exitCodes } from '../../host/exit-codes.ts';
import { app, menus, screen } from './fake-electron/app.ts';
import { FakeBrowserWindow } from './fake-electron/browser-window.ts';
import { FakeEvent } from './fake-electron/fake-event.ts';
import { closePlainShell, contents, isPrevented, openPlainShell, plainPlaces } from './plain-shell.ts';
import { proves } from './proves.ts';
import { theWindow } from './stage.ts';

vi.mock('electron', () => import('./fake-electron/electron.ts'));

/* The real shell, asked what Electron would ask it about hands, keyboards, desktops and displays. */

beforeAll(openPlainShell, 30_000);
afterAll(closePlainShell);

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
  proves('error-box', 'handler called', () => {
    for (const kind of ['uncaughtException', 'unhandledRejection'] as const) {
      const [shell] = process.listeners(kind as 'uncaughtException').slice(-1);
      shell?.(new Error('a mistake of the shell'), 'uncaughtException');
      expect(app.exitCodes.splice(0)).toEqual([exitCodes.crash]);
    }
  });
  proves('second-instance', 'handler called', async () => {
    theWindow().isFocused = false;
    app.emit('second-instance', new FakeEvent(), ['qyzyl', '--inspect', 'https://example.org/']);
    expect(theWindow().isFocused).toBe(true);
    expect(FakeBrowserWindow.all).toHaveLength(1);

    app.hasLock = false;
    await startShell(plainPlaces());
    expect(app.exitCodes.splice(0)).toEqual([alreadyRunningExitCode]);
    expect(FakeBrowserWindow.all).toHaveLength(1);
    app.hasLock = true;
  });
});
