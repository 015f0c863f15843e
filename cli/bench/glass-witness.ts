import type { CDPSession, Page } from 'playwright-core';

/*
 * What is written into the page before it starts, to say when a change was on the glass: a frame has been made with it,
 * and the browser has gone on to other work.
 */

/** Milliseconds since the epoch, so that a host's moment and a page's can be compared. */
export interface PaintedSum {
  readonly words: string;
  readonly atEpochMs: number;
}

const script = `{
  const witness = { pressedMs: [], digitMs: [], sums: [] };
  globalThis.witness = witness;
  const afterPaint = (tell) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => tell(performance.now());
    port2.postMessage(0);
  });
  let releasedMs;
  let digits = '';
  let sum = '';
  addEventListener('pointerdown', ({ target, timeStamp }) => {
    const button = target.closest('button');
    afterPaint((nowMs) => {
      if (button?.dataset.down !== undefined) witness.pressedMs.push(nowMs - timeStamp);
    });
  }, true);
  addEventListener('pointerup', ({ timeStamp }) => { releasedMs = timeStamp; }, true);
  new MutationObserver(() => {
    const typed = document.querySelector('.field')?.textContent.replace(/\\D/g, '') ?? '';
    if (typed.length > digits.length && releasedMs !== undefined) {
      const fromMs = releasedMs;
      releasedMs = undefined;
      afterPaint((nowMs) => witness.digitMs.push(nowMs - fromMs));
    }
    digits = typed;
    const words = document.querySelector('.rolling')?.getAttribute('aria-label') ?? '';
    if (words !== sum && words !== '') {
      afterPaint((nowMs) => witness.sums.push({ words, atEpochMs: performance.timeOrigin + nowMs }));
    }
    sum = words;
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}`;

interface Witnessed {
  readonly pressedMs: readonly number[];
  readonly digitMs: readonly number[];
  readonly sums: readonly PaintedSum[];
}

/** Five seconds; what has not been painted by then counts as missing. */
const looksMax = 100;

/** A page that is watched, and fingers on it. */
export class WitnessedPage {
  readonly #page: Page;
  readonly #cdp: CDPSession;

  private constructor(page: Page, cdp: CDPSession) {
    this.#page = page;
    this.#cdp = cdp;
  }

  static async open(page: Page, url: string): Promise<WitnessedPage> {
    await page.addInitScript(script);
    await page.goto(url);
    return new WitnessedPage(page, await page.context().newCDPSession(page));
  }

  /** The page's threads get a share of the processor, as on a slow terminal. */
  async slowDown(times: number): Promise<void> {
    await this.#cdp.send('Emulation.setCPUThrottlingRate', { rate: times });
  }

  async shows(selector: string): Promise<void> {
    await this.#page.locator(selector).first().waitFor();
  }

  async touch(name: string): Promise<void> {
    const box = await this.#page.getByRole('button', { name, exact: true }).first().boundingBox();
    if (box === null) throw new Error(`no button ${name}`);
    const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await this.#cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
    await this.#page.waitForTimeout(60);
    await this.#cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  wait(ms: number): Promise<void> {
    return this.#page.waitForTimeout(ms);
  }

  /** What has been seen since the last time, once at least so many digits or sums are in it. */
  async seen(kind: 'digitMs' | 'sums', atLeast: number): Promise<Witnessed> {
    // Asked again and again from outside: the page's policy lets nobody evaluate text in it.
    for (let looks = 0; looks < looksMax; looks += 1) {
      if ((await this.#page.evaluate<number>(`witness.${kind}.length`)) >= atLeast) break;
      await this.#page.waitForTimeout(50);
    }
    return this.#page.evaluate<Witnessed>(
      '((seen) => { Object.assign(witness, { pressedMs: [], digitMs: [], sums: [] }); return seen; })({ ...witness })',
    );
  }
}
