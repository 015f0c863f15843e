import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alreadyRunningExitCode } from '../../electron/exit-codes.ts';
import { exitCodes } from '../../host/exit-codes.ts';
import { type Built, buildAll, root, until } from './stage.ts';

/*
 * The real Electron, where its binary has been fetched (`node node_modules/electron/install.js`). Everywhere else these tests
 * are skipped, and say so. The host ends at once over missing settings, so the page stands on out of service.
 */

/** Read from disk: to import the package would start a download. */
function electronBinary(): string | undefined {
  const folder = join(root, 'node_modules', 'electron');
  const pointer = join(folder, 'path.txt');
  if (!existsSync(pointer)) return undefined;
  const binary = join(folder, 'dist', readFileSync(pointer, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

const binary = electronBinary();
if (binary === undefined) {
  process.stderr.write("Skipped: the real-Electron smoke test. Electron's binary is not on this machine.\n");
}

describe.skipIf(binary === undefined)('the real Electron', { timeout: 60_000 }, () => {
  let built: Built;
  let home: string;
  let shell: ElectronApplication;

  beforeAll(async () => {
    built = await buildAll();
    home = mkdtempSync(join(tmpdir(), 'qyzyl-electron-'));
    const places = { ...built, settingsPath: join(home, 'no-such-settings.json') };
    // Playwright needs the very switches that main.ts refuses, so it enters behind it.
    const entry = join(built.main, '..', 'smoke.js');
    writeFileSync(
      entry,
      `import { startShell } from './shell.js';\nstartShell(${JSON.stringify(places)}).catch(() => process.exit(1));\n`,
    );
    shell = await _electron.launch({
      executablePath: binary ?? '',
      args: [entry],
      env: { PATH: process.env['PATH'] ?? '', HOME: home, DISPLAY: process.env['DISPLAY'] ?? '' },
    });
    await until('the page', 30_000, async () => Number(await inPage('document.body.innerText.length')) > 0);
  }, 120_000);

  afterAll(async () => {
    await shell.close();
    rmSync(home, { recursive: true, force: true });
    built.remove();
  });

  /** By way of the main process: the page itself has no developer tools to be asked through. */
  function inPage(script: string): Promise<unknown> {
    return shell.evaluate(
      ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
      `(async () => { try { return await (${script}); } catch (error) { return 'threw ' + error.name; } })()`,
    );
  }

  /** How the program ends when it is started with this. */
  function exitOf(
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): Promise<number | null> {
    const env = { PATH: process.env['PATH'], HOME: home, DISPLAY: process.env['DISPLAY'], ...environment };
    const child = spawn(binary ?? '', [built.main, ...args], { env, stdio: 'ignore' });
    return new Promise((resolve) => child.once('exit', resolve));
  }

  test('shows one window in kiosk mode with the page under its own scheme', async () => {
    const windows = await shell.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => ({
        url: window.webContents.getURL(),
        isKiosk: window.isKiosk(),
        isVisible: window.isVisible(),
      })),
    );
    expect(windows).toEqual([{ url: 'app://qyzyl/index.html', isKiosk: true, isVisible: true }]);
  });

  test('loads the preload script in the sandbox, and gives the page nothing else', async () => {
    expect(await inPage('Object.keys(window.qyzyl).sort().join()')).toBe('onState,onText,send');
    expect(await inPage('[typeof require, typeof process, typeof module].join()')).toBe(
      'undefined,undefined,undefined',
    );
  });

  test('keeps the page where it is, without windows, requests, boxes or developer tools', async () => {
    expect(await inPage("String(window.open('https://example.org/'))")).toBe('null');
    expect(await inPage("fetch('https://example.org/')")).toBe('threw TypeError');
    // The page cannot say when it has been kept: the shell has heard of the attempt by then.
    const tried = shell.evaluate(
      ({ BrowserWindow }) =>
        new Promise<string>((resolve) => {
          BrowserWindow.getAllWindows()[0]?.webContents.once('will-navigate', ({ url }) => resolve(url));
        }),
    );
    await inPage("(location.href = 'file:///etc/passwd', 1)");
    await inPage("(location.href = 'https://example.org/', 1)");
    expect(await tried).toBe('https://example.org/');
    expect(await inPage("confirm('x')")).toBe(false);
    await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.openDevTools());
    const state = await shell.evaluate(({ BrowserWindow }) => {
      const windows = BrowserWindow.getAllWindows();
      return [windows.length, windows[0]?.webContents.getURL(), windows[0]?.webContents.isDevToolsOpened()];
    });
    expect(state).toEqual([1, 'app://qyzyl/index.html', false]);
  });

  test('is refused a second time, and with an inspector or Node options', async () => {
    expect(await exitOf([], {})).toBe(alreadyRunningExitCode);
    expect(await exitOf(['--remote-debugging-port=0'], {})).toBe(exitCodes.settings);
    expect(await exitOf(['--inspect=0'], {})).toBe(exitCodes.settings);
    expect(await exitOf([], { NODE_OPTIONS: '--no-warnings' })).toBe(exitCodes.settings);
  });

  test('comes back when its renderer is killed', async () => {
    const rendererPid = (): Promise<number | undefined> =>
      shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId());
    const killed = await rendererPid();
    await shell.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    await until(
      'another renderer',
      20_000,
      async () => ![undefined, 0, killed].includes(await rendererPid()),
    );
    await until(
      'the page again',
      20_000,
      async () => Number(await inPage('document.body.innerText.length')) > 0,
    );
  });
});
