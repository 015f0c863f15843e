import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { browserOptions } from '../../cli/screenshots.ts';
import { createScreenPort } from '../../host/screen-port.ts';
import { makeScreenToken, type ScreenServer, startScreenServer } from '../../host/screen-server.ts';
import { bundle } from '../../renderer/bundle.ts';
import { pressTimes } from '../../renderer/press-guard.ts';
import type { DownMessage } from '../../terminal/contract/messages.ts';
import { visitTimes } from '../../terminal/session/timeouts.ts';
import { World } from '../scenarios/world.ts';

/*
 * The page as it ships in a real Chromium, on the real screen server, and behind it the production terminal on simulated
 * devices in a world whose time passes when told to. A customer touches the glass and reads it; hands put notes in.
 */

export type Language = 'kk' | 'ru' | 'en' | 'sw';
export const languages: readonly Language[] = ['kk', 'ru', 'en', 'sw'];
export type Words = Readonly<Record<string, string>>;

/** A machine that runs many tests at once is slow to draw. */
export const inTime = { timeout: 15_000 };

export const wallet = '7010000001';
/** Every way in which the page writes that number or a part of it that says whose it is. */
export const traces = [wallet, '701 000 00 01', '701\u00a0000\u00a000\u00a001', '+77010000001'];

export class GlassStage {
  readonly browser: Browser;
  readonly page: Page;
  /** What has come up the line since the stage was set. */
  readonly heard: string[] = [];
  /** Lines that pages have opened. */
  links = 0;
  /** A muted terminal shows nothing new: what the glass says is old. */
  isMuted = false;
  readonly pageFolder: string;
  readonly #token = makeScreenToken();
  readonly #port = createScreenPort((text) => this.#hear(text));
  #server: ScreenServer | undefined;
  #portNumber = 0;
  #world: World | undefined;
  /** The view that was sent last, and the one that has reached the page last; as text. */
  #sent = '';
  #arrived = '';

  private constructor(browser: Browser, page: Page, pageFolder: string) {
    this.browser = browser;
    this.page = page;
    this.pageFolder = pageFolder;
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => this.#see(String(payload))));
  }

  static async open(viewport = { width: 1080, height: 1920 }): Promise<GlassStage> {
    const folder = mkdtempSync(join(tmpdir(), 'qyzyl-glass-'));
    await bundle('screen', 'disk', folder);
    const browser = await chromium.launch(browserOptions);
    const context = await browser.newContext({ viewport, hasTouch: true, reducedMotion: 'reduce' });
    const stage = new GlassStage(browser, await pageOf(context), folder);
    await stage.plugIn();
    await stage.page.goto(stage.url);
    return stage;
  }

  get url(): string {
    if (this.#server === undefined) throw new Error('the line is pulled');
    return this.#server.url;
  }

  get world(): World {
    if (this.#world === undefined) throw new Error('no world is behind the glass');
    return this.#world;
  }

  /** Puts a new world behind the glass. */
  async behind(world = new World()): Promise<World> {
    await this.#world?.close();
    this.#world = world;
    world.onView = (view) => {
      if (this.isMuted) return;
      this.#sent = JSON.stringify(view);
      this.#port.show(view);
    };
    return world;
  }

  /** The server goes, as the process that runs it would. */
  async pull(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
  }

  /** The page has a line again. */
  async linked(linksBefore: number): Promise<void> {
    await expect.poll(() => this.links, inTime).toBeGreaterThan(linksBefore);
    await this.caughtUp();
  }

  /** It is back at the same address. */
  async plugIn(): Promise<void> {
    this.#server = await startScreenServer({
      pageFolder: this.pageFolder,
      port: this.#portNumber,
      token: this.#token,
      onLink: (link) => {
        this.links += 1;
        this.#port.plugIn(link);
      },
      onRefused: () => undefined,
    });
    this.#portNumber = Number(new URL(this.#server.url).port);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.#server?.close();
    await this.#world?.close();
    rmSync(this.pageFolder, { recursive: true, force: true });
  }

  #see(text: string): void {
    const message = JSON.parse(text) as DownMessage;
    if (message.kind === 'view') this.#arrived = JSON.stringify(message.view);
  }

  #hear(text: string): void {
    this.heard.push(text);
    this.#world?.hear(text);
  }

  // -------------------------------------------------------------- the glass

  at(screen: string): Locator {
    return this.page.locator(`main[data-screen="${screen}"]`);
  }

  /** The latest view has reached the page, and the glass shows its screen, its question and its overlay. */
  async caughtUp(): Promise<void> {
    await expect.poll(() => this.#arrived, inTime).toBe(this.#sent);
    const { screen, question, overlay } = this.world.view;
    const cover = question !== undefined ? '.question' : overlay !== undefined ? '.sheet' : undefined;
    await this.at(screen.kind).waitFor({ ...inTime, state: 'attached' });
    if (cover === undefined)
      await expect.poll(() => this.page.locator('.sheet, .question').count(), inTime).toBe(0);
    else await this.page.locator(cover).waitFor(inTime);
  }

  async sum(): Promise<string> {
    const said = await this.page.locator('.rolling').first().getAttribute('aria-label');
    return (said ?? '').replace(/^.*: /, '').replaceAll('\u00a0', ' ');
  }

  text(): Promise<string> {
    return this.page.locator('body').innerText();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name }).first();
  }

  // -------------------------------------------------------------- fingers

  /** Lets both sides' half second of deafness pass, touches, and waits until the terminal has heard it. */
  async touch(name: string | RegExp): Promise<void> {
    await this.world.clock.advance(visitTimes.pressAfterMs);
    await this.caughtUp();
    await this.wake();
    await this.#tap(this.button(name));
  }

  /** Digits need not wait for a new screen, only for the last one not to look like a bounce. */
  async type(digits: string): Promise<void> {
    await this.world.clock.advance(visitTimes.pressAfterMs);
    await this.caughtUp();
    await this.wake();
    for (const digit of digits) {
      await this.#tap(this.page.getByRole('button', { name: digit, exact: true }).first());
      await this.wake(pressTimes.digitBounceMs + 10);
    }
  }

  /** The page's clock alone jumps ahead: its half second need not be waited for. */
  wake(byMs: number = pressTimes.newScreenMs + 50): Promise<void> {
    return this.page.evaluate(`void skipMs(${byMs})`);
  }

  async #tap(button: Locator): Promise<void> {
    const before = this.heard.length;
    await button.tap(inTime);
    await expect.poll(() => this.heard.length, inTime).toBe(before + 1);
    await this.world.clock.advance(1);
    await this.caughtUp();
  }

  // -------------------------------------------------------------- a customer's way

  /** From the icon to the open acceptor: four touches besides the digits. */
  async toCash(language: Language, number = wallet): Promise<void> {
    await this.toConfirm(language, number);
    await this.touch(wordsOf(language)['button.confirmYes'] ?? '');
    await this.world.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
    await this.caughtUp();
  }

  async toConfirm(language: Language, number = wallet): Promise<void> {
    const words = wordsOf(language);
    await this.touch(languageNames[language]);
    await this.touch(words['title.topUp'] ?? '');
    await this.type(number);
    await this.touch(words['button.next'] ?? '');
    await this.world.until('confirm', 11_000);
    await this.caughtUp();
  }

  /** Puts a note in and reads the new sum from the glass. */
  async pay(tenge: number, sumAfter: string): Promise<void> {
    await this.world.pay(tenge);
    await expect.poll(() => this.sum(), inTime).toBe(sumAfter);
  }
}

export const languageNames: Readonly<Record<Language, string>> = {
  kk: 'Қазақша',
  ru: 'Русский',
  en: 'English',
  sw: 'Kiswahili',
};

export function wordsOf(language: Language): Words {
  return JSON.parse(readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), 'utf8'));
}

async function pageOf(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(`{
    const now = performance.now.bind(performance);
    let aheadMs = 0;
    performance.now = () => now() + aheadMs;
    globalThis.skipMs = (byMs) => { aheadMs += byMs; };
  }`);
  return page;
}
