/*
 * The `electron` module as the shell's real files import it in tests. The npm package of that name is never loaded there:
 * it would start to download Electron.
 */

export { app, ipcMain, Menu, protocol, screen } from './app.ts';
export { FakeBrowserWindow as BrowserWindow } from './browser-window.ts';
export { FakeMessageChannel as MessageChannelMain } from './message-port.ts';
export { session } from './session.ts';
export { utilityProcess } from './utility-process.ts';
