import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { pressTimes } from '../../renderer/press-guard.ts';
import { formatMinor, minorFromTenge } from '../../terminal/money.ts';
import { visitTimes } from '../../terminal/session/timeouts.ts';

/*
 * `npm start` as a newcomer has it: the real terminal process on pseudo-terminals, the dock in a real browser, and in
 * its frame the real screen. Everything is done by touching what is on the page.
 */

export interface DockStage {
  readonly page: Page;
  /** The customer's screen in the dock's frame. */
  readonly screen: FrameLocator;
  end(): Promise<void>;
}

const chromiumArguments =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export async function openDockStage(): Promise<DockStage> {
  const folder = mkdtempSync(join(tmpdir(), 'qyzyl-dock-'));
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: chromiumArguments.split(' '),
  });
  const terminal = spawn(process.execPath, ['cli/start.ts', '--fast', '--folder', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // The pages are to be built as a newcomer gets them, not as for a test of their parts.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  try {
    const address = await addressOf(terminal);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(15_000);
    await page.goto(address);
    const screen = page.frameLocator('iframe');
    return { page, screen, end: () => end(browser, terminal, folder) };
  } catch (error) {
    await end(browser, terminal, folder);
    throw error;
  }
}

function addressOf(terminal: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    terminal.once('exit', (code) => reject(new Error(`npm start ended at once (exit ${code})`)));
    if (terminal.stdout === null) return reject(new Error('npm start says nothing'));
    createInterface({ input: terminal.stdout }).on('line', (line) => {
      const [address] = /http:\S+/.exec(line) ?? [];
      if (address !== undefined) resolve(address);
    });
  });
}

async function end(browser: Browser, terminal: ChildProcess, folder: string): Promise<void> {
  await browser.close();
  if (terminal.exitCode === null) {
    const ended = new Promise((resolve) => terminal.once('exit', resolve));
    terminal.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Longer than any answer takes, even on a machine with much else to do. */
const answerWithinMs = 2_500;

/** A customer at the frame. A touch on a screen that is not yet awake counts for nothing, so it is repeated. */
export class DockCustomer {
  readonly #stage: DockStage;

  constructor(stage: DockStage) {
    this.#stage = stage;
  }

  at(screen: string): Locator {
    return this.#stage.screen.locator(`main[data-screen="${screen}"]`);
  }

  async touch(name: string | RegExp, leadsTo: string): Promise<void> {
    for (let touches = 0; touches < 8; touches += 1) {
      const button = this.#stage.screen.locator('main').getByRole('button', { name });
      await button.or(this.at(leadsTo)).first().waitFor();
      await this.#look();
      await Promise.race([this.at(leadsTo).waitFor(), button.first().click()]);
      try {
        await this.at(leadsTo).waitFor({ timeout: answerWithinMs });
        return;
      } catch {
        // Not yet awake, or not yet answered.
      }
    }
    throw new Error(`touching ${name} does not lead to ${leadsTo}`);
  }

  /** A new screen takes no press for half a second: it was meant for the one before. */
  async #look(): Promise<void> {
    await this.#stage.page.waitForTimeout(visitTimes.pressAfterMs + 50);
  }

  async toCash(number = '7010000001'): Promise<void> {
    await this.touch('English', 'service');
    await this.touch('Top up wallet', 'number');
    await this.#look();
    for (const [index, digit] of [...number].entries()) await this.#type(digit, index + 1);
    await this.touch('Next', 'confirm');
    await this.touch('Yes', 'cash');
  }

  /** Puts a note into the slot once it is lit, and again if the acceptor was not yet willing. */
  async insert(tenge: number): Promise<void> {
    const news = this.#stage.page.getByRole('list', { name: 'Just now' }).getByRole('listitem');
    const amount = formatMinor(minorFromTenge(tenge));
    const outcome = news.filter({ hasText: new RegExp(`${amount} (drawn in|stayed in your hand)`) }).first();
    for (let tries = 0; tries < 8; tries += 1) {
      await this.at('cash').locator('[data-mouth="open"]').waitFor();
      const before = Number(await news.first().getAttribute('value'));
      await this.#stage.page.getByRole('button', { name: `Insert ${tenge} tenge` }).click();
      await expect
        .poll(async () => Number(await outcome.getAttribute('value')), { timeout: 10_000 })
        .toBeGreaterThan(before);
      if ((await outcome.innerText()).includes('drawn in')) {
        // For a moment the slot is still lit: the next note would be pushed in behind this one.
        await this.at('cash').locator('[data-mouth="open"]').waitFor({ state: 'detached' });
        return;
      }
    }
    throw new Error(`the acceptor does not want ${tenge}`);
  }

  /** A digit that has not yet shown may still be on its way: it is touched again only after a while. */
  async #type(digit: string, lengthAfter: number): Promise<void> {
    const { screen } = this.#stage;
    const field = screen.getByRole('status', { name: typed(lengthAfter) });
    for (let touches = 0; touches < 8; touches += 1) {
      // A digit repeated any faster is the bounce of one touch.
      await this.#stage.page.waitForTimeout(pressTimes.digitBounceMs + 30);
      await screen.getByRole('button', { name: digit, exact: true }).click();
      try {
        await field.waitFor({ timeout: answerWithinMs });
        return;
      } catch {
        // The screen was not yet awake.
      }
    }
    throw new Error(`the digit ${digit} does not appear`);
  }
}

function typed(length: number): RegExp {
  return new RegExp(`^\\+7(\\D*\\d){${length}}\\D*$`);
}
