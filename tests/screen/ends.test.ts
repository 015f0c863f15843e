import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bringTo } from '../scenarios/stages.ts';
import type { World } from '../scenarios/world.ts';
import { GlassStage, inTime, type Language, wordsOf } from './glass-stage.ts';

/* Every end of a visit on the real page: each says what is so, with its own sign, and never more. */

let stage: GlassStage;
beforeAll(async () => {
  stage = await GlassStage.open();
}, 60_000);
afterAll(() => stage.close());

interface Glass {
  readonly sign: string;
  readonly headline: string;
  readonly sentence: string;
  readonly text: string;
}

async function theEnd(): Promise<Glass> {
  await stage.caughtUp();
  const { page } = stage;
  return {
    sign: (await page.locator('.sign').getAttribute('data-kind', inTime)) ?? '',
    headline: await page.locator('.end-words h1').innerText(),
    sentence: await page.locator('.end-sentence').innerText(),
    text: await stage.text(),
  };
}

async function toCashWith(language: Language, tenge: number): Promise<World> {
  const world = await stage.behind();
  await world.toAttract();
  await stage.toCash(language);
  await world.pay(tenge);
  return world;
}

/** "Credited" is said of nothing else: not by word, not by sign. */
const protectedWord: Readonly<Record<Language, string>> = {
  kk: 'Әмиянға түсті',
  ru: 'Зачислено',
  en: 'Credited',
  sw: 'Zimeingia',
};

function expectNotCredited(glass: Glass, language: Language): void {
  expect(glass.sign).not.toBe('credited');
  expect(glass.headline).not.toContain(protectedWord[language]);
}

describe('accepted', () => {
  test('with a signed promise: by that time, and it turns green while one stands there', async () => {
    const world = await toCashWith('ru', 2_000);
    world.backend.faults.add({ kind: 'accept', creditAfterMs: 60_000, promises: true }, { times: 1 });
    await stage.touch(/Оплатить/);
    await world.until('result', 15_000, ({ result }) => result.kind === 'accepted');
    const waiting = await theEnd();
    expect(waiting).toMatchObject({ sign: 'accepted', headline: wordsOf('ru')['receipt.accepted'] });
    expect(waiting.sentence).toMatch(/до \d\d:\d\d/);
    expectNotCredited(waiting, 'ru');
    await stage.touch(wordsOf('ru')['button.moreTime'] ?? '');
    await world.until('result', 75_000, ({ result }) => result.kind === 'credited');
    await expect.poll(async () => (await theEnd()).sign, inTime).toBe('credited');
  }, 60_000);

  test('with a dead backend: recorded, no time promised, and the money comes later', async () => {
    const world = await toCashWith('sw', 1_000);
    world.network.plugged = false;
    await stage.touch(/Lipa/);
    await world.until('result', 15_000);
    const glass = await theEnd();
    expect(glass).toMatchObject({ sign: 'accepted', headline: wordsOf('sw')['receipt.accepted'] });
    expect(glass.text).not.toMatch(/kabla ya \d\d:\d\d/);
    expectNotCredited(glass, 'sw');
    expect(world.creditedMinor()).toBe(0);
    world.network.plugged = true;
    await world.clock.advance(30 * 60_000);
    expect(world.creditedMinor()).toBe(100_000);
  }, 60_000);

  test('past its time it is red, and says whom to call', async () => {
    const world = await toCashWith('en', 1_000);
    world.backend.faults.add({ kind: 'accept', creditAfterMs: 120_000, promises: true }, { times: 1 });
    await stage.touch(/Pay/);
    await world.until('result', 15_000, ({ result }) => result.kind === 'accepted');
    // Whatever the backend has done by then, it cannot say so.
    world.network.plugged = false;
    for (let looks = 0; looks < 5 && (await theEnd()).sign === 'accepted'; looks += 1) {
      await world.clock.advance(41_000);
      if (world.view.question !== undefined) await stage.touch(wordsOf('en')['button.continue'] ?? '');
    }
    const glass = await theEnd();
    expect(glass).toMatchObject({ sign: 'needs-help', headline: wordsOf('en')['status.notThrough'] });
    expect(glass.text).toContain(world.view.frame.supportPhone);
    expectNotCredited(glass, 'en');
  }, 90_000);
});

describe('needs help', () => {
  test('a note that nobody can place: red sign, claim number, phone, square code', async () => {
    const world = await stage.behind();
    await bringTo(world, 'stacking, past return');
    world.mechanics.obstruct('head');
    const { result } = await world.until('result', 60_000, (screen) => screen.result.kind === 'needs-help');
    const glass = await theEnd();
    expect(glass).toMatchObject({ sign: 'needs-help', headline: wordsOf('kk')['title.needsHelp'] });
    if (result.kind !== 'needs-help') throw new Error('it needs help');
    const shown = glass.text.replaceAll(/\D/g, '');
    expect(shown).toContain(result.claimNumber.replaceAll(/\D/g, ''));
    expect(shown).toContain(world.view.frame.supportPhone.replaceAll(/\D/g, ''));
    expect(await stage.page.locator('.qr').isVisible()).toBe(true);
    expectNotCredited(glass, 'kk');
  }, 60_000);
});

describe('without paper', () => {
  test('said before cash; number and square code stand on the screen instead', async () => {
    const world = await stage.behind();
    await world.toAttract();
    world.printer.change({ rollMm: 0 });
    await world.clock.advance(10_000);
    await stage.toConfirm('kk');
    const words = wordsOf('kk');
    await stage.touch(words['button.confirmYes'] ?? '');
    await stage.at('no-paper').waitFor(inTime);
    await stage.touch(words['button.withoutReceipt'] ?? '');
    await world.pay(500);
    await stage.touch(/Төлеу/);
    const { operationNumber } = await world.until('result', 15_000);
    const glass = await theEnd();
    expect(glass.text.replaceAll(/\D/g, '')).toContain(operationNumber);
    expect(glass.text).toContain(words['hint.photograph']);
    expect(await stage.page.locator('.qr').isVisible()).toBe(true);
    expect(world.paper).toEqual([]);
  }, 60_000);
});

describe('no sale', () => {
  test('an unknown wallet is refused before cash, and it says that no money was taken', async () => {
    const world = await stage.behind();
    await world.toAttract();
    const words = wordsOf('ru');
    await stage.touch('Русский');
    await stage.touch(words['title.topUp'] ?? '');
    await stage.type('7010000004');
    await stage.touch(words['button.next'] ?? '');
    await world.until('check-failed', 11_000);
    await stage.caughtUp();
    expect(await stage.text()).toContain(words['hint.noMoneyTaken']);
    expect(world.facts.filter(({ kind }) => kind === 'operation-opened')).toEqual([]);
  }, 60_000);

  test('out of service says so in four languages, and that nothing may be put in', async () => {
    const world = await stage.behind();
    await world.toAttract();
    world.mechanics.obstruct('head');
    world.insert(1_000);
    await world.until('out-of-service', 120_000);
    await stage.caughtUp();
    const text = await stage.text();
    for (const language of ['kk', 'ru', 'en', 'sw'] as const) {
      expect(text).toContain(wordsOf(language)['hint.doNotInsert']);
    }
    expect(text).toContain(world.view.frame.supportPhone);
    expect(await stage.button(wordsOf('kk')['button.checkPayment'] ?? '').isVisible()).toBe(true);
  }, 60_000);
});
