import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { browserOptions } from '../../cli/screenshots.ts';
import { type ScreenServer, startScreenServer } from '../../host/screen-server.ts';
import { bundle } from '../../renderer/bundle.ts';
import { viewOfSample } from '../../renderer/preview/samples.ts';
import { decodeUp } from '../../terminal/contract/decode.ts';
import type { ScreenLink } from '../../terminal/contract/link.ts';
import { sampleNamed } from './gallery.ts';

/* The page as it ships, on the real server with its real security policy, at the other end of a real line. */

const folder = mkdtempSync(join(tmpdir(), 'qyzyl-page-'));
/** A machine that runs many tests at once is slow to draw. */
const inTime = { timeout: 8_000 };
let server: ScreenServer;
let browser: Browser;
let page: Page;
let links: ScreenLink[] = [];
let heard: string[] = [];
let complaints: string[] = [];

beforeAll(async () => {
  await bundle('screen', 'disk', folder);
  browser = await chromium.launch(browserOptions);
  server = await serve();
}, 60_000);

function serve(again: { readonly port?: number; readonly token?: string } = {}): Promise<ScreenServer> {
  return startScreenServer({
    ...again,
    pageFolder: folder,
    onLink: (link) => {
      links.push(link);
      link.onText((text) => void heard.push(text));
    },
    onRefused: () => undefined,
  });
}

afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  links = [];
  heard = [];
  complaints = [];
  page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => void complaints.push(String(error)));
  await page.goto(server.url);
  await expect.poll(() => links.length, inTime).toBe(1);
});

afterEach(() => page.close());

function tell(name: string): void {
  const dress = { language: 'en', panel: 'wide-23', easyMode: false, simulated: false } as const;
  const view = viewOfSample(sampleNamed(name), dress);
  links.at(-1)?.send(JSON.stringify({ kind: 'view', revision: 1, view }));
}

function heading(): Promise<string | null> {
  return page.locator('h1').first().textContent();
}

test('draws what it is told and says what is pressed, under the policy of the real server', async () => {
  expect(await heading()).toBe('Бір сәт…');
  tell('attract');
  await expect.poll(heading, inTime).toBe('Top up wallet');
  const press = async (): Promise<number> => {
    await page.getByRole('button', { name: 'Touch to start' }).click();
    return heard.length;
  };
  // A new screen is deaf for half a second.
  await expect.poll(press, inTime).toBe(1);
  const decoded = decodeUp(heard[0] ?? '');
  expect(decoded).toMatchObject({ kind: 'message', message: { offerId: 'attract.start', value: 'en' } });
  expect(complaints).toEqual([]);
});

test('what is not in the contract is not drawn', async () => {
  tell('confirm');
  await expect.poll(heading, inTime).toBe('Check the recipient');
  links[0]?.send('{"kind":"view","revision":2,"view":{}}');
  links[0]?.send('no json');
  tell('service');
  await expect.poll(heading, inTime).toBe('Choose a service');
  expect(complaints).toEqual([]);
});

test('without its terminal it shows nobody’s data, and comes back by itself', async () => {
  tell('confirm');
  await expect.poll(heading, inTime).toBe('Check the recipient');
  const { port, hash } = new URL(server.url);
  await server.close();
  await expect.poll(heading, inTime).toBe('Бір сәт…');
  expect(await page.textContent('body')).not.toContain('701');
  server = await serve({ port: Number(port), token: hash.replace('#token=', '') });
  await expect.poll(() => links.length, inTime).toBe(2);
  tell('service');
  await expect.poll(heading, inTime).toBe('Choose a service');
});

test('a page that another has replaced stays away', async () => {
  const other = await browser.newPage();
  await other.goto(server.url);
  await expect.poll(() => links.length, inTime).toBe(2);
  links[0]?.close();
  await expect.poll(heading, inTime).toBe('Бір сәт…');
  expect(links).toHaveLength(2);
  await other.close();
});
