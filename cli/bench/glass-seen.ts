import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import type { DeviceProcess } from '../simulated-device.ts';

/* The glass as somebody before it knows it: what is on it, and whether it takes a touch. */

const words = JSON.parse(readFileSync(new URL('../../locales/kk.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, string>
>;

const lookEveryMs = 25;
/** A page that says nothing for so long is not seen to answer. */
const answerWithinMs = 250;
/** Between two touches of somebody who was not heard; faster ones look like a finger that bounces. */
const touchEveryMs = 400;
const givenUpAfterMs = 20_000;

export const moments = ['attract', 'number', 'cash', 'a note in', 'result'] as const;
export type Moment = (typeof moments)[number];

interface Look {
  /** Absent while nothing is on the glass. */
  readonly screen: string | undefined;
  readonly isHelpShown: boolean;
}

const look = `({
  screen: document.querySelector('main[data-screen]')?.dataset.screen,
  isHelpShown: document.querySelector('.help') !== null,
})`;

export class GlassSeen {
  readonly #page: Page;
  #touchedMs = 0;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async open(browser: Browser, url: string): Promise<GlassSeen> {
    const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, hasTouch: true });
    const page = await context.newPage();
    await page.goto(url);
    return new GlassSeen(page);
  }

  close(): Promise<void> {
    return this.#page.context().close();
  }

  async reload(): Promise<void> {
    await this.#page.reload({ waitUntil: 'commit' });
  }

  /** Waits until that screen is on the glass. */
  async shows(screen: string): Promise<void> {
    await this.#until(screen, async () => (await this.#look())?.screen === screen);
  }

  /** Touches for help until it is there, or the glass says that it needs a moment. */
  async isTrue(): Promise<void> {
    await this.#until('something true', async () => {
      const seen = await this.#look();
      if (seen?.isHelpShown === true || seen?.screen === 'one-moment') return true;
      await this.touch('button.help');
      return false;
    });
  }

  /** From now on, how long the glass was white at the longest. */
  watchWhite(): { stop(): Promise<void>; longestMs(): number } {
    let isOver = false;
    let longestMs = 0;
    const watch = async (): Promise<void> => {
      let lastSeenMs = performance.now();
      while (!isOver) {
        const seen = await this.#look();
        const nowMs = performance.now();
        longestMs = Math.max(longestMs, nowMs - lastSeenMs);
        if (seen?.screen !== undefined) lastSeenMs = nowMs;
        await this.#page.waitForTimeout(lookEveryMs);
      }
    };
    const watching = watch();
    return {
      stop: async () => {
        isOver = true;
        await watching;
      },
      longestMs: () => longestMs,
    };
  }

  /** Touches a button until the screen has gone on: a new one is deaf for half a second. */
  async touchTo(name: string, screen: string): Promise<void> {
    await this.#until(screen, async () => {
      if ((await this.#look())?.screen === screen) return true;
      await this.touch(name);
      return false;
    });
  }

  /** Types a number, each digit until it stands in the field. */
  async typeNumber(digits: string): Promise<void> {
    for (const [at, digit] of [...digits].entries()) {
      await this.#until(`digit ${at + 1}`, async () => {
        const typed = await this.#page.locator('.field').innerText({ timeout: answerWithinMs });
        // The field begins with +7, and shows what is still missing as lines.
        if (typed.replace(/\D/g, '').length > at + 1) return true;
        await this.touch(digit);
        return false;
      });
    }
  }

  /** Puts a note in, and waits until the sum has it. */
  async noteIn(acceptor: DeviceProcess): Promise<void> {
    await this.#until('the open slot', () => this.#page.locator('.machine[data-mouth="open"]').isVisible());
    acceptor.say('insert 1000');
    await this.#until('the sum', async () => {
      const said = await this.#page.locator('.rolling').first().getAttribute('aria-label');
      return said?.includes('1\u00a0000') === true;
    });
  }

  /** Touches a button by the key of its words, or by its words; nothing happens where there is no such button. */
  async touch(name: string): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.#touchedMs < touchEveryMs) return;
    this.#touchedMs = nowMs;
    const button = this.#page
      .getByRole('button', { name: words[name] ?? name, exact: /^\d$/.test(name) })
      .first();
    // Where it is now, moving or not: a finger does not wait for a picture to come to rest.
    const box = await button.boundingBox({ timeout: answerWithinMs }).catch(() => null);
    if (box !== null) await this.#page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  }

  /** What is on the glass; `undefined` for a page that does not answer. */
  #look(): Promise<Look | undefined> {
    const silence = new Promise<undefined>((resolve) => setTimeout(resolve, answerWithinMs, undefined));
    return Promise.race([this.#page.evaluate<Look>(look).catch(() => undefined), silence]);
  }

  async #until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const deadlineMs = performance.now() + givenUpAfterMs;
    while (!(await isSo())) {
      if (performance.now() > deadlineMs)
        throw new Error(`the glass never came to ${what}: ${JSON.stringify(await this.#look())}`);
      await this.#page.waitForTimeout(lookEveryMs);
    }
  }
}

/** From the first screen to that moment of a visit, with fingers and a note. */
export async function goTo(moment: Moment, glass: GlassSeen, acceptor: DeviceProcess): Promise<void> {
  await glass.shows('attract');
  if (moment === 'attract') return;
  await glass.touchTo('Қазақша', 'service');
  await glass.touchTo('title.topUp', 'number');
  if (moment === 'number') return;
  await glass.typeNumber('7010000001');
  await glass.touchTo('button.next', 'confirm');
  await glass.touchTo('button.confirmYes', 'cash');
  if (moment === 'cash') return;
  await glass.noteIn(acceptor);
  if (moment === 'a note in') return;
  await glass.touchTo('button.pay', 'result');
}
