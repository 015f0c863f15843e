import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GlassStage, inTime, languages, wordsOf } from './glass-stage.ts';

/* A whole visit by fingers on the real page, in each of the four languages. */

let stage: GlassStage;
beforeAll(async () => {
  stage = await GlassStage.open();
  const world = await stage.behind();
  await world.toAttract();
}, 60_000);
afterAll(() => stage.close());

describe.each(languages)('in %s', (language) => {
  const words = wordsOf(language);
  const says = (key: string): string => words[key] ?? `no word for ${key}`;

  test('icon, three notes, Pay, green circle, receipt', async () => {
    const { world, page } = stage;
    const before = stage.heard.length;
    await stage.toCash(language);
    // The icon's language, "top up wallet", ten digits, Next, Yes.
    expect(stage.heard.length - before).toBe(4 + 10);
    expect(await page.locator('.glass').getAttribute('lang')).toMatch(new RegExp(`^${language}-`));
    expect(await stage.text()).toContain(says('title.insert').replace('-', '-\u2060'));

    await stage.pay(5_000, '5 000 ₸');
    await stage.pay(2_000, '7 000 ₸');
    await stage.pay(1_000, '8 000 ₸');
    const creditedBefore = world.creditedMinor();
    const slipsBefore = world.paper.length;
    await stage.touch(`${says('button.pay')} · 8\u00a0000\u00a0₸`);
    await world.until('result', 15_000, (screen) => screen.print === 'printed');
    await page.getByText(says('hint.takeReceipt')).waitFor(inTime);

    const end = page.locator('.end');
    expect(await end.getAttribute('data-end')).toBe('credited');
    expect(await page.locator('h1').first().innerText()).toBe(says('label.credited'));
    const fill = await page.evaluate("getComputedStyle(document.querySelector('.sign-disc')).fill");
    expect(fill).toBe('rgb(11, 122, 75)');
    expect(await page.locator('.sign-tick').isVisible()).toBe(true);
    expect(world.creditedMinor() - creditedBefore).toBe(800_000);
    expect(world.paper.slice(slipsBefore)).toHaveLength(1);

    await stage.touch(says('button.done'));
    // The next visitor begins in Kazakh, and finds nobody's data.
    await stage.at('attract').waitFor(inTime);
    expect(await page.locator('.glass').getAttribute('lang')).toBe('kk-KZ');
  }, 60_000);
});
