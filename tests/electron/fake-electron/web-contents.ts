import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, WebContents } from 'electron';
import type { BrowserContext, Frame, Page, Route } from 'playwright-core';
import { app, ipcMain } from './app.ts';
import { chromiumBrowser, preloadScript, privateNames } from './chromium.ts';
import { FakeEvent } from './fake-event.ts';
import { type FakeMessagePort, nextPortId, PortFerry, type PortTraffic } from './message-port.ts';
import { type FakeSession, session } from './session.ts';

/*
 * Electron's page as a page of the installed Chromium. What Chromium does by itself becomes the event that Electron would
 * raise; what a listener prevents does not happen.
 */

/** Chromium knows no `app:` scheme, so the page lives at an address that nobody can own. */
const stage = 'https://qyzyl.invalid/';
const own = 'app://qyzyl/';
const toStage = (url: string): string => url.replace(own, stage);
const fromStage = (url: string): string => url.replace(stage, own);

type FromPage =
  | { readonly kind: 'ipc'; readonly channel: string; readonly args: readonly unknown[] }
  | PortTraffic;

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

export class FakeWebContents extends EventEmitter {
  readonly session: FakeSession;
  readonly mainFrame: { readonly url: string };
  readonly navigationHistory = { clear: (): void => void this.calls.push('navigationHistory.clear') };
  /** What was asked of this page that Chromium cannot be shown to do. */
  readonly calls: string[] = [];
  /** Requests that went past every guard, out of the machine. */
  readonly leaked: string[] = [];
  page: Page | undefined;

  readonly #options: BrowserWindowConstructorOptions;
  #context: BrowserContext | undefined;
  #ferry = new PortFerry((traffic) => this.#tellPage(traffic));
  #openHandler: OpenHandler | undefined;
  #isDestroyed = false;
  #ownLoads = 0;
  #url = '';

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.#options = options;
    this.session = session.fromPartition(options.webPreferences?.partition ?? '');
    const currentUrl = (): string => fromStage(this.page?.url() ?? '');
    this.mainFrame = {
      get url() {
        return currentUrl();
      },
    };
    app.emit('web-contents-created', new FakeEvent(), this);
  }

  async loadURL(url: string): Promise<void> {
    this.#url = url;
    const page = await this.#freshPage();
    this.#ownLoads += 1;
    await page.goto(toStage(url)).catch((error: unknown) => {
      if (!this.#isDestroyed && page === this.page) throw error;
    });
  }

  reload(): void {
    void this.loadURL(this.#url).catch(() => undefined);
  }

  /** Electron kills the renderer even if it hangs, and tells of it. */
  forcefullyCrashRenderer(): void {
    this.#leavePage();
    this.emit('render-process-gone', new FakeEvent(), { reason: 'killed', exitCode: 9 });
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#leavePage();
    this.emit('destroyed');
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  send(channel: string, ...args: readonly unknown[]): void {
    this.#tellPage({ kind: 'ipc', channel, args, portIds: [] });
  }

  postMessage(channel: string, message: unknown, ports: readonly FakeMessagePort[] = []): void {
    const portIds = ports.map(nextPortId);
    this.#tellPage({ kind: 'ipc', channel, args: [message], portIds });
    ports.forEach((port, index) => {
      const id = portIds[index];
      if (id !== undefined) this.#ferry.carry(id, port);
    });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** What Electron asks when a page opens a window. */
  windowOpen(url: string): string {
    const details = { url, frameName: '', features: '', disposition: 'new-window', referrer: { url: '' } };
    return this.#openHandler?.(details as Parameters<OpenHandler>[0]).action ?? 'allow';
  }

  setZoomFactor(factor: number): void {
    this.calls.push(`setZoomFactor ${factor}`);
  }
  async setVisualZoomLevelLimits(minimum: number, maximum: number): Promise<void> {
    this.calls.push(`setVisualZoomLevelLimits ${minimum} ${maximum}`);
  }
  setIgnoreMenuShortcuts(isIgnored: boolean): void {
    this.calls.push(`setIgnoreMenuShortcuts ${isIgnored}`);
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.calls.push(`setWebRTCIPHandlingPolicy ${policy}`);
  }
  closeDevTools(): void {
    this.calls.push('closeDevTools');
  }

  async insertCSS(css: string): Promise<string> {
    // A constructed sheet passes the page's policy, as Electron's own does.
    await this.page?.evaluate(
      `{ const sheet = new CSSStyleSheet(); sheet.replaceSync(${JSON.stringify(css)}); document.adoptedStyleSheets.push(sheet); }`,
    );
    return '';
  }

  async #freshPage(): Promise<Page> {
    this.#leavePage();
    const { width = 1080, height = 1920, webPreferences } = this.#options;
    const browser = await chromiumBrowser();
    const context = await browser.newContext({
      viewport: { width, height },
      hasTouch: true,
      // Whoever draws animations in software has no time for anything else.
      reducedMotion: 'reduce',
    });
    this.#context = context;
    await context.exposeBinding(privateNames.toShell, ({ frame }, message: FromPage) =>
      this.#hearPage(frame, message),
    );
    await context.addInitScript(preloadScript(webPreferences?.preload ?? ''));
    const page = await context.newPage();
    this.page = page;
    await page.route('**/*', (route) => this.#answer(page, route));
    page.on('crash', () => this.#crashed(page));
    page.on('domcontentloaded', () => this.emit('dom-ready', new FakeEvent()));
    page.on('load', () => this.emit('ready-to-show', new FakeEvent()));
    page.on('popup', (popup) => {
      if (this.windowOpen(popup.url()) === 'deny') void popup.close();
    });
    page.on('download', () => this.session.emit('will-download', new FakeEvent()));
    return page;
  }

  async #answer(page: Page, route: Route): Promise<void> {
    const request = route.request();
    const url = fromStage(request.url());
    if (request.isNavigationRequest() && !this.#mayNavigate(page, request.frame(), url)) {
      return route.abort('aborted');
    }
    if (this.session.isCancelled(url)) return route.abort('blockedbyclient');
    const handler = this.session.handlers.get('app');
    if (!url.startsWith(own) || handler === undefined) {
      this.leaked.push(url);
      return route.fulfill({ body: 'the world outside' });
    }
    const answer = await handler(new Request(url, { method: request.method() }));
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  }

  #mayNavigate(page: Page, frame: Frame, url: string): boolean {
    const isMainFrame = frame === page.mainFrame();
    if (isMainFrame && this.#ownLoads > 0) {
      this.#ownLoads -= 1;
      return true;
    }
    const event = new FakeEvent({ url, isMainFrame });
    if (isMainFrame) this.emit('will-navigate', event);
    this.emit('will-frame-navigate', event);
    return !event.defaultPrevented;
  }

  #hearPage(frame: Frame, message: FromPage): void {
    if (message.kind !== 'ipc') {
      this.#ferry.receive(message);
      return;
    }
    const isMainFrame = frame === this.page?.mainFrame();
    const senderFrame = isMainFrame ? this.mainFrame : { url: fromStage(frame.url()) };
    ipcMain.emit(message.channel, { sender: this, senderFrame, ports: [] }, ...message.args);
  }

  #tellPage(message: object): void {
    const page = this.page;
    // A hung page hears nothing and answers nothing; nobody here waits for it.
    page?.evaluate(`window.${privateNames.fromShell}?.(${JSON.stringify(message)})`).catch(() => undefined);
  }

  #crashed(page: Page): void {
    if (page !== this.page) return;
    this.#leavePage();
    this.emit('render-process-gone', new FakeEvent(), { reason: 'crashed', exitCode: 5 });
  }

  #leavePage(): void {
    const context = this.#context;
    this.#context = undefined;
    this.page = undefined;
    this.#ownLoads = 0;
    this.#ferry.sink();
    this.#ferry = new PortFerry((traffic) => this.#tellPage(traffic));
    void context?.close().catch(() => undefined);
  }
}
