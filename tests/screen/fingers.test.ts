import type { CDPSession } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { World } from '../scenarios/world.ts';
import { GlassStage, inTime, traces, wordsOf } from './glass-stage.ts';

/* What impatient, shaking and playful hands do to a visit with money in it, and what a broken line does. */

const words = wordsOf('kk');
const says = (key: string): string => words[key] ?? `no word for ${key}`;
let stage: GlassStage;
let world: World;
let cdp: CDPSession;

beforeAll(async () => {
  stage = await GlassStage.open();
  cdp = await stage.page.context().newCDPSession(stage.page);
}, 60_000);
afterAll(() => stage.close());

beforeEach(async () => {
  stage.isMuted = false;
  world = await stage.behind();
  await world.toAttract();
  await stage.caughtUp();
});

interface Spot {
  readonly x: number;
  readonly y: number;
}

function fingers(type: 'touchStart' | 'touchEnd', spots: readonly Spot[]): Promise<unknown> {
  const touchPoints = spots.map(({ x, y }, id) => ({ x, y, id }));
  return cdp.send('Input.dispatchTouchEvent', { type, touchPoints });
}

async function strike(spot: Spot): Promise<void> {
  await fingers('touchStart', [spot]);
  await fingers('touchEnd', []);
}

async function middleOf(name: string | RegExp): Promise<Spot> {
  const box = await stage.button(name).boundingBox();
  if (box === null) throw new Error(`no button ${name}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The glass has said all it will of what was done to it, and the terminal has taken it in. */
async function settled(): Promise<void> {
  await stage.page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
  );
  await world.clock.advance(2_000);
  await stage.caughtUp();
}

async function cashWith(tenge: number): Promise<void> {
  await world.toCash();
  await world.pay(tenge);
  await stage.caughtUp();
}

function operations(): number {
  return world.facts.filter(({ kind }) => kind === 'operation-closed').length;
}

describe('language', () => {
  test('switched with money in: the money stays, the words change, and the next note counts', async () => {
    await cashWith(2_000);
    await stage.touch(says('button.language'));
    await stage.touch('Русский');
    await stage.caughtUp();
    expect(await stage.sum()).toBe('2 000 ₸');
    expect(await stage.text()).toContain(wordsOf('ru')['label.inserted']);
    await stage.pay(1_000, '3 000 ₸');
    await stage.touch(/Оплатить/);
    await world.until('result', 15_000, ({ print }) => print === 'printed');
    expect(world.creditedMinor()).toBe(300_000);
    expect(world.paper[0]).toContain('Зачислено');
  }, 60_000);
});

describe('motion', () => {
  test('a note that slides in makes nothing else smaller', async () => {
    await stage.page.emulateMedia({ reducedMotion: 'no-preference' });
    const tight = (): Promise<string | null> => stage.page.locator('.layout').getAttribute('data-tight');
    await world.toCash();
    for (const sum of ['5 000 ₸', '10 000 ₸', '15 000 ₸']) {
      await stage.pay(5_000, sum);
      expect(await tight()).toBeNull();
    }
    await stage.page.emulateMedia({ reducedMotion: 'reduce' });
  }, 60_000);
});

describe('a storm of touches', () => {
  test('on Pay: paid once, and nothing of the next screen is pressed by it', async () => {
    await cashWith(5_000);
    await world.clock.advance(1_000);
    await stage.caughtUp();
    await stage.wake();
    const pay = await middleOf(/Төлеу/);
    // Over before the next screen takes a press, by the terminal's clock: the page's own runs as fast as the machine.
    for (let strikes = 0; strikes < 25; strikes += 1) {
      await strike(pay);
      await world.clock.advance(15);
    }
    await world.until('result', 15_000, ({ print }) => print === 'printed');
    await stage.caughtUp();
    expect(operations()).toBe(1);
    expect(world.creditedMinor()).toBe(500_000);
    expect(world.paper).toHaveLength(1);
  }, 60_000);

  test('all over the glass, with money in: nothing breaks and no tenge moves', async () => {
    await cashWith(5_000);
    await stage.wake();
    // Everywhere but on Pay, which is meant to do something.
    for (let strikes = 0; strikes < 120; strikes += 1) {
      const [x, y] = [20 + ((strikes * 211) % 1040), 20 + ((strikes * 367) % 1560)];
      await strike({ x, y });
      await world.clock.advance(35);
    }
    await settled();
    expect(world.fatal).toEqual([]);
    await stage.page.locator('.glass').waitFor(inTime);
    expect(world.screen('cash').insertedMinor).toBe(500_000);
    expect(world.creditedMinor()).toBe(0);
    expect(operations()).toBe(0);
  }, 60_000);
});

describe('many fingers', () => {
  test('ten at once on ten keys type one digit at most, and one finger works afterwards', async () => {
    await stage.touch('Қазақша');
    await stage.touch(says('title.topUp'));
    await world.clock.advance(1_000);
    await stage.wake();
    const keys = await Promise.all([...'0123456789'].map(middleOf));
    for (let down = 1; down <= keys.length; down += 1) await fingers('touchStart', keys.slice(0, down));
    await fingers('touchEnd', []);
    await settled();
    const typed = world.screen('number').digits;
    expect(typed.length).toBeLessThanOrEqual(1);
    await stage.wake();
    await strike(keys[7] ?? { x: 0, y: 0 });
    await expect.poll(() => stage.heard.at(-1) ?? '', inTime).toContain('"value":"7"');
    await settled();
    expect(world.screen('number').digits).toBe(`${typed}7`);
  }, 60_000);
});

describe('a glass that shows what is no longer so', () => {
  test('its presses are refused, logged and harmless', async () => {
    await cashWith(1_000);
    stage.isMuted = true;
    await world.press('pay');
    await world.until('result', 15_000, ({ print }) => print === 'printed');
    await world.press('done');
    world.screen('attract');
    await stage.wake();
    const before = stage.heard.length;
    await strike(await middleOf(/Төлеу/));
    await expect.poll(() => stage.heard.length, inTime).toBe(before + 1);
    await world.clock.advance(1_000);
    expect(world.logged).toContainEqual({ event: 'press-refused', why: 'not-offered' });
    world.screen('attract');
    expect(operations()).toBe(1);
  }, 60_000);
});

describe('the line is pulled and put back', () => {
  test('with money in: "one moment" without anybody’s data, then the same sum, and Pay works', async () => {
    await cashWith(2_000);
    await stage.pull();
    await stage.at('one-moment').waitFor(inTime);
    const shown = await stage.text();
    for (const trace of [...traces, 'Айгүл', '2 000', '2\u00a0000']) expect(shown).not.toContain(trace);
    await stage.plugIn();
    await stage.at('cash').waitFor(inTime);
    expect(await stage.sum()).toBe('2 000 ₸');
    await stage.touch(/Төлеу/);
    await world.until('result', 15_000, ({ result }) => result.kind === 'credited');
    await stage.caughtUp();
    expect(world.creditedMinor()).toBe(200_000);
  }, 60_000);

  test('again and again, on every screen of the way', async () => {
    const pullAndBack = async (): Promise<void> => {
      const before = stage.links;
      await stage.pull();
      await stage.plugIn();
      await stage.linked(before);
    };
    const steps: readonly (() => Promise<void>)[] = [
      () => stage.touch('Русский'),
      () => stage.touch(wordsOf('ru')['title.topUp'] ?? ''),
      () => stage.type('7010000001'),
      () => stage.touch(wordsOf('ru')['button.next'] ?? ''),
      async () => void (await world.until('confirm', 11_000)),
      () => stage.touch(wordsOf('ru')['button.confirmYes'] ?? ''),
      () => world.pay(500),
      () => stage.touch(/Оплатить/),
    ];
    for (const step of steps) {
      await step();
      await pullAndBack();
    }
    await world.until('result', 15_000, ({ result }) => result.kind === 'credited');
    expect(world.creditedMinor()).toBe(50_000);
  }, 90_000);
});
