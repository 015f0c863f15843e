import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { UpMessage } from '../../terminal/contract/messages.ts';
import { upSchema } from '../../terminal/contract/messages.ts';
import { type Gallery, openGallery, sampleNamed } from './gallery.ts';

/* Fingers on the glass: what counts as a press, and when. The page's own clock is held, so that nothing waits. */

const dress = { language: 'en', panel: 'portrait-23', easyMode: false, simulated: false } as const;
let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
  await gallery.setPanel('portrait-23');
  await gallery.page.clock.install({ time: 0 });
  await gallery.page.clock.pauseAt(60_000);
}, 60_000);

afterAll(() => gallery.close());

beforeEach(async () => {
  await gallery.show(sampleNamed('attract'), dress);
  await show('number-part');
  await pass(1_000);
  await gallery.page.evaluate('void (gallery.pressed.length = 0)');
});

function show(name: string, easyMode = false): Promise<void> {
  return gallery.show(sampleNamed(name), { ...dress, easyMode });
}

function pass(ms: number): Promise<void> {
  return gallery.page.clock.runFor(ms);
}

function pressed(): Promise<readonly UpMessage[]> {
  return gallery.page.evaluate('gallery.pressed');
}

async function centreOf(name: string): Promise<{ x: number; y: number }> {
  const box = await gallery.page.getByRole('button', { name, exact: true }).boundingBox();
  if (box === null) throw new Error(`no button ${name}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function strike(name: string): Promise<void> {
  const { x, y } = await centreOf(name);
  await gallery.page.mouse.click(x, y);
}

test('a press says which offer and which choice, once, in the words of the contract', async () => {
  await strike('7');
  const [press, ...others] = await pressed();
  expect(others).toEqual([]);
  expect(press).toMatchObject({ kind: 'press', offerId: 'number-part.digit', value: '7' });
  expect(() => upSchema.parse(press)).not.toThrow();
});

describe('a press acts on release', () => {
  test('not while the finger is down', async () => {
    const { x, y } = await centreOf('7');
    await gallery.page.mouse.move(x, y);
    await gallery.page.mouse.down();
    expect(await pressed()).toEqual([]);
    await gallery.page.mouse.up();
    expect(await pressed()).toHaveLength(1);
  });

  test('and not if the finger has slid off', async () => {
    const { x, y } = await centreOf('7');
    await gallery.page.mouse.move(x, y);
    await gallery.page.mouse.down();
    await gallery.page.mouse.move(x, y - 400);
    await gallery.page.mouse.up();
    expect(await pressed()).toEqual([]);
  });
});

describe('a new screen', () => {
  test('takes no press for its first 500 ms', async () => {
    await show('number-full');
    await show('confirm');
    await strike('Yes, correct');
    await pass(499);
    await strike('Yes, correct');
    expect(await pressed()).toEqual([]);
    await pass(1);
    await strike('Yes, correct');
    expect(await pressed()).toHaveLength(1);
  });

  test('a question over the same screen is as new', async () => {
    await show('still-here-closes');
    await strike('Continue');
    expect(await pressed()).toEqual([]);
  });

  test('another digit of the same number is no new screen', async () => {
    await strike('7');
    await show('number-part');
    await strike('8');
    expect(await pressed()).toHaveLength(2);
  });
});

describe('a double strike', () => {
  test('of a button counts once', async () => {
    await strike('Help');
    await pass(300);
    await strike('Help');
    expect(await pressed()).toHaveLength(1);
    await pass(500);
    await strike('Help');
    expect(await pressed()).toHaveLength(2);
  });

  test('that goes on and on is heard once a second', async () => {
    for (let strikes = 0; strikes < 6; strikes += 1) {
      await strike('Help');
      await pass(400);
    }
    expect(await pressed()).toHaveLength(2);
  });

  test('of a digit is a digit typed twice, but for the bounce of one touch', async () => {
    await strike('7');
    await pass(60);
    await strike('7');
    expect(await pressed()).toHaveLength(1);
    await pass(150);
    await strike('7');
    expect(await pressed()).toHaveLength(2);
  });

  test('in easy mode the digits wait for slow hands too', async () => {
    await show('number-part', true);
    await strike('7');
    await pass(300);
    await strike('7');
    expect(await pressed()).toHaveLength(1);
  });
});

test('every press has an id of its own', async () => {
  for (const digit of ['1', '2', '3', '4']) await strike(digit);
  const ids = (await pressed()).map(({ pressId }) => pressId);
  expect(new Set(ids).size).toBe(4);
});

test('a full number keeps its keys, and they do nothing', async () => {
  await show('number-full');
  await pass(1_000);
  await strike('7');
  expect(await pressed()).toEqual([]);
});

test('an amount of one’s own leaves the page only as a whole', async () => {
  await show('cash-some');
  await pass(1_000);
  await strike('Other amount');
  for (const digit of ['1', '5', '0', '0', '0']) {
    await pass(200);
    await strike(digit);
  }
  expect(await pressed()).toEqual([]);
  await pass(1_000);
  await strike('Done');
  expect(await pressed()).toMatchObject([{ offerId: 'cash-some.target', value: '1500000' }]);
});

test('the countdown ticks on the glass from what the terminal said', async () => {
  await show('still-here-pays');
  const seconds = gallery.page.locator('.question-ring');
  expect(await seconds.textContent()).toBe('18');
  await pass(5_000);
  expect(await seconds.textContent()).toBe('13');
});
