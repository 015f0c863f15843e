import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { app } from './app.ts';
import { FakeEvent } from './fake-event.ts';
import { FakeWebContents } from './web-contents.ts';

/* Electron's window: what a window manager would do to it is an event here, what the shell does about it is kept. */

export class FakeBrowserWindow extends EventEmitter {
  static readonly open: FakeBrowserWindow[] = [];
  /** In the order of their making, with whether Electron was ready. */
  static readonly all: FakeBrowserWindow[] = [];

  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: FakeWebContents;
  bounds: Rectangle;
  menu: unknown;
  isShown = false;
  isFocused = false;
  #isKiosk: boolean;
  #isMinimized = false;
  #isDestroyed = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    this.#isKiosk = options.kiosk === true;
    this.isShown = options.show !== false;
    this.webContents = new FakeWebContents(options);
    this.webContents.on('ready-to-show', () => this.emit('ready-to-show', new FakeEvent()));
    FakeBrowserWindow.open.push(this);
    FakeBrowserWindow.all.push(this);
    app.emit('browser-window-created', new FakeEvent(), this);
  }

  setMenu(menu: unknown): void {
    this.menu = menu;
  }
  show(): void {
    this.isShown = true;
  }
  focus(): void {
    this.isFocused = true;
  }
  setBounds(bounds: Rectangle): void {
    this.bounds = { ...bounds };
  }
  isKiosk(): boolean {
    return this.#isKiosk;
  }
  setKiosk(isKiosk: boolean): void {
    this.#isKiosk = isKiosk;
  }
  isMinimized(): boolean {
    return this.#isMinimized;
  }
  restore(): void {
    this.#isMinimized = false;
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  /** What Alt+F4 does. */
  close(): void {
    const event = new FakeEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }
  /** What a window manager's shortcut does. */
  minimize(): void {
    this.#isMinimized = true;
    this.emit('minimize', new FakeEvent());
  }
  leaveKiosk(): void {
    this.#isKiosk = false;
    this.emit('leave-full-screen', new FakeEvent());
  }
  loseFocus(): void {
    this.isFocused = false;
    this.emit('blur', new FakeEvent());
  }

  destroy(): void {
    this.#isDestroyed = true;
    const at = FakeBrowserWindow.open.indexOf(this);
    if (at >= 0) FakeBrowserWindow.open.splice(at, 1);
    this.webContents.destroy();
  }
}
