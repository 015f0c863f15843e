import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startShell } from '../../electron/shell.ts';
import { seededRandom } from '../../simulator/random.ts';
import { bentJson } from '../fuzz/mutate-json.ts';
import { app } from './fake-electron/app.ts';
import { FakeBrowserWindow } from './fake-electron/browser-window.ts';
import { closeChromium } from './fake-electron/chromium.ts';
import { FakeUtilityProcess } from './fake-electron/utility-process.ts';
import {
  type Built,
  buildAll,
  type SimulatedPlace,
  simulatedPlace,
  thePage,
  theWindow,
  until,
  untilShown,
} from './stage.ts';

vi.mock('electron', () => import('./fake-electron/electron.ts'));
vi.mock('../../electron/times.ts', async (original) => slower(await original()));

/*
 * The real shell, the real built preload and page in Chromium, the real terminal host on simulated devices. Parts die and
 * hang one after the other, and the screen comes back. How soon is a matter of the times in times.ts, which are multiplied
 * here: a test machine has other things to do, and must not look like a frozen page.
 */

type Times = typeof import('../../electron/times.ts');

function slower({ pageTimes, hostTimes }: Times): object {
  const times = (name: string, value: number): number => (name === 'probeEveryMs' ? value : value * 3);
  const all = (table: Readonly<Record<string, number>>): object =>
    Object.fromEntries(Object.entries(table).map(([name, value]) => [name, times(name, value)]));
  return { pageTimes: all(pageTimes), hostTimes: all(hostTimes) };
}

let built: Built;
let place: SimulatedPlace;

beforeAll(async () => {
  built = await buildAll();
  place = await simulatedPlace(built.folder);
  void startShell({ ...built, settingsPath: place.settingsPath });
  app.becomeReady();
  await untilShown('[data-screen=attract]', 30_000);
}, 120_000);

afterAll(async () => {
  app.quit();
  await vi.waitFor(() => expect(app.exitCodes).toEqual([0]), { timeout: 10_000 });
  await closeChromium();
  await place.close();
  built.remove();
}, 30_000);

const recoverWithinMs = 60_000;
const textsSent = 1_000;

test('a touch goes through the port to the terminal and comes back as the next screen', async () => {
  await until('the next screen', 15_000, async () => {
    // A screen takes no touch in its first half second, so somebody who is early touches again.
    const start = thePage().locator('[data-screen=attract] button').first();
    await start.tap({ timeout: 1_000 }).catch(() => undefined);
    return thePage().locator('[data-screen=service]').isVisible();
  });
});

test('a page in strangers’ hands sends what it likes, and the host lives on', {
  timeout: 60_000,
}, async () => {
  const pid = hostPid();
  const random = seededRandom(20_261_127);
  const encoder = new TextEncoder();
  const presses = ['s1.start', 's1.language', 's2.choose-top-up', 's3.digit'].map((offerId, at) =>
    encoder.encode(JSON.stringify({ kind: 'press', pressId: `p${at}`, offerId, value: '7' })),
  );
  const texts = Array.from({ length: textsSent }, () => new TextDecoder().decode(bentJson(presses, random)));
  await thePage().evaluate(`for (const text of ${JSON.stringify(texts)}) window.qyzyl.send(text)`);
  await until('a screen that still takes touches', 30_000, async () => {
    const help = thePage().getByRole('button', { name: 'Көмек' }).first();
    await help.tap({ timeout: 1_000 }).catch(() => undefined);
    return thePage().locator('.help').isVisible();
  });
  expect(hostPid()).toBe(pid);
});

describe('no part takes the screen with it', { timeout: 150_000 }, () => {
  test('a host that is killed is followed by another, and a visit without money begins anew', async () => {
    process.kill(hostPid(), 'SIGKILL');
    await untilShown('[data-screen=attract]', recoverWithinMs);
    expect(FakeUtilityProcess.running.size).toBe(1);
  });

  test('a host that hangs is covered by "one moment" and replaced', async () => {
    const hungPid = hostPid();
    process.kill(hungPid, 'SIGSTOP');
    await untilShown('[data-screen=one-moment]', recoverWithinMs);
    await untilShown('[data-screen=attract]', recoverWithinMs);
    expect(hostPid()).not.toBe(hungPid);
  });

  test('a page that hangs is loaded anew', async () => {
    const hung = thePage();
    hung.evaluate('for (;;) {}').catch(() => undefined);
    await untilFresh(hung);
  });

  test('a page whose program has failed and left nothing is loaded anew', async () => {
    const blank = thePage();
    await blank.evaluate("document.getElementById('root').replaceChildren()");
    await untilFresh(blank);
  });

  test('a page whose renderer has crashed again gets a window of its own', async () => {
    const window = theWindow();
    const crashed = thePage();
    const crash = await crashed.context().newCDPSession(crashed);
    crash.send('Page.crash').catch(() => undefined);
    await untilFresh(crashed);
    expect(theWindow()).not.toBe(window);
    expect(window.isDestroyed()).toBe(true);
  });
});

function hostPid(): number {
  const [host, ...others] = FakeUtilityProcess.running;
  if (host?.pid === undefined || others.length > 0) throw new Error('there is not one host');
  return host.pid;
}

/** The whole recovery, from the trouble to a screen that shows the terminal's view. */
async function untilFresh(old: Page): Promise<void> {
  await until('another page', recoverWithinMs, () => FakeBrowserWindow.open[0]?.webContents.page !== old);
  await untilShown('[data-screen=attract]', recoverWithinMs);
}
