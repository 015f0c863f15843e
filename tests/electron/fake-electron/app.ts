import { EventEmitter } from 'node:events';
import { FakeEvent } from './fake-event.ts';

/* Electron's application object and the small modules that live beside it. */

class FakeApp extends EventEmitter {
  hasLock = true;
  isSandboxEnabled = false;
  readonly exitCodes: number[] = [];
  readonly switches = new Map<string, string>();
  readonly #ready = Promise.withResolvers<void>();

  readonly commandLine = {
    appendSwitch: (name: string, value = ''): void => void this.switches.set(name, value),
  };

  /** Electron is ready once its entry has been read to the end. */
  becomeReady(): void {
    this.#ready.resolve();
  }
  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  requestSingleInstanceLock(): boolean {
    return this.hasLock;
  }
  enableSandbox(): void {
    this.isSandboxEnabled = true;
  }
  getAppPath(): string {
    return '/opt/qyzyl/resources/app.asar';
  }
  exit(code = 0): void {
    this.exitCodes.push(code);
    this.emit('exited', code);
  }
  quit(): void {
    const event = new FakeEvent();
    this.emit('before-quit', event);
    if (!event.defaultPrevented) this.exit(0);
  }
}

export const app = new FakeApp();

export const ipcMain = new EventEmitter();

/** Every menu that was set, `null` for none. */
export const menus: unknown[] = [];
export const Menu = { setApplicationMenu: (menu: unknown): void => void menus.push(menu) };

export const privilegedSchemes: unknown[] = [];
export const protocol = {
  registerSchemesAsPrivileged: (schemes: readonly unknown[]): void => void privilegedSchemes.push(...schemes),
};

export interface FakeDisplay {
  readonly id: number;
  readonly bounds: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

class FakeScreen extends EventEmitter {
  displays: readonly FakeDisplay[] = [{ id: 1, bounds: { x: 0, y: 0, width: 1080, height: 1920 } }];

  getAllDisplays(): readonly FakeDisplay[] {
    return this.displays;
  }
  getPrimaryDisplay(): FakeDisplay {
    const [first] = this.displays;
    if (first === undefined) throw new Error('a machine without a display');
    return first;
  }
}

export const screen = new FakeScreen();
